"""Whom each row means: somebody who is there already, or somebody new; never two people as one."""

from collections.abc import Iterable, Sequence

from quizapp.attempt_imports import queries
from quizapp.attempt_imports.queries import Held, Known, Unit
from quizapp.attempt_imports.wrong import Wrong
from quizapp.formats.attempts import MEMBER_NUMBER, PERSON, PHONE, UNIT, ResultRow, bare
from quizapp.models import Contest, Person
from quizapp.rules import permissions
from quizapp.rules.divisions import Standing
from quizapp.rules.union_tree import key_of
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import EntrantRole

NOBODY_NEW = "không có tài khoản nào khớp; xin nhập danh sách người dự thi trước, hoặc cho phép tạo tài khoản mới."


class Units:
    """The unions, by code and by name; those of the contest's audience come first."""

    def __init__(self, contest: Contest):
        self.paths = [union.path for union in contest.audience]
        self.by_id = {each.id: each for each in queries.units()}
        self.by_code = {key_of(each.code): each for each in self.by_id.values()}
        self.by_name: dict[str, list[Unit]] = {}
        for each in self.by_id.values():
            if permissions.covers(self.paths, each):
                self.by_name.setdefault(bare(each.folded), []).append(each)

    def of(self, written: str) -> Unit:
        """Return the union of a code or name. Raises Wrong."""
        named = self.by_name.get(bare(written), [])
        found = self.by_code.get(key_of(written)) or (named[0] if len(named) == 1 else None)
        if found is None and named:
            codes = ", ".join(sorted(each.code for each in named))
            raise Wrong(UNIT, f"có {len(named)} đơn vị tên “{written}”; xin ghi mã, một trong: {codes}.")
        if found is None or not permissions.covers(self.paths, found):
            raise Wrong(UNIT, f"không có đơn vị “{written}” trong các đơn vị được dự thi; xin ghi đúng mã hoặc tên.")
        return found

    def line(self, unit: Unit | None) -> list[Standing]:
        """Return a union and all above it, the own first."""
        ids = [int(each) for each in unit.path.strip("/").split("/")] if unit else []
        above = (self.by_id[each] for each in reversed(ids) if each in self.by_id)
        return [Standing(each.code, each.kind, each.workplace) for each in above]


class People:
    """Everybody of whom the rows may speak; grows by those whom earlier rows bring."""

    def __init__(self, rows: Sequence[ResultRow], units: Units, by: Person | None, *, register: bool):
        self.by, self.register = by, register
        self.new: list[Known] = []
        self.by_phone: dict[str, Known] = {}
        self.by_number: dict[str, Known] = {}
        self.by_name: dict[tuple[str, object, bool], list[Known]] = {}
        nameless = [row for row in rows if row.birth_date]
        found: dict[int, Known] = {}
        for column, values in (
            (Person.phone, {row.phone for row in rows if row.phone}),
            (Person.member_number, {row.member_number for row in rows if row.member_number}),
            (Person.name_folded, {fold(row.full_name) for row in nameless}),
        ):
            found.update((each.id, each) for each in queries.people(column, values, units.by_id))
        grants = queries.grants_by_person()
        for each in found.values():
            each.grants = [Held(role, units.by_id[union]) for role, union in grants.get(each.id, ())]
            self._keep(each)

    def of(self, row: ResultRow, unit: Unit | None) -> Known:
        """Return whom a row means, making a new one where nobody is there. Raises Wrong."""
        by_phone = self.by_phone.get(row.phone or "")
        by_number = self.by_number.get(row.member_number or "")
        if by_phone and by_number and by_phone is not by_number:
            raise Wrong(MEMBER_NUMBER, "mã đoàn viên và số điện thoại là của hai người khác nhau; xin sửa một ô.")
        found = by_phone or by_number
        if found:
            self._check_name(row, found, PHONE if by_phone else MEMBER_NUMBER)
            return found
        return self._namesake(row, unit) or self._made(row, unit)

    def _check_name(self, row: ResultRow, found: Known, column: str) -> None:
        if fold(row.full_name) == fold(found.full_name):
            return
        what = "số điện thoại" if column == PHONE else "mã đoàn viên"
        seen = found.is_new or self.by is None or permissions.may_see_person(self.by, found)
        whose = found.full_name if seen else "một người ở đơn vị mà bạn không phụ trách"
        raise Wrong(column, f"{what} này là của {whose}, không phải của {row.full_name}; xin sửa họ tên hoặc {what}.")

    def _namesake(self, row: ResultRow, unit: Unit | None) -> Known | None:
        """Return who has the same name, birth date and unit, unless phone or number say that it is another."""
        if row.birth_date is None or unit is None:
            return None
        found = [
            each
            for has_phone in ((False,) if row.phone else (False, True))
            for each in self.by_name.get((fold(row.full_name), row.birth_date, has_phone), ())
            if each.union == unit and not (row.member_number and each.member_number)
        ]
        if len(found) > 1:
            raise Wrong(PERSON, "có nhiều người cùng họ tên, ngày sinh và đơn vị; xin ghi số điện thoại.")
        return found[0] if found else None

    def _made(self, row: ResultRow, unit: Unit | None) -> Known:
        if not row.phone and not row.member_number:
            raise Wrong(PHONE, "chưa tìm thấy người này; xin ghi số điện thoại hoặc mã đoàn viên để tạo tài khoản.")
        if not self.register:
            raise Wrong(PHONE if row.phone else MEMBER_NUMBER, NOBODY_NEW)
        if self.by and unit and not permissions.may_manage_union(self.by, unit):
            raise Wrong(
                UNIT, f"người này chưa có tài khoản và bạn không phụ trách “{unit.name}”; xin nhờ cấp trên nhập."
            )
        role = row.role or EntrantRole.MEMBER.value
        made = Known(-1 - len(self.new), row.full_name, row.birth_date, row.phone, row.member_number, role, unit)
        self.new.append(made)
        self._keep(made)
        return made

    def _keep(self, each: Known) -> None:
        if each.phone:
            self.by_phone[each.phone] = each
        if each.member_number:
            self.by_number[each.member_number] = each
        self.by_name.setdefault((fold(each.full_name), each.birth_date, bool(each.phone)), []).append(each)


def known_ids(people: Iterable[Known]) -> set[int]:
    """Return the ids of those who are there already."""
    return {each.id for each in people if not each.is_new}
