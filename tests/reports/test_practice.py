"""What is sat for practice changes no count, no board and no row of the workbook."""

from datetime import timedelta

import openpyxl
import pytest

from quizapp.contests.practice import write_practice
from quizapp.db import session, transaction
from quizapp.models import Contest
from quizapp.reports import queries
from quizapp.reports.exporting import export
from quizapp.reports.participation import participation
from quizapp.reports.refreshing import refresh
from quizapp.rules.round_rules import PracticeRule
from quizapp.standings import queries as standings
from tests.conftest import NOON
from tests.reports.ground import sit


@pytest.fixture
def contest(cast, place):
    made = cast.contest(organiser=place.province, rounds=[cast.round_rules(practice=PracticeRule())])
    with transaction():
        write_practice(session.merge(made), now=NOON)
    return made


def numbers(contest, now):
    with transaction(writes=False):
        stored = session.get_one(Contest, contest.id)
        part = participation(stored, now)
        return (
            [(each.union.code, each.row.entrants, each.row.attempts, each.running) for each in part.units],
            queries.contest_count(stored, now),
            list(queries.round_counts(stored, now).values()),
        )


def is_stale(contest, now):
    with transaction(writes=False):
        stored = session.get_one(Contest, contest.id)
        return standings.is_stale(stored, standings.newest_snapshot(stored), now)


def cells(contest, path, now):
    export(contest.slug, path, now=now)
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_practice_changes_no_count_no_board_and_no_cell(cast, place, contest, clock, tmp_path):
    sitter = cast.person("Lê Thị Ớt", union=place.units[0])
    sit(sitter, contest, started=NOON, mark=300, answers={"luat1": "1"})
    now = clock.at(hours=1)
    refresh(contest.id, now)
    before, book = numbers(contest, now), cells(contest, tmp_path / "before.xlsx", now)
    for person in (sitter, cast.person("Lê Văn Mới", union=place.units[1])):
        for seconds in (60, None):
            started = NOON + timedelta(minutes=50)
            sit(person, contest, key="tuan-1-thi-thu", started=started, seconds=seconds, answers={"luat1": "2"})
    assert numbers(contest, now) == before
    assert not is_stale(contest, now)
    refresh(contest.id, now)
    assert cells(contest, tmp_path / "after.xlsx", now) == book
