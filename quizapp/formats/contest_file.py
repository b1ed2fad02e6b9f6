"""The contest file, docs/contest-file.md: YAML text → `ContestRules`, or everything that is wrong with it, by line."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from quizapp.errors import BadFile, RowProblem
from quizapp.formats import contest_values as values
from quizapp.formats.contest_boards import read_boards
from quizapp.formats.contest_entrants import read_divisions, read_entrants, read_identity
from quizapp.formats.contest_prizes import read_one_prize, read_prizes
from quizapp.formats.contest_round import read_round
from quizapp.formats.marked_section import Report, Section
from quizapp.formats.marked_yaml import decoded, read
from quizapp.rules.contest_rules import ContestRules, EntryRule, PublishRule
from quizapp.rules.contradictions import contradictions
from quizapp.rules.round_rules import RoundRules
from quizapp.vocabulary import BoardWhen, LimitPer, Names

VIETNAM = "Asia/Ho_Chi_Minh"
SEVEN_HOURS = re.compile(r"(?:(?:GMT|UTC) ?)?\+0?7(?::00)?", re.IGNORECASE)  # how Vietnam's zone is written too
TAKEN_SLUGS = {"new"}  # part of an address of the organisers' desk


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
    file = ContestFile(rules, text, report.lines)
    if found := _contradictions(file, are_errors=True):
        raise BadFile(found)
    return file


def warnings(file: ContestFile) -> list[RowProblem]:
    """Return what in a file that is taken may not be meant as it stands, in the order of the file."""
    return _contradictions(file, are_errors=False)


def _contradictions(file: ContestFile, *, are_errors: bool) -> list[RowProblem]:
    found = (each for each in contradictions(file.rules) if each.is_error is are_errors)
    return sorted(RowProblem(row=file.line_of(each.path), column=each.path, text=each.text) for each in found)


def _contest(section: Section) -> ContestRules:
    slug = values.name(section, "slug", most=60)
    if slug in TAKEN_SLUGS:
        section.wrong("slug", f"“{slug}” là từ dành riêng; xin chọn tên khác")
    organiser = section.text("organiser")
    zone = _zone(section)
    audience = section.section("audience")
    rounds = _rounds(section, zone)
    return ContestRules(
        slug=slug,
        title=section.text("title"),
        organiser=organiser,
        timezone=zone.key,
        audience=audience.texts("units", default=(organiser,)),
        entry=_entry(section.section("entry")),
        rounds=rounds,
        boards=read_boards(section, rounds),
        publish=_publish(section.section("publish"), zone),
        entrants=read_entrants(audience),
        identity=read_identity(section),
        divisions=read_divisions(section),
        prizes=read_prizes(section),
        one_prize=read_one_prize(section),
        target_rate=values.share(section, "target_rate"),
        appeals_until=values.instant(section.section("appeals"), "until", zone),
    )


def _zone(section: Section) -> ZoneInfo:
    written = section.text("timezone", VIETNAM)
    name = VIETNAM if SEVEN_HOURS.fullmatch(written) else written
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        section.wrong("timezone", f"không có múi giờ “{name}”; giờ Việt Nam là {VIETNAM}")
        return ZoneInfo(VIETNAM)


def _entry(section: Section) -> EntryRule:
    code = section.text("code", "", most=40)
    registration = section.word("registration", Registration, Registration.OPEN)
    return EntryRule(code=code or None, registration=registration is Registration.OPEN)


def _rounds(section: Section, zone: ZoneInfo) -> tuple[RoundRules, ...]:
    parts = section.sections("rounds", required=True)
    rounds = tuple(read_round(part, zone) for part in parts)
    values.refuse_twins(parts, [each.key for each in rounds])
    shared = {each.attempts.limit for each in rounds if each.attempts.per is LimitPer.CONTEST}
    if len(shared) > 1:
        section.wrong("rounds", "các đợt thi có “per: contest” phải có cùng một “limit”")
    return rounds


def _publish(section: Section, zone: ZoneInfo) -> PublishRule:
    usual = PublishRule()
    return PublishRule(
        board=section.word("board", BoardWhen, usual.board),
        names=section.word("names", Names, usual.names),
        freeze_at=values.instant(section, "freeze_at", zone),
    )
