"""Finds works: those that everybody may read, a writer's own as it would be shown, what organisers may choose from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from quizapp.attempts.essay_files import nth_file
from quizapp.db import session
from quizapp.errors import NotFound
from quizapp.judging.queries import blind_text
from quizapp.models import Attempt, Contest, Essay, EssayFile, LikenessPair, Round, Settlement, ShownWork
from quizapp.rules import blinding
from quizapp.vocabulary import WorkState

MOST = 50
STANDS = and_(Settlement.attempt_id == Essay.attempt_id, Settlement.superseded_at.is_(None))
PUBLIC = and_(ShownWork.published_at.is_not(None), ShownWork.consented_at.is_not(None))


@dataclass(frozen=True)
class Shown:
    """A work as readers see it. author: empty when the writer stays unnamed; photos: how many, none beside a text."""

    work: ShownWork
    title: str
    author: str
    text: str
    photos: int


@dataclass(frozen=True)
class Choice:
    """An essay that organisers may choose, or may not because it is a copy; mark in hundredths."""

    code: str
    words: int
    files: int
    mark: int
    is_copied: bool


@dataclass(frozen=True)
class Chosen:
    """A work on the organisers' desk."""

    work: ShownWork
    code: str
    mark: int | None
    state: WorkState
    is_copied: bool


def work_of(attempt_id: int) -> ShownWork | None:
    return session.get(ShownWork, attempt_id)


def works_of(attempts: Iterable[int]) -> Sequence[ShownWork]:
    """Return the works among these attempts."""
    return session.scalars(select(ShownWork).where(ShownWork.attempt_id.in_(list(attempts)))).all()


def public_works(contest: Contest) -> Sequence[ShownWork]:
    """Return the works of a contest that everybody may read, in the organisers' order: the one gate for readers."""
    asked = select(ShownWork).join(Attempt, Attempt.id == ShownWork.attempt_id).join(Round)
    asked = asked.where(Round.contest_id == contest.id, PUBLIC)
    asked = asked.order_by(Round.position, ShownWork.position, ShownWork.attempt_id)
    return session.scalars(asked.options(joinedload(ShownWork.essay))).all()


def shown(work: ShownWork, *, with_name: bool | None = None) -> Shown:
    """Return a work as readers see it, with or without its writer: as consented, unless `with_name` says otherwise.

    Phones, e-mails and numbers of cards inside the text are covered in any case; of an unnamed writer the name and the
    unions, too, as on a judge's screen.
    """
    named = work.with_name if with_name is None else with_name
    essay, attempt = work.essay, work.essay.attempt
    union = attempt.union or attempt.person.union
    author = " – ".join(filter(None, (attempt.person.full_name, union.name if union else ""))) if named else ""
    text = blinding.hidden(essay.text, (), ()) if named else blind_text(essay)
    photos = 0 if essay.text.strip() else essay.files
    return Shown(work, work.title or f"Bài dự thi {work.position}", author, text, photos)


def photo(work: ShownWork, place: int) -> EssayFile:
    """Return a photo, from 1, of a work that has no text: a text stands alone. Raises NotFound."""
    if work.essay.text.strip():
        raise NotFound()
    return nth_file(work.attempt_id, place)


def choices(round_: Round, search: str = "") -> list[Choice]:
    """Return the best settled essays of a round that are not chosen yet, at most 50; of those with part of a code."""
    asked = (
        select(Essay, Settlement.mark)
        .join(Attempt, Attempt.id == Essay.attempt_id)
        .join(Settlement, STANDS)
        .outerjoin(ShownWork, ShownWork.attempt_id == Essay.attempt_id)
        .where(Attempt.round_id == round_.id, ShownWork.attempt_id.is_(None), Essay.is_written)
        .order_by(Settlement.mark.desc(), Essay.code)
        .limit(MOST)
    )
    if search:
        asked = asked.where(Essay.code.contains(search.strip().upper(), autoescape=True))
    found = session.execute(asked).tuples().all()
    copied = copies(essay.attempt_id for essay, _ in found)
    return [Choice(essay.code, essay.words, essay.files, mark, essay.attempt_id in copied) for essay, mark in found]


def chosen(round_: Round) -> list[Chosen]:
    """Return the works of a round in their order."""
    asked = (
        _works(round_)
        .join(Essay, Essay.attempt_id == ShownWork.attempt_id)
        .outerjoin(Settlement, STANDS)
        .with_only_columns(ShownWork, Essay.code, Settlement.mark)
        .order_by(ShownWork.position, ShownWork.attempt_id)
    )
    found = session.execute(asked).tuples().all()
    copied = copies(work.attempt_id for work, _, _ in found)
    return [Chosen(work, code, mark, state_of(work), work.attempt_id in copied) for work, code, mark in found]


def ordered(round_: Round) -> Sequence[ShownWork]:
    """Return the works of a round in their order, held until the transaction ends."""
    asked = _works(round_).order_by(ShownWork.position, ShownWork.attempt_id)
    return session.scalars(asked.with_for_update(of=ShownWork)).all()


def copies(attempts: Iterable[int]) -> set[int]:
    """Return those of these essays that a human found to be copied, or copied from."""
    ids = list(attempts)
    pairs = select(LikenessPair.attempt_id, LikenessPair.other_id).where(
        LikenessPair.verdict == "copied", or_(LikenessPair.attempt_id.in_(ids), LikenessPair.other_id.in_(ids))
    )
    return {each for pair in session.execute(pairs) for each in pair if each in ids}


def state_of(work: ShownWork) -> WorkState:
    """Return where a work stands."""
    if work.published_at and work.consented_at:
        return WorkState.PUBLISHED
    if work.consented_at:
        return WorkState.AGREED
    return WorkState.DECLINED if work.declined_at else WorkState.ASKED


def _works(round_: Round) -> Select[tuple[ShownWork]]:
    return select(ShownWork).join(Attempt, Attempt.id == ShownWork.attempt_id).where(Attempt.round_id == round_.id)
