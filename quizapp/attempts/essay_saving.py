"""Keeps the essay of an attempt, by the protocol of answers; texts that are replaced become revisions."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from quizapp.attempts import queries
from quizapp.attempts.changes import BLOCK, STRANGE_NUMBER, Change, check_numbers
from quizapp.attempts.saving import Saved, keep_late
from quizapp.db import session, transaction
from quizapp.errors import BadShape
from quizapp.models import Allocation, Attempt, Essay, EssayRevision, Round
from quizapp.rules.deadlines import accepts_answers
from quizapp.rules.revisions import is_worth_keeping, to_drop
from quizapp.rules.words import count_words
from quizapp.web.codes import CLEAR_LETTERS, random_code

SLOT = 0  # answers have the slots of the paper, from 1
MOST_CHARACTERS = 20_000
MOST_TEXTS = 20
MOST_LATE = 10
CODE_LETTERS = CLEAR_LETTERS.replace("L", "")  # juries write codes by hand
LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def record_essay(
    attempt_id: int, token_hash: str, opening: int, changes: list[Change], *, now: datetime
) -> Saved | None:
    """Store changes of the essay; return what the phone may forget, or None when this log-in has no such attempt.

    Commits by itself. The highest number stays, as with answers; a text that another page wrote and that loses is kept
    as a revision. What comes after the close is evidence. Raises BadShape; then nothing is stored.
    """
    with transaction():
        # Other saves of this essay and a hand-in wait here; saves of answers pass.
        asked = select(Attempt).where(Attempt.id == attempt_id)
        asked = asked.where(Attempt.person_id.in_(queries.log_in_of(token_hash, now)))
        asked = asked.options(joinedload(Attempt.round, innerjoin=True))
        attempt = session.scalar(asked.with_for_update(of=Attempt, key_share=True))
        if attempt is None:
            return None
        _check(attempt.round, changes)
        highest = max((change.number for change in changes), default=0)
        check_numbers(highest, attempt.takeovers)
        texts = [replace(change, answer=clean(change.answer)) for change in changes]
        is_closed = not accepts_answers(attempt.closes_at, attempt.submitted_at, now)
        if is_closed:
            keep_late(attempt_id, texts, now, most=MOST_LATE)
        else:
            put(attempt, texts, now=now)
    taken_over = opening < attempt.takeovers * BLOCK
    return Saved(
        highest,
        attempt.closes_at,
        taken_over=taken_over,
        closed_at=(attempt.submitted_at or attempt.closes_at) if is_closed else None,
    )


def put(attempt: Attempt, texts: Sequence[Change], *, now: datetime) -> None:
    """Store clean texts in an open attempt that is held, the oldest first."""
    for change in sorted(texts, key=lambda each: each.number):
        essay, text = session.get(Essay, attempt.id), change.answer or ""
        if essay is None:
            words = count_words(text)
            essay = Essay(attempt_id=attempt.id, code=new_code(), number=change.number, text=text, words=words)
            essay.saved_at = now
            session.add(essay)
        elif change.number > essay.number:
            _replace(essay, change.number, text, now)
        elif change.number // BLOCK != essay.number // BLOCK and text not in ("", essay.text):
            _keep(essay, change.number, text, now)  # another page wrote it, and it is to be found again
        session.flush()


def reuse(attempt: Attempt, revision: EssayRevision, *, base: int, now: datetime) -> bool:
    """Let a revision be the essay again, as a change above all others; return False when the attempt has ended."""
    session.refresh(attempt, with_for_update={"of": Attempt})
    if not accepts_answers(attempt.closes_at, attempt.submitted_at, now):
        return False
    put(attempt, [Change(SLOT, base + 1, revision.text, flagged=False, written_ms=None)], now=now)
    return True


def replace_text(attempt: Attempt, number: int, text: str, *, saved_at: datetime) -> None:
    """Set the text of an attempt, which is held and over, by decision; what stood there stays as a revision."""
    essay = session.get(Essay, attempt.id)
    if essay is None:
        essay = Essay(attempt_id=attempt.id, code=new_code())
        session.add(essay)
    else:
        _keep(essay, essay.number, essay.text, essay.saved_at)
    essay.number, essay.text, essay.words, essay.saved_at = number, text, count_words(text), saved_at
    session.flush()


def keep_handed_in(attempt: Attempt, handed_in_at: datetime) -> None:
    """Keep the text of an attempt, which is held, as it was handed in; an attempt without a text gets an empty one."""
    essay = session.get(Essay, attempt.id)
    if essay is None:
        essay = Essay(attempt_id=attempt.id, code=new_code(), number=0, text="", words=0, saved_at=handed_in_at)
        session.add(essay)
        session.flush()
    _keep(essay, essay.number, essay.text, essay.saved_at, handed_in_at)


def clean(text: str | None) -> str:
    """Return a text as it is stored: composed letters, and nothing that a database cannot hold."""
    return unicodedata.normalize("NFC", LONE_SURROGATE.sub("\ufffd", (text or "").replace("\0", "")))


def _check(round_: Round, changes: list[Change]) -> None:
    if round_.rules.essay is None:
        raise BadShape(what="Đợt thi này không có bài viết.")
    if len(changes) > MOST_TEXTS:
        raise BadShape(what=f"Mỗi lần gửi nhiều nhất {MOST_TEXTS} bản của bài viết.")
    for change in changes:
        if change.slot != SLOT:
            raise BadShape(what=f"Bài viết có “slot” là {SLOT}.")
        if change.number < 1:
            raise BadShape(what=f"Bài viết: {STRANGE_NUMBER}")
        if len(change.answer or "") > MOST_CHARACTERS:
            raise BadShape(what="Bài viết dài quá 20.000 ký tự; xin rút bớt rồi lưu lại.")


def _replace(essay: Essay, number: int, text: str, now: datetime) -> None:
    newest = select(func.max(EssayRevision.saved_at)).where(EssayRevision.attempt_id == essay.attempt_id)
    by_another_page = number // BLOCK != essay.number // BLOCK and essay.text not in ("", text)
    if by_another_page or is_worth_keeping(essay.text, text, kept_at=session.scalar(newest), now=now):
        _keep(essay, essay.number, essay.text, essay.saved_at)
    essay.number, essay.text, essay.words, essay.saved_at = number, text, count_words(text), now


def _keep(essay: Essay, number: int, text: str, saved_at: datetime, handed_in_at: datetime | None = None) -> None:
    revision = session.get(EssayRevision, (essay.attempt_id, number))
    if revision is None:
        revision = EssayRevision(attempt_id=essay.attempt_id, number=number, text=text, saved_at=saved_at)
        session.add(revision)
    if handed_in_at:
        revision.handed_in_at = handed_in_at
    session.flush()
    # What was handed in is thinned out apart: it does not go for drafts.
    alike = EssayRevision.handed_in_at.is_not(None) if handed_in_at else EssayRevision.handed_in_at.is_(None)
    asked = select(EssayRevision).where(EssayRevision.attempt_id == essay.attempt_id, alike)
    kept = session.scalars(asked.order_by(EssayRevision.saved_at, EssayRevision.number)).all()
    for place in to_drop([each.saved_at for each in kept]):
        session.delete(kept[place])


def new_code() -> str:
    """Return the số phách: says nothing of the writer, and is read aloud and typed without mistakes.

    No essay has it, nor does a judge know one by it.
    """
    while True:
        code = random_code(6, CODE_LETTERS)
        taken = exists().where(Essay.code == code), exists().where(Allocation.alias == code)
        if not any(session.scalar(select(each)) for each in taken):
            return code
