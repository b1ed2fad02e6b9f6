"""Writes contents as versions: each saving makes the next, none that is stored is ever changed."""

from datetime import datetime

from sqlalchemy import func, select

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
from quizapp.questions import queries
from quizapp.rules.question_content import CHOSEN, STEM, QuestionContent
from quizapp.vocabulary import QuestionKind


def write_version(
    question: Question, content: QuestionContent, *, why: str = "", by: Person, now: datetime
) -> QuestionVersion:
    """Store the next version of a question; it is not in use by that. why: what it lacks, '': nothing."""
    last = session.scalar(select(func.max(QuestionVersion.number)).where(QuestionVersion.question_id == question.id))
    version = QuestionVersion(
        question_id=question.id,
        number=(last or 0) + 1,
        kind=content.kind.value,
        topic=content.topic,
        level=content.level.value,
        prompt=content.prompt,
        explanation=content.explanation,
        source=content.source,
        confidence=content.confidence.value,
        valid_from=content.valid_from,
        valid_to=content.valid_to,
        digest=digest_of(content),
        tags=list(content.tags),
        marks=content.marks,
        case_matters=content.case_matters,
        accents_matter=content.accents_matter,
        document=content.document,
        article=content.article,
        clause=content.clause,
        link=content.link,
        why=why,
        made_by_id=by.id,
        made_at=now,
        options=[
            AnswerOption(position=position, text=option.text, pinned=option.pinned)
            for position, option in enumerate(content.options)
        ],
    )
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


def _write_key(version: QuestionVersion, content: QuestionContent) -> None:
    if content.kind in CHOSEN:
        session.add_all(AnswerKey(version_id=version.id, position=position) for position in sorted(content.right))
    elif content.kind is QuestionKind.ESSAY:
        if content.suggested:
            session.add(SuggestedAnswer(version_id=version.id, text=content.suggested))
    else:
        session.add_all(
            AcceptedAnswer(version_id=version.id, position=position, text=text, tolerance=content.tolerance)
            for position, text in enumerate(content.accepted)
        )


def _write_pictures(version: QuestionVersion, content: QuestionContent) -> None:
    stored = queries.pictures_of(each.digest for each in content.pictures)
    for place, each in enumerate(content.pictures):
        if each.digest in stored:
            facts = {"position": each.position, "place": place, "alt": each.alt}
            session.add(VersionPicture(version_id=version.id, picture_id=stored[each.digest].id, **facts))
