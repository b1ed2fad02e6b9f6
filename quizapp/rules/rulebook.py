"""A contest's rules as the thể lệ in Vietnamese: every sentence follows from the rules, so the two cannot differ."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

from quizapp.rules import round_wording
from quizapp.rules.articles import KnownNames, Section, by_round, called
from quizapp.rules.board_wording import ranking
from quizapp.rules.contest_rules import ContestRules
from quizapp.rules.deadlines import GRACE
from quizapp.rules.entrants_wording import who_may_enter
from quizapp.rules.essay_wording import BLIND, NOTHING_WRITTEN, PROVISIONAL, handing_in, judging, length, task
from quizapp.rules.prize_wording import prizes
from quizapp.rules.round_rules import QuestionRef, RoundRules
from quizapp.rules.vietnamese import masked
from quizapp.rules.wording import end, hundredths, moment, window
from quizapp.vocabulary import BoardWhen, Names, ShownWhen

VIETNAM = "Asia/Ho_Chi_Minh"
EXAMPLE_NAME = "Nguyễn Thị Ánh Tuyết"

PUBLISHED = {
    BoardWhen.LIVE: "Bảng xếp hạng được công khai và cập nhật trong suốt cuộc thi.",
    BoardWhen.AFTER_ROUND: "Mỗi bảng xếp hạng được công khai sau khi đợt thi cuối cùng của bảng đó kết thúc.",
    BoardWhen.AFTER_PUBLISH: "Bảng xếp hạng được công khai khi Ban tổ chức công bố kết quả.",
}


def rulebook(rules: ContestRules, names: KnownNames) -> list[Section]:
    """Return the articles of the thể lệ, in order and without their numbers. The entry code is never printed."""
    return [
        who_may_enter(rules, names),
        _entry(rules),
        _content(rules, names),
        _windows(rules),
        Section("Đề thi", items=by_round(rules.rounds, lambda each: round_wording.paper(each, names))),
        Section("Số lượt thi và kết quả được tính", items=by_round(rules.rounds, round_wording.attempts)),
        _marking(rules),
        *_judging(rules, names),
        _sitting(rules),
        ranking(rules),
        *prizes(rules),
        _publication(rules),
        *_appeals(rules),
        _privacy(),
    ]


def short_rules(rules: RoundRules) -> tuple[str, ...]:
    """Return the facts that a contestant reads before the start button."""
    result, answers, essay = rules.show.result, rules.show.answers, rules.essay
    asked = []
    if rules.asks_questions:
        asked.append(f"{rules.questions} câu hỏi")
    if essay:
        asked.append(f"một bài viết {length(essay)}".strip())
    what = " và ".join(asked)
    kept = "Câu trả lời được lưu ngay khi chọn"
    if essay:
        kept = f"{'Câu trả lời và bài viết' if rules.asks_questions else 'Bài viết'} được tự lưu trong khi làm"
    if rules.time_limit is None:
        clock = "Có thể thoát ra rồi vào viết tiếp. Đợt thi kết thúc thì bài tự nộp theo những gì đã lưu."
    elif rules.seconds_per_question is not None:
        clock = (
            "Câu hỏi hiện từng câu một: hết giờ của câu thì câu sau tự hiện ra, không quay lại được. Đồng hồ không "
            "dừng khi thoát ra."
        )
    else:
        saved = "những gì" if essay else "những câu"
        clock = f"Đồng hồ không dừng khi thoát ra. Hết giờ, bài tự nộp và {saved} đã lưu được tính điểm."
    shown = f" Đáp án: {answers.label}." if rules.asks_questions else ""
    return (
        f"{what[0].upper()}{what[1:]}, {round_wording.time(rules)}; điểm tối đa {hundredths(rules.max_mark)}.",
        round_wording.attempts(rules),
        f"{kept}. Mất mạng vẫn làm tiếp trên trang đang mở; có mạng lại thì tự gửi.",
        clock,
        f"Điểm: {result.label}.{shown}",
        *((round_wording.validity(rules),) if rules.must_answer_all else ()),
        *(("Điểm bài viết có sau khi giám khảo chấm xong; trước đó tổng điểm chỉ là tạm tính.",) if essay else ()),
    )


def _entry(rules: ContestRules) -> Section:
    if rules.entry.registration:
        stranger = (
            "Người chưa có tài khoản tự đăng ký với họ và tên, ngày sinh, số điện thoại và đơn vị; "
            "mỗi số điện thoại lập được một tài khoản."
        )
    else:
        stranger = (
            "Cuộc thi không mở tự đăng ký: người chưa có tài khoản liên hệ công đoàn của mình "
            "để được cấp mã đăng nhập lần đầu."
        )
    code = "Khi bắt đầu mỗi lượt thi, người dự thi nhập mã dự thi do Ban tổ chức thông báo."
    return Section(
        "Cách tham gia",
        items=(
            "Người dự thi đăng nhập trang thi trực tuyến trên điện thoại hoặc máy tính bằng số điện thoại "
            "(hoặc mã đoàn viên) và mật khẩu.",
            stranger,
            *((code,) if rules.entry.code is not None else ()),
        ),
    )


def _content(rules: ContestRules, names: KnownNames) -> Section:
    banks = dict.fromkeys(
        bank
        for each in rules.rounds
        for bank in (
            *(draw.bank for draw in each.draws),
            *(one.bank for given in each.papers for one in given.questions),
        )
    )
    essays = by_round(_with_essay(rules), lambda each: task(each.essay) if each.essay else "", of=len(rules.rounds))
    return Section("Nội dung thi", items=(*(f"{called(names.banks, code)}." for code in banks), *essays))


def _named(rules: RoundRules) -> Iterator[QuestionRef]:
    return (one for paper in rules.papers for one in paper.questions)


def _windows(rules: ContestRules) -> Section:
    zone = ZoneInfo(rules.timezone)
    called = "giờ Việt Nam" if rules.timezone == VIETNAM else f"giờ địa phương {rules.timezone}"
    items = tuple(f"{each.title}: {window(each.opens_at, each.closes_at, zone)}." for each in rules.rounds)
    count = "một đợt" if len(items) == 1 else f"{len(items)} đợt"
    more = (*_of_some(rules, round_wording.sittings), *_of_some(rules, lambda each: round_wording.practice(each, zone)))
    return Section("Thời gian thi", (f"Cuộc thi có {count}; thời gian ghi theo {called}.",), (*items, *more))


def _of_some(rules: ContestRules, sentence: Callable[[RoundRules], str]) -> tuple[str, ...]:
    """Say by round what only some rounds have."""
    return by_round([each for each in rules.rounds if sentence(each)], sentence, of=len(rules.rounds))


def _marking(rules: ContestRules) -> Section:
    multiple = dict.fromkeys(each.multiple for each in rules.rounds if each.asks_questions)
    if len(multiple) > 1:
        said: tuple[str, ...] = ()
        items = _of_some(rules, lambda each: round_wording.MULTIPLE[each.multiple] if each.asks_questions else "")
    else:
        said, items = tuple(round_wording.MULTIPLE[each] for each in multiple), ()
    return Section(
        "Cách chấm điểm",
        said,
        (
            *items,
            *by_round(rules.rounds, round_wording.marks),
            *_of_some(rules, round_wording.validity),
            *_of_some(rules, round_wording.prediction),
        ),
    )


def _judging(rules: ContestRules, names: KnownNames) -> tuple[Section, ...]:
    """An article of its own; none when there is no essay."""
    judged, zone = _with_essay(rules), ZoneInfo(rules.timezone)
    if not judged:
        return ()

    def said(each: RoundRules) -> str:
        rubric = each.essay.rubric if each.essay else None
        return judging(each.essay, rubric and called(names.rubrics, rubric), zone) if each.essay else ""

    items = (*by_round(judged, said, of=len(rules.rounds)), NOTHING_WRITTEN, PROVISIONAL)
    return (Section("Chấm bài viết", (BLIND,), items),)


def _with_essay(rules: ContestRules) -> tuple[RoundRules, ...]:
    return tuple(each for each in rules.rounds if each.essay)


def _sitting(rules: ContestRules) -> Section:
    blanks = (
        "" if all(each.must_answer_all for each in rules.rounds if each.asks_questions) else ", được bỏ trống câu hỏi"
    )
    questions = (f"Câu trả lời được lưu ngay khi chọn. Trong thời gian làm bài được đổi câu trả lời{blanks}.",)
    essay = (
        "Bài viết được tự lưu trong khi viết và sửa được đến khi nộp; hết giờ mà chưa nộp thì bản lưu sau cùng là bài "
        "nộp. Bài viết gửi đến muộn cũng theo các quy định về câu trả lời trong điều này. Đợt thi không ghi thời gian "
        "làm bài thì được thoát ra và viết tiếp đến khi đợt thi kết thúc.",
    )
    again = tuple(each for each in _with_essay(rules) if each.essay and each.essay.hand_in_again)
    return Section(
        "Làm bài, mất mạng và hết giờ",
        items=(
            *(questions if any(each.asks_questions for each in rules.rounds) else ()),
            *_of_some(rules, round_wording.one_way),
            *(essay if _with_essay(rules) else ()),
            *by_round(again, lambda each: handing_in(each.essay) if each.essay else "", of=len(rules.rounds)),
            "Thời gian tính từ khi bắt đầu lượt thi, không dừng lại khi thoát ra, đổi máy hoặc mất mạng. Bài thi đóng "
            "khi hết thời gian làm bài hoặc khi đợt thi kết thúc, tùy thời điểm nào đến trước.",
            "Hết giờ mà chưa nộp thì bài thi tự nộp vào lúc đóng; những câu trả lời đã lưu được tính điểm.",
            f"Câu trả lời gửi đến máy chủ chậm không quá {_seconds(GRACE)} sau khi bài thi đóng vẫn được tính.",
            "Câu trả lời chọn trước khi bài thi đóng nhưng vì mất mạng nên đến muộn hơn thì không tự động được tính; "
            "câu trả lời đó được giữ riêng để Ban tổ chức xem xét, quyết định.",
        ),
    )


def _appeals(rules: ContestRules) -> tuple[Section, ...]:
    if rules.appeals_until is None:
        return ()
    until = end(rules.appeals_until, ZoneInfo(rules.timezone))
    return (
        Section(
            "Phúc khảo",
            (
                "Sau khi đợt thi kết thúc và đã xem được điểm, người dự thi được đề nghị phúc khảo điểm các câu hỏi ở "
                f"trang kết quả của lượt thi, mỗi lượt thi một lần, trước {until}; Ban tổ chức trả lời từng đề nghị "
                "tại trang đó. Điểm chỉ thay đổi khi chấm lại hoặc khi đáp án được sửa cho mọi người.",
            ),
        ),
    )


def _publication(rules: ContestRules) -> Section:
    if rules.publish.names is Names.MASKED:
        shown = f"Trên bảng công khai, họ và tên người dự thi được che bớt, ví dụ “{masked(EXAMPLE_NAME)}”."
    else:
        shown = "Trên bảng công khai, họ và tên người dự thi được ghi đầy đủ."
    frozen: tuple[str, ...] = ()
    if rules.publish.freeze_at:
        at = moment(rules.publish.freeze_at, ZoneInfo(rules.timezone))
        frozen = (f"Từ {at}, bảng công khai dừng cập nhật cho đến khi Ban tổ chức công bố kết quả.",)
    return Section(
        "Công bố kết quả và đáp án",
        (PUBLISHED[rules.publish.board], *frozen, shown),
        by_round(rules.rounds, _shown),
    )


def _shown(rules: RoundRules) -> str:
    essay = "Điểm bài viết chỉ xem được khi bài đã có điểm." if rules.essay else ""
    answers = _answers(rules.show.answers) if rules.asks_questions else ""
    return " ".join(part for part in (_result(rules.show.result), essay, answers) if part)


def _result(when: ShownWhen) -> str:
    if when is ShownWhen.NEVER:
        return "Người dự thi không được xem điểm của lượt thi trên trang thi."
    return f"Người dự thi xem điểm của mình {when.label}."


def _answers(when: ShownWhen) -> str:
    if when is ShownWhen.NEVER:
        return "Đáp án không được công bố trên trang thi."
    return f"Đáp án kèm căn cứ được cho người đã dự thi xem {when.label}."


def _privacy() -> Section:
    return Section(
        "Bảo vệ dữ liệu cá nhân",
        (
            "Họ và tên, ngày sinh, số điện thoại và đơn vị của người dự thi chỉ được dùng để tổ chức cuộc thi, "
            "xếp hạng, xét giải và báo cáo trong tổ chức công đoàn.",
            "Ngày sinh và số điện thoại không bao giờ được công khai. Người dự thi có quyền xem, yêu cầu sửa hoặc xóa "
            "dữ liệu của mình theo quy định của pháp luật về bảo vệ dữ liệu cá nhân.",
        ),
    )


def _seconds(length: timedelta) -> str:
    return f"{length.total_seconds():g} giây"
