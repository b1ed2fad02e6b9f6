"""Appeals: until when one may ask, where an appeal stands, what the new marks would make, what all of them changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from quizapp.vocabulary import AppealState, Combine, Phase


@dataclass(frozen=True)
class Effects:
    """What the answered appeals of a round changed. mean_change: hundredths of a mark, None when none is answered."""

    answered: int
    raised: int
    lowered: int
    same: int
    mean_change: int | None


def is_in_time(until: datetime | None, now: datetime) -> bool:
    """Return whether one may appeal at `now`: never when the rules have no end, no longer at the end itself."""
    return until is not None and now < until


def window(until: datetime | None, round_closes: datetime, now: datetime) -> Phase | None:
    """Return whether marks of questions may be appealed about now: from the close of their round, exclusive of `until`.

    None: the rules have no such appeals.
    """
    if until is None:
        return None
    if not is_in_time(until, now):
        return Phase.CLOSED
    return Phase.OPEN if now >= round_closes else Phase.UPCOMING


def state(*, is_withdrawn: bool, is_decided: bool, is_given: bool = False, is_marked: bool = False) -> AppealState:
    """Return where an appeal stands. is_given: to a judge who still has it; is_marked: that judge has finished."""
    if is_withdrawn:
        return AppealState.WITHDRAWN
    if is_decided:
        return AppealState.ANSWERED
    if not is_given:
        return AppealState.NEW
    return AppealState.TO_DECIDE if is_marked else AppealState.BEING_MARKED


def appeal_mark(total: int, *, judges: int, combine: Combine) -> int:
    """Return the essay's mark that one judge's total stands for, in hundredths: of a sum, `judges` times it."""
    return total * max(judges, 1) if combine is Combine.SUM else total


def effects(changes: Iterable[int]) -> Effects:
    """Return what answered appeals changed; changes: mark after less mark before, hundredths; halves go to the even."""
    all_ = list(changes)
    raised, lowered = sum(each > 0 for each in all_), sum(each < 0 for each in all_)
    mean = round(Fraction(sum(all_), len(all_))) if all_ else None
    return Effects(len(all_), raised, lowered, len(all_) - raised - lowered, mean)
