"""A question in the shape in which the sitting page shows one."""

from dataclasses import dataclass

from quizapp.rules.question_content import STEM, QuestionContent
from quizapp.vocabulary import QuestionKind


@dataclass(frozen=True)
class ShownPicture:
    digest: str
    alt: str


@dataclass(frozen=True)
class Preview:
    """What a contestant would see, options in the order of the bank; nothing here knows which is right."""

    kind: QuestionKind
    prompt: str
    options: tuple[tuple[int, str], ...]
    pictures: tuple[ShownPicture, ...]
    option_pictures: dict[int, ShownPicture]  # by place, from 1
    slot: int = 1
    answer: frozenset[int] = frozenset()
    typed: str = ""
    is_unread: bool = False
    flagged: bool = False


def preview_of(content: QuestionContent) -> Preview:
    shown = [(each.position, ShownPicture(each.digest, each.alt)) for each in content.pictures]
    return Preview(
        kind=content.kind,
        prompt=content.prompt,
        options=tuple((place, option.text) for place, option in enumerate(content.options, start=1)),
        pictures=tuple(picture for position, picture in shown if position == STEM),
        option_pictures={position + 1: picture for position, picture in shown if position != STEM},
    )
