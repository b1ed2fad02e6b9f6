"""Drafts in a form that is short to write by hand."""

from collections.abc import Callable

from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.drafts import QuestionDraft, Reading


def shape(draft: QuestionDraft) -> tuple[str, ...]:
    """Return kind, stem, and each option with its sign; typed answers begin with '=', a flag comes last."""
    options = [("+" if each.right else "-") + each.text for each in draft.options]
    accepted = [f"={text}" + (f"±{draft.tolerance}" if draft.tolerance else "") for text in draft.accepted]
    return (draft.kind.value, draft.prompt, *options, *accepted, *(["flagged"] if draft.flagged else []))


def read(reader: Callable[[QuestionFile], Reading], data: str | bytes) -> Reading:
    return reader(QuestionFile("tệp", data.encode() if isinstance(data, str) else data))
