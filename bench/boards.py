"""All boards of a crowd by the command that makes them, a process of its own; then reading them, short and long.

`boards.make_1m` (a million attempts of 200,000 people in 2,000 unions: minutes) is measured only when it is named.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from bench.crowd import SLUG, Crowd, fill
from bench.ground import SECRET
from bench.rows import Row
from quizapp import create_app
from quizapp.db import database, session, transaction
from quizapp.models import Board, Snapshot
from quizapp.standings import queries, storing
from quizapp.standings.naming import EMPTY

USUAL = {"boards.make_100k": Crowd(people=20_000, unions=200)}
NAMED = {"boards.make_1m": Crowd(people=200_000, unions=2000)}
READ = ("boards.page_1m", "boards.deep_page_1m", "boards.own_row_1m")
NAMES = (*USUAL, *NAMED, *READ)
SHORT, LONG = 1_000, 1_000_000
READS = 300


def measure(folder: Path, wanted: list[str]) -> Iterator[Row]:
    for name, crowd in (USUAL | NAMED).items():
        if name in wanted or (name in USUAL and _is_asked(name, wanted)):
            yield from _make(folder, name, crowd)
    if any(_is_asked(name, wanted) for name in READ):
        yield from _read(folder)


def _is_asked(name: str, wanted: list[str]) -> bool:
    return not wanted or any(name.startswith(asked) for asked in wanted)


def _make(folder: Path, name: str, crowd: Crowd) -> Iterator[Row]:
    url = f"sqlite:///{folder / f'{name}.sqlite3'}"
    app = create_app(DATABASE_URL=url, SECRET_KEY=SECRET)
    with app.app_context():
        fill(crowd)
        database().dispose()
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "standings", "refresh", SLUG]
    env = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": SECRET, "INSTANCE": str(folder)}
    ran = subprocess.run(
        [sys.executable, "-m", "bench.meter", *command], env=env, stdin=subprocess.DEVNULL, capture_output=True
    )
    cost = json.loads(ran.stdout)
    if ran.returncode or cost["code"]:
        raise RuntimeError(ran.stderr.decode())
    yield Row(name, cost["wall"], "s", goal=f"{crowd.attempts:,} attempts, {crowd.people:,} people: ranked and stored")
    yield Row(f"{name}.cpu", cost["cpu"], "s CPU")
    yield Row(f"{name}.memory", cost["memory"], "MB", goal="at the peak, of the whole process")


def _read(folder: Path) -> Iterator[Row]:
    """The floor: the same of a board of 1,000 rows, in the same database."""
    app = create_app(DATABASE_URL=f"sqlite:///{folder / 'boards.sqlite3'}", SECRET_KEY=SECRET)
    with app.app_context():
        short, long = _boards(fill(Crowd(people=SHORT, unions=20)))
        deeds: tuple[Callable[[Board], Any], ...] = (
            lambda board: queries.rows_of(board, most=101),
            lambda board: queries.rows_of(board, after=board.size * 9 // 10, most=100),
            lambda board: queries.row_of(board, person_id=SHORT // 2),
        )
        for name, deed in zip(READ, deeds, strict=True):
            floor, value = _milliseconds(deed, short), _milliseconds(deed, long)
            yield Row(name, value, "ms", floor, value / floor, "floor: of a board of 1,000 rows")
        database().dispose()


def _boards(contest_id: int) -> tuple[Board, Board]:
    """A short board and a long one, with the same people at the same part of them."""
    with transaction():
        snapshot = Snapshot(contest_id=contest_id, made_at=datetime.now(UTC), entrants=LONG, attempts=LONG)
        session.add(snapshot)
        session.flush()
        boards = []
        for size in (SHORT, LONG):
            board = Board(snapshot_id=snapshot.id, position=size, key=str(size), title="", of="people", size=size)
            session.add(board)
            session.flush()
            for start in range(0, size, storing.AT_A_TIME):
                places = range(start + 1, min(start + storing.AT_A_TIME, size) + 1)
                storing.keep_rows(board.id, [_row(place, size // SHORT) for place in places])
            boards.append(board)
    return boards[0], boards[1]


def _row(place: int, every: int) -> dict[str, Any]:
    name = f"Người thứ {place}"
    own = {"name": name, "name_folded": name.lower(), "marks": 500, "seconds": 60, "attempts": 1}
    who = place // every if place % every == 0 else None
    return EMPTY | own | {"position": place, "rank": place, "person_id": who, "submitted_at": None}


def _milliseconds(deed: Callable[[Board], Any], board: Board) -> float:
    """Return the median of many readings, each in a transaction of its own as a page's."""
    spans = []
    for _ in range(READS):
        with transaction(writes=False):
            began = time.perf_counter()
            deed(board)
            spans.append(time.perf_counter() - began)
    return 1000 * median(spans)
