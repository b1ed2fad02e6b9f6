"""An uploaded file as a sheet of rows: what came of each question, what becomes of it, which others are alike."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from quizapp.banks.queries import Known, asked_of
from quizapp.banks.storing import UNCLEAR, digest_of, lack_of
from quizapp.formats.questions.drafts import PictureDraft, QuestionDraft, QuestionProblem, Reading
from quizapp.rules.twins import Asked, Index, Likeness


class Fate(StrEnum):
    """What becomes of a row when it is imported."""

    USE = "use"
    DRAFT = "draft"
    SKIP = "skip"


@dataclass(frozen=True)
class KeptPicture:
    """A picture by its number among those of the import. `place`: of an option, None: the stem."""

    number: int
    digest: str
    alt: str = ""
    place: int | None = None


@dataclass(frozen=True)
class Twin:
    """A question like a row's: of the bank by `ref`, or of the same file by its number `n`."""

    share: int  # hundredths
    same_key: bool
    ref: str = ""
    n: int = 0

    @property
    def is_same(self) -> bool:
        return self.share == 100 and self.same_key


@dataclass(frozen=True)
class Row:
    """A question of the file: `draft` as it now stands, without its pictures; `read` flags are of the file.

    `asked`: what a person wants to become of it, None: what the platform proposes. `doubt`: why it was flagged.
    """

    draft: QuestionDraft
    n: int
    original: str = ""
    doubt: str = ""
    is_edited: bool = False
    is_settled: bool = False  # a person looked at what was in doubt
    asked: Fate | None = None
    pictures: tuple[KeptPicture, ...] = ()
    lack: str = ""
    replaces: bool = False  # the question of the bank with the same id gets this as its next version
    twins: tuple[Twin, ...] = ()

    @property
    def as_asked(self) -> Asked:
        return asked_of(self.draft, [each.digest for each in self.pictures])

    @property
    def digest(self) -> str:
        """Return the digest of the version that the row becomes."""
        return digest_of(self.draft, [(each.digest, each.alt, each.place) for each in self.pictures])

    @property
    def fate(self) -> Fate:
        """Return what becomes of the row: nothing that lacks something, or is in doubt, comes into use."""
        if self.asked is Fate.SKIP or (self.asked is None and self.is_there):
            return Fate.SKIP
        if self.lack or (self.doubt and not self.is_settled) or self.asked is Fate.DRAFT:
            return Fate.DRAFT
        return Fate.DRAFT if self.asked is None and self.contradicts else Fate.USE

    @property
    def is_there(self) -> bool:
        """Return whether the bank, or an earlier row of the file, has the very same question with the same key."""
        return any(each.is_same and (each.ref or each.n < self.n) for each in self.twins)

    @property
    def contradicts(self) -> bool:
        """Return whether the very same question stands elsewhere with another key."""
        return any(each.share == 100 and not each.same_key for each in self.twins)

    @property
    def needs_look(self) -> bool:
        return bool(self.doubt or self.lack or self.contradicts)

    @property
    def undescribed(self) -> int:
        """Return how many pictures have no words for those who cannot see them: no reason to refuse the question."""
        return sum(not each.alt for each in self.pictures)

    @property
    def why(self) -> str:
        """Return what a person must complete before the question may be used."""
        doubt = "" if self.is_settled else self.doubt
        clash = CONTRADICTS if self.asked is None and self.contradicts else ""
        return " ".join(filter(None, [_sentence(doubt or self.lack), clash]))


CONTRADICTS = "Câu này có sẵn với đáp án khác; xin kiểm tra lại đáp án nào đúng."


@dataclass(frozen=True)
class Sheet:
    """All of a file. `topics`: those that it names, by code."""

    rows: tuple[Row, ...]
    problems: tuple[QuestionProblem, ...] = ()
    topics: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()
    is_bank: bool = False  # a whole bank: its ids say which question is meant
    as_drafts: bool = False  # nothing comes into use: a person wants to read it first

    def of(self, fate: Fate) -> list[Row]:
        return [row for row in self.rows if row.fate is fate]

    @property
    def undescribed(self) -> int:
        return sum(row.undescribed for row in self.rows)

    @property
    def told(self) -> str:
        """Return in a sentence how the file was understood: '9 câu hỏi; đáp án nhận theo chữ đậm ở 9 câu.'"""
        said = [each.rstrip(". ") for each in self.evidence] or [f"{len(self.rows)} câu hỏi"]
        return "; ".join([said[0], *(_lowered(each) for each in said[1:])]) + "."

    @property
    def in_order(self) -> list[Row]:
        """Return the rows that a person must look at first, then those with twins, then the others."""
        return sorted(self.rows, key=lambda row: (not row.needs_look, not row.twins, row.n))


def sheet_of(reading: Reading, pictures: Mapping[int, Sequence[KeptPicture]]) -> Sheet:
    """Return the sheet of what a file gave. pictures: by the question's number in the file."""
    rows, refs = [], set()
    for draft in reading.questions:
        ref = "" if draft.ref in refs else draft.ref  # an id that comes twice must not make one question of two
        refs.add(ref)
        bare = replace(draft, pictures=(), flagged=False, why="", original="", ref=ref)
        doubt = (draft.why or UNCLEAR) if draft.flagged else ""
        rows.append(Row(bare, draft.n, draft.original, doubt, pictures=tuple(pictures.get(draft.n, ()))))
    return Sheet(tuple(rows), reading.problems, dict(reading.topics), reading.evidence, reading.bank is not None)


def compared(sheet: Sheet, bank: Mapping[str, Known]) -> Sheet:
    """Return the sheet with the twins of each row and what it lacks. bank: its questions by id.

    Only a bank file may replace a question by another one: elsewhere the id may be a mere number in a column.
    """
    stored = Index({ref: known.asked for ref, known in bank.items()})
    own = Index({row.n: row.as_asked for row in sheet.rows})
    rows = []
    for row in sheet.rows:
        near, ref = stored.twins(row.as_asked), row.draft.ref
        if ref in bank and not sheet.is_bank and all(each.key != ref for each in near):
            row, ref = replace(row, draft=replace(row.draft, ref="")), ""
        is_there = ref in bank and bank[ref].digest == row.digest
        found = [Twin(100, same_key=True, ref=ref)] if is_there else []
        found += [_twin(each, ref=each.key) for each in near if each.key != ref]
        found += [_twin(each, n=each.key) for each in own.twins(row.as_asked, but=[row.n])]
        replaces = ref in bank and not is_there
        rows.append(replace(row, twins=tuple(found), lack=lack_of(with_pictures(row, {})), replaces=replaces))
    return replace(sheet, rows=tuple(rows))


def with_pictures(row: Row, contents: Mapping[int, bytes]) -> QuestionDraft:
    """Return the row's draft with its pictures. contents: by their numbers."""
    pictures = (PictureDraft(each.alt, contents.get(each.number, b""), each.place) for each in row.pictures)
    return replace(row.draft, pictures=tuple(pictures))


def told(rows: Iterable[Row]) -> Mapping[str, int]:
    """Return how many rows meet each fate; `there`: those that are left out because they are in the bank already."""
    counted = {"use": 0, "draft": 0, "skip": 0, "there": 0}
    for row in rows:
        is_there = row.fate is Fate.SKIP and row.asked is None
        counted["there" if is_there else row.fate.value] += 1
    return counted


def _twin(likeness: Likeness[Any], ref: str = "", n: int = 0) -> Twin:
    return Twin(int(likeness.share * 100), likeness.same_key, ref, n)


def _lowered(text: str) -> str:
    """Return a sentence as it goes on after another one; a word all in capitals stays."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _sentence(text: str) -> str:
    """Return a text as a sentence: 'hai đáp án' → 'Hai đáp án.'"""
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}" if text else ""
