"""What wings above the attempts tell people about their own ones; each brings its notes when the app is made."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app


@dataclass(frozen=True)
class Note:
    """A sentence about an attempt, with the page that it leads to; tone as of a notice."""

    text: str
    link: str
    url: str
    tone: str = "info"


Teller = Callable[[Sequence[Any], datetime], Iterable[tuple[int, Note]]]


def init_app(app: Flask) -> None:
    app.extensions["attempt_notes"] = []


def bring(app: Flask, teller: Teller) -> None:
    """Let a wing tell, of a person's attempts at an instant, notes by the attempt's id."""
    app.extensions["attempt_notes"].append(teller)


def of(attempts: Sequence[Any], now: datetime) -> dict[int, list[Note]]:
    """Return the notes of attempts of one person, by id; attempts without any are left out."""
    found: dict[int, list[Note]] = {}
    for teller in current_app.extensions["attempt_notes"]:
        for attempt_id, note in teller(attempts, now):
            found.setdefault(attempt_id, []).append(note)
    return found
