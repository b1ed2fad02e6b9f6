"""Shows what a corrected key would change before anything is changed."""

from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from typing import Any

from quizapp.corrections import queries
from quizapp.corrections.consequences import MOST_TOLD, BoardChanges, Consequences, consequences
from quizapp.corrections.correcting import reckon_correction
from quizapp.corrections.reckoning import Reckoned, Told
from quizapp.corrections.wishes import Wish
from quizapp.db import session
from quizapp.models import Contest, QuestionVersion
from quizapp.rules.correcting import RankChange, notice
from quizapp.standings.making import Made, make


@dataclass(frozen=True)
class MarkChange:
    """What becomes of one attempt, in hundredths of a mark."""

    name: str
    unit: str
    round_title: str
    before: int
    after: int


@dataclass(frozen=True)
class Preview:
    """What a correction would change if it were applied now."""

    attempts: int  # that had the question
    changed: int
    rising: int
    marks: list[MarkChange]  # the largest
    boards: Consequences
    notice: str
    remarkings: int  # of the contest: when it has more, this is old

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Preview":
        """Return a preview that was kept as plain values."""
        boards = [
            BoardChanges(each["title"], each["changed"], [RankChange(**rank) for rank in each["ranks"]])
            for each in kept["boards"]["boards"]
        ]
        marks = [MarkChange(**each) for each in kept["marks"]]
        return cls(**{**kept, "marks": marks, "boards": Consequences(**{**kept["boards"], "boards": boards})})


@dataclass(frozen=True)
class Look:
    """Marks and boards as they are and as they would be."""

    wish: Wish
    at: datetime
    marks: Reckoned
    before: Made
    after: Made


def look(contest: Contest, wish: Wish, *, now: datetime, told: Told = lambda _: None) -> Look:
    """Reckon what a correction would change. told: the share that is done, now and then. Raises ChangedMeanwhile."""
    marks = reckon_correction(contest, wish, now=now, told=lambda share: told(0.6 * share))
    before = make(contest, now=now, told=lambda share: told(0.6 + 0.2 * share))
    after = make(contest, now=now, told=lambda share: told(0.8 + 0.2 * share), supposed=marks.after)
    return Look(wish, now, marks, before, after)


def preview(contest: Contest, seen: Look) -> Preview:
    """Return what a page tells of it."""
    wish, marks = seen.wish, seen.marks
    version = session.get_one(QuestionVersion, wish.version_id)
    key = "; ".join(each.text for each in queries.options_of(version) if each.position in wish.options)
    return Preview(
        attempts=len(marks.before),
        changed=len(marks.after),
        rising=marks.rising,
        marks=_largest(marks),
        boards=consequences(seen.before, seen.after),
        notice=notice(contest.title, version.prompt, wish.verdict, key, wish.reason, len(marks.after)),
        remarkings=seen.before.remarkings,
    )


def _largest(marks: Reckoned) -> list[MarkChange]:
    largest = nsmallest(MOST_TOLD, marks.after, key=lambda each: (-abs(marks.after[each] - marks.before[each]), each))
    about = queries.described(largest)
    return [MarkChange(*about[each][1:], marks.before[each], marks.after[each]) for each in largest]
