"""A contest's rules as the thể lệ in Vietnamese: every sentence follows from the rules, so the two cannot differ."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from quizapp.rules.articles import KnownNames, Section, by_round, called
from quizapp.rules.board_wording import ranking
from quizapp.rules.contest_rules import ContestRules
from quizapp.rules.deadlines import GRACE
from quizapp.rules.essay_wording import BLIND, NOTHING_WRITTEN, PROVISIONAL, handing_in, judging, length, task
from quizapp.rules.round_rules import AttemptsRule, Draw, RoundRules
from quizapp.rules.vietnamese import masked
from quizapp.rules.wording import hundredths, number, span, window
from quizapp.vocabulary import BoardWhen, Counting, LimitPer, Names, Order, ShownWhen

VIETNAM = "Asia/Ho_Chi_Minh"
EXAMPLE_NAME = "Nguyễn Thị Ánh Tuyết"

MULTIPLE = (
    "Câu hỏi có nhiều phương án đúng chỉ được điểm khi chọn đủ các phương án đúng và không chọn phương án nào khác."
)

COUNTED = {
    Counting.BEST: "lượt có điểm cao nhất; nếu bằng điểm thì lấy lượt làm bài nhanh hơn, rồi lượt nộp sớm hơn",
    Counting.FIRST: "lượt đầu tiên",
    Counting.LAST: "lượt cuối cùng",
    Counting.SUM: "tổng điểm và tổng thời gian làm bài của các lượt",
    Counting.MEAN: "điểm trung bình và thời gian làm bài trung bình của các lượt",
}
PUBLISHED = {
    BoardWhen.LIVE: "Bảng xếp hạng được công khai và cập nhật trong suốt cuộc thi.",
    BoardWhen.AFTER_ROUND: "Mỗi bảng xếp hạng được công khai sau khi đợt thi cuối cùng của bảng đó kết thúc.",
    BoardWhen.AFTER_PUBLISH: "Bảng xếp hạng được công khai khi Ban tổ chức công bố kết quả.",
}


def rulebook(rules: ContestRules, names: KnownNames) -> list[Section]:
    """Return the articles of the thể lệ, in order and without their numbers. The entry code is never printed."""
    return [
        _who(rules, names),
        _entry(rules),
        _content(rules, names),
        _windows(rules),
        Section("Đề thi", items=by_round(rules.rounds, lambda each: _paper(each, names))),
        Section("Số lượt thi và kết quả được tính", items=by_round(rules.rounds, _attempts)),
        _marking(rules),
        *_judging(rules, names),
        _sitting(rules),
        ranking(rules),
        _publication(rules),
        _privacy(),
    ]


def short_rules(rules: RoundRules) -> tuple[str, ...]:
    """Return the facts that a contestant reads before the start button."""
    result, answers, essay = rules.show.result, rules.show.answers, rules.essay
    asked = []
    if rules.draws:
        asked.append(f"{rules.questions} câu hỏi")
    if essay:
        asked.append(f"một bài viết {length(essay)}".strip())
    what = " và ".join(asked)
    kept = "Câu trả lời được lưu ngay khi chọn"
    if essay:
        kept = f"{'Câu trả lời và bài viết' if rules.draws else 'Bài viết'} được tự lưu trong khi làm"
    if rules.time_limit is None:
        clock = "Có thể thoát ra rồi vào viết tiếp. Đợt thi kết thúc thì bài tự nộp theo những gì đã lưu."
    else:
        saved = "những gì" if essay else "những câu"
        clock = f"Đồng hồ không dừng khi thoát ra. Hết giờ, bài tự nộp và {saved} đã lưu được tính điểm."
    shown = f" Đáp án: {answers.label}." if rules.draws else ""
    return (
        f"{what[0].upper()}{what[1:]}, {_time(rules)}; điểm tối đa {hundredths(rules.max_mark)}.",
        _attempts(rules),
        f"{kept}. Mất mạng vẫn làm tiếp trên trang đang mở; có mạng lại thì tự gửi.",
        clock,
        f"Điểm: {result.label}.{shown}",
        *(("Điểm bài viết có sau khi giám khảo chấm xong; trước đó tổng điểm chỉ là tạm tính.",) if essay else ()),
    )


def _who(rules: ContestRules, names: KnownNames) -> Section:
    audience = ", ".join(called(names.unions, code) for code in rules.audience)
    return Section(
        "Đơn vị tổ chức và đối tượng dự thi",
        (
            f"Đơn vị tổ chức: {called(names.unions, rules.organiser)}.",
            f"Đối tượng dự thi: cán bộ công đoàn, đoàn viên và người lao động thuộc {audience} "
            "và các công đoàn trực thuộc.",
        ),
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
    banks = dict.fromkeys(draw.bank for each in rules.rounds for draw in each.draws)
    essays = by_round(_with_essay(rules), lambda each: task(each.essay) if each.essay else "", of=len(rules.rounds))
    return Section("Nội dung thi", items=(*(f"{called(names.banks, code)}." for code in banks), *essays))


def _windows(rules: ContestRules) -> Section:
    zone = ZoneInfo(rules.timezone)
    called = "giờ Việt Nam" if rules.timezone == VIETNAM else f"giờ địa phương {rules.timezone}"
    items = tuple(f"{each.title}: {window(each.opens_at, each.closes_at, zone)}." for each in rules.rounds)
    count = "một đợt" if len(items) == 1 else f"{len(items)} đợt"
    return Section("Thời gian thi", (f"Cuộc thi có {count}; thời gian ghi theo {called}.",), items)


def _paper(rules: RoundRules, names: KnownNames) -> str:
    if not rules.draws:
        return f"Đề thi là một bài viết, {_time(rules)}."
    drawn = "; ".join(_draw(each, names) for each in rules.draws)
    shuffled = [
        what
        for what, order in (("câu hỏi", rules.question_order), ("phương án trả lời", rules.option_order))
        if order is Order.SHUFFLED
    ]
    order = f" Thứ tự {' và thứ tự '.join(shuffled)} được xáo trộn." if shuffled else ""
    return (
        f"Đề thi gồm {rules.questions} câu hỏi trắc nghiệm{' và một bài viết' if rules.essay else ''}, "
        f"{_time(rules)}: {drawn}. "
        f"Câu hỏi được rút ngẫu nhiên riêng cho từng lượt thi.{order}"
    )


def _time(rules: RoundRules) -> str:
    if rules.time_limit is None:
        return "làm và nộp trước khi đợt thi kết thúc"
    return f"làm trong {span(rules.time_limit)}"


def _draw(draw: Draw, names: KnownNames) -> str:
    limits = []
    if draw.topic is not None:
        limits.append(f"chủ đề {names.topics.get((draw.bank, draw.topic), draw.topic)}")
    if draw.level is not None:
        limits.append(f"mức độ {draw.level.label.lower()}")
    return f"{draw.count} câu về “{called(names.banks, draw.bank)}”" + (f" ({', '.join(limits)})" if limits else "")


def _attempts(rules: RoundRules) -> str:
    rule = rules.attempts
    if rule.limit is None:
        return f"Không giới hạn số lượt thi; kết quả được tính là {COUNTED[rule.counted]}."
    where = "trong đợt thi" if rule.per is LimitPer.ROUND else "trong cả cuộc thi"
    if rule.limit == 1:
        return f"Mỗi người thi một lượt {where}."
    return f"Mỗi người thi tối đa {number(rule.limit)} lượt {where}; {_counted(rule)}."


def _counted(rule: AttemptsRule) -> str:
    inside = "" if rule.per is LimitPer.ROUND else " của mỗi đợt"
    return f"kết quả được tính{inside} là {COUNTED[rule.counted]}"


def _marking(rules: ContestRules) -> Section:
    asks = any(each.draws for each in rules.rounds)
    return Section("Cách chấm điểm", (MULTIPLE,) if asks else (), by_round(rules.rounds, _marks))


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


def _marks(rules: RoundRules) -> str:
    essay = f"Bài viết được tối đa {hundredths(rules.essay.max_mark)} điểm" if rules.essay else ""
    if not rules.draws:
        return f"{essay}; đó cũng là điểm tối đa của một lượt thi."
    added = f"{essay[0].lower()}{essay[1:]}; " if essay else ""
    return (
        f"Mỗi câu trả lời đúng được {hundredths(rules.right_mark)} điểm, trả lời sai hoặc bỏ trống được 0 điểm; "
        f"{added}điểm tối đa của một lượt thi là {hundredths(rules.max_mark)} điểm."
    )


def _sitting(rules: ContestRules) -> Section:
    questions = (
        "Câu trả lời được lưu ngay khi chọn. Trong thời gian làm bài được đổi câu trả lời, được bỏ trống câu hỏi.",
    )
    essay = (
        "Bài viết được tự lưu trong khi viết và sửa được đến khi nộp; hết giờ mà chưa nộp thì bản lưu sau cùng là bài "
        "nộp. Bài viết gửi đến muộn cũng theo các quy định về câu trả lời trong điều này. Đợt thi không ghi thời gian "
        "làm bài thì được thoát ra và viết tiếp đến khi đợt thi kết thúc.",
    )
    again = tuple(each for each in _with_essay(rules) if each.essay and each.essay.hand_in_again)
    return Section(
        "Làm bài, mất mạng và hết giờ",
        items=(
            *(questions if any(each.draws for each in rules.rounds) else ()),
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


def _publication(rules: ContestRules) -> Section:
    if rules.publish.names is Names.MASKED:
        shown = f"Trên bảng công khai, họ và tên người dự thi được che bớt, ví dụ “{masked(EXAMPLE_NAME)}”."
    else:
        shown = "Trên bảng công khai, họ và tên người dự thi được ghi đầy đủ."
    return Section(
        "Công bố kết quả và đáp án",
        (PUBLISHED[rules.publish.board], shown),
        by_round(rules.rounds, _shown),
    )


def _shown(rules: RoundRules) -> str:
    essay = "Điểm bài viết chỉ xem được khi bài đã có điểm." if rules.essay else ""
    answers = _answers(rules.show.answers) if rules.draws else ""
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
