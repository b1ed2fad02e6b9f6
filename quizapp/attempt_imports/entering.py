"""Whether those whom the rows mean may enter at all, and as what: role and division."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from quizapp.attempt_imports import queries
from quizapp.attempt_imports.people import Units
from quizapp.attempt_imports.queries import Known, Unit
from quizapp.attempt_imports.wrong import Wrong
from quizapp.errors import NotInAudience, Refused
from quizapp.formats.attempts import BORN, DIVISION, PERSON, ROLE, UNIT, ResultRow, bare
from quizapp.models import Contest, Round
from quizapp.refusals import ExcludedFromContest, IdentityMissing, WrongAge, WrongEntrantRole
from quizapp.rules import permissions
from quizapp.rules.divisions import NO_DIVISION, asks_for_choice, choices, division_of, offered
from quizapp.rules.entering import PersonFacts, refusal
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import EntrantRole, Excluded, Role

NONE = ("khong", "khong thuoc bang nao", NO_DIVISION)  # how a row says that somebody belongs to no division
# The same refusals as online, said of somebody else: column and sentence.
SAID: dict[type[Refused], tuple[str, str]] = {
    NotInAudience: (UNIT, "cuộc thi dành cho {audience}; đơn vị của người này là {unit}. Xin sửa ô này hoặc bỏ dòng."),
    ExcludedFromContest: (PERSON, "theo thể lệ, {who} không dự thi; xin bỏ dòng này."),
    WrongEntrantRole: (ROLE, "cuộc thi dành cho {wanted}, người này là {role}; xin sửa ô này hoặc bỏ dòng."),
    IdentityMissing: (BORN, "thể lệ giới hạn tuổi nên phải có {fields}; xin ghi vào ô này."),
    WrongAge: (BORN, "cuộc thi dành cho người {ages}; đến {on:%d/%m/%Y} người này {age} tuổi. Xin kiểm tra ngày sinh."),
}


class Gate:
    """Asks of each person what the contest's rules ask. entrants: role and division of those who took part before."""

    def __init__(self, contest: Contest, units: Units, entrants: Mapping[int, tuple[str, str | None]]):
        self.contest, self.rules, self.units = contest, contest.rules, units
        self.entrants = dict(entrants)
        self.audience = ", ".join(union.name for union in contest.audience)
        self.opening_day = contest.rules.opens_at.astimezone(ZoneInfo(contest.rules.timezone)).date()
        self.met: dict[int, tuple[str, str | None]] = dict(entrants)
        excluded = self.rules.entrants.excluded
        self.judges = queries.judges(contest) if Excluded.JUDGES in excluded else frozenset()
        self.authors = queries.authors(contest) if Excluded.AUTHORS in excluded else frozenset()

    def entrant(self, row: ResultRow, person: Known, unit: Unit | None, round_: Round) -> tuple[str, str | None]:
        """Return role and division of an entrant: as they were at first, or as the row has them. Raises Wrong."""
        works_as = self._works_as(person, round_)
        if excluded := next((each for each in self.rules.entrants.excluded if each in works_as), None):
            raise _said(ExcludedFromContest(who=excluded.label))
        role = row.role or person.entrant_role
        if person.id in self.met:
            role, division = self.met[person.id]
            self._check_same_division(row, division)
            return role, division
        facts = PersonFacts(
            full_name=person.full_name,
            birth_date=row.birth_date or person.birth_date,
            is_reachable=True,
            role=EntrantRole(role),
            unit=unit.name if unit else None,
            is_in_audience=permissions.covers(self.units.paths, unit),
        )
        # Who sits on paper shows an identity card to those who supervise: nothing of it has to stand in the account.
        why = refusal(self.rules.entrants, (), facts, audience=self.audience, on=self.opening_day)
        if why:
            raise _said(why)
        self.met[person.id] = role, self._division(row, unit, role)
        return self.met[person.id]

    def _works_as(self, person: Known, round_: Round) -> frozenset[Excluded]:
        roles = {Role.ORGANISER: Excluded.ORGANISERS, Role.ADMIN: Excluded.ORGANISERS, Role.JUDGE: Excluded.JUDGES}
        held = (each for each in person.grants if permissions.covers([each.union.path], self.contest.organiser))
        found = {roles[Role(each.role)] for each in held if Role(each.role) in roles}
        if person.id in self.judges:
            found.add(Excluded.JUDGES)
        if any((person.id, bank) in self.authors for bank in round_.rules.banks):
            found.add(Excluded.AUTHORS)
        return frozenset(found)

    def _division(self, row: ResultRow, unit: Unit | None, role: str) -> str | None:
        if not self.rules.divisions:
            return None
        line = self.units.line(unit)
        named = self._named_division(row)
        open_to = offered(self.rules.divisions, line, role)
        if asks_for_choice(open_to) and named not in choices(open_to):
            none = ["“không” nếu không thuộc bảng nào"] if NO_DIVISION in choices(open_to) else []
            titles = ", ".join([*(each.title for each in open_to), *none])
            raise Wrong(DIVISION, f"xin ghi bảng mà người này đã chọn, một trong: {titles}.")
        found = division_of(self.rules.divisions, line, role, named)
        if row.division and named != (found or NO_DIVISION):
            title = next((each.title for each in self.rules.divisions if each.key == found), "không bảng nào")
            raise Wrong(DIVISION, f"theo thể lệ người này thuộc {title}, không phải “{row.division}”; xin sửa ô này.")
        return found

    def _named_division(self, row: ResultRow) -> str | None:
        if not row.division:
            return None
        if fold(row.division) in NONE:
            return NO_DIVISION
        named = (each.key for each in self.rules.divisions if bare(row.division) in (bare(each.key), bare(each.title)))
        found = next(named, None)
        if found is None:
            titles = ", ".join(each.title for each in self.rules.divisions)
            raise Wrong(DIVISION, f"không có bảng “{row.division}”; xin ghi một trong: {titles}.")
        return found

    def _check_same_division(self, row: ResultRow, division: str | None) -> None:
        if row.division and self.rules.divisions and (named := self._named_division(row)) != (division or NO_DIVISION):
            raise Wrong(DIVISION, f"người này đã dự thi ở bảng khác, không phải “{named}”; xin sửa ô này.")


def _said(why: Refused) -> Wrong:
    column, sentence = SAID[type(why)]
    return Wrong(column, sentence.format(**why.facts))
