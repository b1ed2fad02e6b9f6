"""Writes contents as versions, of whatever they were read: a form, a file; none that is stored is ever changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from quizapp.banks.queries import pictures_of
from quizapp.db import session
from quizapp.formats.questions.drafts import Citation, OptionDraft, PictureDraft, QuestionDraft
from quizapp.models import (
    AcceptedAnswer,
    AnswerKey,
    AnswerOption,
    Person,
    Question,
    QuestionVersion,
    SuggestedAnswer,
    VersionPicture,
)
from quizapp.rules.question_content import CHOSEN, STEM, QuestionContent

SAME = (
    *("topic", "prompt", "explanation", "source", "valid_from", "valid_to", "marks"),
    *("case_matters", "accents_matter", "document", "article", "clause", "link"),
)


def write_version(
    question: Question,
    content: QuestionContent,
    *,
    number: int | None = None,
    why: str = "",
    by: Person | None,
    now: datetime,
) -> QuestionVersion:
    """Store the next version of a question; it is not in use by that.

    number: the next, for a caller who knows it; why: what the version lacks, '': nothing; by None: a command.
    """
    version = QuestionVersion(
        question_id=question.id,
        number=number or _next_number(question),
        digest=digest_of(content),
        why=why,
        made_by_id=by.id if by else None,
        made_at=now,
        **_said(content),
    )
    version.options = [
        AnswerOption(position=position, text=option.text, pinned=option.pinned)
        for position, option in enumerate(content.options)
    ]
    session.add(version)
    session.flush()
    _write_key(version, content)
    _write_pictures(version, content)
    session.flush()
    return version


def digest_of(content: QuestionContent) -> str:
    """Return the fingerprint that a bank file's draft with the same content has; pictures count by their digests."""
    cited = (content.document, content.article, content.clause, content.link)
    return QuestionDraft(
        kind=content.kind,
        prompt=content.prompt,
        options=tuple(OptionDraft(each.text, each.right, each.pinned) for each in content.options),
        explanation=content.explanation,
        source=content.source,
        topic=content.topic,
        level=content.level,
        confidence=content.confidence,
        valid_from=content.valid_from,
        valid_to=content.valid_to,
        marks=content.marks,
        accepted=content.accepted,
        tolerance=content.tolerance,
        case_matters=content.case_matters,
        accents_matter=content.accents_matter,
        suggested=content.suggested,
        tags=content.tags,
        citation=Citation(*cited) if content.document else None,
        pictures=tuple(
            PictureDraft("", f"{each.digest} {each.alt}".encode(), None if each.position == STEM else each.position)
            for each in content.pictures
        ),
    ).digest


def _said(content: QuestionContent) -> dict[str, Any]:
    """Return what stands in a version as it stands in the content."""
    words = {name: getattr(content, name).value for name in ("kind", "level", "confidence")}
    return {**{name: getattr(content, name) for name in SAME}, **words, "tags": list(content.tags)}


def _next_number(question: Question) -> int:
    asked = select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == question.id)
    return (session.scalar(asked) or 0) + 1


def _write_key(version: QuestionVersion, content: QuestionContent) -> None:
    if content.kind in CHOSEN:
        session.add_all(AnswerKey(version_id=version.id, position=position) for position in sorted(content.right))
    session.add_all(
        AcceptedAnswer(version_id=version.id, position=position, text=text, tolerance=content.tolerance)
        for position, text in enumerate(content.accepted)
    )
    if content.suggested:
        session.add(SuggestedAnswer(version_id=version.id, text=content.suggested))


def _write_pictures(version: QuestionVersion, content: QuestionContent) -> None:
    stored = pictures_of(each.digest for each in content.pictures) if content.pictures else {}
    for place, each in enumerate(content.pictures):
        if each.digest in stored:
            facts = {"position": each.position, "place": place, "alt": each.alt}
            session.add(VersionPicture(version_id=version.id, picture_id=stored[each.digest].id, **facts))
