"""`flask banks`: checks bank files."""

from collections.abc import Sequence
from pathlib import Path

import click

from quizapp import clock
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.questions.checking import check_bank
from quizapp.formats.questions.native import read_bank

SHIPPED = Path(__file__).parents[2] / "question_banks"


@click.group()
def banks() -> None:
    """Question banks and bank files."""


@banks.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=SHIPPED)
def check(path: Path) -> None:
    """Print what is wrong with a bank file, or with all in a folder; fail when anything is. Default: shipped banks."""
    files = bank_files([path])
    wrong = 0
    for file in files:
        wrong += _check(file)
    if not files or wrong:
        click.echo(f"{wrong} lỗi trong {len(files)} tệp." if files else f"Không có tệp .yaml nào trong {path}.")
        raise click.exceptions.Exit(1)


def bank_files(paths: Sequence[Path]) -> list[Path]:
    """Return the bank files that the paths are or hold."""
    return [file for path in paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]


def _check(file: Path) -> int:
    source = file.read_bytes()
    try:
        read = read_bank(source)
    except BadFile as error:
        _echo(file, error.problems)
        return len(error.problems)
    found = check_bank(read, source, name=file.stem, today=clock.now().date())
    _echo(file, found.problems)
    _echo(file, found.remarks, "lưu ý: ")
    if not found.problems:
        click.echo(f"{file.name}: {len(read.bank.questions)} câu hỏi, đạt.")
    return len(found.problems)


def _echo(file: Path, found: Sequence[RowProblem], tone: str = "") -> None:
    for each in found:
        click.echo(f"{file.name}: {tone}{each}")
