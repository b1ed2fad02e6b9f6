"""Making all boards of a contest with 100,000 people, in memory and then stored; never in a request."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import insert

from bench.ground import SECRET
from bench.rows import Row
from quizapp import create_app
from quizapp.db import database, session, transaction
from quizapp.models import Attempt, Contest, Paper, Person, Round, schema
from quizapp.rules.ranking import PersonRow, ranked
from quizapp.rules.vietnamese import fold, name_key
from quizapp.standings import actions
from quizapp.standings.making import make
from quizapp.vocabulary import TieBreak
from tests.cast import Cast

NAMES = ("ranking.people_100k",)
PEOPLE = 100_000
UNIONS = 500


def measure(folder: Path, wanted: list[str]) -> Iterator[Row]:
    """The floor: sorting the same rows by the same chain, and nothing else."""
    app = create_app(DATABASE_URL=f"sqlite:///{folder / 'ranking.sqlite3'}", SECRET_KEY=SECRET)
    now = datetime.now(UTC)
    with app.app_context():
        schema.migrate(database().engine)
        contest_id = _fill(now)
        bare = _sort_only(now)
        began = time.perf_counter()
        with transaction(writes=False):
            made = make(session.get_one(Contest, contest_id), now=now)
        ranked_in = time.perf_counter() - began
        with transaction():
            actions.keep(session.get_one(Contest, contest_id), made)
        stored_in = time.perf_counter() - began
        database().dispose()
    yield Row(NAMES[0], ranked_in, "s", bare, ranked_in / bare, "all boards made from the database")
    yield Row(f"{NAMES[0]}.stored", stored_in, "s", goal="made and stored as a snapshot")


def _fill(now: datetime) -> int:
    rng = Random(1)
    cast = Cast(lambda: now)
    province = cast.union("Liên đoàn Lao động tỉnh")
    unions = [cast.union(parent=province, members=300) for _ in range(UNIONS)]
    cast.bank(single=20)
    window = {"opens_at": now - timedelta(days=7), "closes_at": now + timedelta(days=1)}
    contest = cast.contest(organiser=province, rounds=[cast.round_rules(**window, draws=(cast.draw("luat", 20),))])
    name = "Nguyễn Thị Ánh Tuyết"
    shared = {"full_name": name, "name_folded": fold(name), "name_key": name_key(name), "entrant_role": "doan_vien"}
    with transaction():
        round_id = session.query(Round.id).scalar()
        session.add(Paper(id=1, round_id=round_id, seed="1", shape="s4", made_at=now))
        ids = range(1, PEOPLE + 1)
        unions_of = {each: rng.choice(unions).id for each in ids}
        people = [
            shared | {"id": each, "phone": f"09{each:08d}", "union_id": unions_of[each], "created_at": now}
            for each in ids
        ]
        session.execute(insert(Person), people)
        session.execute(insert(Attempt), [_attempt(rng, each, unions_of[each], round_id, now) for each in ids])
    return contest.id


def _attempt(rng: Random, person: int, union: int, round_id: int, now: datetime) -> dict[str, object]:
    started = now - timedelta(seconds=rng.randrange(2000, 500_000))
    return {
        "id": person,
        "person_id": person,
        "union_id": union,
        "round_id": round_id,
        "paper_id": 1,
        "number": 1,
        "started_at": started,
        "closes_at": started + timedelta(minutes=20),
        "submitted_at": started + timedelta(seconds=rng.randrange(100, 1200)),
        "takeovers": 1,
        "mark": 100 * rng.randrange(21),
        "max_mark": 2000,
        "receipt": f"R{person}",
    }


def _sort_only(now: datetime) -> float:
    rng = Random(1)
    rows = [
        PersonRow(each, 100 * rng.randrange(21), rng.randrange(100, 1200), now - timedelta(seconds=rng.random() * 9e5))
        for each in range(PEOPLE)
    ]
    began = time.perf_counter()
    list(ranked(rows, tuple(TieBreak)))
    return time.perf_counter() - began
