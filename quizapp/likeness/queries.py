"""What organisers see of likeness: given texts, the newest search, pairs, and two texts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from quizapp.db import session
from quizapp.models import Attempt, Essay, GivenText, LikenessPair, LikenessSearch, Round
from quizapp.vocabulary import Verdict

ON_A_PAGE = 50


@dataclass(frozen=True)
class Ground:
    """What a round has to compare: essays with a text, and those that are only pictures."""

    texts: int
    pictures: int


@dataclass(frozen=True)
class Listed:
    """A pair as the list shows it; other: the code of an essay or the title of a given text."""

    pair: LikenessPair
    code: str
    other: str
    same_union: bool

    @property
    def verdict(self) -> Verdict | None:
        return Verdict(self.pair.verdict) if self.pair.verdict else None


def handed_in(round_id: int) -> Sequence[ColumnElement[bool]]:
    """Return the conditions of essays, joined with their attempts, that are compared."""
    return Attempt.round_id == round_id, Attempt.submitted_at.is_not(None), Essay.words > 0


def ground(round_: Round) -> Ground:
    asked = select(func.count()).select_from(Essay).join(Attempt)
    alone = Attempt.round_id == round_.id, Attempt.submitted_at.is_not(None), Essay.words == 0, Essay.files > 0
    texts = session.scalar(asked.where(*handed_in(round_.id))) or 0
    return Ground(texts, session.scalar(asked.where(*alone)) or 0)


def given_texts(round_: Round) -> Sequence[tuple[GivenText, int]]:
    """Return the texts that were not withdrawn, each with its length in characters, the newest first."""
    asked = select(GivenText, func.length(GivenText.text)).where(
        GivenText.round_id == round_.id, GivenText.withdrawn_at.is_(None)
    )
    return [(text, length) for text, length in session.execute(asked.order_by(GivenText.id.desc()))]


def given_text(round_: Round, text_id: int) -> GivenText | None:
    return session.scalar(select(GivenText).where(GivenText.id == text_id, GivenText.round_id == round_.id))


def newest_search(round_: Round, *, finished: bool = False) -> LikenessSearch | None:
    asked = select(LikenessSearch).where(LikenessSearch.round_id == round_.id).options(joinedload(LikenessSearch.job))
    if finished:
        asked = asked.where(LikenessSearch.finished_at.is_not(None))
    return session.scalar(asked.order_by(LikenessSearch.id.desc()).limit(1))


def counts(round_: Round) -> dict[Verdict | None, int]:
    """Return how many pairs there are of each verdict; None: those that wait for one."""
    found = {
        verdict: session.scalar(_shown(select(func.count()), round_, verdict)) or 0 for verdict in (None, *Verdict)
    }
    return found


def pairs(round_: Round, verdict: Verdict | None, page: int) -> list[Listed]:
    """Return a page of pairs, the most alike first; page: from 1."""
    asked = _listed(round_, verdict).order_by(LikenessPair.share.desc(), LikenessPair.id)
    rows = session.execute(asked.offset((page - 1) * ON_A_PAGE).limit(ON_A_PAGE))
    return [_one(*row) for row in rows]


def pair_of(round_: Round, pair_id: int) -> LikenessPair | None:
    asked = (
        select(LikenessPair)
        .join(Attempt, Attempt.id == LikenessPair.attempt_id)
        .where(LikenessPair.id == pair_id, Attempt.round_id == round_.id)
        .options(joinedload(LikenessPair.decided_by))
    )
    return session.scalar(asked)


def next_undecided(round_: Round, pair: LikenessPair) -> int | None:
    """Return the pair that waits for a verdict behind this one on the list, else the first that waits."""
    behind = or_(LikenessPair.share < pair.share, (LikenessPair.share == pair.share) & (LikenessPair.id > pair.id))
    asked = _shown(select(LikenessPair.id), round_, None).where(LikenessPair.id != pair.id)
    asked = asked.order_by(behind.desc(), LikenessPair.share.desc(), LikenessPair.id)
    found: int | None = session.scalar(asked.limit(1))
    return found


def _listed(round_: Round, verdict: Verdict | None) -> Select[Any]:
    other, other_attempt = aliased(Essay), aliased(Attempt)
    columns = (LikenessPair, Essay.code, other.code, GivenText.title, Attempt.union_id, other_attempt.union_id)
    return (
        _shown(select(*columns), round_, verdict)
        .join(Essay, Essay.attempt_id == LikenessPair.attempt_id)
        .outerjoin(other, other.attempt_id == LikenessPair.other_id)
        .outerjoin(other_attempt, other_attempt.id == LikenessPair.other_id)
    )


def _one(
    pair: LikenessPair, code: str, other: str | None, title: str | None, own: int | None, of: int | None
) -> Listed:
    return Listed(pair, code, other or title or "", same_union=own is not None and own == of)


def _shown(asked: Select[Any], round_: Round, verdict: Verdict | None) -> Select[Any]:
    """Narrow to pairs of a round: with a verdict whatever search found them, without one those of the newest search.

    A search that is storing its pairs takes them over one by one from the one before.
    """
    asked = (
        asked.select_from(LikenessPair)
        .join(Attempt, Attempt.id == LikenessPair.attempt_id)
        .outerjoin(GivenText, GivenText.id == LikenessPair.text_id)
        .where(Attempt.round_id == round_.id)
    )
    if verdict:
        return asked.where(LikenessPair.verdict == verdict.value)
    newest = select(func.coalesce(func.max(LikenessSearch.id), 0)).where(
        LikenessSearch.round_id == round_.id, LikenessSearch.finished_at.is_not(None)
    )
    return asked.where(
        LikenessPair.verdict.is_(None),
        LikenessPair.search_id >= newest.scalar_subquery(),
        GivenText.withdrawn_at.is_(None),
    )
