"""Reckons how the questions of a bank did in the papers that were handed in: the work of a job."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Select, delete, select

from quizapp.db import session, transaction
from quizapp.jobs.working import Tell, Work
from quizapp.models import (
    Attempt,
    Paper,
    PaperSlot,
    Question,
    QuestionBank,
    QuestionFigures,
    QuestionVersion,
    Response,
    Round,
)
from quizapp.models.attempts import stands
from quizapp.questions.keys import judged, keys_of, put_right_in
from quizapp.rules.grading import GradedSlot, Key, order_of, positions, slot_part
from quizapp.rules.item_figures import Answered, ItemTally, count_paper
from quizapp.vocabulary import KeyVerdict, MultipleMarks, Purpose

KIND = "question_figures"
AT_ONCE = 5_000  # rows that are held


def subject_of(bank: QuestionBank) -> str:
    return f"bank:{bank.code}"


def reckon(work: Work, tell: Tell) -> None:
    """Reckon the figures of all versions of the bank that the job is about, and write them in place of the old."""
    code = work.subject.partition(":")[2]
    with transaction(writes=False, steady=True):
        own = set(session.scalars(_versions(code)))
        rounds = list(session.scalars(_rounds(code)))
        tallies: dict[int, ItemTally] = {}
        for done, round_id in enumerate(rounds):
            for paper in _papers(round_id):
                count_paper(tallies, paper)
            tell(9_000 * (done + 1) // len(rounds))
    now = tell(9_500)
    with transaction():
        session.execute(delete(QuestionFigures).where(QuestionFigures.version_id.in_(_versions(code))))
        session.add_all(
            QuestionFigures(
                version_id=version_id,
                answered=tally.answered,
                right=tally.right,
                blank=tally.blank,
                taken={str(position): count for position, count in sorted(tally.taken.items())},
                discrimination=tally.discrimination,
                reckoned_at=now,
            )
            for version_id, tally in tallies.items()
            if version_id in own
        )


def _versions(code: str) -> Select[tuple[int]]:
    return (
        select(QuestionVersion.id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .where(QuestionBank.code == code)
    )


def _rounds(code: str) -> Select[tuple[int]]:
    drawn = select(PaperSlot.paper_id).where(PaperSlot.version_id.in_(_versions(code)))
    real = select(Round.id).where(Round.purpose == Purpose.REAL)
    asked = select(Paper.round_id).where(Paper.id.in_(drawn), Paper.round_id.in_(real))
    return asked.distinct().order_by(Paper.round_id)


def _papers(round_id: int) -> Iterator[list[Answered]]:
    """Give the handed-in papers of a round, slot by slot, all banks together: the rest of a paper is all of it.

    A question that was taken out of the contest is in no paper; neither is one whose import was taken back.
    """
    asked = (
        select(Attempt.id, PaperSlot.version_id, PaperSlot.option_order, Response.answer)
        .join(PaperSlot, PaperSlot.paper_id == Attempt.paper_id)
        .outerjoin(Response, (Response.attempt_id == Attempt.id) & (Response.slot == PaperSlot.number))
        .where(Attempt.round_id == round_id, Attempt.submitted_at.is_not(None), stands())
        .order_by(Attempt.id, PaperSlot.number)
        .execution_options(yield_per=AT_ONCE)
    )
    round_ = session.get_one(Round, round_id)
    keys, put_right, multiple = _keys(round_id), put_right_in(round_.contest_id), round_.rules.multiple
    for _, slots in groupby(session.execute(asked), key=itemgetter(0)):
        graded = (
            (version_id, judged(GradedSlot(0, order_of(order), keys[version_id]), put_right.get(version_id)), answer)
            for _, version_id, order, answer in slots
        )
        yield [_answered(*each, multiple) for each in graded if each[1].verdict is not KeyVerdict.VOID]


def _answered(version_id: int, slot: GradedSlot, answer: str | None, multiple: MultipleMarks) -> Answered:
    part = slot_part(slot, answer, multiple)
    chosen = positions(answer, slot.option_order) if slot.option_order else frozenset()
    return Answered(version_id, not answer, part == 1, chosen, float(part))


def _keys(round_id: int) -> dict[int, Key]:
    return keys_of(
        select(PaperSlot.version_id).join(Paper, Paper.id == PaperSlot.paper_id).where(Paper.round_id == round_id)
    )
