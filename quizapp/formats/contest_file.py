"""The contest file, docs/contest-file.md: YAML text → `ContestRules`, or everything that is wrong with it, by line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from quizapp.formats.contest_essay import read_essay
from quizapp.formats.marked_section import Later, Report, Section
from quizapp.formats.marked_yaml import decoded, read
from quizapp.rules.contest_rules import BoardRules, ContestRules, EntryRule, PublishRule, board_title, usual_boards
from quizapp.rules.round_rules import AttemptsRule, Draw, RoundRules, ShowRule
from quizapp.vocabulary import (
    BoardWhen,
    Counting,
    Level,
    LimitPer,
    Measure,
    Names,
    Order,
    ShownWhen,
    StandingsOf,
    TieBreak,
    UnionKind,
)

VIETNAM = "Asia/Ho_Chi_Minh"
IDENTITY = ("full_name", "birth_date", "phone", "unit")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TAKEN_SLUGS = {"new"}  # part of an address of the organisers' desk
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 12, 31, tzinfo=UTC)
DAY = 24 * 60

LATER_CONTEST = {
    "divisions": Later("lập cho mỗi bảng một cuộc thi riêng"),
    "prizes": Later("ghi cơ cấu giải thưởng trong kế hoạch của Ban tổ chức"),
    "one_prize_per_person": Later(),
}
LATER_AUDIENCE = {
    "roles": Later("ghi đối tượng trong kế hoạch của Ban tổ chức"),
    "age": Later("ghi độ tuổi trong kế hoạch của Ban tổ chức"),
    "without_unit": Later(harmless=("false", "no")),
    "excluded": Later("thông báo cho những người này không dự thi"),
}
LATER_ROUND = {
    "sittings": Later("chia thành nhiều đợt thi trong “rounds”"),
    "must_answer_all": Later(harmless=("false", "no")),
    "prediction": Later(),
    "practice": Later(),
}
LATER_TIME = {"seconds_per_question": Later("ghi “minutes”, số phút của cả bài")}
LATER_MARKS = {
    "wrong": Later(harmless=("0",)),
    "scale_to": Later("ghi “right”, số điểm của một câu đúng"),
    "multiple": Later(harmless=("all_or_nothing",)),
}
LATER_BOARD = {
    "by_division": Later(harmless=("false", "no")),
    "only_if": Later(),
    "weights": Later("ghi “measure”"),
}
LATER_OF_UNIONS = {"order": Later("để các đơn vị bằng nhau cùng hạng")}
LATER_PUBLISH = {"freeze_at": Later("ghi “board: after_publish” rồi công bố khi cần")}
LATER_PER = {"sitting", "day", "week"}
LATER_MEASURES = {"winners", "sum", "top_k_mean"}


class Registration(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class ContestFile:
    """A contest file that was read: its rules, its text, and the line of every key by path ('rounds.1.paper.2')."""

    rules: ContestRules
    source: str
    lines: Mapping[str, int]

    def line_of(self, path: str) -> int:
        """Return the line of a key, or of the nearest key above it; 0 when the file has none of them."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 0)


def read_contest(source: str | bytes) -> ContestFile:
    """Return the rules that a contest file holds. Raises BadFile with all that is wrong, each by line and key path."""
    text = decoded(source)
    report = Report()
    root = Section(read(text), "", report, line=1)
    if "contest" not in root:
        report.note(1, "contest", "tệp phải có dòng “contest:” ở đầu, mọi khóa khác thụt vào dưới dòng này")
        root.is_broken = True
    rules = _contest(root.section("contest", path=""))
    report.finish()
    return ContestFile(rules, text, report.lines)


def _contest(section: Section) -> ContestRules:
    section.later(LATER_CONTEST)
    slug = _name(section, "slug", most=60)
    if slug in TAKEN_SLUGS:
        section.wrong("slug", f"“{slug}” là từ dành riêng; xin chọn tên khác")
    organiser = section.text("organiser")
    zone = _zone(section)
    audience = section.section("audience").later(LATER_AUDIENCE)
    _check_identity(section)
    rounds = _rounds(section, zone)
    return ContestRules(
        slug=slug,
        title=section.text("title"),
        organiser=organiser,
        timezone=zone.key,
        audience=audience.texts("units", default=(organiser,)),
        entry=_entry(section.section("entry")),
        rounds=rounds,
        boards=_boards(section, rounds),
        publish=_publish(section.section("publish").later(LATER_PUBLISH)),
    )


def _zone(section: Section) -> ZoneInfo:
    name = section.text("timezone", VIETNAM)
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        section.wrong("timezone", f"không có múi giờ “{name}”; giờ Việt Nam là {VIETNAM}")
        return ZoneInfo(VIETNAM)


def _check_identity(section: Section) -> None:
    if set(section.texts("identity", IDENTITY)) != set(IDENTITY):
        section.wrong("identity", f"bản này luôn hỏi đủ bốn mục; xin bỏ dòng này hoặc ghi [{', '.join(IDENTITY)}]")


def _entry(section: Section) -> EntryRule:
    code = section.text("code", "", most=40)
    registration = section.word("registration", Registration, Registration.OPEN)
    return EntryRule(code=code or None, registration=registration is Registration.OPEN)


def _rounds(section: Section, zone: ZoneInfo) -> tuple[RoundRules, ...]:
    parts = section.sections("rounds", required=True)
    rounds = tuple(_round(part, zone) for part in parts)
    _refuse_twins(parts, [each.key for each in rounds])
    shared = {each.attempts.limit for each in rounds if each.attempts.per is LimitPer.CONTEST}
    if len(shared) > 1:
        section.wrong("rounds", "các đợt thi có “per: contest” phải có cùng một “limit”")
    return rounds


def _round(section: Section, zone: ZoneInfo) -> RoundRules:
    section.later(LATER_ROUND)
    opens, closes = section.instant("opens", zone, otherwise=FIRST), section.instant("closes", zone, otherwise=LAST)
    essay = read_essay(section, closes, zone)
    if closes <= opens:
        section.wrong("closes", "đợt thi phải đóng sau khi mở")
    order, marks = section.section("order"), section.section("marks").later(LATER_MARKS)
    return RoundRules(
        key=_name(section, "key"),
        title=section.text("title"),
        opens_at=opens,
        closes_at=closes,
        attempts=_attempts(section.section("attempts")),
        time_limit=_time_limit(section, closes - opens, has_essay=essay is not None),
        draws=_draws(section, has_essay=essay is not None),
        question_order=order.word("questions", Order, Order.SHUFFLED),
        option_order=order.word("options", Order, Order.SHUFFLED),
        right_mark=marks.hundredths("right", default=100, most=100_00),
        show=_show(section.section("show")),
        essay=essay,
    )


def _time_limit(section: Section, window: timedelta, *, has_essay: bool) -> timedelta | None:
    time = section.section("time").later(LATER_TIME)
    if section.is_none("time"):
        if not has_essay:
            section.wrong(
                "time", "chỉ đợt thi có bài viết (essay) mới được ghi none; xin ghi số phút, ví dụ {minutes: 20}"
            )
        return None
    limit = timedelta(minutes=time.number("minutes", least=1, most=DAY))
    if timedelta() < window < limit:
        time.wrong("minutes", "thời gian làm bài dài hơn cả đợt thi; xin giảm số phút hoặc lùi “closes”")
    return limit


def _draws(section: Section, *, has_essay: bool) -> tuple[Draw, ...]:
    """An essay may be all that a round asks; then the file says so, lest questions were forgotten."""
    is_only_essay = has_essay and section.is_none("paper")
    return tuple(_draw(part) for part in section.sections("paper", required=not is_only_essay))


def _attempts(section: Section) -> AttemptsRule:
    return AttemptsRule(
        limit=None if section.is_none("limit") else section.number("limit", least=1, most=1000, default=1),
        per=section.word("per", LimitPer, LimitPer.ROUND, later=LATER_PER),
        counted=section.word("counted", Counting, Counting.BEST),
    )


def _draw(section: Section) -> Draw:
    return Draw(
        bank=section.text("bank"),
        count=section.number("count", least=1, most=200),
        topic=section.text("topic", "") or None,
        level=section.word("level", Level, None),
    )


def _show(section: Section) -> ShowRule:
    usual = ShowRule()
    return ShowRule(
        result=section.word("result", ShownWhen, usual.result),
        answers=section.word("answers", ShownWhen, usual.answers),
    )


def _publish(section: Section) -> PublishRule:
    usual = PublishRule()
    return PublishRule(
        board=section.word("board", BoardWhen, usual.board), names=section.word("names", Names, usual.names)
    )


def _boards(section: Section, rounds: tuple[RoundRules, ...]) -> tuple[BoardRules, ...]:
    parts = section.sections("standings")
    boards = tuple(_board(part, rounds) for part in parts)
    _refuse_twins(parts, [each.key for each in boards])
    return boards or usual_boards(rounds)


def _board(section: Section, rounds: tuple[RoundRules, ...]) -> BoardRules:
    section.later(LATER_BOARD)
    of = section.word("of", StandingsOf, StandingsOf.PEOPLE)
    usual = BoardRules(key="", title="", of=of)
    chosen = _rounds_of(section, [each.key for each in rounds])
    order, level, measure = usual.order, usual.level, usual.measure
    if of is StandingsOf.PEOPLE:
        order = section.words("order", TieBreak, order, later={"prediction"})
        for key in ("level", "measure"):
            section.refuse(key, f"khóa “{key}” chỉ dùng cho bảng đơn vị (of: unions)")
    else:
        section.later(LATER_OF_UNIONS)
        level = section.word("level", UnionKind, level)
        measure = section.word("measure", Measure, measure, later=LATER_MEASURES)
    titles = [each.title for each in rounds if chosen and each.key in chosen]
    return BoardRules(
        key=_name(section, "key"),
        title=section.text("title", board_title(of, measure, titles)),
        of=of,
        rounds=chosen,
        combine=section.word("combine", Counting, usual.combine),
        order=order,
        level=level,
        measure=measure,
    )


def _rounds_of(section: Section, known: Sequence[str]) -> tuple[str, ...] | None:
    chosen = section.texts("rounds", ("all",))
    if chosen == ("all",):
        return None
    if strange := [key for key in chosen if key not in known]:
        section.wrong("rounds", f"không có đợt thi “{strange[0]}”; xin ghi all hoặc chọn trong [{', '.join(known)}]")
    return chosen


def _name(section: Section, key: str, *, most: int = 40) -> str:
    """Return a name that stands in addresses: lower-case letters without marks, digits, hyphens."""
    name = section.text(key, most=most)
    if name and not NAME.fullmatch(name):
        section.wrong(key, f"“{name}” phải là chữ thường không dấu, chữ số và dấu “-” ở giữa, ví dụ tuan-1")
    return name


def _refuse_twins(parts: Sequence[Section], keys: Sequence[str]) -> None:
    for number, (part, key) in enumerate(zip(parts, keys, strict=True)):
        if key and key in keys[:number]:
            part.wrong("key", f"“{key}” đã dùng ở trên; mỗi mục cần một tên riêng")
