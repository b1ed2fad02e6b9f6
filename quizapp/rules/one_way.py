"""Questions that come one after the other: each has seconds of its own, and none comes back."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quizapp.rules.deadlines import GRACE
from quizapp.rules.round_rules import RoundRules


@dataclass(frozen=True, slots=True)
class Walk:
    """Where an attempt stands: question `slot` of `last` came at `since`, and each has so many `seconds`.

    When its seconds are over the next one has come, though nobody wrote that down: see `at`. Who goes on early loses
    what was left of them: the next question has no more than its own, and the attempt ends that much sooner. `since`
    lies in the future while a question has been given time.
    """

    slot: int
    since: datetime
    seconds: int
    last: int

    @property
    def ends_at(self) -> datetime:
        """The first instant that belongs to the next question."""
        return self.since + self._span

    @property
    def over_at(self) -> datetime:
        """When the last question ends, if nobody goes on early."""
        return self.ended_at(self.last)

    def at(self, now: datetime) -> "Walk":
        """Return where the attempt stands at `now`; the last question stays."""
        passed = min(max((now - self.since) // self._span, 0), self.last - self.slot)
        return replace(self, slot=self.slot + passed, since=self.since + passed * self._span)

    def takes(self, slot: int, now: datetime) -> bool:
        """Return whether an answer to `slot` that arrives now counts: of the question shown now, or in the grace."""
        return self.at(now - GRACE).slot <= slot <= self.at(now).slot

    def moved_on(self, now: datetime) -> "Walk":
        """Return where the attempt stands when its question is left at `now`; the last one is left by handing in."""
        here = self.at(now)
        return here if here.slot == here.last else replace(here, slot=here.slot + 1, since=now)

    def given(self, time: timedelta, now: datetime) -> "Walk":
        """Return the same with more time, or less, for the question that is shown at `now`."""
        here = self.at(now)
        return replace(here, since=here.since + time)

    def ended_at(self, slot: int) -> datetime:
        """Return when a question ends; of one that was left before, no instant later than its end is known."""
        return self.since + max(slot - self.slot + 1, 0) * self._span

    @property
    def _span(self) -> timedelta:
        return timedelta(seconds=self.seconds)


def walk_of(rules: RoundRules, at_slot: int | None, since: datetime | None) -> Walk | None:
    """Return where an attempt stands by what is stored of it; None: its questions are all there at once."""
    if rules.seconds_per_question is None or at_slot is None or since is None:
        return None
    return Walk(at_slot, since, rules.seconds_per_question, rules.questions)
