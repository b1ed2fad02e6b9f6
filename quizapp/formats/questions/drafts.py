"""What every question file is read into, whatever its format: drafts of questions, not yet versions in a bank."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from quizapp.vocabulary import Confidence, Level, QuestionKind

TRUE, FALSE = "Đúng", "Sai"


@dataclass(frozen=True)
class OptionDraft:
    text: str
    right: bool
    pinned: bool = False


@dataclass(frozen=True)
class QuestionDraft:
    """A question as a file gives it. `flagged`: a person must complete it before it can be drawn; `why` says what."""

    kind: QuestionKind
    prompt: str
    options: tuple[OptionDraft, ...]
    explanation: str = ""
    source: str = ""
    topic: str = ""
    level: Level = Level.EASY
    confidence: Confidence = Confidence.TEXT
    valid_from: date | None = None
    valid_to: date | None = None
    ref: str = ""  # what names the question through all its versions; "": the file gives none
    marks: int | None = None  # hundredths, where the file gives them; None: the contest's rules decide
    flagged: bool = False
    why: str = ""
    n: int = field(default=0, compare=False)  # place in the file, from 1
    row: int = field(default=0, compare=False)  # line or row of the file on which it begins

    @property
    def right_texts(self) -> tuple[str, ...]:
        return tuple(option.text for option in self.options if option.right)

    @property
    def digest(self) -> str:
        """Return a fingerprint of all that a reader, a grader or a draw sees: equal digests, equal versions."""
        seen = [
            self.kind.value,
            self.prompt,
            [[option.text, option.right, option.pinned] for option in self.options],
            self.explanation,
            self.source,
            self.topic,
            self.level.value,
            self.confidence.value,
            self.valid_from.isoformat() if self.valid_from else None,
            self.valid_to.isoformat() if self.valid_to else None,
        ]
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class BankDraft:
    """A bank as a file gives it; `topics`: code → name shown to people."""

    code: str
    title: str
    about: str
    checked_on: date | None
    topics: Mapping[str, str]
    questions: tuple[QuestionDraft, ...]


@dataclass(frozen=True)
class QuestionProblem:
    """What could not be taken from a file: `n` is the question's place in it, 0 the whole file."""

    n: int
    where: str
    what: str


@dataclass(frozen=True)
class Reading:
    """What a question file gave. `bank`: the head of a file that is a whole bank."""

    questions: tuple[QuestionDraft, ...]
    problems: tuple[QuestionProblem, ...] = ()
    bank: BankDraft | None = None


def true_false_options(answer: bool) -> tuple[OptionDraft, ...]:
    """Return the two options of a true_false question, in the order in which they are always shown."""
    return OptionDraft(TRUE, right=answer, pinned=True), OptionDraft(FALSE, right=not answer, pinned=True)
