"""What every question file is read into, whatever its format: drafts of questions, not yet versions in a bank."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from quizapp.vocabulary import Confidence, Level, QuestionKind

TRUE, FALSE = "Đúng", "Sai"


@dataclass(frozen=True)
class OptionDraft:
    text: str
    right: bool
    pinned: bool = False


@dataclass(frozen=True)
class PictureDraft:
    """A picture as the file holds it, not looked at yet. `place`: of the option that it belongs to, None: the stem."""

    name: str
    content: bytes
    place: int | None = None


@dataclass(frozen=True)
class Citation:
    """Where a text of law says so: its number ('45/2019/QH14'), article and clause as written, a link to the text."""

    document: str
    article: str = ""
    clause: str = ""
    link: str = ""


@dataclass(frozen=True)
class QuestionDraft:
    """A question as a file gives it. `flagged`: a person must complete it before it can be drawn; `why` says what.

    Kinds with options: `options`. SHORT: `accepted` spellings. NUMBER: `accepted` holds one number, '3,14' or '3.14' as
    '3.14', and `tolerance` how far from it is still right. ESSAY: `suggested`, an answer for judges.
    """

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
    accepted: tuple[str, ...] = ()
    tolerance: str = ""
    case_matters: bool = False
    accents_matter: bool = True
    suggested: str = ""
    tags: tuple[str, ...] = ()
    citation: Citation | None = None
    pictures: tuple[PictureDraft, ...] = ()
    flagged: bool = False
    why: str = ""
    n: int = field(default=0, compare=False)  # place in the file, from 1
    row: int = field(default=0, compare=False)  # line or row of the file on which it begins
    original: str = field(default="", compare=False)  # what stood in the file, for a person to look at beside the draft

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
        seen += self._seen_besides()
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()

    def _seen_besides(self) -> list[Any]:
        """Return what came with later kinds and fields: nothing for a question without them, whose digest stays."""
        pictures = [[hashlib.sha256(each.content).hexdigest(), each.place] for each in self.pictures]
        typed = [self.case_matters, self.accents_matter] if self.kind is QuestionKind.SHORT else []
        cited = [self.citation.document, self.citation.article, self.citation.clause] if self.citation else []
        besides = [list(self.accepted), self.tolerance, typed, self.suggested, sorted(self.tags), cited, pictures]
        return [besides] if any(besides) else []


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
    """What a question file gave. `bank`: the head of a file that is a whole bank, `topics` those that a file names.

    `evidence`: sentences that tell how the file was understood: which format, how many questions, what marks the key.
    """

    questions: tuple[QuestionDraft, ...]
    problems: tuple[QuestionProblem, ...] = ()
    bank: BankDraft | None = None
    topics: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()


def true_false_options(answer: bool) -> tuple[OptionDraft, ...]:
    """Return the two options of a true_false question, in the order in which they are always shown."""
    return OptionDraft(TRUE, right=answer, pinned=True), OptionDraft(FALSE, right=not answer, pinned=True)
