"""Saving one answer, against a bare Flask view with one durable upsert: same database, same server, same workers.

Ours and the floor are loaded in turns, and the ratio is the median of the ratios of the turns, so that what else the
machine does in the meantime falls on both.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from bench.ground import SECRET, Ground, prepare
from bench.rows import Row
from bench.servers import serving
from tests import postgres

NAMES = ("save.sqlite.w1", "save.sqlite.w2", "save.postgresql.w1", "save.postgresql.w2")
TURNS = 5
SECONDS = 2.0
CONNECTIONS = 16
PEOPLE = 500
CHANGE = '{"slot":$slot,"number":$number,"answer":"2","flagged":false,"written_at":1796000000000}'
BODY = '{"opening":0,"changes":[' + CHANGE + "]}"
# Numbers of changes go on from turn to turn: a lower one than the stored would be passed over, and nothing written.
_FIRST = count(1, 2000)
FLOOR_BODY = '{"slot":$slot,"number":$number,"answer":"2"}'


def measure(folder: Path, wanted: list[str]) -> Iterator[Row]:
    names = [name for name in NAMES if not wanted or any(name.startswith(asked) for asked in wanted)]
    if any("sqlite" in name for name in names):
        yield from _measure_on(f"sqlite:///{folder / 'saves.sqlite3'}", "sqlite", names)
    if any("postgresql" in name for name in names):
        with postgres.server(durable=True) as server:
            yield from _measure_on(server + "postgres", "postgresql", names)


def _measure_on(url: str, kind: str, names: list[str]) -> Iterator[Row]:
    ground = prepare(url, people=PEOPLE)
    for workers in (1, 2):
        if f"save.{kind}.w{workers}" in names:
            yield from _measure(ground, f"save.{kind}.w{workers}", workers)


def _measure(ground: Ground, name: str, workers: int) -> Iterator[Row]:
    with _both(ground, workers) as (ours, floor):
        load(ours, ground, seconds=0.5)
        load(floor, ground, floor=True, seconds=0.5)
        turns = [(load(ours, ground), load(floor, ground, floor=True)) for _ in range(TURNS)]
        rate = median(mine["rate"] for mine, _ in turns)
        under = median(bare["rate"] for _, bare in turns)
        ratio = median(mine["rate"] / bare["rate"] for mine, bare in turns)
        yield Row(name, rate, "saves/s", under, ratio, "ratio ≥ 0.5")
        half = load(ours, ground, seconds=4, pause=CONNECTIONS / (rate / 2))
        yield Row(f"{name}.p99_half_load", half["p99_ms"], "ms")


@contextmanager
def _both(ground: Ground, workers: int) -> Iterator[tuple[int, int]]:
    env = {"DATABASE_URL": ground.url, "SECRET_KEY": SECRET, "INSTANCE": str(ground.instance)}
    with (
        serving("wsgi", workers=workers, env=env, path="/healthz") as ours,
        serving("bench.floor", workers=workers, env=env, path="/hello") as floor,
    ):
        yield ours, floor


def load(port: int, ground: Ground, *, floor: bool = False, seconds: float = SECONDS, pause: float = 0) -> Any:
    """Keep 16 connections busy from a process of its own; return rate, p50, p99. Raises when an answer was not 200."""
    plan = {
        "port": port,
        "connections": CONNECTIONS,
        "seconds": seconds,
        "pause": pause,
        "first": next(_FIRST),
        "method": "PUT",
        "path": "/save" if floor else "/attempts/$attempt/responses",
        "body": FLOOR_BODY if floor else BODY,
        "cookies": ground.cookies,
        "attempts": ground.attempts,
    }
    ran = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(plan), capture_output=True, text=True, check=True
    )
    result = json.loads(ran.stdout)
    if result["bad"]:
        raise RuntimeError(f"{result['bad']} of {result['count']} answers were not 200")
    return result
