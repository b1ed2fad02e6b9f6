"""Reading a board asks the database for some rows by an index, never for all of the board: however large it is."""

from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select, text

from quizapp.db import database, session, transaction
from quizapp.models import Board, Snapshot, StandingsRow
from quizapp.standings import queries
from quizapp.vocabulary import UnionKind
from tests.conftest import NOON

PEOPLE = 300


@pytest.fixture
def board(cast, clock):
    """300 people of 60 units on a board, the union of each with a number as its name; and a second board beside it."""
    province = cast.union("Liên đoàn Lao động tỉnh", kind=UnionKind.PROVINCE)
    units = [cast.union(f"Công đoàn cơ sở số {number:02d}", parent=province) for number in range(60)]
    contest = cast.contest(organiser=province)
    people = [cast.person(f"Phạm Thị {number // 2}", union=units[number % 60]) for number in range(PEOPLE)]
    with transaction():
        snapshot = Snapshot(contest_id=contest.id, made_at=NOON, entrants=PEOPLE, attempts=PEOPLE)
        session.add(snapshot)
        session.flush()
        facts = {"snapshot_id": snapshot.id, "of": "people", "title": "Cá nhân", "size": PEOPLE}
        boards = [Board(key=f"bang-{position}", position=position, **facts) for position in range(2)]
        session.add_all(boards)
        session.flush()
        for each in boards:
            session.execute(insert(StandingsRow), [_row(each, place, who) for place, who in enumerate(people, start=1)])
    return boards[0]


def _row(board, place, who):
    named = {"name": who.full_name, "name_folded": who.name_folded, "unit_name": None, "marks": 500, "seconds": 60}
    own = {"person_id": who.id, "union_id": who.union_id, "submitted_at": NOON + timedelta(seconds=place)}
    return {"board_id": board.id, "position": place, "rank": place, "attempts": 1, **own, **named}


def plans(read):
    """Do what is to be done and return how the database finds each answer about rows of boards."""
    asked = []

    def note(connection, cursor, statement, parameters, *_):
        if "standings_rows" in statement:
            asked.append((statement, parameters))

    engine = database().engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        found = read()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert asked
    explain = "EXPLAIN QUERY PLAN " if database().is_sqlite else "EXPLAIN "
    if not database().is_sqlite:
        session.execute(text("ANALYZE standings_rows"))
        for way in ("seqscan", "hashjoin", "mergejoin"):  # so small a table is read whole, the index or no
            session.execute(text(f"SET LOCAL enable_{way} = off"))
    connection = session.connection()
    return found, [str(row) for sql, values in asked for row in connection.exec_driver_sql(explain + sql, values)]


def of_rows(found):
    return [line for line in found if "standings_rows" in line]


def test_a_page_is_found_by_its_place_wherever_it_is(app, board):
    for after in (0, 250):
        with transaction(writes=False):
            rows, plan = plans(lambda after=after: queries.rows_of(board, after=after, most=20))
        assert [row.position for row in rows] == list(range(after + 1, after + 21))
        (line,) = of_rows(plan)
        assert "(board_id=? AND position>?)" in line or "Index Scan using pk_standings_rows" in line
        assert not any("ORDER BY" in each or "Sort" in each for each in plan)


def test_a_persons_own_row_is_found_by_the_person(app, board):
    with transaction(writes=False):
        whose = session.scalar(select(StandingsRow.person_id).where(StandingsRow.position == 200).limit(1))
        row, plan = plans(lambda: queries.row_of(board, person_id=whose))
    assert (row.board_id, row.position) == (board.id, 200)
    assert reads_no_board_whole(plan)
    with transaction(writes=False):
        (above, below), plan = plans(lambda: queries.neighbours(row))
    assert (above.position, below.position) == (199, 201)
    assert reads_no_board_whole(plan)


@pytest.mark.parametrize(
    ("search", "places"),
    [("Phạm Thị 7", [15, 16]), ("cơ sở số 07", [8, 68, 128, 188, 248]), ("nobody at all", [])],
)
def test_a_name_or_a_unit_is_found_by_its_index(app, board, search, places):
    with transaction(writes=False):
        rows, plan = plans(lambda: queries.masked_rows_of(board, after=0, most=20, search=search))
    assert [row.position for row in rows] == places
    assert reads_no_board_whole(plan)


def test_of_many_units_the_first_rows_are_found(app, board):
    with transaction(writes=False):
        rows = queries.masked_rows_of(board, after=40, most=20, search="công đoàn cơ sở")
    assert [row.position for row in rows] == list(range(41, 61))


def reads_no_board_whole(plan):
    """Every row of a board is asked for by its place, its person or its union."""
    lines = of_rows(plan)
    assert lines
    if database().is_sqlite:
        return all("position" in line or "person_id=?" in line or "union_id=?" in line for line in lines)
    text = "\n".join(plan)
    conditions = [line for line in plan if "Index Cond" in line and "board_id" in line]
    return "Seq Scan on standings_rows" not in text and all(
        any(name in line for name in ("position", "person_id", "union_id")) for line in conditions
    )
