"""The union tree of the demo: one province, commune and industrial-zone unions, 124 grassroots unions with members."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from quizapp.db import session
from quizapp.demo.names import employers
from quizapp.models import MemberCount, TradeUnion
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import UnionKind

PROVINCE = "LDLD-SL"
UPPER = (
    ("XP-01", "Công đoàn phường Bến Đá", UnionKind.COMMUNE, 14),
    ("XP-02", "Công đoàn phường Cầu Mây", UnionKind.COMMUNE, 12),
    ("XP-03", "Công đoàn phường Đồi Thông", UnionKind.COMMUNE, 11),
    ("XP-04", "Công đoàn xã Hồ Sen", UnionKind.COMMUNE, 10),
    ("XP-05", "Công đoàn xã Làng Chài", UnionKind.COMMUNE, 10),
    ("XP-06", "Công đoàn xã Núi Xanh", UnionKind.COMMUNE, 10),
    ("KCN-01", "Công đoàn Khu công nghiệp Bắc Sông Lành", UnionKind.INDUSTRIAL_ZONE, 26),
    ("KCN-02", "Công đoàn Khu công nghiệp Nam Sông Lành", UnionKind.INDUSTRIAL_ZONE, 22),
    ("NG-01", "Công đoàn ngành Giáo dục tỉnh", UnionKind.SECTOR, 9),
)


@dataclass(frozen=True)
class Tree:
    province: TradeUnion
    zone: TradeUnion  # an industrial zone, which has an organiser of its own
    grassroots: list[TradeUnion]
    members: dict[int, int]  # of each grassroots union, by id: the latest count


def plant(rng: Random, today: date) -> Tree:
    """Make the tree; member counts of last year and of this one."""
    province = _union(None, PROVINCE, "Liên đoàn Lao động tỉnh Sông Lành", UnionKind.PROVINCE)
    names = employers(rng)
    grassroots: list[TradeUnion] = []
    above = [(_union(province, code, name, kind), count) for code, name, kind, count in UPPER]
    for upper, count in above:
        for number in range(1, count + 1):
            code = f"{upper.code}-{number:02d}"
            grassroots.append(_union(upper, code, f"CĐCS {next(names)}", UnionKind.GRASSROOTS))
    members = {union.id: round(rng.triangular(14, 90, 22)) for union in grassroots}
    session.add_all(count for union in grassroots for count in _counts(union, members[union.id], today))
    zone = next(upper for upper, _ in above if upper.code == "KCN-01")
    return Tree(province, zone, grassroots, members)


def _union(parent: TradeUnion | None, code: str, name: str, kind: UnionKind) -> TradeUnion:
    made = TradeUnion(
        code=code,
        name=name,
        name_folded=fold(name),
        kind=kind.value,
        parent_id=parent.id if parent else None,
        valid_from=date(2025, 7, 1),
    )
    session.add(made)
    session.flush()
    made.path = f"{parent.path if parent else '/'}{made.id}/"
    return made


def _counts(union: TradeUnion, members: int, today: date) -> Iterator[MemberCount]:
    for age, share in ((430, 0.93), (65, 1.0)):
        yield MemberCount(union_id=union.id, counted_on=today - timedelta(days=age), members=round(members * share))
