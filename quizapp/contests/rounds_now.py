"""How the rounds of a contest stand now, for a person or for a stranger: what its page shows beside the rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.contests.entering import SPANS, left_of, refusal, zone_of
from quizapp.contests.practice import practice_rounds, practised
from quizapp.contests.windows import pause_among, standing, window_of
from quizapp.db import session
from quizapp.errors import Refused
from quizapp.models import Attempt, Contest, Person, Round, WindowChange
from quizapp.models.attempts import stands
from quizapp.rules.deadlines import attempt_state
from quizapp.rules.entering import Begun, may_start_from
from quizapp.rules.sittings import is_in_sitting, next_sitting, phase_of
from quizapp.rules.spans import span_of
from quizapp.rules.windows import Window
from quizapp.vocabulary import AttemptState, Phase, Purpose


@dataclass(frozen=True)
class RoundNow:
    """A round for one person now; a stranger has no attempts and is refused nothing yet.

    left: attempts that may still be begun, None: as many as one likes. starts_from: when the next may be begun, where
    that is later than now. next_sitting_at: when the next sitting begins, where there is one.
    """

    round: Round
    window: Window
    phase: Phase
    running: Attempt | None
    ended: tuple[Attempt, ...]
    left: int | None
    refusal: Refused | None
    starts_from: datetime | None
    next_sitting_at: datetime | None
    pause: WindowChange | None
    practice: "RoundNow | None" = None

    @property
    def span(self) -> str:
        """In what the attempts are used up."""
        return SPANS[self.round.rules.attempts.per]


def rounds_now(contest: Contest, person: Person | None, now: datetime) -> list[RoundNow]:
    """Return the rounds in order, each with its practice, with what the person has done and may still do."""
    changes = standing(contest.id)
    attempts = _attempts(contest, person) if person else []
    practice = {practised(each): _now(each, person, attempts, changes, now) for each in practice_rounds(contest)}
    return [_now(each, person, attempts, changes, now, practice.get(each.key)) for each in contest.rounds]


def _now(
    round_: Round,
    person: Person | None,
    attempts: Sequence[Attempt],
    changes: Sequence[WindowChange],
    now: datetime,
    practice: RoundNow | None = None,
) -> RoundNow:
    window = window_of(round_, person, changes) if person else Window(round_.opens_at, round_.closes_at)
    sittings, zone = round_.rules.sittings, zone_of(round_.contest)
    own = [attempt for attempt in attempts if attempt.round_id == round_.id]
    running = next((attempt for attempt in own if _is_open(attempt, now)), None)
    begun = [_begun(each) for each in attempts if each.round.purpose == round_.purpose]
    left = left_of(round_, begun, now)
    coming = next_sitting(sittings, now, zone, until=window.closes_at) if sittings else None
    return RoundNow(
        round=round_,
        window=window,
        phase=phase_of((window.opens_at, window.closes_at), sittings, now, zone),
        running=running,
        ended=tuple(attempt for attempt in own if attempt is not running),
        left=left,
        refusal=refusal(person, round_) if person and now < window.closes_at else None,
        starts_from=_starts_from(round_, window, begun, left, now),
        next_sitting_at=coming[0] if coming else None,
        pause=pause_among(changes),
        practice=practice,
    )


def _starts_from(
    round_: Round, window: Window, begun: Sequence[Begun], left: int | None, now: datetime
) -> datetime | None:
    """Return when the next attempt may be begun, None: now, or never again."""
    rules, zone = round_.rules, zone_of(round_.contest)
    span = span_of(rules.attempts.per, now, zone, rules.sittings)
    if left == 0 and span is None:
        return None
    waits = may_start_from(begun, round_id=round_.id, wait=rules.attempts.wait) or now
    start = max(waits, span[1]) if left == 0 and span else waits
    if rules.sittings and not is_in_sitting(rules.sittings, start, zone):
        coming = next_sitting(rules.sittings, start, zone, until=window.closes_at)
        return coming[0] if coming else None
    return start if now < start < window.closes_at else None


def _attempts(contest: Contest, person: Person) -> Sequence[Attempt]:
    return session.scalars(
        select(Attempt)
        .join(Round)
        .where(Round.contest_id == contest.id, Round.purpose != Purpose.REHEARSAL, Attempt.person_id == person.id)
        .where(stands())
        .order_by(Attempt.started_at)
    ).all()


def _begun(attempt: Attempt) -> Begun:
    return Begun(attempt.round_id, attempt.started_at, attempt.submitted_at or attempt.closes_at)


def _is_open(attempt: Attempt, now: datetime) -> bool:
    return attempt_state(attempt.closes_at, attempt.submitted_at, now) is AttemptState.OPEN
