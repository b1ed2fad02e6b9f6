"""The one door for question files of every format: a file → drafts and problems, and both as the JSON of a report."""

from bisect import bisect_right
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from quizapp.errors import BadFile
from quizapp.formats import marked_yaml
from quizapp.formats.questions.drafts import QuestionDraft, QuestionProblem, Reading
from quizapp.formats.questions.native import MOST_BYTES, read_bank

FORMATS = ("native",)
SUFFIXES = {".yaml": "native", ".yml": "native"}


def format_of(file_name: str) -> str | None:
    """Return the format that a file's name tells; None when it tells none that can be read."""
    return SUFFIXES.get(PurePath(file_name).suffix.lower())


def read_native(data: bytes) -> Reading:
    """Return what a bank file gives: all of it, or only problems."""
    try:
        bank = read_bank(data).bank
    except BadFile as error:
        starts = _starts(data)
        problems = (
            QuestionProblem(bisect_right(starts, each.row), _place(each.row, each.column), each.text)
            for each in error.problems
        )
        return Reading((), tuple(problems))
    return Reading(bank.questions, bank=bank)


def as_json(reading: Reading) -> Mapping[str, Any]:
    """Return a reading in the words that other programs rely on."""
    return {
        "questions": [_question(each) for each in reading.questions],
        "problems": [{"n": each.n, "where": each.where, "what": each.what} for each in reading.problems],
    }


def _question(draft: QuestionDraft) -> dict[str, Any]:
    return {
        "n": draft.n,
        "kind": draft.kind.value,
        "prompt": draft.prompt,
        "options": [{"text": option.text, "right": option.right} for option in draft.options],
        "marks": None if draft.marks is None else draft.marks / 100,
        "explanation": draft.explanation,
        "source": draft.source,
        "topic": draft.topic,
        "level": draft.level.value,
        "flagged": draft.flagged,
        "why": draft.why,
    }


def _place(row: int, column: str) -> str:
    return ", ".join(filter(None, [f"dòng {row}" if row else "", column])) or "tệp"


def _starts(data: bytes) -> list[int]:
    """Return the lines on which the questions of a bank file begin, as far as it is YAML at all."""
    try:
        root = marked_yaml.read(data, most_bytes=MOST_BYTES)
    except BadFile:
        return []
    entries = root.entries if isinstance(root, marked_yaml.Mapping) else ()
    lists = [node for key, node in entries if key.text == "questions" and isinstance(node, marked_yaml.Listing)]
    return [item.line for item in lists[0].items] if lists else []
