"""The pictures of the questions of a paper, as its contestant sees them: nothing here knows which option is right."""

from dataclasses import dataclass, field

from sqlalchemy import select

from quizapp.db import session
from quizapp.models import PaperSlot, Picture, VersionPicture
from quizapp.questions.previewing import ShownPicture
from quizapp.rules.grading import order_of
from quizapp.rules.question_content import STEM


@dataclass
class SlotPictures:
    """`own`: beside the question; `of_options`: by the place at which the option is shown, from 1."""

    own: list[ShownPicture] = field(default_factory=list)
    of_options: dict[int, ShownPicture] = field(default_factory=dict)


def pictures_of_paper(paper_id: int) -> dict[int, SlotPictures]:
    """Return the pictures by slot; slots without any are left out."""
    asked = (
        select(PaperSlot.number, PaperSlot.option_order, VersionPicture.position, VersionPicture.alt, Picture.digest)
        .join(VersionPicture, VersionPicture.version_id == PaperSlot.version_id)
        .join(Picture, Picture.id == VersionPicture.picture_id)
        .where(PaperSlot.paper_id == paper_id)
        .order_by(PaperSlot.number, VersionPicture.place)
    )
    found: dict[int, SlotPictures] = {}
    for number, order, position, alt, digest in session.execute(asked):
        kept, shown = found.setdefault(number, SlotPictures()), ShownPicture(digest, alt)
        if position == STEM:
            kept.own.append(shown)
        else:
            kept.of_options[1 + order_of(order).index(position)] = shown
    return found


def picture_on_paper(paper_id: int, digest: str) -> Picture | None:
    """Return a picture if it stands on the paper."""
    on_paper = select(VersionPicture.picture_id).join(PaperSlot, PaperSlot.version_id == VersionPicture.version_id)
    return session.scalar(
        select(Picture).where(Picture.digest == digest, Picture.id.in_(on_paper.where(PaperSlot.paper_id == paper_id)))
    )
