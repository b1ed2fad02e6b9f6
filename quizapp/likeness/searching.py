"""The search itself, a job: reads the essays of a round a few at a time, compares them, stores the pairs."""

from typing import Any

from sqlalchemy import insert, select, update

from quizapp.db import session, transaction
from quizapp.errors import NotFound
from quizapp.jobs.working import Tell, Work
from quizapp.likeness.queries import handed_in
from quizapp.models import Attempt, Essay, GivenText, LikenessPair, LikenessSearch
from quizapp.rules.similarity import Runs, alike_to, pairs_above, runs_of

KIND = "likeness"
AT_ONCE = 500
MOST_PAIRS = 10_000  # of essays, and of essays with given texts: a human decides each, more would help nobody

Found = tuple[float, int, int | None, int | None]  # share, essay, other essay, given text


def search(work: Work, tell: Tell) -> None:
    """Compare the essays of a round with each other and with the given texts, and store the pairs that are alike.

    Begun anew after a worker's death it writes the same again. Raises NotFound, JobLost.
    """
    with transaction(writes=False):
        begun = session.scalar(select(LikenessSearch).where(LikenessSearch.job_id == work.job_id))
        if begun is None:
            raise NotFound()
        asked = select(Attempt.id, Attempt.person_id).join(Essay, Essay.attempt_id == Attempt.id)
        writers = dict(session.execute(asked.where(*handed_in(begun.round_id)).order_by(Attempt.id)).tuples().all())
    essays = _runs(list(writers), tell)
    limit = begun.least / 10_000
    taken, texts = _like_given(begun.round_id, essays, limit, tell)
    pairs = pairs_above(essays, limit, lambda done: tell(3000 + round(6000 * done)))
    # One who sat twice may write the same twice.
    found: list[Found] = [(share, a, b, None) for a, b, share in pairs if writers[a] != writers[b]]
    # Apart: a law that everybody quotes shall not crowd out the copies.
    _store(begun, found[:MOST_PAIRS] + sorted(taken, key=lambda each: -each[0])[:MOST_PAIRS], tell)
    now = tell(9900)
    with transaction():
        done = session.get_one(LikenessSearch, begun.id)
        done.essays, done.texts, done.finished_at = len(essays), texts, now


def _runs(ids: list[int], tell: Tell) -> "dict[int, Runs[int]]":
    made: dict[int, Runs[int]] = {}
    for start in range(0, len(ids), AT_ONCE):
        tell(round(2500 * start / len(ids)))
        with transaction(writes=False):
            asked = select(Essay.attempt_id, Essay.text).where(Essay.attempt_id.in_(ids[start : start + AT_ONCE]))
            rows = session.execute(asked.order_by(Essay.attempt_id)).all()
        made |= {attempt_id: runs_of(text) for attempt_id, text in rows}
    return made


def _like_given(round_id: int, essays: "dict[int, Runs[int]]", limit: float, tell: Tell) -> tuple[list[Found], int]:
    """Return what is like a given text, and how many texts there are."""
    with transaction(writes=False):
        asked = select(GivenText.id).where(GivenText.round_id == round_id, GivenText.withdrawn_at.is_(None))
        ids = session.scalars(asked).all()
    found: list[Found] = []
    for done, text_id in enumerate(ids):
        tell(2500 + 500 * done // len(ids))
        with transaction(writes=False):
            text = session.scalar(select(GivenText.text).where(GivenText.id == text_id)) or ""
        found += [(share, essay, None, text_id) for essay, share in alike_to(runs_of(text), essays, limit)]
    return found, len(ids)


def _store(begun: LikenessSearch, found: list[Found], tell: Tell) -> None:
    """Write the pairs in short transactions: a pair that was found before is kept, with its verdict."""
    with transaction(writes=False):
        columns = LikenessPair.attempt_id, LikenessPair.other_id, LikenessPair.text_id, LikenessPair.id
        asked = select(*columns).join(Attempt, Attempt.id == LikenessPair.attempt_id)
        known = {
            (a, b, text): pair for a, b, text, pair in session.execute(asked.where(Attempt.round_id == begun.round_id))
        }
    for start in range(0, len(found), AT_ONCE):
        tell(9000 + 900 * start // len(found))
        old: list[dict[str, Any]] = []
        new: list[dict[str, Any]] = []
        for share, essay, other, text in found[start : start + AT_ONCE]:
            values = {"search_id": begun.id, "share": round(10_000 * share)}
            there = known.get((essay, other, text))
            if there:
                old.append({"id": there, **values})
            else:
                new.append({"attempt_id": essay, "other_id": other, "text_id": text, "note": "", **values})
        with transaction():
            if old:
                session.execute(update(LikenessPair), old)
            if new:
                session.execute(insert(LikenessPair), new)
