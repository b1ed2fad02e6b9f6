"""A small tree, its organisers, and lists of unions as an organiser would send them."""

from dataclasses import dataclass

import pytest

from quizapp.models import Person, TradeUnion
from quizapp.vocabulary import Role, UnionKind
from tests.cast import Cast

HEAD = "Mã,Tên,Loại,Mã cấp trên,Từ,Đến,Số đoàn viên,Ngày thống kê\n"


@dataclass
class Tree:
    """A province with two wards, a union in each; organisers of the province and of the first ward."""

    province: TradeUnion
    ward: TradeUnion
    other: TradeUnion
    sewing: TradeUnion
    school: TradeUnion
    organiser: Person
    ward_organiser: Person


@pytest.fixture
def tree(cast: Cast) -> Tree:
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE, code="LDLD")
    ward = cast.union("Công đoàn phường Hoa Lư", kind=UnionKind.COMMUNE, code="HL", parent=province)
    other = cast.union("Công đoàn phường An Khê", kind=UnionKind.COMMUNE, code="AK", parent=province)
    return Tree(
        province=province,
        ward=ward,
        other=other,
        sewing=cast.union("CĐCS Công ty May Hòa Bình", parent=ward, code="MAY", members=100),
        school=cast.union("CĐCS Trường THCS An Bình", parent=other, code="TRUONG", members=40),
        organiser=cast.person("Trần Tổ Chức", roles=[(Role.ORGANISER, province)]),
        ward_organiser=cast.person("Lê Phường", roles=[(Role.ORGANISER, ward)]),
    )
