"""`flask banks check`: hold bank files against the format, the register of laws, the texts, and each other."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from quizapp import clock
from quizapp.cli.shipped import EXCEPTIONS, SHIPPED, bank_files, exceptions, grounds, rubrics
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.questions.checking import Findings, Written, check_banks
from quizapp.formats.questions.checks.grounds import Grounds
from quizapp.formats.questions.checks.waivers import unneeded
from quizapp.formats.questions.native import read_bank


@click.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=SHIPPED)
@click.option("--strict", is_flag=True, help="Soát như ngân hàng đi kèm: đủ căn cứ, hiệu lực, con số, cách ra đáp án.")
def check(path: Path, *, strict: bool) -> None:
    """Print what is wrong with a bank file, or with all in a folder; fail when anything is. Default: shipped banks.

    What is asked of banks that come with the platform is a remark for others, unless --strict.
    """
    files = bank_files([path])
    if not files:
        click.echo(f"Không có tệp .yaml nào trong {path}.")
        raise click.exceptions.Exit(1)
    strict = strict or SHIPPED in (path.resolve(), path.resolve().parent)
    wrong = sum(_told(each) for each in _found(path, files, strict=strict))
    if wrong:
        click.echo(f"{wrong} lỗi trong {len(files)} tệp.")
        raise click.exceptions.Exit(1)


def _found(path: Path, files: Sequence[Path], *, strict: bool) -> Iterator[tuple[str, Findings, int | None]]:
    """Give what was found in each file, with how many questions it has; None: it is no bank, or could not be read."""
    held = grounds()
    codes, wrong = rubrics(path if path.is_dir() else path.parent)
    held = replace(held, rubrics=codes)
    if strict:
        try:
            held = replace(held, waivers=exceptions(path if path.is_dir() else path.parent))
        except BadFile as error:
            wrong[EXCEPTIONS] = error.problems
    read: dict[str, Written] = {}
    refused: dict[str, Findings] = {}
    for file in files:
        source = file.read_bytes()
        try:
            read[file.name] = Written(read_bank(source), source, file.stem)
        except BadFile as error:
            refused[file.name] = Findings(error.problems, [])
    checked = check_banks([*read.values()], today=clock.now().date(), grounds=held, strict=strict)
    found = dict(zip(read, checked, strict=True))
    for file in files:
        count = len(read[file.name].file.bank.questions) if file.name in read else None
        yield file.name, (found | refused)[file.name], count
    if path.is_dir():
        yield from ((name, Findings(problems, []), None) for name, problems in wrong.items())
    if path.is_dir() and not refused:
        yield EXCEPTIONS, _left_over(held, read, found), None


def _left_over(held: Grounds, read: dict[str, Written], found: dict[str, Findings]) -> Findings:
    waived = [(read[name].file.bank.code, each) for name, findings in found.items() for each in findings.waived]
    return Findings(unneeded(held.waivers, waived), [])


def _told(found: tuple[str, Findings, int | None]) -> int:
    """Print what was found in one file and return how much of it is wrong."""
    name, findings, count = found
    _echo(name, findings.problems)
    _echo(name, findings.remarks, "lưu ý: ")
    if count is not None and not findings.problems:
        click.echo(f"{name}: {count} câu hỏi, đạt.")
    return len(findings.problems)


def _echo(name: str, found: Sequence[RowProblem], tone: str = "") -> None:
    for each in found:
        click.echo(f"{name}: {tone}{each}")
