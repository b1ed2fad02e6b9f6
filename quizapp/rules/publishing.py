"""When a board may be seen."""

from datetime import datetime

from quizapp.rules.deadlines import GRACE
from quizapp.vocabulary import BoardWhen


def is_published_by_rule(when: BoardWhen, *, freeze_at: datetime | None = None, at: datetime | None = None) -> bool:
    """Return whether a snapshot made `at` an instant is shown by itself, without an organiser's act.

    From `freeze_at` on public boards stand still until an organiser publishes. Without `at`: as long as not frozen.
    """
    is_frozen = freeze_at is not None and at is not None and at >= freeze_at
    return when is not BoardWhen.AFTER_PUBLISH and not is_frozen


def is_shown(when: BoardWhen, *, closes_at: datetime, made_at: datetime) -> bool:
    """Return whether a board of a published snapshot is shown.

    closes_at: the end of the board's last round; made_at: the snapshot's instant. A board that waits for its rounds
    is shown from the first snapshot in which every attempt was over.
    """
    return when is not BoardWhen.AFTER_ROUND or made_at >= closes_at + GRACE


def is_early(opens_at: datetime, closes_at: datetime, *, made_at: datetime, now: datetime) -> bool:
    """Return whether boards of `made_at` that are published now leave out what may still happen, or did, in a round."""
    return opens_at <= now and made_at < closes_at + GRACE
