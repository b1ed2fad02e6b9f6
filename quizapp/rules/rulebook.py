"""A contest's rules as the thể lệ in Vietnamese: every sentence follows from the rules, so the two cannot differ."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from quizapp.rules.contest_rules import AttemptsRule, BoardRules, ContestRules, Draw, RoundRules
from quizapp.rules.deadlines import GRACE
from quizapp.rules.vietnamese import masked
from quizapp.rules.wording import hundredths, number, span, window
from quizapp.vocabulary import BoardWhen, Counting, LimitPer, Measure, Names, Order, ShownWhen, StandingsOf

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
COMBINED = {
    Counting.BEST: "kết quả của đợt cao nhất",
    Counting.FIRST: "kết quả của đợt dự thi đầu tiên",
    Counting.LAST: "kết quả của đợt dự thi cuối cùng",
    Counting.SUM: "tổng điểm và tổng thời gian làm bài của các đợt",
    Counting.MEAN: "điểm trung bình và thời gian làm bài trung bình của các đợt đã dự thi",
}
MEASURED = {
    Measure.ENTRANTS: "số người dự thi, mỗi người tính một lần",
    Measure.ATTEMPTS: "số lượt thi đã nộp",
    Measure.RATE: (
        "tỷ lệ tham gia, bằng số người dự thi chia cho số đoàn viên của đơn vị theo số liệu gần nhất tính đến ngày "
        "cuộc thi kết thúc, tối đa 100%; đơn vị chưa có số liệu đoàn viên xếp sau"
    ),
    Measure.MEAN: "điểm trung bình của những người dự thi",
}
PUBLISHED = {
    BoardWhen.LIVE: "Bảng xếp hạng được công khai và cập nhật trong suốt cuộc thi.",
    BoardWhen.AFTER_ROUND: "Mỗi bảng xếp hạng được công khai sau khi đợt thi cuối cùng của bảng đó kết thúc.",
    BoardWhen.AFTER_PUBLISH: "Bảng xếp hạng được công khai khi Ban tổ chức công bố kết quả.",
}


@dataclass(frozen=True)
class KnownNames:
    """How people call what the rules name by code; a code without a name is printed as it is."""

    unions: Mapping[str, str] = field(default_factory=dict)
    banks: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[tuple[str, str], str] = field(default_factory=dict)  # by bank and topic


@dataclass(frozen=True)
class Section:
    """An article of the thể lệ: paragraphs, then a list."""

    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


def rulebook(rules: ContestRules, names: KnownNames) -> list[Section]:
    """Return the articles of the thể lệ, in order and without their numbers. The entry code is never printed."""
    return [
        _who(rules, names),
        _entry(rules),
        _content(rules, names),
        _windows(rules),
        Section("Đề thi", items=_by_round(rules.rounds, lambda each: _paper(each, names))),
        Section("Số lượt thi và kết quả được tính", items=_by_round(rules.rounds, _attempts)),
        Section("Cách chấm điểm", (MULTIPLE,), _by_round(rules.rounds, _marks)),
        _sitting(),
        _ranking(rules),
        _publication(rules),
        _privacy(),
    ]


def short_rules(rules: RoundRules) -> tuple[str, ...]:
    """Return the five facts that a contestant reads before the start button."""
    result, answers = rules.show.result, rules.show.answers
    return (
        f"{rules.questions} câu hỏi, {_time(rules)}; điểm tối đa {hundredths(rules.max_mark)}.",
        _attempts(rules),
        "Câu trả lời được lưu ngay khi chọn. Mất mạng vẫn làm tiếp trên trang đang mở; có mạng lại thì tự gửi.",
        "Đồng hồ không dừng khi thoát ra. Hết giờ, bài tự nộp và những câu đã lưu được tính điểm.",
        f"Điểm: {result.label}. Đáp án: {answers.label}.",
    )


def as_text(title: str, sections: Iterable[Section]) -> str:
    """Return the thể lệ as plain text: articles numbered, lists with hyphens."""
    lines = ["THỂ LỆ", title]
    for place, section in enumerate(sections, start=1):
        lines += ["", f"Điều {place}. {section.title}", *section.paragraphs]
        lines += [f"- {item}" for item in section.items]
    return "\n".join(lines)


def _who(rules: ContestRules, names: KnownNames) -> Section:
    audience = ", ".join(_called(names.unions, code) for code in rules.audience)
    return Section(
        "Đơn vị tổ chức và đối tượng dự thi",
        (
            f"Đơn vị tổ chức: {_called(names.unions, rules.organiser)}.",
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
    return Section("Nội dung thi", items=tuple(f"{_called(names.banks, code)}." for code in banks))


def _windows(rules: ContestRules) -> Section:
    zone = ZoneInfo(rules.timezone)
    called = "giờ Việt Nam" if rules.timezone == VIETNAM else f"giờ địa phương {rules.timezone}"
    items = tuple(f"{each.title}: {window(each.opens_at, each.closes_at, zone)}." for each in rules.rounds)
    count = "một đợt" if len(items) == 1 else f"{len(items)} đợt"
    return Section("Thời gian thi", (f"Cuộc thi có {count}; thời gian ghi theo {called}.",), items)


def _paper(rules: RoundRules, names: KnownNames) -> str:
    drawn = "; ".join(_draw(each, names) for each in rules.draws)
    shuffled = [
        what
        for what, order in (("câu hỏi", rules.question_order), ("phương án trả lời", rules.option_order))
        if order is Order.SHUFFLED
    ]
    order = f" Thứ tự {' và thứ tự '.join(shuffled)} được xáo trộn." if shuffled else ""
    return (
        f"Đề thi gồm {rules.questions} câu hỏi trắc nghiệm, {_time(rules)}: {drawn}. "
        f"Câu hỏi được rút ngẫu nhiên riêng cho từng lượt thi.{order}"
    )


def _time(rules: RoundRules) -> str:
    return "làm trong thời gian của đợt thi" if rules.time_limit is None else f"làm trong {span(rules.time_limit)}"


def _draw(draw: Draw, names: KnownNames) -> str:
    limits = []
    if draw.topic is not None:
        limits.append(f"chủ đề {names.topics.get((draw.bank, draw.topic), draw.topic)}")
    if draw.level is not None:
        limits.append(f"mức độ {draw.level.label.lower()}")
    return f"{draw.count} câu về “{_called(names.banks, draw.bank)}”" + (f" ({', '.join(limits)})" if limits else "")


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


def _marks(rules: RoundRules) -> str:
    return (
        f"Mỗi câu trả lời đúng được {hundredths(rules.right_mark)} điểm, trả lời sai hoặc bỏ trống được 0 điểm; "
        f"điểm tối đa của một lượt thi là {hundredths(rules.max_mark)} điểm."
    )


def _sitting() -> Section:
    return Section(
        "Làm bài, mất mạng và hết giờ",
        items=(
            "Câu trả lời được lưu ngay khi chọn. Trong thời gian làm bài được đổi câu trả lời, được bỏ trống câu hỏi.",
            "Thời gian tính từ khi bắt đầu lượt thi, không dừng lại khi thoát ra, đổi máy hoặc mất mạng. Bài thi đóng "
            "khi hết thời gian làm bài hoặc khi đợt thi kết thúc, tùy thời điểm nào đến trước.",
            "Hết giờ mà chưa nộp thì bài thi tự nộp vào lúc đóng; những câu trả lời đã lưu được tính điểm.",
            f"Câu trả lời gửi đến máy chủ chậm không quá {_seconds(GRACE)} sau khi bài thi đóng vẫn được tính.",
            "Câu trả lời chọn trước khi bài thi đóng nhưng vì mất mạng nên đến muộn hơn thì không tự động được tính; "
            "câu trả lời đó được giữ riêng để Ban tổ chức xem xét, quyết định.",
        ),
    )


def _ranking(rules: ContestRules) -> Section:
    return Section(
        "Xếp hạng cá nhân và đơn vị",
        (
            "Trong mỗi bảng, những người hoặc đơn vị bằng nhau ở mọi tiêu chí thì cùng hạng; "
            "hạng kế tiếp được tính sau tất cả những người hoặc đơn vị cùng hạng đó.",
            "Mỗi người dự thi được tính cho đơn vị của mình vào lúc bắt đầu lượt thi nộp gần nhất.",
        ),
        tuple(f"Bảng “{board.title}”: {_board(board, rules)}." for board in rules.boards),
    )


def _board(board: BoardRules, rules: ContestRules) -> str:
    rounds = rules.rounds_of(board)
    over = "toàn cuộc thi" if len(rounds) == len(rules.rounds) else f"của {', '.join(each.title for each in rounds)}"
    combined = f"; kết quả của một người là {COMBINED[board.combine]}" if len(rounds) > 1 else ""
    if board.of is StandingsOf.PEOPLE:
        chain = ", rồi ".join(link.label for link in board.order)
        return f"xếp hạng cá nhân {over} theo thứ tự: {chain}{combined}"
    ranked = f"xếp hạng đơn vị (cấp {board.level.label}) {over} theo {MEASURED[board.measure]}"
    return ranked + (combined if board.measure is Measure.MEAN else "")


def _publication(rules: ContestRules) -> Section:
    if rules.publish.names is Names.MASKED:
        shown = f"Trên bảng công khai, họ và tên người dự thi được che bớt, ví dụ “{masked(EXAMPLE_NAME)}”."
    else:
        shown = "Trên bảng công khai, họ và tên người dự thi được ghi đầy đủ."
    return Section(
        "Công bố kết quả và đáp án",
        (PUBLISHED[rules.publish.board], shown),
        _by_round(rules.rounds, lambda each: f"{_result(each.show.result)} {_answers(each.show.answers)}"),
    )


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


def _by_round(rounds: Iterable[RoundRules], sentence: Callable[[RoundRules], str]) -> tuple[str, ...]:
    """Say once what neighbouring rounds have in common; the titles stand before it only when rounds differ."""
    said = [(text, [each.title for each in same]) for text, same in groupby(rounds, key=sentence)]
    if len(said) == 1:
        return (said[0][0],)
    return tuple(f"{', '.join(titles)}: {text[0].lower()}{text[1:]}" for text, titles in said)


def _called(names: Mapping[str, str], code: str) -> str:
    return names.get(code, code)


def _seconds(length: timedelta) -> str:
    return f"{length.total_seconds():g} giây"
