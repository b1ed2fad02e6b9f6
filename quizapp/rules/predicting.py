"""The number that predictions are measured by, and how far a guess is from it."""

from collections.abc import Iterable
from datetime import datetime

from quizapp.rules.deadlines import GRACE
from quizapp.vocabulary import PredictionTarget


def truth(target: PredictionTarget, people: Iterable[bool]) -> int:
    """Return the number that was to be guessed: of people, never of attempts.

    people: one value for each person who took part in the round, whether an attempt of theirs had everything right.
    """
    if target is PredictionTarget.PARTICIPANTS:
        return sum(1 for _ in people)
    return sum(people)


def distance(guess: int | None, known: int | None) -> int | None:
    """Return how far a guess is from the truth, either way; None without a guess or before the truth is known."""
    return None if guess is None or known is None else abs(guess - known)


def is_countable(closes_at: datetime, *, is_anyone_sitting: bool, now: datetime) -> bool:
    """Return whether nobody can take part any more, so that the truth may be written down.

    closes_at: the end of the round, for whoever has the latest.
    """
    return now >= closes_at + GRACE and not is_anyone_sitting
