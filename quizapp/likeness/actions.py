"""Keeps texts to compare with, has a round's essays compared, writes down what organisers say of a pair."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from quizapp.db import session
from quizapp.errors import TooManyTexts
from quizapp.jobs.actions import ask
from quizapp.likeness.searching import KIND
from quizapp.models import AuditEvent, GivenText, LikenessPair, LikenessSearch, Person, Round
from quizapp.vocabulary import Verdict

MOST_TEXTS = 50


def add_text(round_: Round, title: str, text: str, *, by: Person, now: datetime) -> GivenText:
    """Keep a text to find what was copied from it. Raises TooManyTexts."""
    there = select(func.count()).where(GivenText.round_id == round_.id, GivenText.withdrawn_at.is_(None))
    if (session.scalar(there) or 0) >= MOST_TEXTS:
        raise TooManyTexts(most=MOST_TEXTS)
    made = GivenText(round_id=round_.id, title=title, text=text, added_by_id=by.id, added_at=now)
    session.add(made)
    _note(round_, "add_given_text", by, now, title=title, characters=len(text))
    return made


def withdraw_text(round_: Round, given: GivenText, *, by: Person, now: datetime) -> None:
    """Compare no more with a text; what was decided about it stays."""
    if given.withdrawn_at is None:
        given.withdrawn_at = now
        _note(round_, "withdraw_given_text", by, now, title=given.title)


def search(round_: Round, least: int, *, by: Person, now: datetime) -> bool:
    """Have the essays compared; return whether a search begins, or one is running already.

    least: the smallest share that is told, in hundredths of a per cent.
    """
    job = ask(KIND, f"contest:{round_.contest.slug}/{round_.key}", {"round": round_.id, "least": least}, by=by, now=now)
    if session.scalar(select(LikenessSearch.id).where(LikenessSearch.job_id == job.id)):
        return False
    session.add(LikenessSearch(round_id=round_.id, job_id=job.id, least=least))
    _note(round_, "search_likeness", by, now, least=least)
    return True


def decide(round_: Round, pair: LikenessPair, verdict: Verdict | None, note: str, *, by: Person, now: datetime) -> None:
    """Write what organisers say of a pair, or take it back: None. No mark changes by this."""
    pair.verdict = verdict.value if verdict else None
    pair.note = note if verdict else ""
    pair.decided_by_id, pair.decided_at = (by.id, now) if verdict else (None, None)
    other = pair.other.code if pair.other else pair.given.title if pair.given else ""
    _note(round_, "decide_likeness", by, now, essay=pair.essay.code, other=other, verdict=pair.verdict, note=pair.note)


def _note(round_: Round, action: str, by: Person, now: datetime, **details: Any) -> None:
    subject = f"contest:{round_.contest.slug}"
    details = {"round": round_.key, **details}
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=subject, details=details))
    session.flush()
