"""A file on its way into a bank: kept as a sheet to look through, imported whole or not at all, or thrown away."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, select

from quizapp.banks.queries import known_questions
from quizapp.banks.sheets import Fate, KeptPicture, Row, Sheet, compared, sheet_of, with_pictures
from quizapp.banks.storing import (
    alt_of,
    content_of,
    digest_of,
    held_bank,
    keep_pictures,
    made_anew,
    new_question,
    newest_versions,
    stored_questions,
    topics_for,
    with_refs,
)
from quizapp.banks.writing import write_version
from quizapp.db import session
from quizapp.formats.pictures import Picture as Drawn
from quizapp.formats.questions.drafts import QuestionDraft, Reading
from quizapp.models import (
    AuditEvent,
    ImportPicture,
    Person,
    Question,
    QuestionBank,
    QuestionImport,
    QuestionVersion,
)
from quizapp.refusals import ImportGone
from quizapp.rules.plain import decode, encode

KEPT = timedelta(days=1)
NO_PICTURE = "Chưa lấy được ảnh của câu này: {why}"


@dataclass(frozen=True)
class Source:
    """The file that questions come from. `format`: a name of `reading.LABELS`."""

    name: str
    data: bytes
    format: str


@dataclass
class Brought:
    """What an import did, by the ids of questions; `drafts` are those of `new` and `changed` that are not in use."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    drafts: list[str] = field(default_factory=list)


def read_in(reading: Reading) -> tuple[Sheet, list[Drawn]]:
    """Return what a file gave as a sheet, and its pictures made anew, the first of which is number 1.

    A question whose picture cannot be shown is in doubt. Raises BadFile, UploadRush.
    """
    asked = [(draft.n, each) for draft in reading.questions for each in draft.pictures]
    answers = made_anew([each.content for _, each in asked])
    kept: dict[int, list[KeptPicture]] = {}
    lost: dict[int, str] = {}
    drawn: list[Drawn] = []
    for (n, picture), made in zip(asked, answers, strict=True):
        if isinstance(made, str):
            lost.setdefault(n, made)
        else:
            drawn.append(made)
            digest = sha256(made.content).hexdigest()
            kept.setdefault(n, []).append(KeptPicture(len(drawn), digest, alt_of(picture), picture.place))
    questions = (_without(draft, lost.get(draft.n)) for draft in reading.questions)
    return sheet_of(replace(reading, questions=tuple(questions)), kept), drawn


def open_sheet(
    bank: QuestionBank, source: Source, sheet: Sheet, drawn: Sequence[Drawn], *, by: Person | None, now: datetime
) -> QuestionImport:
    """Keep what was read until it is imported."""
    made = QuestionImport(
        bank_id=bank.id,
        file_name=source.name[:200],
        digest=sha256(source.data).hexdigest(),
        format=source.format,
        sheet=encode(compared(sheet, known_questions(bank))),
        before={},
        imported_by_id=by.id if by else None,
        uploaded_at=now,
    )
    session.add(made)
    session.flush()
    session.add_all(
        ImportPicture(import_id=made.id, number=number, content=each.content, width=each.width, height=each.height)
        for number, each in enumerate(drawn, start=1)
    )
    session.flush()
    return made


def sheet_in(brought: QuestionImport) -> Sheet:
    """Return the sheet of a file that is not imported yet. Raises ImportGone."""
    if brought.sheet is None:
        raise ImportGone()
    sheet: Sheet = decode(Sheet, brought.sheet)
    return sheet


def keep_sheet(brought: QuestionImport, sheet: Sheet) -> Sheet:
    """Keep a sheet that a person changed; return it compared anew with the bank as it is now."""
    again = compared(sheet, known_questions(brought.bank))
    brought.sheet = encode(again)
    session.flush()
    return again


def confirm(brought: QuestionImport, *, by: Person | None, now: datetime) -> Brought:
    """Import all that the sheet says. Raises ImportGone when it was done or thrown away meanwhile."""
    bank = held_bank(brought.bank.code)
    session.refresh(brought, with_for_update=True)
    sheet = sheet_in(brought)
    if bank is None:
        raise ImportGone()
    drawn = {each.number: each for each in _pictures(brought)}
    done, brought.before = _bring(bank, sheet, drawn, by=by, now=now)
    brought.sheet, brought.imported_at = None, now
    session.flush()
    session.execute(delete(ImportPicture).where(ImportPicture.import_id == brought.id))
    details = {**asdict(done), "import": brought.id, "file": brought.file_name}
    event = {"action": "import_questions", "subject": f"bank:{bank.code}", "details": details}
    session.add(AuditEvent(at=now, actor_id=by.id if by else None, **event))
    session.flush()
    return done


def discard(brought: QuestionImport) -> None:
    """Throw a sheet away. Raises ImportGone when it was imported meanwhile."""
    session.refresh(brought, with_for_update=True)
    if brought.imported_at is not None:
        raise ImportGone()
    session.execute(delete(ImportPicture).where(ImportPicture.import_id == brought.id))
    session.delete(brought)
    session.flush()


def forget_sheets(*, now: datetime) -> None:
    """Delete the sheets that nobody imported within a day."""
    old = select(QuestionImport.id).where(QuestionImport.imported_at.is_(None), QuestionImport.uploaded_at < now - KEPT)
    session.execute(delete(ImportPicture).where(ImportPicture.import_id.in_(old)))
    session.execute(delete(QuestionImport).where(QuestionImport.id.in_(old)))


def _bring(
    bank: QuestionBank, sheet: Sheet, drawn: Mapping[int, ImportPicture], *, by: Person | None, now: datetime
) -> tuple[Brought, dict[str, Any]]:
    contents = {number: each.content for number, each in drawn.items()}
    rows = [row for row in sheet.rows if row.fate is not Fate.SKIP]
    topics = {*bank.topics}
    stored, newest = stored_questions(bank), newest_versions(bank)
    drafts = topics_for(bank, [with_pictures(row, contents) for row in rows], sheet.topics)
    drafts = with_refs(bank, drafts, stored)
    shown = {each.number for row in rows for each in row.pictures}
    keep_pictures([Drawn(drawn[n].content, drawn[n].width, drawn[n].height) for n in sorted(shown)])
    done, before = Brought(), {}
    for row, draft in zip(rows, drafts, strict=True):
        question = stored.get(draft.ref) or new_question(bank, draft.ref)
        before[str(question.id)] = _store(
            question, row, draft, newest.get(question.id), done, by=by, now=now,
            into_use=row.fate is Fate.USE and not (sheet.as_drafts or bank.needs_review),
        )  # fmt: skip
    session.flush()
    return done, {"questions": before, "topics": [code for code in bank.topics if code not in topics]}


def _store(
    question: Question, row: Row, draft: QuestionDraft, newest: QuestionVersion | None, done: Brought,
    *, into_use: bool, by: Person | None, now: datetime,
) -> dict[str, Any]:  # fmt: skip
    """Store a row and return what an undo needs: the versions before and now, and the one that was made."""
    was = {"was": question.current_id, "retired": question.retired_at is not None, "new": newest is None}
    version, made = newest, None
    if newest is None or newest.digest != digest_of(draft) or (into_use and newest.why):
        number = newest.number + 1 if newest else 1
        version = write_version(question, content_of(draft), number=number, why=row.why, by=by, now=now)
        made = version.id
        (done.changed if newest else done.new).append(draft.ref)
    if into_use and version is not None and question.current_id != version.id:
        if made is None:
            done.changed.append(draft.ref)
        question.current_id, question.retired_at = version.id, None
    elif made is not None:
        done.drafts.append(draft.ref)
    return {**was, "now": question.current_id, "made": made, "newest": version.id if version else None}


def _without(draft: QuestionDraft, why: str | None) -> QuestionDraft:
    if why is None:
        return draft
    said = " ".join(filter(None, [draft.why, NO_PICTURE.format(why=why)]))
    return replace(draft, flagged=True, why=said)


def _pictures(brought: QuestionImport) -> Sequence[ImportPicture]:
    return session.scalars(select(ImportPicture).where(ImportPicture.import_id == brought.id)).all()
