"""`flask papers`: papers of questions made ahead; what a jury needs on paper or in Excel, as files."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from quizapp import clock
from quizapp.attempts.drawing_papers import prepare_papers
from quizapp.contests.queries import contest_of, essay_round
from quizapp.db import session, transaction
from quizapp.errors import NotFound, QuizError
from quizapp.fairness import workbook
from quizapp.judging.queries import seat_of
from quizapp.models import JudgeSeat, Person, Round
from quizapp.papers import actions, marks_book, minute_taking, packs

FILE = click.Path(dir_okay=False, writable=True, path_type=Path)
out_option = click.option("--out", required=True, type=FILE, help="Tệp sẽ ghi.")
by_option = click.option("--by", "by_id", type=int, help="Số của người lấy tệp, để ghi nhật ký.")
all_option = click.option("--all", "all_essays", is_flag=True, help="Cả những bài đã chấm xong.")


@click.group()
def papers() -> None:
    """Papers made ahead of a rush; papers of a jury: all marks, minutes, essays to mark on paper."""


@papers.command("marks")
@click.argument("slug")
@click.argument("key")
@out_option
@by_option
@click.option("--names", is_flag=True, help="Kèm trang “Rọc phách” ghi tên người viết.")
def marks(slug: str, key: str, out: Path, by_id: int | None, names: bool) -> None:
    """Write all marks of a round as an Excel workbook."""
    now = clock.now()
    with _reading():
        rows = marks_book.write(_round(slug, key), out, with_names=names, by=_person(by_id), now=now)
    _note(slug, key, "export_essay_marks", by_id, now, names=names, rows=rows)
    click.echo(f"Đã ghi {rows} dòng vào {out}.")


@papers.command("minutes")
@click.argument("slug")
@click.argument("key")
@out_option
@by_option
def minutes(slug: str, key: str, out: Path, by_id: int | None) -> None:
    """Write the minutes of a round's jury as a Word document."""
    now = clock.now()
    with _reading():
        minute_taking.write(_round(slug, key), out, now=now)
    _note(slug, key, "export_minutes", by_id, now)
    click.echo(f"Đã ghi biên bản vào {out}.")


@papers.command("figures")
@click.argument("slug")
@click.argument("key")
@out_option
@by_option
def figures(slug: str, key: str, out: Path, by_id: int | None) -> None:
    """Write how far the judges of a round agree as an Excel workbook."""
    with _reading():
        workbook.write(_round(slug, key), out, by=_person(by_id), now=clock.now())
    click.echo(f"Đã ghi số liệu giám khảo vào {out}.")


@papers.command("pack")
@click.argument("slug")
@click.argument("key")
@click.argument("seat_id", type=int)
@out_option
@by_option
@all_option
def pack(slug: str, key: str, seat_id: int, out: Path, by_id: int | None, all_essays: bool) -> None:
    """Write the essays of a judge, to be marked on paper, as a Word document."""
    now = clock.now()
    with _reading():
        count = packs.write_pack(_seat(slug, key, seat_id), out, all_essays=all_essays, now=now)
    _note(slug, key, "export_pack", by_id, now, seat=seat_id, essays=count)
    click.echo(f"Đã ghi {count} bài vào {out}.")


@papers.command("form")
@click.argument("slug")
@click.argument("key")
@click.argument("seat_id", type=int)
@out_option
@by_option
@all_option
def form(slug: str, key: str, seat_id: int, out: Path, by_id: int | None, all_essays: bool) -> None:
    """Write the Excel form on which a judge brings marks back."""
    now = clock.now()
    with _reading():
        count = packs.write_form(_seat(slug, key, seat_id), out, all_essays=all_essays)
    _note(slug, key, "export_form", by_id, now, seat=seat_id, essays=count)
    click.echo(f"Đã ghi {count} dòng vào {out}.")


@papers.command("prepare")
@click.argument("slug")
@click.option("--round", "key", help="Mã đợt thi; không ghi: mọi đợt.")
@click.option("--count", required=True, type=click.IntRange(1, 100_000), help="Số đề làm thêm cho mỗi đợt.")
def prepare(slug: str, key: str | None, count: int) -> None:
    """Make papers ahead of an opening rush: who starts then gets one of them at once."""
    try:
        with transaction():
            contest = contest_of(slug)
            rounds = [each for each in contest.rounds if key in (None, each.key)] if contest else []
            if not rounds:
                raise NotFound()
            told = [(each.title, _prepare(each, count, clock.now())) for each in rounds]
    except QuizError as error:
        raise click.ClickException(str(error)) from error
    for title, ready in told:
        click.echo(f"{title}: có sẵn {ready} đề.")


def _prepare(round_: Round, count: int, now: datetime) -> int:
    ready = prepare_papers(round_, count, now=now)
    actions.note(round_, "prepare_papers", by=None, now=now, made=count, in_reserve=ready)
    return ready


@contextmanager
def _reading() -> Iterator[None]:
    """See the database as it is at one instant, whatever judges do meanwhile."""
    try:
        with transaction(writes=False, steady=True):
            yield
    except QuizError as error:
        raise click.ClickException(str(error)) from error


def _round(slug: str, key: str) -> Round:
    contest = contest_of(slug)
    found = essay_round(contest, key) if contest else None
    if found is None:
        raise NotFound()
    return found


def _seat(slug: str, key: str, seat_id: int) -> JudgeSeat:
    found = seat_of(_round(slug, key), seat_id)
    if found is None:
        raise NotFound()
    return found


def _person(by_id: int | None) -> Person | None:
    return session.get(Person, by_id) if by_id else None


def _note(slug: str, key: str, action: str, by_id: int | None, now: datetime, **details: Any) -> None:
    with transaction():
        actions.note(_round(slug, key), action, by=_person(by_id), now=now, **details)
