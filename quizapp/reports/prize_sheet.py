"""The prizes of a snapshot as a sheet of a workbook, with what organisers still have to decide."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from quizapp.db import session
from quizapp.formats import results
from quizapp.formats.sheet_writing import Book
from quizapp.models import PrizeAward, PrizeTie
from quizapp.reports.board_sheets import Source, division_title

BY_LOT = "Bốc thăm"


def add(book: Book, source: Source) -> None:
    """Write who gets which prize, where the rules give any."""
    if source.contest.rules.prizes:
        about = "Mỗi dòng một giải, theo thứ tự của thể lệ; chỗ bằng hạng chưa quyết có ghi chú"
        book.add("Giải thưởng", about, results.PRIZES, _rows(source))


def _rows(source: Source) -> Iterator[tuple[Any, ...]]:
    rules = source.contest.rules
    boards = {each.key: each.title for each in rules.boards}
    of_snapshot = select(PrizeAward).where(PrizeAward.snapshot_id == source.snapshot.id).order_by(PrizeAward.number)
    awards = session.scalars(of_snapshot).all()
    ties = session.scalars(select(PrizeTie).where(PrizeTie.snapshot_id == source.snapshot.id)).all()
    for prize in rules.prizes:
        about = prize.title, boards.get(prize.board)
        for each in (each for each in awards if each.prize_key == prize.key):
            division, note = division_title(source, each.division), BY_LOT if each.by_lot else None
            yield (*about, division, each.rank, each.name, each.unit_name, prize.value_vnd, note)
        for tie in (each for each in ties if each.prize_key == prize.key):
            note = f"Chưa quyết: {tie.contending} bên cùng hạng, còn {tie.remaining} giải"
            yield (*about, division_title(source, tie.division), tie.rank, None, None, prize.value_vnd, note)
