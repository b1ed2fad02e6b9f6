"""The one door for question files of every format: a file → drafts and problems, and both as the JSON of a report."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Any

from quizapp.errors import BadFile
from quizapp.formats import marked_yaml
from quizapp.formats.questions.apart import QuestionFile, read_apart
from quizapp.formats.questions.detecting import format_of
from quizapp.formats.questions.drafts import QuestionDraft, QuestionProblem, Reading
from quizapp.formats.questions.native import MOST_BYTES, read_bank

READERS = {
    "docx": "quizapp.formats.questions.docx:read",
    "text": "quizapp.formats.questions.text:read",
    "xlsx": "quizapp.formats.questions.sheet:read",
    "csv": "quizapp.formats.questions.sheet:read",
    "gift": "quizapp.formats.questions.gift:read",
    "aiken": "quizapp.formats.questions.aiken:read",
    "moodle_xml": "quizapp.formats.questions.moodle_xml:read",
    "qti": "quizapp.formats.questions.qti:read",
}
"""By format: what reads it, in a child process."""

LABELS = {
    "docx": "Word (.docx)",
    "text": "Văn bản thường (.txt)",
    "xlsx": "Excel (.xlsx)",
    "csv": "CSV",
    "gift": "GIFT (Moodle)",
    "aiken": "Aiken",
    "moodle_xml": "Moodle XML",
    "qti": "QTI",
    "native": "Tệp ngân hàng (.yaml)",
}
WITH_ANSWERS = ("docx", "text")  # may have their key in a file of its own


def read_questions(file: QuestionFile, format_name: str | None = None) -> Reading:
    """Return what a question file gives; what is wrong with the whole file is a problem with n = 0.

    format_name: one of LABELS; None: told by what the file holds.
    """
    try:
        name = format_name or format_of(file.name, file.data)
        if name == "native":
            return read_native(file.data)
        return read_apart(READERS[name], file)
    except BadFile as error:
        return refusal(error)


def refusal(error: BadFile) -> Reading:
    """Return what is read of a file that is refused: nothing, and why."""
    problems = (QuestionProblem(0, _place(each.row, each.column), each.text) for each in error.problems)
    return Reading((), tuple(problems))


def named_format(name: str, data: bytes) -> str:
    """Return the format of a file, one of LABELS, or '' when it is none that can be read."""
    try:
        return format_of(name, data)
    except BadFile:
        return ""


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
    return Reading(bank.questions, bank=bank, topics=bank.topics)


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
        "options": [*_options(draft)],
        "marks": None if draft.marks is None else draft.marks / 100,
        "explanation": draft.explanation,
        "source": draft.source,
        "topic": draft.topic,
        "level": draft.level.value,
        "flagged": draft.flagged,
        "why": draft.why,
    }


def _options(draft: QuestionDraft) -> Iterator[dict[str, Any]]:
    """What is accepted as a typed answer stands as right options."""
    for option in draft.options:
        yield {"text": option.text, "right": option.right}
    for text in draft.accepted:
        yield {"text": text, "right": True}


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
