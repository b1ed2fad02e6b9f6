"""What an import of unions would do: new, changed, unchanged; or all that stands against it. Changes nothing."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from quizapp.db import session
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.union_list import CODE, PARENT, VALID_TO, UnionList, UnionRow, column
from quizapp.models import MemberCount, Person, TradeUnion
from quizapp.rules import permissions
from quizapp.rules.union_tree import circling, key_of
from quizapp.vocabulary import Role, UnionKind, Workplace

AT_ONCE = 500  # values in one statement
LABELS = {
    "name": "tên",
    "kind": "loại",
    "workplace": "loại hình",
    "parent_code": "mã cấp trên",
    "valid_from": "từ",
    "valid_to": "đến",
}


@dataclass(frozen=True)
class Previewed:
    """What was previewed: the rows, notes on what was not read, the digest of what they would do."""

    rows: tuple[UnionRow, ...]
    notes: tuple[str, ...]
    digest: str
    file_name: str


@dataclass(frozen=True)
class Known:
    """A union as it stands in the tree now."""

    id: int
    code: str
    name: str
    kind: str
    workplace: str | None
    parent_id: int | None
    path: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Change:
    """A fact that gets another value; `before` is empty where there was none."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Planned:
    """One row and what it does: a new union when `known` is None."""

    row: UnionRow
    known: Known | None
    changes: tuple[Change, ...]

    @property
    def what(self) -> str:
        return "new" if self.known is None else "changed" if self.changes else "unchanged"


@dataclass(frozen=True)
class Plan:
    rows: tuple[Planned, ...]
    notes: tuple[str, ...]

    def those(self, what: str) -> list[Planned]:
        """Return the rows that are 'new', 'changed' or 'unchanged'."""
        return [each for each in self.rows if each.what == what]

    @property
    def digest(self) -> str:
        """What was shown: another digest at the confirmation means that the tree changed in between."""
        shown = [(each.row.code, each.what, each.changes) for each in self.rows]
        return hashlib.sha256(repr(shown).encode()).hexdigest()[:20]


def plan(listing: UnionList, *, by: Person | None) -> Plan:
    """Return what the import of a list would do. by: the organiser, None for a command on the server.

    A blank cell leaves the fact of a known union as it is. Raises BadFile with every problem of file and tree.
    """
    tree = _Tree(listing, by)
    problems = [*listing.problems, *(each for row in listing.rows for each in tree.problems(row)), *tree.circles()]
    if problems:
        raise BadFile(problems)
    known = [tree.known(row.code) for row in listing.rows]
    counts = _counts([each.id for each in known if each])
    pairs = zip(listing.rows, known, strict=True)
    rows = [Planned(row, before, tuple(tree.changes(row, before, counts))) for row, before in pairs]
    return Plan(tuple(rows), listing.notes)


class _Tree:
    """The tree as it is and as the file would have it."""

    def __init__(self, listing: UnionList, by: Person | None):
        facts = [getattr(TradeUnion, name) for name in Known.__dataclass_fields__]
        self.by_id = {row.id: Known(*row) for row in session.execute(select(*facts)).all()}
        self.by_code = {key_of(known.code): known for known in self.by_id.values()}
        self.rows = listing.rows
        self.listed = {key_of(row.code) for row in listing.rows}
        self.held = None if by is None else permissions.paths(by, Role.ORGANISER)

    def known(self, code: str | None) -> Known | None:
        return self.by_code.get(key_of(code))

    def parent_code(self, known: Known) -> str | None:
        parent = self.by_id.get(known.parent_id or 0)
        return parent.code if parent else None

    def parent_key(self, known: Known) -> str | None:
        code = self.parent_code(known)
        return key_of(code) if code else None

    def is_mine(self, known: Known) -> bool:
        return self.held is None or permissions.covers(self.held, known)

    def problems(self, row: UnionRow) -> Iterator[RowProblem]:
        known = self.known(row.code)
        if known and not self.is_mine(known):
            text = f"mã “{row.code}” thuộc một công đoàn ngoài phạm vi bạn phụ trách; xin bỏ dòng này hoặc đổi mã."
            yield RowProblem(row.row, column(CODE), text)
            return
        yield from self.parent_problems(row, known)
        if known and (sentence := _disorder(row, known)):
            yield RowProblem(row.row, column(VALID_TO), sentence)

    def parent_problems(self, row: UnionRow, known: Known | None) -> Iterator[RowProblem]:
        code = row.parent_code
        if code is None:
            if known is None and self.held is not None:
                yield RowProblem(
                    row.row, column(PARENT), "công đoàn mới phải có mã cấp trên trong phạm vi bạn phụ trách."
                )
            return
        if known and key_of(code) == key_of(self.parent_code(known)):
            return
        parent = self.known(code)
        if parent is None and key_of(code) not in self.listed:
            yield RowProblem(
                row.row, column(PARENT), f"chưa có công đoàn mã “{code}”; xin sửa mã hoặc thêm dòng cho mã này."
            )
        elif parent is not None and not self.is_mine(parent):
            text = f"bạn không phụ trách công đoàn mã “{code}” nên không thêm hay chuyển đơn vị về đó được."
            yield RowProblem(row.row, column(PARENT), text)

    def circles(self) -> Iterator[RowProblem]:
        parents = {code: self.parent_key(known) for code, known in self.by_code.items()}
        parents |= {key_of(row.code): key_of(row.parent_code) for row in self.rows if row.code and row.parent_code}
        found = circling(parents)
        for row in self.rows:
            if key_of(row.code) in found and row.parent_code and row.parent_code != row.code:
                text = f"“{row.code}” và cấp trên “{row.parent_code}” thành vòng tròn: mỗi bên lại nằm dưới bên kia."
                yield RowProblem(row.row, column(PARENT), text + " Xin sửa mã cấp trên.")

    def changes(self, row: UnionRow, known: Known | None, counts: Mapping[tuple[int, date], int]) -> Iterator[Change]:
        stored = {} if known is None else vars(known) | {"parent_code": self.parent_code(known)}
        for field, label in LABELS.items() if known else ():
            before, after = stored[field], getattr(row, field)
            same = key_of(before) == key_of(after) if field == "parent_code" else before == after
            if after is not None and not same:
                yield Change(label, _shown(field, before), _shown(field, after))
        if row.members is not None and row.counted_on is not None:
            counted = counts.get((known.id, row.counted_on)) if known else None
            if counted != row.members:
                day = f"{row.counted_on:%d/%m/%Y}"
                yield Change(f"đoàn viên ngày {day}", "" if counted is None else str(counted), str(row.members))


def _disorder(row: UnionRow, known: Known) -> str:
    begin, end = row.valid_from or known.valid_from, row.valid_to or known.valid_to
    if (row.valid_from and row.valid_to) or not begin or not end or end >= begin:
        return ""
    return f"hiệu lực đến {end:%d/%m/%Y} trước hiệu lực từ {begin:%d/%m/%Y} (ngày đang lưu); xin sửa lại."


def _counts(ids: list[int]) -> dict[tuple[int, date], int]:
    counts: dict[tuple[int, date], int] = {}
    for start in range(0, len(ids), AT_ONCE):
        found = session.scalars(select(MemberCount).where(MemberCount.union_id.in_(ids[start : start + AT_ONCE])))
        counts |= {(each.union_id, each.counted_on): each.members for each in found}
    return counts


def _shown(field: str, value: Any) -> str:
    if value is None:
        return ""
    if field == "kind":
        return UnionKind(value).label
    if field == "workplace":
        return Workplace(value).label
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
