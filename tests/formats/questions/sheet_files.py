"""Sheets for the tests, made by code, and drafts told in one line each."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

from quizapp.errors import BadFile
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.drafts import QuestionDraft, Reading
from quizapp.formats.questions.sheet import read_file
from quizapp.vocabulary import QuestionKind

HEAD = ["Câu hỏi", "A", "B", "C", "D", "Đáp án"]
FOUR = ["x", "y", "z", "t"]


def book(rows: Sequence[Sequence[Any]], change: Callable[[Any], Any] | None = None, name: str = "Trang 1") -> bytes:
    """Return a workbook with these rows on its first sheet, changed by a function of that sheet."""
    made = Workbook()
    made.active.title = name
    for row in rows:
        made.active.append(row)
    if change:
        change(made.active)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def reading(data: bytes | str, name: str = "câu hỏi.xlsx") -> Reading:
    return read_file(QuestionFile(name, data.encode() if isinstance(data, str) else data))


def told(draft: QuestionDraft) -> str:
    """Return a draft in a line: its kind, options with '*' before right ones, '?' when a person must look."""
    if draft.kind in (QuestionKind.NUMBER, QuestionKind.SHORT):
        shown = " / ".join(draft.accepted)
    elif draft.kind is QuestionKind.ESSAY:
        shown = draft.suggested
    else:
        shown = " | ".join(("*" if option.right else "") + option.text for option in draft.options)
    return f"{draft.kind.value}: {shown}" + (" ?" if draft.flagged else "")


def all_told(data: bytes | str) -> list[str]:
    """Return every question of a file in a line; the file has no problems."""
    found = reading(data)
    assert found.problems == ()
    return [told(draft) for draft in found.questions]


def refusal(data: bytes | str) -> str:
    try:
        found = reading(data)
    except BadFile as error:
        return " ".join(map(str, error.problems))
    raise AssertionError(found)
