from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.windows import HOLD, Change, Window, attempt_closes, effective, lost, overlap
from quizapp.vocabulary import WindowChangeKind

EIGHT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
WINDOW = Window(EIGHT, EIGHT + timedelta(hours=4))


def at(minutes):
    return EIGHT + timedelta(minutes=minutes)


def extension(minutes):
    return Change(WindowChangeKind.EXTENSION, minutes)


def shift(minutes):
    return Change(WindowChangeKind.SHIFT, minutes)


def outage(start, end, **more):
    return Change(WindowChangeKind.OUTAGE, starts_at=at(start), ends_at=at(end), **more)


PAUSED = Change(WindowChangeKind.PAUSE, starts_at=at(60))
MINUTES = st.integers(1, 600)
INTERVALS = st.builds(lambda start, long: outage(start, start + long), st.integers(-300, 900), MINUTES)
CHANGES = st.lists(st.one_of(MINUTES.map(extension), st.integers(-200, 200).map(shift), INTERVALS), max_size=6)


@pytest.mark.parametrize(
    ("changes", "opens", "closes"),
    [
        ([], 0, 240),
        ([extension(30)], 0, 270),
        ([shift(-60)], -60, 180),
        ([shift(60), extension(30)], 60, 330),
        ([outage(30, 50)], 0, 260),
        ([outage(-30, 20)], 0, 260),  # before the opening nothing was lost
        ([outage(-30, -10)], 0, 240),
        ([outage(240, 250)], 0, 240),  # nor after the close
        ([outage(230, 250)], 0, 260),
        ([outage(30, 60), outage(50, 70)], 0, 280),  # the same minutes are given back once
        ([outage(230, 240), outage(245, 255)], 0, 260),  # the second lies in what the first gave back
        ([outage(250, 260), extension(20)], 0, 270),
    ],
)
def test_a_window_moves(changes, opens, closes):
    assert effective(WINDOW, changes) == Window(at(opens), at(closes))


def test_while_a_pause_lasts_the_close_is_out_of_reach():
    assert effective(WINDOW, [PAUSED]).closes_at == WINDOW.closes_at + HOLD


@given(CHANGES, st.randoms())
def test_the_order_of_changes_does_not_matter(changes, chance):
    mixed = list(changes)
    chance.shuffle(mixed)
    assert effective(WINDOW, mixed) == effective(WINDOW, changes)


@given(CHANGES)
def test_a_window_is_never_empty(changes):
    moved = effective(WINDOW, changes)
    assert moved.closes_at - moved.opens_at >= WINDOW.closes_at - WINDOW.opens_at


@given(CHANGES, MINUTES, st.integers(0, 239), st.none() | MINUTES)
def test_more_time_never_closes_anybody_earlier(changes, more, started, limit):
    allowed = None if limit is None else timedelta(minutes=limit)
    before = attempt_closes(at(started), allowed, effective(WINDOW, changes).closes_at)
    closes_at = effective(WINDOW, [*changes, extension(more)]).closes_at
    assert attempt_closes(at(started), allowed, closes_at) >= before
    assert attempt_closes(at(started), allowed, closes_at, timedelta(minutes=more)) >= before + timedelta(minutes=more)


@given(CHANGES, st.integers(0, 120), st.integers(1, 100), MINUTES)
def test_who_sat_through_an_outage_gets_its_minutes(changes, start, long, limit):
    broken, allowed = outage(start, start + long), timedelta(minutes=limit)
    closes_at = effective(WINDOW, changes).closes_at
    moved = effective(WINDOW, [*changes, broken]).closes_at
    given_back = lost(broken, at(start)) if moved - closes_at == timedelta(minutes=long) else moved - closes_at
    before = attempt_closes(at(start), allowed, closes_at)
    assert attempt_closes(at(start), allowed, moved, given_back) == before + given_back


@given(CHANGES, st.integers(-300, 900), MINUTES)
def test_an_outage_that_leaves_the_close_alone_moves_no_window(changes, start, long):
    quiet = outage(start, start + long, moves_close=False)
    assert effective(WINDOW, [*changes, quiet]) == effective(WINDOW, changes)


@given(CHANGES, st.integers(0, 239), st.none() | MINUTES, st.integers(0, 300), MINUTES)
def test_who_sat_through_it_gets_all_its_minutes_past_the_close_too(changes, started, limit, start, long):
    quiet, allowed = outage(start, start + long, moves_close=False), limit and timedelta(minutes=limit)
    closes_at, back = effective(WINDOW, changes).closes_at, lost(quiet, at(started))
    before = attempt_closes(at(started), allowed, closes_at)
    assert attempt_closes(at(started), allowed, closes_at, back, back) == before + back


@pytest.mark.parametrize(("started", "minutes"), [(0, 20), (40, 10), (50, 0), (60, 0)])
def test_lost_is_what_lies_in_the_attempt(started, minutes):
    assert lost(outage(30, 50), at(started)) == timedelta(minutes=minutes)


def test_only_time_that_is_taken_out_overlaps():
    assert overlap(outage(30, 50), outage(49, 60))
    assert not overlap(outage(30, 50), outage(50, 60))
    assert not overlap(outage(30, 50), extension(10))
    assert overlap(PAUSED, outage(100, 110))
