"""Brings drafts into a bank: topics and ids that they lack, pictures, what they say as a version says it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from hashlib import sha256

from sqlalchemy import select

from quizapp.banks.queries import pictures_of
from quizapp.db import session
from quizapp.formats.pictures import Picture as Drawn
from quizapp.formats.pictures import photos
from quizapp.formats.questions.drafts import PictureDraft, QuestionDraft
from quizapp.models import (
    Picture,
    Question,
    QuestionBank,
    QuestionVersion,
)
from quizapp.rules.question_content import STEM, OptionContent, PictureContent, QuestionContent, lacks
from quizapp.rules.question_typing import fold_name
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
    """Return what keeps a draft from being asked, in a sentence; '': nothing. What a picture shows is said later."""
    content = content_of(draft)
    pictures = tuple(replace(each, alt="-") for each in content.pictures)
    prompt = content.prompt or ("-" if any(each.position == STEM for each in pictures) else "")
    found = lacks(replace(content, prompt=prompt, pictures=pictures))
    return " ".join(dict.fromkeys(sentence for _, sentence in found))


def content_of(draft: QuestionDraft) -> QuestionContent:
    """Return what a draft says; its pictures are those that are stored, or will be."""
    same = {each.name for each in fields(draft)} & {each.name for each in fields(QuestionContent)}
    cited = {each.name: getattr(draft.citation, each.name) for each in fields(draft.citation)} if draft.citation else {}
    own = {
        "options": tuple(OptionContent(each.text, each.right, each.pinned) for each in draft.options),
        "pictures": tuple(
            PictureContent(sha256(each.content).hexdigest(), STEM if each.place is None else each.place, alt_of(each))
            for each in draft.pictures
        ),
    }
    return QuestionContent(**{name: getattr(draft, name) for name in same} | cited | own)


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


def keep_pictures(drawn: Iterable[Drawn]) -> None:
    """Store pictures; equal ones are one."""
    contents = {sha256(each.content).hexdigest(): each for each in drawn}
    there = pictures_of(contents)
    session.add_all(
        Picture(digest=digest, content=each.content, width=each.width, height=each.height)
        for digest, each in contents.items()
        if digest not in there
    )
    session.flush()


def made_anew(contents: Sequence[bytes]) -> list[Drawn | str]:
    """Return each picture, or why there is none; what this platform itself had made before is taken as it is."""
    digests = [sha256(each).hexdigest() for each in contents]
    own = pictures_of(digests)
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


def _code(code: str, name: str) -> str:
    """Return a topic's code in a file if it may stand, else one for its name: 'Lương / Thưởng' → 'luong/thuong'."""
    if TOPIC_CODE.fullmatch(code):
        return code
    return "/".join(fold_name(part) for part in name.split("/") if clean(part)) or fold_name(PLAIN_TOPIC)
