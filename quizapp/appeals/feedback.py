"""What the judges said of an essay, for its writer: no names, notes or doubts, and no marks that do not count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from quizapp.appeals import queries
from quizapp.attempts.queries import result_is_shown
from quizapp.db import session
from quizapp.judging import settling
from quizapp.judging.drafts import criteria_of, max_mark
from quizapp.judging.queries import COUNTED, FINISHED
from quizapp.models import Allocation, Assessment, Attempt, Essay, Round
from quizapp.rules.feedback import Given, counted, in_an_order_of_its_own, in_words
from quizapp.rules.rubrics import Criterion, RubricLevel
from quizapp.standings.queries import published
from quizapp.vocabulary import FeedbackWhen, Turn


@dataclass(frozen=True)
class Judge:
    """A judge without a name: the total out of `max_mark`, hundredths. is_counted: the essay's mark was made of it."""

    name: str
    assessment: Assessment
    max_mark: int
    is_counted: bool


@dataclass(frozen=True)
class Reached:
    """What a judge gave for one criterion; the level when the mark is one."""

    name: str
    mark: int
    level: RubricLevel | None
    comment: str


@dataclass(frozen=True)
class Feedback:
    """An essay's mark, how it came, its judges, and each criterion with what they gave."""

    mark: int
    how: str
    judges: Sequence[Judge]
    criteria: Sequence[tuple[Criterion, Sequence[Reached]]]

    @property
    def comments(self) -> list[tuple[str, str]]:
        return [(each.name, each.assessment.comment) for each in self.judges if each.assessment.comment]


def is_open(attempt: Attempt, now: datetime) -> bool:
    """Return whether the writer may read now what the judges said."""
    rule = attempt.round.rules.essay
    if rule is None or rule.feedback is FeedbackWhen.NEVER:
        return False
    if attempt.essay_mark is None or not result_is_shown(attempt, now):
        return False
    return rule.feedback is FeedbackWhen.SETTLED or _is_published(attempt.round)


def feedback_of(essay: Essay) -> Feedback | None:
    """Return what the writer of a settled essay reads; None while it is not settled."""
    stands = settling.standing(essay.attempt_id)
    if stands is None:
        return None
    found = _counted(essay)
    judges = _named(found, essay.code, stands.how.get("used", ()))
    judges += _of_the_appeal(essay)
    return Feedback(
        mark=stands.mark,
        how=in_words(
            stands.how["rule"],
            judges=sum(each.turn == Turn.FIRST.value for each, _ in found),
            has_third=stands.how.get("third") is not None,
            is_decision=stands.settled_by_id is not None,
        ),
        judges=judges,
        criteria=_by_criterion(judges),
    )


def _is_published(round_: Round) -> bool:
    """Return whether a board that may be seen tells of a round; of a round on no board, whether any may be seen."""
    found = published(round_.contest)
    if found is None:
        return False
    rules = round_.contest.rules
    telling = {each.key for each in rules.boards if any(one.key == round_.key for one in rules.rounds_of(each))}
    return not telling or any(board.key in telling for board in found[1])


def _counted(essay: Essay) -> list[tuple[Allocation, Assessment]]:
    asked = select(Allocation, Assessment).join(Assessment)
    found = session.execute(asked.where(Allocation.attempt_id == essay.attempt_id, COUNTED, FINISHED))
    return [(allocation, assessment) for allocation, assessment in found]


def _named(found: Sequence[tuple[Allocation, Assessment]], code: str, used: Sequence[int]) -> list[Judge]:
    by_key = {allocation.id: (allocation, assessment) for allocation, assessment in found}
    given = (Given(key, each.total or 0, one.turn == Turn.THIRD.value) for key, (one, each) in by_key.items())
    order = in_an_order_of_its_own(given, code)
    counts = counted([each.total for each in order], used)
    return [
        Judge(f"Giám khảo {place}", by_key[each.key][1], max_mark(by_key[each.key][0]), is_counted)
        for place, (each, is_counted) in enumerate(zip(order, counts, strict=True), start=1)
    ]


def _of_the_appeal(essay: Essay) -> list[Judge]:
    """The judge of an appeal is read when the appeal is answered, not before."""
    appeal = queries.appeal_of(essay.attempt_id)
    found = queries.judge_of(appeal) if appeal and appeal.decided_at else None
    if found is None or found[2] is None or found[2].finished_at is None:
        return []
    return [Judge("Giám khảo chấm phúc khảo", found[2], max_mark(found[0]), is_counted=False)]


def _by_criterion(judges: Sequence[Judge]) -> list[tuple[Criterion, list[Reached]]]:
    if not judges:
        return []
    asked = criteria_of(judges[0].assessment.allocation)
    return [(each, [_reached(each, judge) for judge in judges]) for each in asked]


def _reached(criterion: Criterion, judge: Judge) -> Reached:
    mark = judge.assessment.marks.get(criterion.key, 0)
    level = next((each for each in criterion.levels if each.mark == mark), None)
    return Reached(judge.name, mark, level, judge.assessment.comments.get(criterion.key, ""))
