"""Photos and pages that belong to an essay, in the writer's order; each is counted in `Essay.files`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from quizapp.attempts.changes import Change
from quizapp.attempts.essay_saving import SLOT, put
from quizapp.db import session
from quizapp.errors import FilesClosed, NoRoomForFiles, NotFound
from quizapp.formats.pictures import Picture
from quizapp.models import Attempt, Essay, EssayFile
from quizapp.rules.deadlines import accepts_answers
from quizapp.rules.round_rules import FilesRule
from quizapp.vocabulary import FileKind

NOTHING_WRITTEN = Change(SLOT, 0, "", flagged=False, written_ms=None)  # lower than every change of a page


def files_rule(attempt: Attempt) -> FilesRule:
    """Return what may be added to the essay of an attempt. Raises NotFound where that is nothing."""
    essay = attempt.round.rules.essay
    if essay is None or essay.files is None:
        raise NotFound()
    return essay.files


def files_of(attempt_id: int) -> Sequence[EssayFile]:
    """Return the photos and pages of an essay in order, without their content."""
    asked = select(EssayFile).where(EssayFile.attempt_id == attempt_id)
    return session.scalars(asked.order_by(EssayFile.position, EssayFile.id)).all()


def file_of(attempt_id: int, file_id: int) -> EssayFile:
    """Return one photo or page with its content. Raises NotFound."""
    asked = select(EssayFile).where(EssayFile.id == file_id, EssayFile.attempt_id == attempt_id)
    found = session.scalar(asked.options(undefer(EssayFile.content)))
    if found is None:
        raise NotFound()
    return found


def nth_file(attempt_id: int, place: int) -> EssayFile:
    """Return the photo or page at a place, counted from 1, with its content: a number that tells nothing else.

    Raises NotFound.
    """
    found = files_of(attempt_id)
    if not 1 <= place <= len(found):
        raise NotFound()
    return file_of(attempt_id, found[place - 1].id)


def is_there(attempt_id: int, digest: str) -> bool:
    """Return whether this upload belongs to the essay already."""
    asked = select(EssayFile.id).where(EssayFile.attempt_id == attempt_id, EssayFile.digest == digest)
    return session.scalar(asked.limit(1)) is not None


def check_open(attempt: Attempt, now: datetime) -> None:
    """Raises FilesClosed when nothing of the essay can be changed any more."""
    if not accepts_answers(attempt.closes_at, attempt.submitted_at, now):
        raise FilesClosed()


def add(
    attempt: Attempt, pictures: Sequence[Picture], *, kind: FileKind, name: str, digest: str, now: datetime
) -> None:
    """Put pictures behind the others; an upload that is there already changes nothing.

    Raises FilesClosed, NoRoomForFiles; then nothing is stored.
    """
    _hold(attempt, now)
    if is_there(attempt.id, digest):
        return
    there, most = files_of(attempt.id), files_rule(attempt).count
    if len(there) + len(pictures) > most:
        raise NoRoomForFiles(most=most, there=len(there), more=len(pictures))
    put(attempt, [NOTHING_WRITTEN], now=now)  # who sends photos need not write a word
    last = max((each.position for each in there), default=0)
    for page, picture in enumerate(pictures, start=1):
        session.add(
            EssayFile(
                attempt_id=attempt.id,
                position=last + page,
                kind=kind.value,
                name=name,
                digest=digest,
                page=page,
                content=picture.content,
                size=len(picture.content),
                width=picture.width,
                height=picture.height,
                added_at=now,
            )
        )
    _count(attempt)


def move(attempt: Attempt, file_id: int, *, by: int, now: datetime) -> None:
    """Let a page change places with the one before it (by = -1) or behind it (1). Raises FilesClosed, NotFound."""
    _hold(attempt, now)
    order = list(files_of(attempt.id))
    place = _place(order, file_id)
    other = place + by
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position


def remove(attempt: Attempt, file_id: int, *, now: datetime) -> None:
    """Take a page out of the essay; one that is gone already is gone. Raises FilesClosed."""
    _hold(attempt, now)
    for each in files_of(attempt.id):
        if each.id == file_id:
            session.delete(each)
            _count(attempt)


def _hold(attempt: Attempt, now: datetime) -> None:
    """Hold the attempt: of two uploads at once the second counts what the first has added."""
    session.refresh(attempt, with_for_update={"of": Attempt})
    check_open(attempt, now)


def _place(order: Sequence[EssayFile], file_id: int) -> int:
    for place, each in enumerate(order):
        if each.id == file_id:
            return place
    raise NotFound()


def _count(attempt: Attempt) -> None:
    session.flush()
    asked = select(func.count()).where(EssayFile.attempt_id == attempt.id)
    session.get_one(Essay, attempt.id).files = session.scalar(asked) or 0
    session.flush()
