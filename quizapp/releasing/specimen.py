"""A paper as an entrant would get one, without being an attempt: nothing of it is kept."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from quizapp.attempts.drawing_papers import candidates
from quizapp.attempts.shown_paper import ShownSlot
from quizapp.contests.citations import barred
from quizapp.db import session
from quizapp.models import Picture, Question, QuestionBank, QuestionVersion, Round, VersionPicture
from quizapp.questions.previewing import ShownPicture
from quizapp.rules import drawing
from quizapp.rules.question_content import STEM

Pictures = dict[int, list[tuple[int, ShownPicture]]]


@dataclass(frozen=True)
class Specimen:
    """banks: code of the bank, by the digest of a picture, for its address. paper: title, of a fixed one."""

    slots: tuple[ShownSlot, ...]
    banks: dict[str, str]
    paper: str | None


def specimen(round_: Round) -> Specimen:
    """Return a newly drawn paper of a round; empty when the round is an essay alone.

    Raises NotEnoughQuestions, QuestionGone.
    """
    rules, seed = round_.rules, secrets.token_hex(16)
    on = rules.opens_at.astimezone(ZoneInfo(round_.contest.rules.timezone)).date()
    fixed = drawing.by_chance(rules.papers, seed)
    found = candidates(rules, on, barred(rules, on, round_.contest_id))
    drawn = drawing.draw(rules, found, seed, fixed=fixed)
    versions, pictures, banks = _content(each.version_id for each in drawn)
    slots = tuple(
        _shown(number, slot, versions[slot.version_id], pictures.get(slot.version_id, []))
        for number, slot in enumerate(drawn, start=1)
    )
    return Specimen(slots, banks, fixed.title if fixed else None)


def _content(ids: Iterable[int]) -> tuple[dict[int, QuestionVersion], Pictures, dict[str, str]]:
    wanted = list(ids)
    asked = select(QuestionVersion).where(QuestionVersion.id.in_(wanted)).options(selectinload(QuestionVersion.options))
    of_pictures = (
        select(
            VersionPicture.version_id, VersionPicture.position, VersionPicture.alt, Picture.digest, QuestionBank.code
        )
        .join(Picture, Picture.id == VersionPicture.picture_id)
        .join(QuestionVersion, QuestionVersion.id == VersionPicture.version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .where(VersionPicture.version_id.in_(wanted))
        .order_by(VersionPicture.version_id, VersionPicture.place)
    )
    pictures: Pictures = {}
    banks: dict[str, str] = {}
    for version, position, alt, digest, code in session.execute(of_pictures):
        pictures.setdefault(version, []).append((position, ShownPicture(digest, alt)))
        banks[digest] = code
    return {each.id: each for each in session.scalars(asked)}, pictures, banks


def _shown(
    number: int, slot: drawing.Slot, version: QuestionVersion, pictures: list[tuple[int, ShownPicture]]
) -> ShownSlot:
    texts = {option.position: option.text for option in version.options}
    return ShownSlot(
        slot=number,
        kind=version.kind,
        prompt=version.prompt,
        options=tuple((place, texts[position]) for place, position in enumerate(slot.option_order, start=1)),
        pictures=tuple(each for position, each in pictures if position == STEM),
        option_pictures={1 + slot.option_order.index(at): each for at, each in pictures if at != STEM},
        section=slot.section,
    )
