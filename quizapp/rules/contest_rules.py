"""What a contest is, as frozen values: the contest file, the form, the thể lệ and every other rule read these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from quizapp.vocabulary import (
    BoardWhen,
    Combine,
    Counting,
    FeedbackWhen,
    FileKind,
    Giving,
    Level,
    LimitPer,
    Measure,
    Names,
    Order,
    Resolution,
    ShownWhen,
    StandingsOf,
    TieBreak,
    UnionKind,
    WordUnit,
)


@dataclass(frozen=True)
class AttemptsRule:
    limit: int | None  # None: as many as one likes
    per: LimitPer = LimitPer.ROUND
    counted: Counting = Counting.BEST


@dataclass(frozen=True)
class Draw:
    """Take `count` questions of a bank, of one topic and level where given."""

    bank: str
    count: int
    topic: str | None = None
    level: Level | None = None


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
    draws: tuple[Draw, ...]  # none: the round is only an essay
    question_order: Order = Order.SHUFFLED
    option_order: Order = Order.SHUFFLED
    right_mark: int = 100  # hundredths of a mark for a right answer
    show: ShowRule = ShowRule()
    essay: EssayRule | None = None

    @property
    def questions(self) -> int:
        return sum(draw.count for draw in self.draws)

    @property
    def max_mark(self) -> int:
        """Hundredths of a mark for a paper with everything right and an essay of full marks."""
        return self.questions * self.right_mark + (self.essay.max_mark if self.essay else 0)


@dataclass(frozen=True)
class BoardRules:
    """One board of the standings. `rounds` None: all of the contest."""

    key: str
    title: str
    of: StandingsOf
    rounds: tuple[str, ...] | None = None
    combine: Counting = Counting.SUM  # people: how the counted marks of several rounds become one
    order: tuple[TieBreak, ...] = (TieBreak.MARKS, TieBreak.SECONDS, TieBreak.SUBMITTED_AT)
    level: UnionKind = UnionKind.GRASSROOTS
    measure: Measure = Measure.RATE


@dataclass(frozen=True)
class EntryRule:
    code: str | None = None  # the shared contest code, None: none is asked
    registration: bool = True  # may a person who is not yet known make an account


@dataclass(frozen=True)
class PublishRule:
    board: BoardWhen = BoardWhen.AFTER_PUBLISH
    names: Names = Names.MASKED


@dataclass(frozen=True)
class ContestRules:
    slug: str
    title: str
    organiser: str  # a union's code
    timezone: str
    audience: tuple[str, ...]  # unions' codes; each stands for its subtree
    entry: EntryRule
    rounds: tuple[RoundRules, ...]
    boards: tuple[BoardRules, ...]
    publish: PublishRule = PublishRule()

    def round(self, key: str) -> RoundRules:
        return next(each for each in self.rounds if each.key == key)

    def rounds_of(self, board: BoardRules) -> tuple[RoundRules, ...]:
        return tuple(each for each in self.rounds if board.rounds is None or each.key in board.rounds)

    @property
    def opens_at(self) -> datetime:
        return min(each.opens_at for each in self.rounds)

    @property
    def closes_at(self) -> datetime:
        return max(each.closes_at for each in self.rounds)


def usual_boards(rounds: Sequence[RoundRules]) -> tuple[BoardRules, ...]:
    """Return the boards of a contest that names none: people and unions, of the whole and of each round."""
    spans: list[tuple[str, list[RoundRules]]] = [(each.key, [each]) for each in rounds]
    if len(rounds) > 1:
        spans.insert(0, ("chung-cuoc", []))
    return tuple(
        BoardRules(
            key=f"{name}-{'ca-nhan' if of is StandingsOf.PEOPLE else 'don-vi'}",
            title=board_title(of, Measure.RATE, [each.title for each in span]),
            of=of,
            rounds=tuple(each.key for each in span) or None,
        )
        for name, span in spans
        for of in StandingsOf
    )


def board_title(of: StandingsOf, measure: Measure, rounds: Sequence[str]) -> str:
    """Return the title of a board that has none. rounds: the titles of its rounds, empty for the whole contest."""
    who = "Cá nhân" if of is StandingsOf.PEOPLE else f"Đơn vị theo {measure.label}"
    return f"{who} – {', '.join(rounds) or 'Chung cuộc'}"
