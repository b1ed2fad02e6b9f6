"""The paper as a page shows it and as a form sends it back: what a browser without JavaScript changed."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from quizapp.attempts.changes import BLOCK, Change
from quizapp.rules.grading import TYPED


def provisional(takeovers: int) -> int:
    """Return where a page counts from until it has taken over: above all before it, below whoever takes over next."""
    return takeovers * BLOCK + BLOCK // 2


def written(slots: Iterable[Any]) -> str:
    """Return what a page shows as answered, for its field “was”: '2=1,3;4=!;5=2!', where ! is a flag.

    What is typed is told by its digest: '6=#3f2a…'.
    """
    shown = ((each.slot, _told(each.raw, is_typed=not each.options), each.flagged) for each in slots)
    return ";".join(f"{slot}={answer}{'!' * flagged}" for slot, answer, flagged in shown if answer or flagged)


def from_form(form: Any, *, shape: str, base: int) -> list[Change]:
    """Return what was changed against the page that the form was filled in on.

    Only that: slots which the person left alone may have been answered on another device since the page was made.
    shape: of the paper.
    """
    was = dict(each.partition("=")[::2] for each in form.get("was", "").split(";"))
    changes = []
    for slot, each in enumerate(shape.split(), start=1):
        is_typed, flagged = each[0] == TYPED, f"flag-{slot}" in form
        answer = _answer(form.getlist(f"answer-{slot}"), is_typed)
        if _told(answer, is_typed) + "!" * flagged != was.get(str(slot), ""):
            changes.append(Change(slot, base + slot, answer or None, flagged=flagged, written_ms=None))
    return changes


def digest(text: str) -> str:
    """Return what stands for an essay in the field “essay_was”; forms write line ends in their own way."""
    return sha256(_lines(text).encode()).hexdigest()[:16]


def essay_from_form(form: Any, *, base: int) -> list[Change]:
    """Return the essay if it was changed against the page that the form was filled in on."""
    text = _lines(form.get("essay", ""))
    if "essay" not in form or digest(text) == form.get("essay_was"):
        return []
    return [Change(0, base + 1, text, flagged=False, written_ms=None)]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _answer(sent: list[str], is_typed: bool) -> str:
    return " ".join(" ".join(sent).split()) if is_typed else ",".join(sorted(sent))


def _told(answer: str, is_typed: bool) -> str:
    return f"#{digest(answer)}" if is_typed and answer else answer
