"""Finds the questions that a contest asked, what stands in their keys' place, and the attempts that had them."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from quizapp.db import session
from quizapp.models import (
    AnswerKey,
    AnswerOption,
    Attempt,
    Contest,
    KeyCorrection,
    LateDecision,
    Paper,
    PaperSlot,
    Person,
    Question,
    QuestionBank,
    QuestionVersion,
    Round,
    TradeUnion,
)
from quizapp.models.contests import sat_for_real
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import QuestionKind

MOST_SHOWN = 50
CHUNK = 500
AT_ONCE = 2_000  # attempts of a contest, reckoned while an organiser waits: some seconds


@dataclass(frozen=True)
class AskedQuestion:
    """A version of a question that stands in a paper of the contest."""

    version_id: int
    ref: str
    bank: str
    prompt: str
    correction: KeyCorrection | None


@dataclass(frozen=True)
class ShownOption:
    position: int
    text: str
    is_key: bool


def asked_questions(contest: Contest, search: str) -> list[AskedQuestion]:
    """Return the questions that were asked, of a search by ref or by words of the prompt; at most `MOST_SHOWN`."""
    in_a_paper = (
        exists()
        .where(PaperSlot.version_id == QuestionVersion.id, PaperSlot.paper_id == Paper.id)
        .where(Paper.round_id.in_(_rounds(contest)))
    )
    asked = (
        select(QuestionVersion.id, Question.ref, QuestionBank.title, QuestionVersion.prompt)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .where(QuestionBank.code.in_({bank for each in contest.rules.rounds for bank in each.banks}), in_a_paper)
        .order_by(Question.id, QuestionVersion.number)
    )
    words, standing = fold(search).split(), standing_corrections(contest)
    found = []
    for version, ref, bank, prompt in session.execute(asked):
        if all(word in f"{fold(ref)} {fold(prompt)}" for word in words):
            found.append(AskedQuestion(version, ref, bank, prompt, standing.get(version)))
        if len(found) == MOST_SHOWN:
            break
    return found


def standing_corrections(contest: Contest) -> dict[int, KeyCorrection]:
    """Return the corrections that stand, by version."""
    asked = select(KeyCorrection).where(KeyCorrection.contest_id == contest.id, KeyCorrection.undone_at.is_(None))
    return {each.version_id: each for each in session.scalars(asked)}


def all_corrections(contest: Contest) -> Sequence[KeyCorrection]:
    """Return all corrections that were ever made in a contest, the newest first."""
    asked = select(KeyCorrection).where(KeyCorrection.contest_id == contest.id)
    loaded = asked.options(joinedload(KeyCorrection.version), joinedload(KeyCorrection.made_by))
    return session.scalars(loaded.order_by(KeyCorrection.id.desc())).all()


def correction_of(contest: Contest, correction_id: int) -> KeyCorrection | None:
    """Return a correction of this contest."""
    found = session.get(KeyCorrection, correction_id)
    return found if found is not None and found.contest_id == contest.id else None


def asked_version(contest: Contest, version_id: int) -> QuestionVersion | None:
    """Return a version that stands in a paper of this contest."""
    in_a_paper = exists().where(PaperSlot.version_id == version_id, PaperSlot.paper_id == Paper.id)
    found = session.scalar(select(in_a_paper.where(Paper.round_id.in_(_rounds(contest)))))
    return session.get(QuestionVersion, version_id) if found else None


def options_of(version: QuestionVersion) -> list[ShownOption]:
    """Return the options of a question in the bank's order; none where the answer is typed."""
    if version.kind not in (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE):
        return []
    keys = set(session.scalars(select(AnswerKey.position).where(AnswerKey.version_id == version.id)))
    asked = select(AnswerOption.position, AnswerOption.text).where(AnswerOption.version_id == version.id)
    return [
        ShownOption(position, text, position in keys)
        for position, text in session.execute(asked.order_by(AnswerOption.position))
    ]


def names_of(people: Iterable[int | None]) -> dict[int, str]:
    """Return the names of people by id."""
    asked = select(Person.id, Person.full_name).where(Person.id.in_({each for each in people if each}))
    return dict(session.execute(asked).tuples().all())


def is_long(contest: Contest) -> bool:
    """Return whether what a key changes in a contest is reckoned by a job."""
    some = select(Attempt.id).join(Round).where(Round.contest_id == contest.id).limit(AT_ONCE + 1).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) > AT_ONCE


def state_of(contest: Contest) -> tuple[int, int]:
    """Return what tells whether any mark came or changed: how often one changed after hand-in, how many there are."""
    handed_in = select(func.count()).select_from(Attempt).where(Attempt.round_id.in_(_rounds(contest)))
    remarkings = select(Contest.remarkings).where(Contest.id == contest.id)
    return (
        session.scalars(remarkings).one(),
        session.scalar(handed_in.where(Attempt.submitted_at.is_not(None))) or 0,
    )


def attempts_with(contest: Contest, version_id: int) -> Iterator[Sequence[Attempt]]:
    """Give, in chunks, the marked attempts whose paper has a version of a question."""
    asked = _marked(contest, version_id).with_only_columns(Attempt.id).order_by(Attempt.id)
    return attempts_of(array("q", session.scalars(asked)))  # once: to look for each next chunk takes as long as for all


def attempts_of(ids: Sequence[int]) -> Iterator[Sequence[Attempt]]:
    """Give attempts in chunks."""
    for start in range(0, len(ids), CHUNK):
        asked = select(Attempt).where(Attempt.id.in_(list(ids[start : start + CHUNK])))
        yield session.scalars(asked.options(selectinload(Attempt.round))).all()


def marked_with(contest: Contest, version_id: int) -> Iterator[tuple[int, int, datetime]]:
    """Give id, mark and hand-in of the marked attempts whose paper has a version of a question."""
    asked = _marked(contest, version_id).with_only_columns(Attempt.id, Attempt.mark, Attempt.submitted_at)
    return (tuple(each) for each in session.execute(asked.execution_options(yield_per=10 * CHUNK)))


def decided_late(contest: Contest, since: datetime) -> set[int]:
    """Return the attempts whose late changes were counted, or are no longer, since an instant."""
    lately = (LateDecision.decided_at >= since) | (LateDecision.undone_at >= since)
    asked = select(LateDecision.attempt_id).join(Attempt).where(Attempt.round_id.in_(_rounds(contest)), lately)
    return set(session.scalars(asked))


def described(attempts: Sequence[int]) -> dict[int, tuple[str, str, str, str]]:
    """Return receipt, name, unit and title of the round of attempts, by id."""
    asked = (
        select(Attempt.id, Attempt.receipt, Person.full_name, func.coalesce(TradeUnion.name, ""), Round.title)
        .join(Person, Person.id == Attempt.person_id)
        .join(Round, Round.id == Attempt.round_id)
        .outerjoin(TradeUnion, TradeUnion.id == Attempt.union_id)
    )
    return {
        each: (receipt, name, unit, title)
        for each, receipt, name, unit, title in session.execute(asked.where(Attempt.id.in_(attempts)))
    }


def count_with(contest: Contest, version_id: int) -> int:
    """Return how many marked attempts had a question."""
    return session.scalar(select(func.count()).select_from(_marked(contest, version_id).subquery())) or 0


def _marked(contest: Contest, version_id: int) -> Select[tuple[Attempt]]:
    has_it = exists().where(PaperSlot.paper_id == Attempt.paper_id, PaperSlot.version_id == version_id)
    return select(Attempt).where(Attempt.round_id.in_(_rounds(contest)), Attempt.submitted_at.is_not(None), has_it)


def _rounds(contest: Contest) -> Select[tuple[int]]:
    return select(Round.id).where(sat_for_real(contest.id))
