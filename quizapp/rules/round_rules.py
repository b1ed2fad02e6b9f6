"""What a round is, as frozen values."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from quizapp.vocabulary import (
    Combine,
    Counting,
    FeedbackWhen,
    FileKind,
    Giving,
    Level,
    LimitPer,
    MultipleMarks,
    Order,
    PredictionTarget,
    Resolution,
    ShownWhen,
    Weekday,
    WordUnit,
)

PRACTICE_ENDING = "-thi-thu"  # of the key under which a round's practice is kept
REHEARSAL_ENDING = "-dien-tap"  # of the key under which organisers rehearse a round


@dataclass(frozen=True)
class AttemptsRule:
    limit: int | None  # None: as many as one likes
    per: LimitPer = LimitPer.ROUND
    counted: Counting = Counting.BEST
    wait: timedelta | None = None  # from the end of one attempt to the start of the next; None: none


@dataclass(frozen=True)
class Sittings:
    """When, inside a round's window, one may start: on these weekdays, in these hours, in the contest's zone.

    hours: pairs of minutes after midnight, the second exclusive, 1440 for midnight; sorted, apart from each other.
    """

    weekdays: tuple[Weekday, ...] = tuple(Weekday)
    hours: tuple[tuple[int, ...], ...] = ((0, 1440),)


@dataclass(frozen=True)
class Draw:
    """Take `count` questions of a bank, of one topic, level and tag where given.

    section: the heading under which they stand; right_mark: hundredths for each, None: the round's.
    """

    bank: str
    count: int
    topic: str | None = None
    level: Level | None = None
    tag: str | None = None
    section: str | None = None
    right_mark: int | None = None


@dataclass(frozen=True)
class QuestionRef:
    bank: str
    ref: str


@dataclass(frozen=True)
class FixedPaper:
    """One of a round's papers whose questions are named, in their order."""

    key: str
    title: str
    questions: tuple[QuestionRef, ...]


@dataclass(frozen=True)
class PredictionRule:
    """A guess at a number of people that is known only after the close."""

    target: PredictionTarget
    prompt: str


@dataclass(frozen=True)
class PracticeRule:
    """Attempts with the real runtime that are in no total.

    attempts None: as many as one likes. opens_at None: as soon as the contest is public; closes_at None: when the
    round closes. draws: its own blueprint, none: the round's. answers None: keys are shown when the round shows them.
    """

    attempts: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    draws: tuple[Draw, ...] = ()
    answers: ShownWhen | None = None


@dataclass(frozen=True)
class ShowRule:
    """When a contestant sees the own mark (`result`), and the keys and explanations (`answers`)."""

    result: ShownWhen = ShownWhen.AT_ONCE
    answers: ShownWhen = ShownWhen.AFTER_CONTEST


@dataclass(frozen=True)
class FilesRule:
    """What may be added to an essay: at most `count` photos or pages, each file of at most `most_mebibytes`."""

    kinds: tuple[FileKind, ...]
    count: int
    most_mebibytes: int


@dataclass(frozen=True)
class EssayRule:
    """The essay of a round. Marks in hundredths. rubric None: one free mark from 0 to `max_mark`."""

    prompt: str
    max_mark: int
    rubric: str | None = None  # a rubric's code
    least_words: int | None = None
    most_words: int | None = None
    unit: WordUnit = WordUnit.CHU
    judges: int = 2
    gap: int | None = None  # two marks further apart than this need a third judge; None: never
    combine: Combine = Combine.MEAN
    resolution: Resolution = Resolution.NEAREST
    files: FilesRule | None = None  # None: text alone
    hand_in_again: bool = False  # may a handed-in essay be taken up again until the close
    giving: Giving = Giving.PUSH
    feedback: FeedbackWhen = FeedbackWhen.NEVER
    appeals_until: datetime | None = None  # exclusive; None: no appeals


@dataclass(frozen=True)
class RoundRules:
    key: str
    title: str
    opens_at: datetime
    closes_at: datetime  # exclusive: the first instant at which the round is over
    attempts: AttemptsRule
    time_limit: timedelta | None  # None: until the round closes
    draws: tuple[Draw, ...]  # none: papers are fixed, or the round is only an essay
    question_order: Order = Order.SHUFFLED
    option_order: Order = Order.SHUFFLED
    right_mark: int = 100  # hundredths of a mark for a right answer
    show: ShowRule = ShowRule()
    essay: EssayRule | None = None
    sittings: Sittings | None = None  # None: one may start at any instant of the window
    seconds_per_question: int | None = None  # one after the other, none comes back; None: all are there at once
    papers: tuple[FixedPaper, ...] = ()  # in place of draws; all have as many questions
    chooses_paper: bool = False  # does the entrant choose among `papers`, or chance
    avoid_seen: bool = False  # draw what the person has not had in this contest, while the bank lasts
    must_answer_all: bool = False
    wrong_mark: int = 0  # hundredths, 0 or below
    multiple: MultipleMarks = MultipleMarks.ALL_OR_NOTHING
    scale_to: int | None = None  # hundredths that all questions right give together; None: the sum of their marks
    prediction: PredictionRule | None = None
    practice: PracticeRule | None = None

    @property
    def questions(self) -> int:
        return len(self.papers[0].questions) if self.papers else sum(draw.count for draw in self.draws)

    @property
    def asks_questions(self) -> bool:
        """Whether there is more than an essay."""
        return bool(self.draws or self.papers)

    @property
    def questions_mark(self) -> int:
        """Hundredths of a mark that the questions give when all are answered right."""
        if self.scale_to is not None and self.asks_questions:
            return self.scale_to
        return self.raw_mark

    @property
    def raw_mark(self) -> int:
        """The same before it is scaled."""
        if self.papers:
            return self.questions * self.right_mark
        return sum(
            draw.count * (self.right_mark if draw.right_mark is None else draw.right_mark) for draw in self.draws
        )

    @property
    def max_mark(self) -> int:
        """Hundredths of a mark for a paper with everything right and an essay of full marks."""
        return self.questions_mark + (self.essay.max_mark if self.essay else 0)

    @property
    def banks(self) -> frozenset[str]:
        """The codes of the banks of which questions are asked, practice included."""
        draws = (*self.draws, *(self.practice.draws if self.practice else ()))
        return frozenset(
            (*(each.bank for each in draws), *(one.bank for each in self.papers for one in each.questions))
        )


def practice_round(rules: RoundRules, *, public_at: datetime) -> RoundRules | None:
    """Return the round in which a round is practised, in no total; None when there is no practice.

    public_at: when the contest became public.
    """
    practice = rules.practice
    if practice is None:
        return None
    closes_at = practice.closes_at or rules.closes_at
    return replace(
        rules,
        key=rules.key + PRACTICE_ENDING,
        title=f"{rules.title} – thi thử",
        opens_at=min(practice.opens_at or public_at, closes_at - timedelta(minutes=1)),
        closes_at=closes_at,
        attempts=AttemptsRule(limit=practice.attempts),
        draws=practice.draws or rules.draws,
        papers=() if practice.draws else rules.papers,
        show=ShowRule(result=ShownWhen.AT_ONCE, answers=practice.answers or rules.show.answers),
        essay=None,
        prediction=None,
        practice=None,
        sittings=None,
    )


def rehearsal_round(rules: RoundRules, *, opens_at: datetime, closes_at: datetime) -> RoundRules:
    """Return the round in which organisers rehearse a round with the real runtime, as often as they like.

    The mark and the keys are shown at once: whoever rehearses made them.
    """
    return replace(
        rules,
        key=rules.key + REHEARSAL_ENDING,
        title=f"{rules.title} – diễn tập",
        opens_at=opens_at,
        closes_at=closes_at,
        attempts=AttemptsRule(limit=None),
        show=ShowRule(result=ShownWhen.AT_ONCE, answers=ShownWhen.AT_ONCE),
        practice=None,
        sittings=None,
    )
