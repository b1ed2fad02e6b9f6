"""Reckons what marks become when a key is put right or a correction taken back, while only reading; then writes them.

Reckoning a large contest takes minutes, in which people go on sitting. What changed meanwhile is reckoned when the
marks are written: the one transaction that holds up writers is short, and nobody is left with a mark of the old key.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from quizapp.attempts.remarking import make_boards_old
from quizapp.corrections import queries
from quizapp.corrections.marking import marks_of
from quizapp.db import session
from quizapp.errors import ChangedMeanwhile
from quizapp.models import Attempt, Contest
from quizapp.questions.keys import PutRight, put_right_in

AT_A_TIME = 5_000
APART = timedelta(minutes=1)  # that clocks of two servers may differ

Told = Callable[[float], object]


@dataclass(frozen=True)
class Reckoned:
    """The marks of attempts that have a question, in hundredths: all as they are, and those that change."""

    version_id: int
    since: datetime
    state: tuple[int, int]  # how often marks changed after hand-in, how many attempts are handed in
    standing: frozenset[int]  # the corrections of the contest's other questions
    before: Mapping[int, int]
    after: Mapping[int, int]

    @property
    def rising(self) -> int:
        return sum(mark > self.before[each] for each, mark in self.after.items())


def reckon(
    contest: Contest, version_id: int, put_right: PutRight | None, *, now: datetime, told: Told = lambda _: None
) -> Reckoned:
    """Return what marks become when this stands in place of a question's key; None: its own key does.

    told: the share of attempts that were reckoned, now and then.
    """
    state, standing = queries.state_of(contest), _standing(contest, version_id)
    keys = {each: found for each, found in put_right_in(contest.id).items() if each != version_id}
    if put_right:
        keys[version_id] = put_right
    total = queries.count_with(contest, version_id)
    before: dict[int, int] = {}
    after: dict[int, int] = {}
    for chunk in queries.attempts_with(contest, version_id):
        if len(before) % AT_A_TIME == 0:
            told(min(1, len(before) / total))
        before |= {each.id: each.mark or 0 for each in chunk}
        after |= {each: mark for each, mark in marks_of(chunk, keys).items() if mark != before[each]}
    return Reckoned(version_id, now, state, standing, before, after)


def write(contest: Contest, reckoned: Reckoned) -> int:
    """Write the marks by the keys that stand now; return how many changed. The contest must be held.

    Raises ChangedMeanwhile when the key of another question was put right since they were reckoned.
    """
    if _standing(contest, reckoned.version_id) != reckoned.standing:
        raise ChangedMeanwhile()
    after = dict(reckoned.after)
    if queries.state_of(contest) != reckoned.state:
        keys = put_right_in(contest.id)
        for chunk in queries.attempts_of(_touched_since(contest, reckoned)):
            marks = marks_of(chunk, keys)
            for each in chunk:
                after.pop(each.id, None)
                if each.mark != marks[each.id]:
                    after[each.id] = marks[each.id]
    _store(after)
    make_boards_old(contest.id)
    return len(after)


def _standing(contest: Contest, version_id: int) -> frozenset[int]:
    return frozenset(
        each.id for version, each in queries.standing_corrections(contest).items() if version != version_id
    )


def _touched_since(contest: Contest, reckoned: Reckoned) -> list[int]:
    """Return the attempts that were handed in, or whose mark or answers changed, since marks were reckoned."""
    since = reckoned.since - APART
    decided = queries.decided_late(contest, since)
    return [
        each
        for each, mark, handed_in in queries.marked_with(contest, reckoned.version_id)
        if reckoned.before.get(each) != mark or handed_in >= since or each in decided
    ]


def _store(marks: Mapping[int, int]) -> None:
    """Write marks: there are few different ones, so few statements write them all."""
    by_mark: dict[int, list[int]] = defaultdict(list)
    for each, mark in marks.items():
        by_mark[mark].append(each)
    for mark, attempts in by_mark.items():
        for start in range(0, len(attempts), AT_A_TIME):
            some = Attempt.id.in_(attempts[start : start + AT_A_TIME])
            session.execute(update(Attempt).where(some).values(mark=mark).execution_options(synchronize_session=False))
