"""Takes in what a writer uploads: pictures to the essay's files, the text of a Word file to its text."""

from datetime import datetime

from quizapp.attachments.uploads import Taken, Upload
from quizapp.attempts import essay_files
from quizapp.attempts.changes import Change
from quizapp.attempts.essay_saving import MOST_CHARACTERS, SLOT, clean, put
from quizapp.attempts.takeovers import take_over
from quizapp.db import session
from quizapp.errors import UploadRefused
from quizapp.models import Attempt, Essay


def keep(attempt: Attempt, upload: Upload, taken: Taken, *, now: datetime) -> None:
    """Keep the pictures of an upload. Raises FilesClosed, NoRoomForFiles."""
    kind, name = taken.kind, upload.name
    essay_files.add(attempt, taken.pictures, kind=kind, name=name, digest=upload.digest, now=now)


def longer_text(attempt: Attempt, upload: Upload, text: str) -> str:
    """Return the essay's text with the text of a Word file behind it. Raises UploadRefused when it gets too long."""
    essay = session.get(Essay, attempt.id)
    before = essay.text.rstrip() if essay else ""
    whole = clean(f"{before}\n\n{text}" if before else text)
    if len(whole) > MOST_CHARACTERS:
        raise UploadRefused(
            name=upload.name,
            what="cùng với phần đã viết thì dài quá 20.000 ký tự. Xin rút bớt, hoặc chép phần cần dùng rồi dán.",
        )
    return whole


def append_text(attempt: Attempt, upload: Upload, text: str, *, now: datetime) -> None:
    """Put the text of a Word file behind what is written, which stays as a revision.

    Raises FilesClosed, UploadRefused; then nothing is stored.
    """
    session.refresh(attempt, with_for_update={"of": Attempt})
    essay_files.check_open(attempt, now)
    whole = longer_text(attempt, upload, text)
    base = take_over(attempt, now=now).base  # pages that are open somewhere learn that the text has changed
    put(attempt, [Change(SLOT, base + 1, whole, flagged=False, written_ms=None)], now=now)
