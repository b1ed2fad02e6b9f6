"""The one door for writing question files: a bank → the bytes of a file, and what its format could not say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module

from quizapp.formats.questions.drafts import BankDraft, QuestionDraft

MOST_NAMED = 5


@dataclass(frozen=True)
class Written:
    """A file. `losses`: sentences on what the bank has and the file cannot hold; none: it reads back the same.

    `left_out`: how many questions the file has not got at all.
    """

    content: bytes
    losses: tuple[str, ...] = ()
    left_out: int = 0


@dataclass(frozen=True)
class Paper:
    """What an exam paper says over its questions. `code`: shuffles it, always the same way; '': as in the bank."""

    union: str = ""
    title: str = ""  # '': that of the bank
    minutes: int | None = None
    code: str = ""


@dataclass(frozen=True)
class Target:
    """A format that banks are written in. `writer`: `module:function`, BankDraft → Written; for print, with a Paper."""

    label: str
    suffix: str
    writer: str
    is_paper: bool = False


HERE = "quizapp.formats.questions"
TARGETS = {
    "native": Target("Tệp ngân hàng, giữ nguyên mọi thứ (.yaml)", "yaml", f"{HERE}.native_writing:write"),
    "docx": Target("Đề in không kèm đáp án (.docx)", "docx", f"{HERE}.docx_writing:write", is_paper=True),
    "docx_key": Target("Đề in kèm đáp án (.docx)", "docx", f"{HERE}.docx_writing:write_with_key", is_paper=True),
    "xlsx": Target("Excel (.xlsx)", "xlsx", f"{HERE}.sheet_bank_writing:write"),
    "gift": Target("GIFT (Moodle)", "gift", f"{HERE}.gift_writing:write"),
    "aiken": Target("Aiken", "txt", f"{HERE}.aiken_writing:write"),
    "moodle_xml": Target("Moodle XML", "xml", f"{HERE}.moodle_xml_writing:write"),
    "qti21": Target("QTI 2.1 (.zip)", "zip", f"{HERE}.qti_writing:write21"),
    "qti30": Target("QTI 3.0 (.zip)", "zip", f"{HERE}.qti_writing:write30"),
}
"""By the name of `flask banks export --format`; a writer is loaded when it is needed: Word and Excel are heavy."""


@dataclass
class Losses:
    """Collects what a format cannot say, question by question."""

    found: dict[str, list[str]] = field(default_factory=dict)
    without: dict[str, list[str]] = field(default_factory=dict)

    def leave_out(self, why: str, question: QuestionDraft) -> None:
        """why: a sentence's beginning, 'Không ghi câu chưa có đáp án'; the questions are all named."""
        self.without.setdefault(why, []).append(question.ref or str(question.n))

    def note(self, what: str, question: QuestionDraft) -> None:
        """what: a sentence's beginning, 'không ghi được lời giải thích'."""
        self.found.setdefault(what, []).append(question.ref or str(question.n))

    @property
    def sentences(self) -> tuple[str, ...]:
        left_out = (f"{why}: câu {', '.join(refs)}." for why, refs in self.without.items())
        return (*left_out, *(f"{what}: {_named(refs)}." for what, refs in self.found.items()))

    def written(self, text: str) -> Written:
        return Written(text.encode(), self.sentences, sum(map(len, self.without.values())))


def write_file(bank: BankDraft, name: str, paper: Paper | None = None) -> Written:
    """Return a bank as a file. name: one of TARGETS; paper: for those to be printed."""
    target = TARGETS[name]
    module, _, function = target.writer.partition(":")
    writer: Callable[..., Written] = getattr(import_module(module), function)
    return writer(bank, paper or Paper()) if target.is_paper else writer(bank)


def _named(refs: list[str]) -> str:
    more = f" và {len(refs) - MOST_NAMED} câu nữa" if len(refs) > MOST_NAMED else ""
    return f"câu {', '.join(refs[:MOST_NAMED])}{more}"
