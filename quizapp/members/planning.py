"""What an import would do: who is new, who changes and how; or all that stands against it. Changes nothing."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from quizapp.db import session
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.roster import MEMBER_NUMBER, NAME, PHONE, UNIT, RosterRow
from quizapp.members import queries
from quizapp.members.queries import Facts
from quizapp.models import Person, RoleGrant, TradeUnion
from quizapp.rules import permissions
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import EntrantRole
from quizapp.web.identity import locked_by, locks_of

AT_ONCE = 500  # values in one statement
ASK_ABOVE = "xin bỏ dòng này khỏi tệp và nhờ công đoàn cấp trên xử lý."


@dataclass(frozen=True)
class Previewed:
    """What was previewed: the rows, the union chosen for rows that name none, the digest of what they would do."""

    rows: tuple[RosterRow, ...]
    unit: str | None
    digest: str
    file_name: str
    reason: str = ""


@dataclass(frozen=True)
class Unit:
    """A union as an import needs it."""

    id: int
    code: str
    name: str
    path: str
    valid_to: date | None


@dataclass(frozen=True)
class Held:
    """A role of somebody who is already there."""

    role: str
    union: Unit


@dataclass
class Known:
    """Somebody who is already there; reads like a Person for `rules.permissions`."""

    id: int
    full_name: str
    birth_date: date | None
    phone: str | None
    member_number: str | None
    entrant_role: str
    union: Unit | None
    grants: list[Held] = field(default_factory=list)


@dataclass(frozen=True)
class Planned:
    """One row and the facts that the person will have; `changes` are old and new, empty for a new person."""

    row: int
    person_id: int | None
    unit: Unit | None
    facts: Facts
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class Plan:
    new: tuple[Planned, ...]
    changed: tuple[Planned, ...]
    unchanged: tuple[Planned, ...]

    @property
    def digest(self) -> str:
        """Of all that would be done: while it stays the same, what was shown is what will be done."""
        done = [(each.person_id, sorted(each.facts.items()), sorted(each.changes)) for each in self.all_rows]
        return hashlib.sha256(repr(done).encode()).hexdigest()

    @property
    def all_rows(self) -> tuple[Planned, ...]:
        return (*self.new, *self.changed, *self.unchanged)


def plan(
    rows: Sequence[RosterRow],
    *,
    by: Person | None,
    unit: TradeUnion | None,
    today: date,
    known_problems: Sequence[RowProblem] = (),
    reason: str = "",
) -> Plan:
    """Return what importing the rows would do. Raises BadFile with every row that cannot be taken in.

    by: the organiser who asks, None for a command on the server; unit: of rows that name none;
    known_problems: what the file itself told; of those rows nothing further is asked; reason: why facts are changed
    that are locked since a person sat a contest, '' when none is given: then such rows are problems.
    """
    unread = {each.row for each in known_problems}
    book = _Book(rows, by, today, unit.code if unit else None)
    planned = [made for row in rows if row.row not in unread and (made := book.planned(row))]
    problems = [*known_problems, *book.problems]
    if not reason:
        problems += _locked(planned)
    if problems:
        raise BadFile(problems)
    return Plan(
        new=tuple(each for each in planned if each.person_id is None),
        changed=tuple(each for each in planned if each.person_id is not None and each.changes),
        unchanged=tuple(each for each in planned if each.person_id is not None and not each.changes),
    )


def differences(old: Facts, new: Facts) -> dict[str, tuple[Any, Any]]:
    """Return the old and the new value of each fact that differs."""
    return {key: (old[key], new[key]) for key in new if old[key] != new[key]}


def _locked(planned: Sequence[Planned]) -> Iterator[RowProblem]:
    """Give a problem for each row that would change what a contest has locked."""
    changed = [each for each in planned if each.person_id is not None and each.changes]
    locks = locks_of(each.person_id for each in changed if each.person_id is not None)
    for each in changed:
        what, contests = locked_by(locks.get(each.person_id or 0, ()), each.changes)
        if what:
            titles = "; ".join(f"“{title}”" for title in contests)
            text = f"{each.facts['full_name']} đã dự thi {titles} nên {', '.join(what)} đã khóa"
            yield RowProblem(each.row, NAME, f"{text}; xin bỏ dòng này, hoặc ghi lý do sửa cho cả tệp.")


class _Book:
    """The unions and people that the rows speak of, and what was found wrong."""

    def __init__(self, rows: Sequence[RosterRow], by: Person | None, today: date, default: str | None):
        self.by, self.today = by, today
        self.problems: list[RowProblem] = []
        units = {unit.id: unit for unit in _units()}
        self.units = {unit.code.lower(): unit for unit in units.values()}
        self.default = self.units[default.lower()] if default else None
        known = list(_known(rows, units))
        self.by_phone: dict[str | None, Known] = {each.phone: each for each in known if each.phone}
        self.by_number: dict[str | None, Known] = {each.member_number: each for each in known if each.member_number}
        self.rows_of: dict[int, int] = {}

    def planned(self, row: RosterRow) -> Planned | None:
        """Return what a row does, or None after its problems were noted."""
        before = len(self.problems)
        person = self.by_number.get(row.member_number) or self.by_phone.get(row.phone)
        if person:
            self._check_same(row, person)
        unit = self._unit(row, person)
        if len(self.problems) > before:
            return None
        facts = _facts(row, person, unit)
        changes = differences(queries.facts_of(person), facts) if person else {}
        if person and changes and self.by and not permissions.may_change_person(self.by, person):
            self._note(row, NAME, f"{person.full_name} có vai trò mà bạn không được thay đổi; {ASK_ABOVE}")
            return None
        return Planned(row.row, person.id if person else None, unit, facts, changes)

    def _check_same(self, row: RosterRow, person: Known) -> None:
        """The person found must be the one meant, named once, and not anybody that the organiser may not see."""
        by_number, by_phone = self.by_number.get(row.member_number), self.by_phone.get(row.phone)
        column, what = (MEMBER_NUMBER, "mã đoàn viên") if by_number else (PHONE, "số điện thoại")
        first = self.rows_of.setdefault(person.id, row.row)
        if any(each and not self._sees(each) for each in (by_number, by_phone)):
            column, what = (column, what) if not self._sees(person) else (PHONE, "số điện thoại")
            self._note(row, column, f"{what} này đã có ở một đơn vị mà bạn không phụ trách; {ASK_ABOVE}")
        elif by_number and by_phone and by_number is not by_phone:
            names = f"{by_number.full_name} có mã đoàn viên này, {by_phone.full_name} có số điện thoại này"
            self._note(row, column, f"{names}; xin sửa một trong hai ô cho khớp.")
        elif first != row.row:
            self._note(row, column, f"người này đã có ở dòng {first}; xin bỏ bớt một dòng.")
        elif not _is_same(row, person, by_number=bool(by_number)):
            at = f" ({person.union.name})" if person.union else ""
            advice = "xin kiểm tra lại; nếu đúng là người đó thì sửa họ tên trên trang của người đó trước."
            self._note(row, column, f"{what} này đang là của {person.full_name}{at}; {advice}")

    def _unit(self, row: RosterRow, person: Known | None) -> Unit | None:
        if not row.unit_code:
            return self._unit_of_file(row, person)
        unit = self.units.get(row.unit_code.lower())
        if unit is None or (self.by and not permissions.may_manage_union(self.by, unit)):
            self._note(row, UNIT, f"không có đơn vị mã “{row.unit_code}” trong phạm vi bạn phụ trách; xin sửa mã.")
        elif unit.valid_to and unit.valid_to < self.today:
            self._note(row, UNIT, f"“{unit.name}” đã ngừng hoạt động từ {unit.valid_to:%d/%m/%Y}; xin ghi đơn vị mới.")
        return unit

    def _unit_of_file(self, row: RosterRow, person: Known | None) -> Unit | None:
        """Nobody is moved up from a section of the union that was chosen for the whole file."""
        if person and person.union and (not self.default or person.union.path.startswith(self.default.path)):
            return person.union
        if not self.default:
            self._note(row, UNIT, "chưa có mã đơn vị; xin ghi mã vào ô này hoặc chọn một đơn vị cho cả tệp.")
        return self.default

    def _sees(self, person: Known) -> bool:
        return self.by is None or permissions.may_see_person(self.by, person)

    def _note(self, row: RosterRow, column: str, text: str) -> None:
        self.problems.append(RowProblem(row.row, column, text))


def _is_same(row: RosterRow, person: Known, *, by_number: bool) -> bool:
    """A name may be mended when the member number and the birth date say that it is the same person."""
    same_birth_date = row.birth_date is not None and row.birth_date == person.birth_date
    return fold(row.full_name) == fold(person.full_name) or (by_number and same_birth_date)


def _facts(row: RosterRow, person: Known | None, unit: Unit | None) -> Facts:
    """An empty cell leaves what is known."""
    return {
        "full_name": row.full_name,
        "birth_date": row.birth_date or (person.birth_date if person else None),
        "phone": row.phone or (person.phone if person else None),
        "member_number": row.member_number or (person.member_number if person else None),
        "unit": unit.code if unit else None,
        "entrant_role": row.entrant_role or (person.entrant_role if person else EntrantRole.MEMBER.value),
    }


def _units() -> Iterator[Unit]:
    asked = select(TradeUnion.id, TradeUnion.code, TradeUnion.name, TradeUnion.path, TradeUnion.valid_to)
    return (Unit(*row) for row in session.execute(asked).tuples())


def _known(rows: Sequence[RosterRow], units: Mapping[int, Unit]) -> Iterator[Known]:
    """Give everybody who has a phone or member number of the rows; columns and no objects, for there may be many."""
    grants: dict[int, list[Held]] = {}
    for person_id, role, union_id in session.execute(
        select(RoleGrant.person_id, RoleGrant.role, RoleGrant.union_id)
    ).tuples():
        grants.setdefault(person_id, []).append(Held(role, units[union_id]))
    columns = (
        Person.id,
        Person.full_name,
        Person.birth_date,
        Person.phone,
        Person.member_number,
        Person.entrant_role,
        Person.union_id,
    )
    seen = set()
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        phones, numbers = [row.phone for row in some if row.phone], [row.member_number for row in some]
        named = or_(Person.phone.in_(phones), Person.member_number.in_([each for each in numbers if each]))
        for facts in session.execute(select(*columns).where(named)):
            if facts.id not in seen:
                seen.add(facts.id)
                person_id, name, birth_date, phone, number, role, union_id = facts
                union, held = units.get(union_id), grants.get(person_id, [])
                yield Known(person_id, name, birth_date, phone, number, role, union, held)
