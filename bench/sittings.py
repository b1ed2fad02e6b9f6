"""Whole sittings: log in, start, 20 saves, hand in, see the result; each on a connection of its own, in real order."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.ground import PASSWORD, SECRET, prepare
from bench.rows import Row
from bench.saves import load
from bench.servers import serving

NAMES = ("sitting.sqlite",)
SECONDS = 20
PHONES = 16


def measure(folder: Path, wanted: list[str]) -> Iterator[Row]:
    """One process on SQLite, as `make run` serves. The floor: what 20 bare upserts alone would allow."""
    ground = prepare(f"sqlite:///{folder / 'sittings.sqlite3'}", people=3000, begun=PHONES)
    env = {"DATABASE_URL": ground.url, "SECRET_KEY": SECRET, "INSTANCE": str(ground.instance)}
    with (
        serving("wsgi", workers=1, env=env, path="/healthz") as ours,
        serving("bench.floor", workers=1, env=env, path="/hello") as floor,
    ):
        bare = load(floor, ground, floor=True)["rate"]
        sat = _sit(ours, ground.phones)
        bare = (bare + load(floor, ground, floor=True)["rate"]) / 2
    yield Row(NAMES[0], sat["per_minute"], "sittings/min", bare * 60 / 20, sat["per_minute"] / (bare * 60 / 20))
    for step, milliseconds in sat["p99_ms"].items():
        yield Row(f"{NAMES[0]}.p99_{step}", milliseconds, "ms")


def _sit(port: int, phones: list[str]) -> Any:
    plan = {"port": port, "phones": phones, "password": PASSWORD, "threads": PHONES, "seconds": SECONDS}
    ran = subprocess.run(
        [sys.executable, "-m", "bench.sitter"], input=json.dumps(plan), capture_output=True, text=True, check=True
    )
    return json.loads(ran.stdout)
