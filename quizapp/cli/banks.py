"""`flask banks`: check, load, import and export question banks."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from quizapp import clock
from quizapp.banks import actions, queries
from quizapp.banks.actions import Loaded
from quizapp.db import transaction
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.checking import check_bank
from quizapp.formats.questions.drafts import BankDraft, Reading
from quizapp.formats.questions.native import NAME, read_bank
from quizapp.formats.questions.native_writing import write_bank
from quizapp.formats.questions.reading import LABELS, as_json, read_questions

SHIPPED = Path(__file__).parents[2] / "question_banks"
READ_FORMAT = click.option(
    "--format",
    "format_name",
    type=click.Choice([*LABELS]),
    help="Định dạng của tệp; không ghi thì nhận theo nội dung.",
)
WRITTEN_FORMAT = click.option("--format", "format_name", metavar="NAME", help="Định dạng của tệp; bản này có: native.")


@click.group()
def banks() -> None:
    """Question banks and bank files."""


@banks.command()
@click.argument("path", type=click.Path(exists=True, path_type=Path), default=SHIPPED)
def check(path: Path) -> None:
    """Print what is wrong with a bank file, or with all in a folder; fail when anything is. Default: shipped banks."""
    files = bank_files([path])
    wrong = sum(_check(file) for file in files)
    if not files or wrong:
        click.echo(f"{wrong} lỗi trong {len(files)} tệp." if files else f"Không có tệp .yaml nào trong {path}.")
        raise click.exceptions.Exit(1)


@banks.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
def load(paths: tuple[Path, ...]) -> None:
    """Make or renew the banks of files or folders, all or none; a question gone from its file is no longer drawn."""
    now = clock.now()
    try:
        with transaction():
            done = load_files(paths or [SHIPPED], now=now)
    except BadFile as error:
        raise _refused(error.problems) from error
    if not done:
        raise click.ClickException(f"Không có tệp .yaml nào trong {', '.join(map(str, paths or [SHIPPED]))}.")
    for bank, loaded in done:
        click.echo(f"{bank.code}: {len(bank.questions)} câu hỏi; {_told(loaded)}.")


@banks.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--bank", "code", required=True, metavar="CODE", help="Ngân hàng nhận câu hỏi; chưa có thì được tạo.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp đáp án riêng, cho định dạng không kèm đáp án.",
)
@READ_FORMAT
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và báo, không lưu gì.")
@click.option("--json", "as_report", is_flag=True)
def import_command(
    file: Path, code: str, answers: Path | None, format_name: str | None, dry_run: bool, as_report: bool
) -> None:
    """Add the questions of a file to a bank; print what came in and what did not. All or nothing."""
    reading = _read(file, code, answers, format_name)
    loaded = None
    if reading.bank and not dry_run:
        now = clock.now()
        with transaction():
            loaded = actions.add_questions(replace(reading.bank, code=code), now=now)
    if as_report:
        click.echo(json.dumps(as_json(reading), ensure_ascii=False, indent=1))
    else:
        _tell(reading, code, loaded)
    if reading.problems and not (dry_run and reading.questions):
        raise click.exceptions.Exit(1)


@banks.command()
@click.argument("code")
@WRITTEN_FORMAT
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
def export(code: str, format_name: str | None, out: Path) -> None:
    """Write a bank, with its key, to a file."""
    _known(format_name or "native")
    with transaction(writes=False):
        bank = queries.bank_of(code)
        if bank is None:
            codes = ", ".join(each.bank.code for each in queries.listed_banks()) or "chưa có ngân hàng nào"
            raise click.ClickException(f"Không có ngân hàng câu hỏi “{code}”; hiện có: {codes}.")
        draft = queries.draft_of(bank)
    try:
        out.write_text(write_bank(draft), encoding="utf-8", newline="\n")
    except OSError as error:
        raise click.ClickException(f"Không ghi được tệp {out} ({error.strerror}); xin chọn nơi khác.") from error
    click.echo(f"Đã ghi {len(draft.questions)} câu hỏi vào {out}.")


def bank_files(paths: Sequence[Path]) -> list[Path]:
    """Return the bank files that the paths are or hold."""
    return [file for path in paths for file in (sorted(path.glob("*.yaml")) if path.is_dir() else [path])]


def load_files(paths: Sequence[Path], *, now: datetime) -> list[tuple[BankDraft, Loaded]]:
    """Load the banks of files or folders in the running transaction. Raises BadFile with the problems of all files."""
    drafts: list[BankDraft] = []
    problems: list[RowProblem] = []
    for file in bank_files(paths):
        try:
            drafts.append(read_bank(file.read_bytes()).bank)
        except BadFile as error:
            problems += [replace(each, column=f"{file.name}, {each.column}") for each in error.problems]
    if problems:
        raise BadFile(problems)
    return [(draft, actions.load_bank(draft, now=now)) for draft in drafts]


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


def _read(file: Path, code: str, answers: Path | None, format_name: str | None) -> Reading:
    if not NAME.fullmatch(code):
        raise click.ClickException(f"Mã ngân hàng “{code}” phải là chữ thường không dấu, chữ số và dấu “-”.")
    key = answers.read_bytes() if answers else None
    reading = read_questions(QuestionFile(file.name, file.read_bytes(), key), format_name)
    if answers and reading.bank:
        raise click.ClickException("Tệp ngân hàng đã có đáp án trong từng câu; xin bỏ --answers.")
    return reading


def _known(format_name: str) -> None:
    if format_name != "native":
        raise click.ClickException(f"Định dạng “{format_name}” chưa dùng được trong bản này; xin dùng: native.")


def _tell(reading: Reading, code: str, loaded: Loaded | None) -> None:
    for each in reading.problems:
        click.echo(f"{f'Câu {each.n}' if each.n else 'Tệp'}, {each.where}: {each.what}")
    if reading.problems:
        click.echo(f"Có {len(reading.problems)} lỗi; chưa nhập câu hỏi nào vào “{code}”.")
    elif loaded is None:
        click.echo(f"Đọc được {len(reading.questions)} câu hỏi; chạy thử nên chưa lưu gì.")
    else:
        click.echo(f"{code}: đọc được {len(reading.questions)} câu hỏi; {_told(loaded)}.")


def _told(loaded: Loaded) -> str:
    told = f"{len(loaded.new)} câu mới, {len(loaded.changed)} câu thay đổi, {len(loaded.same)} câu như cũ"
    return f"{told}, {len(loaded.taken_out)} câu rút khỏi ngân hàng" if loaded.taken_out else told


def _refused(problems: Sequence[RowProblem]) -> click.ClickException:
    return click.ClickException("\n".join([*map(str, problems), "Chưa nạp ngân hàng nào."]))
