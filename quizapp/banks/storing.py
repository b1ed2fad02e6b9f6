"""Writes drafts as questions of a bank: topics and ids that they lack, pictures, keys, versions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from quizapp.db import session
from quizapp.formats.pictures import Picture as Drawn
from quizapp.formats.pictures import photos
from quizapp.formats.questions.drafts import Citation, PictureDraft, QuestionDraft
from quizapp.formats.questions.native import fold_name
from quizapp.models import (
    AcceptedAnswer,
    AnswerKey,
    AnswerOption,
    Person,
    Picture,
    Question,
    QuestionBank,
    QuestionVersion,
    SuggestedAnswer,
    VersionPicture,
)
from quizapp.rules.question_content import CHOSEN, STEM, OptionContent, PictureContent, QuestionContent, lacks
from quizapp.rules.vietnamese import clean, fold

FILE_NAME = re.compile(r"\.\w{2,4}$")
TOPIC_CODE = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*")
PLAIN_TOPIC = "Chung"
UNCLEAR = "Chưa rõ đáp án; xin xem lại câu này."


def held_bank(code: str) -> QuestionBank | None:
    """Return the bank, held: two changes of its questions come one after the other."""
    return session.scalar(select(QuestionBank).where(QuestionBank.code == code).with_for_update())


def stored_questions(bank: QuestionBank) -> dict[str, Question]:
    return {each.ref: each for each in session.scalars(select(Question).where(Question.bank_id == bank.id))}


def newest_versions(bank: QuestionBank) -> dict[int, QuestionVersion]:
    """Return the newest version of each question by the question's id; one that was taken out has it, too."""
    asked = (
        select(QuestionVersion)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(Question.bank_id == bank.id)
        .order_by(QuestionVersion.number)
    )
    return {version.question_id: version for version in session.scalars(asked)}


def lack_of(draft: QuestionDraft) -> str:
    """Return what keeps a draft from being asked, in a sentence; '': nothing."""
    pictures = tuple(PictureContent("", STEM if each.place is None else each.place, "-") for each in draft.pictures)
    content = QuestionContent(
        kind=draft.kind,
        prompt=draft.prompt or ("-" if any(each.position == STEM for each in pictures) else ""),
        options=tuple(OptionContent(each.text, each.right, each.pinned) for each in draft.options),
        accepted=draft.accepted,
        tolerance=draft.tolerance,
        valid_from=draft.valid_from,
        valid_to=draft.valid_to,
        pictures=pictures,
    )
    return " ".join(dict.fromkeys(sentence for _, sentence in lacks(content)))


def topics_for(bank: QuestionBank, drafts: Sequence[QuestionDraft], named: Mapping[str, str]) -> list[QuestionDraft]:
    """Return the drafts with codes of the bank's topics; a topic that it lacks is added, named as the file has it.

    named: the topics that the file itself gives by code. A question without a topic is of the topic “Chung”.
    """
    topics = dict(bank.topics)
    by_name = {fold(name): code for code, name in topics.items()}
    codes: dict[str, str] = {}
    for topic in dict.fromkeys(draft.topic for draft in drafts):
        name = clean(named.get(topic, topic)) or PLAIN_TOPIC
        code = topic if topic in topics else by_name.get(fold(name)) or _code(topic, name)
        topics.setdefault(code, name)
        by_name.setdefault(fold(name), code)
        codes[topic] = code
    for code, name in named.items():
        if fold(name) not in by_name:
            topics.setdefault(_code(code, name), name)
    bank.topics = topics
    return [replace(draft, topic=codes[draft.topic]) for draft in drafts]


def with_refs(bank: QuestionBank, drafts: Sequence[QuestionDraft], taken: Iterable[str]) -> list[QuestionDraft]:
    """Return the drafts, those without an id with the next free one: the bank's code and a running number."""
    taken = {*taken, *(draft.ref for draft in drafts)}
    counted = (re.fullmatch(re.escape(bank.code) + r"-([0-9]{1,9})", ref) for ref in taken)
    last = max((int(found[1]) for found in counted if found), default=0)
    given = []
    for draft in drafts:
        if not draft.ref:
            last += 1
            draft = replace(draft, ref=f"{bank.code}-{last:03d}")
        given.append(draft)
    return given


def keep_pictures(drawn: Iterable[Drawn]) -> dict[str, Picture]:
    """Return the stored pictures by digest: equal ones are one."""
    contents = {sha256(each.content).hexdigest(): each for each in drawn}
    kept = {each.digest: each for each in session.scalars(select(Picture).where(Picture.digest.in_(contents)))}
    for digest, each in contents.items():
        if digest not in kept:
            kept[digest] = Picture(digest=digest, content=each.content, width=each.width, height=each.height)
            session.add(kept[digest])
    session.flush()
    return kept


def made_anew(contents: Sequence[bytes]) -> list[Drawn | str]:
    """Return each picture, or why there is none; what this platform itself had made before is taken as it is."""
    digests = [sha256(each).hexdigest() for each in contents]
    own = {each.digest: each for each in session.scalars(select(Picture).where(Picture.digest.in_(digests)))}
    foreign = iter(photos([each for each, digest in zip(contents, digests, strict=True) if digest not in own]))
    return [
        Drawn(content, own[digest].width, own[digest].height) if digest in own else next(foreign)
        for content, digest in zip(contents, digests, strict=True)
    ]


def new_question(bank: QuestionBank, ref: str) -> Question:
    question = Question(bank_id=bank.id, ref=ref)
    session.add(question)
    session.flush()
    return question


def digest_of(draft: QuestionDraft, pictures: Iterable[tuple[str, str, int | None]] | None = None) -> str:
    """Return the digest of the version that a draft becomes. pictures: digest, what is said of it and place of each.

    Pictures count as they are stored, not as the file had them; without `pictures` the draft's own are stored ones.
    """
    if pictures is None:
        pictures = [(sha256(each.content).hexdigest(), alt_of(each), each.place) for each in draft.pictures]
    named = (PictureDraft("", f"{digest} {alt}".encode(), place) for digest, alt, place in pictures)
    return replace(draft, pictures=tuple(named)).digest


def alt_of(picture: PictureDraft) -> str:
    """Return what a file says of a picture: its name, unless that is only the name of a file."""
    return "" if FILE_NAME.search(picture.name) else clean(picture.name)


def write_version(
    question: Question,
    draft: QuestionDraft,
    *,
    number: int,
    why: str = "",
    pictures: Mapping[str, Picture] | None = None,
    by: Person | None,
    now: datetime,
) -> QuestionVersion:
    """Store a draft as a version; it is not in use by that. why: what it lacks; pictures: as `keep_pictures` gives."""
    version = QuestionVersion(
        question_id=question.id,
        number=number,
        **_said(draft),
        digest=digest_of(draft),
        why=why,
        made_by_id=by.id if by else None,
        made_at=now,
    )
    _cite(version, draft.citation)
    version.options = [
        AnswerOption(position=place, text=option.text, pinned=option.pinned)
        for place, option in enumerate(draft.options)
    ]
    session.add(version)
    session.flush()
    _write_key(version, draft)
    _write_pictures(version, draft, pictures or {})
    return version


def _said(draft: QuestionDraft) -> dict[str, Any]:
    """Return what stands in a version as it stands in the draft."""
    same = ("topic", "prompt", "explanation", "source", "valid_from", "valid_to", "marks")
    words = {name: getattr(draft, name).value for name in ("kind", "level", "confidence")}
    typed = {"case_matters": draft.case_matters, "accents_matter": draft.accents_matter}
    return {**{name: getattr(draft, name) for name in same}, **words, **typed, "tags": list(draft.tags)}


def _cite(version: QuestionVersion, cited: Citation | None) -> None:
    if cited:
        version.document, version.article = cited.document, cited.article
        version.clause, version.link = cited.clause, cited.link


def _write_key(version: QuestionVersion, draft: QuestionDraft) -> None:
    if draft.kind in CHOSEN:
        right = (place for place, option in enumerate(draft.options) if option.right)
        session.add_all(AnswerKey(version_id=version.id, position=place) for place in right)
    session.add_all(
        AcceptedAnswer(version_id=version.id, position=place, text=text, tolerance=draft.tolerance)
        for place, text in enumerate(draft.accepted)
    )
    if draft.suggested:
        session.add(SuggestedAnswer(version_id=version.id, text=draft.suggested))


def _write_pictures(version: QuestionVersion, draft: QuestionDraft, stored: Mapping[str, Picture]) -> None:
    for place, each in enumerate(draft.pictures):
        picture = stored[sha256(each.content).hexdigest()]
        position = STEM if each.place is None else each.place
        facts = {"position": position, "place": place, "alt": alt_of(each)}
        session.add(VersionPicture(version_id=version.id, picture_id=picture.id, **facts))


def _code(code: str, name: str) -> str:
    """Return a topic's code in a file if it may stand, else one for its name: 'Lương / Thưởng' → 'luong/thuong'."""
    if TOPIC_CODE.fullmatch(code):
        return code
    return "/".join(fold_name(part) for part in name.split("/") if clean(part)) or fold_name(PLAIN_TOPIC)
