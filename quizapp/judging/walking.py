"""Ways through a judge's queue: to the neighbours of an essay, by one criterion, to what waits to be finished."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select, tuple_

from quizapp.db import session
from quizapp.judging.drafts import criteria_of, sheet_of, version
from quizapp.judging.queries import ACTIVE, Listed, listed
from quizapp.models import Allocation, JudgeSeat
from quizapp.rules.rubrics import Criterion


@dataclass(frozen=True)
class Progress:
    """How many of a judge's essays have a mark for a criterion."""

    criterion: Criterion
    done: int
    count: int

    @property
    def percent_hundredths(self) -> int:
        return 10_000 * self.done // self.count if self.count else 0


@dataclass(frozen=True)
class Complete:
    """An essay with all marks that was not finished. total: hundredths."""

    listed: Listed
    marks: Sequence[tuple[Criterion, int]]
    total: int

    @property
    def ticket(self) -> str:
        """What the page sends back for exactly these marks of this essay."""
        return f"{self.listed.allocation.id}-{version(self.listed.assessment)}"


def neighbours(allocation: Allocation) -> tuple[int | None, int | None]:
    """Return what stands before and behind an essay in its judge's queue."""
    place = tuple_(Allocation.position, Allocation.id)
    here = allocation.position, allocation.id
    before = _queue(allocation.seat_id).where(place < here).order_by(Allocation.position.desc(), Allocation.id.desc())
    behind = _queue(allocation.seat_id).where(place > here).order_by(Allocation.position, Allocation.id)
    return session.scalar(before.limit(1)), session.scalar(behind.limit(1))


def criteria_of_seat(seat: JudgeSeat) -> Sequence[Criterion]:
    """Return the criteria that a judge marks by; none before the first essay is given."""
    asked = select(Allocation).where(Allocation.seat_id == seat.id, ACTIVE).order_by(Allocation.id).limit(1)
    first = session.scalar(asked)
    return criteria_of(first) if first else ()


def progress(seat: JudgeSeat) -> list[Progress]:
    """Return for each criterion how far the judge is, over all essays of the queue."""
    queue = listed(seat)
    return [Progress(each, len(queue) - len(_lacking(queue, each.key)), len(queue)) for each in criteria_of_seat(seat)]


def next_lacking(seat: JudgeSeat, key: str, after: int = 0) -> int | None:
    """Return the next essay without a mark for a criterion: behind the position `after`, then from the front again."""
    lacking = _lacking(listed(seat), key)
    later = [each for each in lacking if each.allocation.position > after]
    return next((each.allocation.id for each in (*later, *lacking)), None)


def complete(seat: JudgeSeat) -> list[Complete]:
    """Return the essays that have a mark for every criterion and only wait to be finished, in the queue's order."""
    found = []
    for each in listed(seat):
        if each.assessment is None or each.is_done:
            continue
        sheet, marks = sheet_of(each.allocation), each.assessment.marks
        total = sheet.total(marks)
        if total is not None:
            found.append(Complete(each, [(asked, marks[asked.key]) for asked in sheet.criteria], total))
    return found


def _lacking(queue: Sequence[Listed], key: str) -> list[Listed]:
    return [each for each in queue if each.assessment is None or key not in each.assessment.marks]


def _queue(seat_id: int) -> Select[tuple[int]]:
    return select(Allocation.id).where(Allocation.seat_id == seat_id, ACTIVE)
