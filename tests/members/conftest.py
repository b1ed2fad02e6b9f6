"""A province with two factories, an organiser of each level, and files of members."""

from dataclasses import dataclass
from datetime import date

import pytest

from quizapp.db import session, transaction
from quizapp.formats.roster import RosterRow
from quizapp.members import actions, planning
from quizapp.models import Person, TradeUnion
from quizapp.vocabulary import Role, UnionKind
from tests.cast import Cast
from tests.conftest import NOON

TODAY = date(2026, 12, 1)


@dataclass
class Place:
    root: TradeUnion
    province: TradeUnion
    sewing: TradeUnion
    shoes: TradeUnion
    elsewhere: TradeUnion  # in another province
    organiser: Person  # of the sewing factory
    provincial: Person  # organiser of the province
    admin: Person  # of the province
    chief: Person  # admin of the whole tree


@pytest.fixture
def place(cast: Cast) -> Place:
    root = cast.union("Tổng Liên đoàn", kind=UnionKind.CONFEDERATION, code="TLD")
    province = cast.union("LĐLĐ tỉnh Mẫu", parent=root, kind=UnionKind.PROVINCE, code="LDLD")
    other = cast.union("LĐLĐ tỉnh Khác", parent=root, kind=UnionKind.PROVINCE, code="KHAC")
    sewing = cast.union("CĐCS May Mẫu", parent=province, code="MAY")
    return Place(
        root=root,
        province=province,
        sewing=sewing,
        shoes=cast.union("CĐCS Giày Mẫu", parent=province, code="GIAY"),
        elsewhere=cast.union("CĐCS Tỉnh Khác", parent=other, code="XA"),
        organiser=cast.person("Trần Thị Cơ Sở", union=sewing, roles=[(Role.ORGANISER, sewing)]),
        provincial=cast.person("Trần Thị Tỉnh", union=province, roles=[(Role.ORGANISER, province)]),
        admin=cast.person("Trần Quản Trị", union=province, roles=[(Role.ADMIN, province)]),
        chief=cast.person("Trần Toàn Quyền", roles=[(Role.ADMIN, root)]),
    )


def row(name="Lê Văn An", phone="0912345678", number=None, *, at=2, unit="MAY", born=None, role=None):
    return RosterRow(at, name, born, phone, number, unit, role)


def again(person):
    """The person as the database has them now, with roles and union."""
    with transaction(writes=False):
        found = session.get_one(Person, person.id)
        assert (found.union, [each.union for each in found.grants]) is not None
        return found


def imported(*rows, by=None, unit=None, with_codes=True):
    with transaction():
        by = session.get_one(Person, by.id) if by else None
        made = planning.plan(rows, by=by, unit=unit, today=TODAY)
        return actions.import_members(made, by=by, now=NOON, file_name="ds.xlsx", with_codes=with_codes)
