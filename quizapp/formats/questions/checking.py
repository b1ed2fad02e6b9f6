"""What a bank must keep beyond the format, so that its keys can be defended; see docs/question-bank-file.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from unicodedata import is_normalized

from quizapp.errors import RowProblem
from quizapp.formats.marked_yaml import decoded
from quizapp.formats.questions.checks.citations import of_citation
from quizapp.formats.questions.checks.found import Found, Weight
from quizapp.formats.questions.checks.grounds import Grounds
from quizapp.formats.questions.checks.habits import of_habits
from quizapp.formats.questions.checks.numbers import of_numbers
from quizapp.formats.questions.checks.rubrics import of_rubric
from quizapp.formats.questions.checks.texts import of_head, of_question, of_sources, of_topics
from quizapp.formats.questions.checks.twins import of_twins
from quizapp.formats.questions.checks.waivers import without_waived
from quizapp.formats.questions.native import MOST_BYTES, BankFile

NO_GROUNDS = Grounds()


@dataclass(frozen=True)
class Written:
    """A bank file that was read; `name`: of the file without suffix."""

    file: BankFile
    source: bytes
    name: str


@dataclass(frozen=True)
class Findings:
    """`problems` must be mended; `remarks` are to be looked at; `waived` an exception lets pass."""

    problems: list[RowProblem]
    remarks: list[RowProblem]
    waived: frozenset[Found] = frozenset()


def check_bank(file: BankFile, source: bytes, *, name: str, today: date) -> Findings:
    """Return what is wrong with one bank, whoever wrote it, without the register at hand."""
    return check_banks([Written(file, source, name)], today=today)[0]


def check_banks(
    banks: Sequence[Written], *, today: date, grounds: Grounds = NO_GROUNDS, strict: bool = False
) -> list[Findings]:
    """Return what is wrong with each bank, also beside the others. strict: as is asked of banks that are shipped."""
    twins: list[list[Found]] = [[] for _ in banks]
    for place, found in of_twins([each.file.bank for each in banks]):
        twins[place].append(found)
    return [
        _weighed(each, [*_of_bank(each, grounds, today), *like], grounds, strict=strict)
        for each, like in zip(banks, twins, strict=True)
    ]


def _of_bank(written: Written, grounds: Grounds, today: date) -> list[Found]:
    bank = written.file.bank
    found = [*of_head(bank, written.name), *of_sources(bank), *of_topics(bank), *of_habits(bank)]
    for question in bank.questions:
        found += of_question(question, today)
        if grounds.laws:
            found += [*of_citation(question, grounds, today), *of_numbers(question, grounds)]
            found += of_rubric(question, grounds)
    return found


def _weighed(written: Written, found: Sequence[Found], grounds: Grounds, *, strict: bool) -> Findings:
    kept, waived = without_waived(written.file.bank.code, found, grounds.waivers)
    worst = {Weight.PROBLEM, Weight.DOUBT, Weight.GAP} if strict else {Weight.PROBLEM}
    problems = [_placed(written.file, each) for each in kept if each.weight in worst]
    told = {Weight.DOUBT, Weight.REMARK} - worst
    remarks = [_placed(written.file, each) for each in kept if each.weight in told]
    return Findings(sorted([*problems, *_not_composed(written.source)]), sorted(remarks), frozenset(waived))


def _placed(file: BankFile, found: Found) -> RowProblem:
    return RowProblem(row=file.line_of(found.path), column=found.path, text=found.text)


def _not_composed(source: bytes) -> list[RowProblem]:
    text = "chữ có dấu chưa ở dạng dựng sẵn (NFC); xin gõ lại dòng này"
    lines = decoded(source, most_bytes=MOST_BYTES).split("\n")
    return [
        RowProblem(row=n, column="", text=text) for n, line in enumerate(lines, 1) if not is_normalized("NFC", line)
    ]
