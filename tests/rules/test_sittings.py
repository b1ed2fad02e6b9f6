"""When one may start inside a round, to the instant, in a zone without and in one with summer time."""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.round_rules import Sittings
from quizapp.rules.sittings import around, is_in_sitting, next_sitting, phase_of, sitting_at
from quizapp.rules.spans import span_of
from quizapp.vocabulary import LimitPer, Phase, Weekday

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
BERLIN = ZoneInfo("Europe/Berlin")
TICK = timedelta(microseconds=1)
# 1 December 2026 is a Tuesday: three days a week, from seven in the morning to nine in the evening.
THREE_DAYS = Sittings((Weekday.TUESDAY, Weekday.THURSDAY, Weekday.SUNDAY), ((420, 1260),))
OPENS, CLOSES = datetime(2026, 12, 1, tzinfo=VIETNAM), datetime(2026, 12, 14, tzinfo=VIETNAM)


@st.composite
def some_sittings(draw):
    weekdays = draw(st.sets(st.sampled_from(Weekday), min_size=1))
    edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=6)))
    hours = tuple(zip(edges[::2], edges[1::2], strict=False))
    return Sittings(tuple(each for each in Weekday if each in weekdays), hours)


def instants(year=2026):
    return st.datetimes(datetime(year, 1, 10), datetime(year, 12, 20), timezones=st.just(UTC))


zones = st.sampled_from([VIETNAM, BERLIN, ZoneInfo("America/Santiago")])


def local(*parts, zone=VIETNAM):
    return datetime(*parts, tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - TICK, Phase.UPCOMING),
        (OPENS, Phase.BETWEEN),
        (local(2026, 12, 1, 7), Phase.OPEN),
        (local(2026, 12, 1, 21) - TICK, Phase.OPEN),
        (local(2026, 12, 1, 21), Phase.BETWEEN),
        (local(2026, 12, 2, 12), Phase.BETWEEN),  # a Wednesday
        (local(2026, 12, 3, 12), Phase.OPEN),
        (CLOSES, Phase.CLOSED),
    ],
)
def test_outside_its_sittings_an_open_round_is_between_them(now, expected):
    assert phase_of((OPENS, CLOSES), THREE_DAYS, now, VIETNAM) is expected


def test_a_round_without_sittings_is_open_through_its_window():
    assert phase_of((OPENS, CLOSES), None, OPENS, VIETNAM) is Phase.OPEN


def test_the_next_sitting_is_told_while_the_round_has_one():
    wednesday = local(2026, 12, 2, 12)
    assert next_sitting(THREE_DAYS, wednesday, VIETNAM, until=CLOSES) == (
        local(2026, 12, 3, 7),
        local(2026, 12, 3, 21),
    )
    assert next_sitting(THREE_DAYS, wednesday, VIETNAM, until=local(2026, 12, 3, 7)) is None


def test_a_sitting_until_24_00_ends_at_midnight():
    evening = Sittings((Weekday.TUESDAY,), ((1200, 1440),))
    assert sitting_at(evening, local(2026, 12, 2) - TICK, VIETNAM) == (local(2026, 12, 1, 20), local(2026, 12, 2))
    assert sitting_at(evening, local(2026, 12, 2), VIETNAM) is None


def test_a_week_runs_from_monday_to_sunday_in_the_contests_zone():
    sunday_night = datetime(2026, 12, 6, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
    assert span_of(LimitPer.WEEK, sunday_night, VIETNAM, None) == (local(2026, 11, 30), local(2026, 12, 7))
    assert span_of(LimitPer.WEEK, sunday_night + timedelta(minutes=1), VIETNAM, None) == (
        local(2026, 12, 7),
        local(2026, 12, 14),
    )


def test_a_day_in_which_clocks_are_turned_has_its_own_length():
    begin, end = span_of(LimitPer.DAY, local(2026, 3, 29, 12, zone=BERLIN), BERLIN, None)
    assert end - begin == timedelta(hours=23)


def test_rounds_and_contests_are_no_spans_of_time():
    assert span_of(LimitPer.ROUND, OPENS, VIETNAM, THREE_DAYS) is None
    assert span_of(LimitPer.CONTEST, OPENS, VIETNAM, THREE_DAYS) is None
    assert span_of(LimitPer.SITTING, OPENS, VIETNAM, None) is None


@given(some_sittings(), instants(), instants(), instants(), zones)
def test_an_instant_is_in_exactly_one_phase(sittings, one, other, now, zone):
    opens, closes = min(one, other), max(one, other) + TICK
    within = [
        now < opens,
        opens <= now < closes and is_in_sitting(sittings, now, zone),
        opens <= now < closes and not is_in_sitting(sittings, now, zone),
        now >= closes,
    ]
    phases = [Phase.UPCOMING, Phase.OPEN, Phase.BETWEEN, Phase.CLOSED]
    assert within.count(True) == 1
    assert phase_of((opens, closes), sittings, now, zone) is phases[within.index(True)]


@given(st.sampled_from([LimitPer.DAY, LimitPer.WEEK, LimitPer.SITTING]), some_sittings(), instants(), zones)
def test_spans_tile_time(per, sittings, now, zone):
    begin, end = span_of(per, now, zone, sittings)
    assert begin <= now < end
    assert span_of(per, begin, zone, sittings) == (begin, end) == span_of(per, end - TICK, zone, sittings)
    assert span_of(per, end, zone, sittings)[0] == end
    assert span_of(per, begin - TICK, zone, sittings)[1] == begin


@given(some_sittings(), instants(), zones)
def test_no_two_sittings_share_an_instant(sittings, now, zone):
    found = list(around(sittings, now, zone))
    assert all(begin < end for begin, end in found)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))
