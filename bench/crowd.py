"""A contest with a crowd behind it: people of many unions who have sat every round, and all kinds of boards."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert

from quizapp.db import database, session, transaction
from quizapp.models import Attempt, Contest, Entrant, MemberCount, Paper, Person, Round, TradeUnion, schema
from quizapp.rules.contest_rules import BoardRules, DivisionRules, PrizeRules, Weight
from quizapp.rules.vietnamese import fold, name_key
from quizapp.vocabulary import Measure, StandingsOf, UnionKind
from tests.cast import Cast

SLUG = "cuoc-thi"
ROUNDS = 5
BRANCHES = 20  # unions between the province and the grassroots
DIVISIONS = ("can-bo", "doan-vien", "lao-dong")
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Ksor", "Rơ Châm")
MIDDLES = ("Thị", "Văn", "Thị Ánh", "Đức", "Thị Ngọc", "Quốc", "Hữu", "Minh", "Thị Thu", "Thanh", "Xuân")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Giang", "Hạnh", "Hương", "Khánh", "Lan", "Mai", "Nga", "Phúc", "Sơn", "Tuyết")
CHUNK = 10_000


@dataclass(frozen=True)
class Crowd:
    people: int
    unions: int

    @property
    def attempts(self) -> int:
        return self.people * ROUNDS


def fill(crowd: Crowd) -> int:
    """Fill an empty database; return the contest's id."""
    schema.migrate(database().engine)
    now, rng = datetime.now(UTC), Random(1)
    cast = Cast(lambda: now)
    province = cast.union("Liên đoàn Lao động tỉnh", kind=UnionKind.PROVINCE)
    branches = [cast.union(parent=province, kind=UnionKind.COMMUNE) for _ in range(BRANCHES)]
    cast.bank(single=20)
    window = {"opens_at": now - timedelta(days=7), "closes_at": now - timedelta(hours=1), "time_limit": None}
    rounds = [cast.round_rules(f"tuan-{each}", title=f"Tuần {each}", **window) for each in range(1, ROUNDS + 1)]
    divisions = tuple(DivisionRules(key, key, chosen=True) for key in DIVISIONS)
    boards, prizes = _boards(), _prizes()
    rules: dict[str, Any] = {"boards": boards, "divisions": divisions, "prizes": prizes}
    contest = cast.contest(SLUG, organiser=province, rounds=rounds, **rules)
    with transaction():
        first = branches[-1].id + 1
        units = range(first, first + crowd.unions)
        _insert(TradeUnion, (_union(each, branches[each % BRANCHES]) for each in units))
        _insert(MemberCount, ({"union_id": each, "counted_on": date(2026, 1, 1), "members": 300} for each in units))
        homes = {each: rng.choice(units) for each in range(1, crowd.people + 1)}
        _insert(Person, (_person(rng, each, home, now) for each, home in homes.items()))
        _insert(Entrant, (_entrant(contest, each, now) for each in homes))
        sat = list(session.query(Round.id).order_by(Round.position).filter(Round.contest_id == contest.id))
        for paper, (round_id,) in enumerate(sat, start=1):
            session.add(Paper(id=paper, round_id=round_id, seed="1", shape="s4", made_at=now))
        session.flush()
        _insert(Attempt, _attempts(rng, homes, [each for (each,) in sat], now))
    return contest.id


def _boards() -> tuple[BoardRules, ...]:
    """Those that a contest has when it names none, one by division, and one of unions for each measure."""
    weeks = [(f"tuan-{each}",) for each in range(1, ROUNDS + 1)]
    usual = [
        BoardRules(f"{of.value}-{'-'.join(span or ('all',))}", "Bảng", of, rounds=span)
        for span in (None, *weeks)
        for of in StandingsOf
    ]
    unions = [
        BoardRules(f"don-vi-{measure.value}", measure.label, StandingsOf.UNIONS, measure=measure, top_k=10)
        for measure in Measure
    ]
    mixed = (Weight(Measure.SUM, 100), Weight(Measure.ENTRANTS, 100))
    return (
        *usual,
        BoardRules("nhom", "Nhóm", StandingsOf.PEOPLE, by_division=True),
        *unions,
        BoardRules("cap-tren", "Cấp trên", StandingsOf.UNIONS, level=UnionKind.COMMUNE, union_order=(Measure.MEAN,)),
        BoardRules("tong-hop", "Tổng hợp", StandingsOf.UNIONS, weights=mixed),
    )


def _prizes() -> tuple[PrizeRules, ...]:
    of = [*(f"people-tuan-{each}" for each in range(1, ROUNDS + 1)), "people-all", "nhom", "unions-all", "don-vi-sum"]
    return tuple(
        PrizeRules(f"{title}-{board}", title, board, count=count)
        for board in of
        for title, count in (("nhất", 1), ("nhì", 3), ("ba", 5), ("khuyến khích", 20))
    )


def _union(key: int, above: TradeUnion) -> dict[str, Any]:
    name = f"Công đoàn cơ sở Công ty số {key}"
    own = {"id": key, "code": f"CS{key}", "name": name, "name_folded": fold(name), "kind": UnionKind.GRASSROOTS.value}
    return own | {"parent_id": above.id, "path": f"{above.path}{key}/"}


def _person(rng: Random, key: int, home: int, now: datetime) -> dict[str, Any]:
    name = f"{rng.choice(FAMILIES)} {rng.choice(MIDDLES)} {rng.choice(GIVEN)}"
    written = {"full_name": name, "name_folded": fold(name), "name_key": name_key(name)}
    own = {"id": key, "phone": f"09{key:08d}", "union_id": home, "entrant_role": "doan_vien", "created_at": now}
    return own | written


def _entrant(contest: Contest, person: int, now: datetime) -> dict[str, Any]:
    chosen = DIVISIONS[person % len(DIVISIONS)]
    return {"contest_id": contest.id, "person_id": person, "role": "doan_vien", "division": chosen, "entered_at": now}


def _attempts(rng: Random, homes: dict[int, int], rounds: list[int], now: datetime) -> Iterator[dict[str, Any]]:
    key = 0
    for person, home in homes.items():
        for paper, round_id in enumerate(rounds, start=1):
            key += 1
            started = now - timedelta(seconds=rng.randrange(6_000, 500_000))
            yield {
                **{"id": key, "person_id": person, "union_id": home, "round_id": round_id, "paper_id": paper},
                **{"number": 1, "started_at": started, "closes_at": started + timedelta(minutes=20), "takeovers": 1},
                "submitted_at": started + timedelta(microseconds=rng.randrange(10**8, 10**9)),
                **{"mark": 100 * rng.randrange(21), "max_mark": 2000, "receipt": f"R{key}"},
            }


def _insert(table: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while chunk := list(islice(waiting, CHUNK)):
        session.execute(insert(table), chunk)
