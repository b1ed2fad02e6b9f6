"""When a round is open for a person who wants to begin: after all that was changed of its hours."""

from zoneinfo import ZoneInfo

from quizapp.contests.windows import pause_among, standing, window_of
from quizapp.db import session
from quizapp.models import Person, Round
from quizapp.refusals import PausedNow
from quizapp.rules.windows import Window


def window_now(person: Person, round_: Round) -> Window:
    """Return the person's window; who changes it meanwhile waits until the attempt is there. Raises PausedNow."""
    # A change of hours holds the rounds for itself: this waits for it, and then reads what it wrote.
    session.refresh(round_, ["opens_at", "closes_at"], with_for_update={"read": True, "key_share": True})
    changes = standing(round_.contest_id)
    if pause := pause_among(changes):
        zone = ZoneInfo(round_.contest.rules.timezone)
        raise PausedNow(since=(pause.starts_at or pause.made_at).astimezone(zone), reason=pause.reason)
    return window_of(round_, person, changes)
