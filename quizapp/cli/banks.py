"""`flask banks`: check, load, import and export question banks."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click

from quizapp import clock
from quizapp.banks import actions, importing, queries, sheets
from quizapp.banks.actions import Loaded
from quizapp.banks.importing import Source
from quizapp.cli.bank_check import check
from quizapp.cli.bank_export import export
from quizapp.cli.shipped import SHIPPED, bank_files
from quizapp.db import transaction
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.drafts import BankDraft, Reading
from quizapp.formats.questions.native import NAME, read_bank
from quizapp.formats.questions.reading import LABELS, WITH_ANSWERS, as_json, named_format, read_questions, refusal
from quizapp.formats.workbook import refused
from quizapp.members.queries import union_of
from quizapp.models import QuestionBank

READ_FORMAT = click.option(
    "--format",
    "format_name",
    type=click.Choice([*LABELS]),
    help="Định dạng của tệp; không ghi thì nhận theo nội dung.",
)


@click.group()
def banks() -> None:
    """Question banks and bank files."""


banks.add_command(check)
banks.add_command(export)


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
@click.option("--unit", metavar="CODE", help="Công đoàn có ngân hàng mới; không ghi thì mọi ban tổ chức dùng chung.")
@click.option(
    "--answers",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Tệp đáp án riêng, cho định dạng không kèm đáp án.",
)
@READ_FORMAT
@click.option("--dry-run", is_flag=True, help="Chỉ đọc và báo, không lưu gì.")
@click.option("--skip-problems", is_flag=True, help="Vẫn nhập những câu đọc được khi có câu không đọc được.")
@click.option("--json", "as_report", is_flag=True)
def import_command(
    file: Path,
    code: str,
    unit: str | None,
    answers: Path | None,
    format_name: str | None,
    dry_run: bool,
    skip_problems: bool,
    as_report: bool,
) -> None:
    """Add the questions of a file to a bank; print what came in and what did not. All or nothing."""
    code = code if dry_run else _checked(code)
    source, reading = _read(file, answers, format_name)
    is_refused = bool(reading.problems) and not (skip_problems and reading.questions)
    told = "chạy thử nên chưa lưu gì"
    if not dry_run and not is_refused:
        try:
            told = _import(source, reading, code, unit)
        except BadFile as error:
            reading, is_refused = refusal(error), True
    if as_report:
        click.echo(json.dumps(as_json(reading), ensure_ascii=False, indent=1))
    else:
        _tell(reading, code, told, is_refused=is_refused and not dry_run)
    if is_refused and not (dry_run and reading.questions):
        raise click.exceptions.Exit(1)


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


def _checked(code: str) -> str:
    """Return a bank's code as it is kept: 'LUAT_2024' is luat-2024."""
    kept = code.lower().replace("_", "-")
    if not NAME.fullmatch(kept):
        raise click.ClickException(f"Mã ngân hàng “{code}” phải là chữ thường không dấu, chữ số và dấu “-”.")
    return kept


def _read(file: Path, answers: Path | None, format_name: str | None) -> tuple[Source, Reading]:
    data = file.read_bytes()
    name = format_name or named_format(file.name, data)
    source = Source(file.name, data, name)
    if answers and name and name not in WITH_ANSWERS:
        return source, refusal(refused(f"tệp {LABELS[name]} đã có đáp án trong từng câu; xin bỏ --answers."))
    key = answers.read_bytes() if answers else None
    return source, read_questions(QuestionFile(file.name, data, key), format_name)


def _import(source: Source, reading: Reading, code: str, unit: str | None) -> str:
    """Import what was read, in one transaction, and return what was done as a sentence. Raises BadFile."""
    now = clock.now()
    with transaction():
        bank = queries.bank_of(code) or _made(code, reading, unit, now=now)
        sheet, drawn = importing.read_in(reading)
        brought = importing.open_sheet(bank, source, sheet, drawn, by=None, now=now)
        counted = sheets.told(importing.sheet_in(brought).rows)
        done = importing.confirm(brought, by=None, now=now)
    told = f"{len(done.new)} câu mới, {len(done.changed)} câu thay đổi, {counted['there']} câu như cũ"
    return f"{told}; {len(done.drafts)} câu ở bản nháp, cần người xem lại" if done.drafts else told


def _made(code: str, reading: Reading, unit: str | None, *, now: datetime) -> QuestionBank:
    """Make the bank that a file is to come into, with the head that the file may have."""
    union = union_of(unit) if unit else None
    if unit and union is None:
        raise click.ClickException(f"Không có công đoàn mã “{unit}”; xin xem mã trong danh sách công đoàn.")
    read = reading.bank
    head = actions.Head(title=read.title, about=read.about, topics=dict(read.topics)) if read else None
    bank = actions.make_bank(code, head or actions.Head(code, "", {}), union, by=None, now=now)
    bank.checked_on = read.checked_on if read else None
    return bank


def _tell(reading: Reading, code: str, told: str, *, is_refused: bool) -> None:
    for evidence in reading.evidence:
        click.echo(evidence)
    for problem in reading.problems:
        click.echo(f"{f'Câu {problem.n}' if problem.n else 'Tệp'}, {problem.where}: {problem.what}")
    for draft in reading.questions:
        if draft.flagged:
            click.echo(f"Câu {draft.n} chưa rõ: {draft.why}")
    if is_refused or not reading.questions:
        click.echo(f"Có {len(reading.problems)} lỗi; chưa nhập câu hỏi nào vào “{code}”.")
        return
    click.echo(f"{code}: đọc được {len(reading.questions)} câu hỏi; {told}.")


def _told(loaded: Loaded) -> str:
    told = f"{len(loaded.new)} câu mới, {len(loaded.changed)} câu thay đổi, {len(loaded.same)} câu như cũ"
    return f"{told}, {len(loaded.taken_out)} câu rút khỏi ngân hàng" if loaded.taken_out else told


def _refused(problems: Sequence[RowProblem]) -> click.ClickException:
    return click.ClickException("\n".join([*map(str, problems), "Chưa nạp ngân hàng nào."]))
