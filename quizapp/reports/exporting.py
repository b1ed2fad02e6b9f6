"""A contest's results as a workbook: boards of one snapshot and the attempts of the same instant, row by row."""

from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.contests.queries import contest_of
from quizapp.db import session, transaction
from quizapp.errors import ExportFailed, NotFound
from quizapp.formats import results
from quizapp.formats.results import Cover
from quizapp.formats.sheet_writing import Book
from quizapp.late import queries as late
from quizapp.models import Contest, Person
from quizapp.reports import attempt_sheet, board_sheets, listing, prize_sheet, queries
from quizapp.reports.board_sheets import Source
from quizapp.reports.refreshing import close_all
from quizapp.rules.grading import order_of, positions
from quizapp.rules.wording import moment, window
from quizapp.standings import actions as boards
from quizapp.standings import queries as standings
from quizapp.standings.making import make
from quizapp.vocabulary import MultipleMarks


def export(slug: str, path: Path, *, now: datetime, by: Person | None = None) -> listing.Exported:
    """Write the workbook of a contest, from a fresh snapshot where the newest no longer tells how it stands.

    Opens its own transactions; call it outside of any. by: who asks, None for a command on the server.
    Raises NotFound, ExportFailed.
    """
    close_all(now)
    with transaction(writes=False, steady=True):
        contest = contest_of(slug)
        if contest is None:
            raise NotFound()
        snapshot_id, reading = _fresh(contest, now)
        book = Book(contest.title)
        with reading:
            snapshot = queries.snapshot_of(contest, snapshot_id)
            if snapshot is None:  # housekeeping was faster
                raise ExportFailed()
            source = Source(contest, snapshot, listing.units(), ZoneInfo(contest.rules.timezone), now)
            published = _published(source)
            board_sheets.add(book, source)
            prize_sheet.add(book, source)
        attempt_sheet.add(book, source)
        _add_questions(book, source)
        _add_late(book, source)
        results.finish(book, _cover(source, published, by), path)
    return listing.Exported(slug, snapshot.id, snapshot.made_at, sum(each.rows for each in book.written))


def _fresh(contest: Contest, now: datetime) -> tuple[int, AbstractContextManager[Any]]:
    """Return the snapshot of what this transaction sees, and where to read it: one made just now is not seen here."""
    newest = standings.newest_snapshot(contest)
    if newest is not None and not standings.is_stale(contest, newest, now):
        return newest.id, nullcontext()
    made = make(contest, now=now)
    with transaction():
        kept = boards.keep(session.get_one(Contest, contest.id), made)
    return kept.id, transaction(writes=False, steady=True)


def _add_questions(book: Book, source: Source) -> None:
    answered = listing.answered(source.contest)
    shape = {
        "graded": any(
            each.multiple is MultipleMarks.PARTIAL or each.wrong_mark for each in source.contest.rules.rounds
        ),
        "put_right": any(each.put_right for each in answered),
    }
    columns = results.question_columns(max((len(each.options) for each in answered), default=4), **shape)
    rows = (_question(each, len(columns), **shape) for each in answered)
    book.add("Câu trả lời", "Mỗi dòng một câu hỏi đã rút vào đề, với số lần chọn từng phương án", columns, rows)


def _question(each: listing.Answered, width: int, *, graded: bool, put_right: bool) -> list[Any]:
    letters = results.LETTERS
    row = [
        *(each.bank, each.ref, each.version, each.topic, each.level.label, each.prompt),
        *(each.drawn, each.right, each.right_rate, each.blank),
        each.key.typed.told if each.key.typed else ", ".join(letters[place] for place in sorted(each.key.options)),
        *[each.mean_mark] * graded,
        *[each.put_right and each.put_right.verdict.label] * put_right,
    ]
    for text, is_right, taken in each.choices(most=(width - len(row)) // 2):
        row += [results.RIGHT * is_right + text, taken]
    return row + [None] * (width - len(row))


def _add_late(book: Book, source: Source) -> None:
    if late.count(source.contest).all:
        about = "Mỗi dòng một câu trả lời đến sau khi lượt thi kết thúc; giờ điện thoại ghi có thể sai"
        book.add("Câu đến muộn", about, results.LATE, (_late(source, each) for each in late.rows(source.contest)))


def _late(source: Source, each: late.Row) -> tuple[Any, ...]:
    change, attempt, person = each.change, each.attempt, each.person
    code, unit, _ = source.units.of(attempt.union_id)
    instants = late.ended_at(attempt), each.written_at, change.received_at
    return (
        *(each.round.key, attempt.number, person.member_number, person.phone, person.full_name),
        *(code, unit, attempt.receipt, change.slot, each.ref),
        *(_given(answer, each.option_order) for answer in (each.stored, change.answer)),
        *(instant and instant.astimezone(source.zone) for instant in instants),
        *(each.state, each.decision.reason if each.decision else None),
    )


def _given(answer: str | None, option_order: str) -> str | None:
    """Return what was answered: letters of options as the bank has them, or what was typed."""
    if not option_order:
        return answer
    return ", ".join(results.LETTERS[position] for position in sorted(positions(answer, order_of(option_order))))


def _cover(source: Source, published: str, by: Person | None) -> Cover:
    contest, snapshot = source.contest, source.snapshot
    count = queries.contest_count(contest, source.now)
    return Cover(
        title=contest.title,
        slug=contest.slug,
        organiser=contest.organiser.name,
        audience=", ".join(union.name for union in contest.audience),
        rounds=[(each.title, window(each.opens_at, each.closes_at, source.zone)) for each in contest.rounds],
        made_at=snapshot.made_at.astimezone(source.zone),
        published=published,
        entrants=snapshot.entrants,
        attempts=snapshot.attempts,
        unfinished=count.running + count.overdue,
        provisional=snapshot.provisional,
        exported_by=by.full_name if by else "Lệnh trên máy chủ",
        exported_at=source.now.astimezone(source.zone),
    )


def _published(source: Source) -> str:
    found = standings.published(source.contest)
    if found is None:
        return "Chưa công bố"
    shown, _ = found
    if shown.id == source.snapshot.id:
        return "Đang công bố đúng kết quả này"
    return f"Đang công bố kết quả khác, tính lúc {moment(shown.made_at, source.zone)}"
