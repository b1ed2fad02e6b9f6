"""Importing question files: our reader in its child process, beside a process that only opens the same file.

Both are started anew in turns; the system says what each took. The ratio is the median of the ratios of the turns.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench import files
from bench.rows import Row
from quizapp.formats.apart import QUESTIONS, command
from quizapp.formats.questions.apart import QuestionFile, as_sent
from quizapp.formats.questions.reading import READERS

MADE = {"xlsx": (files.sheet, 2000), "docx": (files.word, 400)}
NAMES = tuple(f"import.{kind}_{count}" for kind, (_, count) in MADE.items())
TURNS = 5
GOAL = "ratio ≤ 2"


def measure(folder: Path, wanted: list[str]) -> Iterator[Row]:
    for name, (kind, (make, count)) in zip(NAMES, MADE.items(), strict=True):
        if not wanted or any(name.startswith(asked) for asked in wanted):
            yield from _measure(folder, name, kind, make(count))


def _measure(folder: Path, name: str, kind: str, data: bytes) -> Iterator[Row]:
    plain, sent = folder / f"questions.{kind}", folder / f"{kind}.sent"
    plain.write_bytes(data)
    sent.write_bytes(as_sent(QuestionFile(plain.name, data)))
    opens = [sys.executable, "-I", "-B", str(Path(__file__).with_name("opening.py")), kind]
    reads = command(READERS[kind], QUESTIONS)
    turns = [(_cost(reads, sent), _cost(opens, plain)) for _ in range(TURNS)]
    for what, unit in (("wall", "s"), ("cpu", "s"), ("memory", "MB")):
        both = [(ours[what], bare[what]) for ours, bare in turns]
        value, floor = (median(each) for each in zip(*both, strict=True))
        yield Row(f"{name}.{what}", value, unit, floor, median(ours / bare for ours, bare in both), GOAL)


def _cost(asked: Sequence[str], given: Path) -> Any:
    """Return what a process took: seconds by `wall` and `cpu`, `memory` at its peak in MB. Raises when it fails."""
    meter = [sys.executable, "-I", "-B", str(Path(__file__).with_name("meter.py"))]
    with given.open("rb") as stdin:
        ran = subprocess.run([*meter, *asked], stdin=stdin, capture_output=True, check=True)
    cost = json.loads(ran.stdout)
    if cost["code"]:
        raise subprocess.CalledProcessError(cost["code"], asked)
    return cost
