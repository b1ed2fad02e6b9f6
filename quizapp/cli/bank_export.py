"""`flask banks export`: a bank as a file in any format that we write."""

from dataclasses import replace
from pathlib import Path

import click

from quizapp import clock
from quizapp.banks import queries
from quizapp.banks.download import actions
from quizapp.db import session, transaction
from quizapp.formats.questions.drafts import BankDraft
from quizapp.formats.questions.writing import TARGETS, Paper, write_file
from quizapp.models import Person


@click.command()
@click.argument("code")
@click.option("--format", "format_name", type=click.Choice([*TARGETS]), default="native", help="Định dạng của tệp.")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--by", "by_id", type=int, help="Số của người lấy tệp, để ghi nhật ký.")
@click.option("--losses", is_flag=True, help="Chỉ ghi ra những gì định dạng này không giữ được.")
@click.option("--union", default="", help="Đề in: tên công đoàn ở đầu trang.")
@click.option("--title", default="", help="Đề in: tên đề; không ghi thì lấy tên ngân hàng.")
@click.option("--minutes", type=click.IntRange(1, 999), help="Đề in: thời gian làm bài.")
@click.option("--shuffle", "paper_code", default="", metavar="MÃ", help="Đề in: mã đề; trộn câu và phương án theo mã.")
def export(
    code: str,
    format_name: str,
    out: Path,
    by_id: int | None,
    losses: bool,
    union: str,
    title: str,
    minutes: int | None,
    paper_code: str,
) -> None:
    """Write a bank, with its key, to a file; say what the format cannot hold."""
    draft = _draft(code)
    written = write_file(draft, format_name, Paper(union, title, minutes, paper_code))
    if losses:
        written = replace(written, content="\n".join(written.losses).encode(), losses=())
    try:
        out.write_bytes(written.content)
    except OSError as error:
        raise click.ClickException(f"Không ghi được tệp {out} ({error.strerror}); xin chọn nơi khác.") from error
    if not losses:
        with transaction():
            by = session.get(Person, by_id) if by_id else None
            actions.note(code, format_name, len(draft.questions) - written.left_out, by=by, now=clock.now())
    for loss in written.losses:
        click.echo(f"Lưu ý: {loss}", err=True)
    click.echo(_told(len(draft.questions), written.left_out, out))


def _told(questions: int, left_out: int, out: Path) -> str:
    if not left_out:
        return f"Đã ghi {questions} câu hỏi vào {out}."
    return f"Đã ghi {questions - left_out} trên {questions} câu hỏi vào {out}; {left_out} câu không ghi được kể ở trên."


def _draft(code: str) -> BankDraft:
    with transaction(writes=False):
        bank = queries.bank_of(code)
        if bank is None:
            codes = ", ".join(each.bank.code for each in queries.listed_banks()) or "chưa có ngân hàng nào"
            raise click.ClickException(f"Không có ngân hàng câu hỏi “{code}”; hiện có: {codes}.")
        return queries.draft_of(bank)
