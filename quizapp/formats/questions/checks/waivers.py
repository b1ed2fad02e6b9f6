"""Exceptions from the check of shipped banks, each with its reason; one that nothing needs any more is a problem."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quizapp.errors import RowProblem
from quizapp.formats.marked_section import Report, Section
from quizapp.formats.marked_yaml import read
from quizapp.formats.questions.checks.found import Found

OPTIONS = "options"


@dataclass(frozen=True)
class Waiver:
    """`about`: the numbers, the word 'options' or the other questions ('bank/id') that it lets pass."""

    bank: str
    question: str
    about: frozenset[str]
    reason: str
    row: int = 0

    def covers(self, bank: str, found: Found) -> bool:
        return (bank, found.ref) == (self.bank, self.question) and found.about in self.about


def read_waivers(source: str) -> tuple[Waiver, ...]:
    """Return the exceptions of a file. Raises BadFile."""
    report = Report(root="gốc của tệp")
    root = Section(read(source), "", report, line=1)
    waivers = tuple(_waiver(part) for part in root.sections("exceptions"))
    report.finish()
    return waivers


def without_waived(bank: str, found: Iterable[Found], waivers: Sequence[Waiver]) -> tuple[list[Found], set[Found]]:
    """Return what no exception covers, and what one does."""
    kept: list[Found] = []
    waived: set[Found] = set()
    for each in found:
        if each.about and any(waiver.covers(bank, each) for waiver in waivers):
            waived.add(each)
        else:
            kept.append(each)
    return kept, waived


def unneeded(waivers: Iterable[Waiver], waived: Iterable[tuple[str, Found]]) -> list[RowProblem]:
    """Return the exceptions of which something was not needed. waived: what they let pass, with the bank."""
    needed = {(bank, found.ref, found.about) for bank, found in waived}
    problems = []
    for each in waivers:
        for about in sorted(each.about):
            if (each.bank, each.question, about) not in needed:
                text = f"ngoại lệ “{about}” của câu “{each.question}” không còn cần; xin bỏ"
                problems.append(RowProblem(row=each.row, column=each.bank, text=text))
    return problems


def _waiver(part: Section) -> Waiver:
    about = {*part.texts("numbers"), *part.texts("like")} | ({OPTIONS} if part.flag(OPTIONS) else set())
    if not about:
        part.wrong("numbers", "xin ghi con số được bỏ qua, hoặc “like: [ngân-hàng/mã]”, hoặc “options: true”")
    return Waiver(part.text("bank"), part.text("question"), frozenset(about), part.text("reason", most=500), part.line)
