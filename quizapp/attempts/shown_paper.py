"""The paper of an attempt: as its contestant sees it, and with its keys when the rules allow that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from sqlalchemy import select

from quizapp.attempts.queries import graded_slots
from quizapp.db import session
from quizapp.models import AnswerOption, Attempt, PaperSlot, QuestionVersion, Response
from quizapp.questions.on_paper import SlotPictures, pictures_of_paper
from quizapp.questions.previewing import ShownPicture
from quizapp.rules.grading import GradedSlot, fraction, order_of, places
from quizapp.rules.typed_answers import readings
from quizapp.vocabulary import KeyVerdict, MultipleMarks, QuestionKind


@dataclass(frozen=True)
class ShownSlot:
    """A slot as its contestant sees it: nothing here knows which option is right."""

    slot: int
    kind: str
    prompt: str
    options: tuple[tuple[int, str], ...]  # place as shown, from 1, and text
    answer: frozenset[int] = frozenset()  # places
    typed: str = ""
    flagged: bool = False
    pictures: tuple[ShownPicture, ...] = ()
    option_pictures: Mapping[int, ShownPicture] = field(default_factory=dict)  # by place
    section: str | None = None

    @property
    def is_answered(self) -> bool:
        return bool(self.raw)

    @property
    def raw(self) -> str:
        """What is answered as it is stored; '': nothing."""
        return self.typed or ",".join(map(str, sorted(self.answer)))

    @property
    def answer_texts(self) -> tuple[str, ...]:
        """What is answered in the words of the paper."""
        return (self.typed,) if self.typed else tuple(text for place, text in self.options if place in self.answer)

    @property
    def is_unread(self) -> bool:
        """Whether a number is asked for and what was typed is none."""
        return self.kind == QuestionKind.NUMBER and bool(self.typed) and not readings(self.typed)

    def answered_by(self, answer: str | None, flagged: bool = False) -> "ShownSlot":
        """Return the slot with a raw answer in it."""
        if self.options:
            return replace(self, answer=places(answer), flagged=flagged)
        return replace(self, typed=answer or "", flagged=flagged)


@dataclass(frozen=True)
class ExplainedSlot:
    """A slot after the rules allow the keys to be seen."""

    shown: ShownSlot
    right: frozenset[int]  # places
    accepted: tuple[str, ...]  # what might have been typed
    is_right: bool
    explanation: str
    source: str
    right_part: Fraction = Fraction(0)
    verdict: KeyVerdict | None = None  # how the organisers put the key right


def shown_slots(attempt: Attempt, *, only: int | None = None) -> list[ShownSlot]:
    """Return the paper as its contestant sees it, with what was answered so far. only: this one slot of it."""
    responses = {
        slot: (answer, flagged)
        for slot, answer, flagged in session.execute(
            select(Response.slot, Response.answer, Response.flagged).where(Response.attempt_id == attempt.id)
        )
    }
    return [
        slot.answered_by(*responses[slot.slot]) if slot.slot in responses else slot
        for slot in _blank_slots(attempt.paper_id, only)
    ]


def answers_with_keys(attempt: Attempt) -> list[ExplainedSlot]:
    """Return the paper with keys and explanations; the caller has asked `deadlines.is_shown` first."""
    texts = {
        number: (explanation, source)
        for number, explanation, source in session.execute(
            select(PaperSlot.number, QuestionVersion.explanation, QuestionVersion.source)
            .join(QuestionVersion)
            .where(PaperSlot.paper_id == attempt.paper_id)
        )
    }
    graded = {slot.number: slot for slot in graded_slots(attempt.paper_id)}
    multiple = attempt.round.rules.multiple
    return [_explained(shown, graded[shown.slot], multiple, *texts[shown.slot]) for shown in shown_slots(attempt)]


def _blank_slots(paper_id: int, only: int | None) -> list[ShownSlot]:
    asked = (
        select(
            PaperSlot.number,
            PaperSlot.option_order,
            PaperSlot.section,
            QuestionVersion.kind,
            QuestionVersion.prompt,
            AnswerOption.position,
            AnswerOption.text,
        )
        .join(QuestionVersion, QuestionVersion.id == PaperSlot.version_id)
        .outerjoin(AnswerOption, AnswerOption.version_id == QuestionVersion.id)
        .where(PaperSlot.paper_id == paper_id, *([PaperSlot.number == only] if only else []))
        .order_by(PaperSlot.number)
    )
    slots: dict[int, tuple[str, str | None, str, str, dict[int, str]]] = {}
    for number, order, section, kind, prompt, position, text in session.execute(asked):
        options = slots.setdefault(number, (order, section, kind, prompt, {}))[4]
        if position is not None:  # not where one types
            options[position] = text
    pictures = pictures_of_paper(paper_id)
    return [
        replace(
            _blank(number, kind, prompt, [texts[at] for at in order_of(order)], pictures.get(number, SlotPictures())),
            section=section,
        )
        for number, (order, section, kind, prompt, texts) in slots.items()
    ]


def _explained(
    shown: ShownSlot, graded: GradedSlot, multiple: MultipleMarks, explanation: str, source: str
) -> ExplainedSlot:
    order, key = graded.option_order, graded.key
    part = fraction(shown.raw, order, key, multiple)
    return ExplainedSlot(
        shown,
        right=frozenset(1 + order.index(position) for position in key.options),
        accepted=key.typed.spelled if key.typed else (),
        is_right=graded.verdict is KeyVerdict.ALL_RIGHT or part == 1,
        explanation=explanation,
        source=source,
        right_part=part,
        verdict=graded.verdict,
    )


def _blank(number: int, kind: str, prompt: str, texts: Sequence[str], pictures: SlotPictures) -> ShownSlot:
    options = tuple(enumerate(texts, start=1))
    return ShownSlot(number, kind, prompt, options, pictures=tuple(pictures.own), option_pictures=pictures.of_options)
