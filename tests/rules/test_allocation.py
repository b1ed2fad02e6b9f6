"""Essays to judges: loads, bars, replay."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.allocation import (
    BARRED,
    FULL,
    EssayToGive,
    SeatLoad,
    allocate,
    barred_paths,
    may_have,
    next_essays,
    third_judge,
)

UNIONS = ("/1/", "/1/2/", "/1/2/5/", "/1/3/", "/1/22/", None)
BARS = st.lists(st.sampled_from(("/1/2/", "/1/3/", "/1/22/")), max_size=2).map(tuple)


@st.composite
def juries(draw):
    capacities = st.none() | st.integers(1, 8)
    seats = [
        SeatLoad(number, draw(capacities), draw(st.integers(0, 3)), draw(BARS))
        for number in range(1, draw(st.integers(0, 6)) + 1)
    ]
    ids = st.frozensets(st.integers(1, 7), max_size=2)
    essays = [
        EssayToGive(100 + number, draw(st.sampled_from(UNIONS)), draw(ids), draw(ids))
        for number in range(draw(st.integers(0, 12)))
    ]
    return essays, seats, draw(st.integers(1, 3))


def loads(allocated, seats=()):
    counted = Counter({seat.seat_id: seat.load for seat in seats})
    counted.update(seat_id for _, seat_id in allocated.pairs)
    return counted


def essays(count, path="/1/9/"):
    return [EssayToGive(number, path) for number in range(count)]


@given(juries())
def test_nobody_gets_a_barred_essay_or_one_twice_or_more_than_his_capacity(jury):
    given_essays, seats, per_essay = jury
    allocated = allocate(given_essays, seats, per_essay=per_essay, seed="s")
    by_id, seat_of = {each.essay_id: each for each in given_essays}, {seat.seat_id: seat for seat in seats}
    assert len(set(allocated.pairs)) == len(allocated.pairs)
    for essay_id, seat_id in allocated.pairs:
        assert may_have(by_id[essay_id], seat_of[seat_id])
        assert seat_id not in by_id[essay_id].judges
    for seat in seats:
        assert seat.capacity is None or loads(allocated, seats)[seat.seat_id] <= max(seat.capacity, seat.load)


@given(juries())
def test_an_essay_has_all_its_judges_or_is_said_to_lack_them(jury):
    given_essays, seats, per_essay = jury
    allocated = allocate(given_essays, seats, per_essay=per_essay, seed="s")
    lacking = {short.essay_id: short.lacking for short in allocated.short}
    found = Counter(essay_id for essay_id, _ in allocated.pairs)
    for essay in given_essays:
        wanted = max(per_essay - len(essay.judges), 0)
        assert found[essay.essay_id] + lacking.get(essay.essay_id, 0) == wanted


@given(juries())
def test_no_other_allocation_gives_more(jury):
    given_essays, seats, per_essay = jury
    allocated = allocate(given_essays, seats, per_essay=per_essay, seed="s")
    assert len(allocated.pairs) == most_pairs(given_essays, seats, per_essay)


@given(juries(), st.randoms())
def test_the_same_seed_gives_the_same_whatever_the_order(jury, random):
    given_essays, seats, per_essay = jury
    first = allocate(given_essays, seats, per_essay=per_essay, seed="s")
    random.shuffle(given_essays)
    random.shuffle(seats)
    assert allocate(given_essays, seats, per_essay=per_essay, seed="s") == first


@given(st.integers(0, 60), st.integers(1, 8), st.integers(1, 3), st.text(max_size=3))
def test_loads_of_equal_seats_differ_by_at_most_one(count, judges, per_essay, seed):
    seats = [SeatLoad(number) for number in range(judges)]
    counted = loads(allocate(essays(count), seats, per_essay=per_essay, seed=seed), seats)
    assert max(counted.values()) - min(counted.values()) <= 1


@given(juries(), st.integers(0, 10), st.randoms())
def test_who_takes_essays_gets_none_that_is_barred_or_has_its_judges_and_those_in_most_need(jury, count, random):
    given_essays, seats, per_essay = jury
    by_id = {each.essay_id: each for each in given_essays}
    thirds = set(list(by_id)[::3])
    for seat in seats:
        asked = {"per_essay": per_essay, "thirds": thirds, "count": count, "seed": "s"}
        taken = next_essays(given_essays, seat, **asked)
        shuffled = random.sample(given_essays, len(given_essays))
        assert next_essays(shuffled, seat, **asked) == taken
        need = {key: per_essay + 1 if key in thirds else per_essay - len(each.judges) for key, each in by_id.items()}
        able = {key for key, each in by_id.items() if may_have(each, seat) and seat.seat_id not in each.judges}
        able = {key for key in able if need[key] > 0}
        room = count if seat.capacity is None else max(min(count, seat.capacity - seat.load), 0)
        assert set(taken) <= able
        assert len(taken) == len(set(taken)) == min(room, len(able))
        if taken:
            assert min(need[key] for key in taken) >= max((need[key] for key in able - set(taken)), default=0)


def test_another_seed_gives_another_allocation():
    seats = [SeatLoad(number) for number in range(5)]
    first, second = (set(allocate(essays(20), seats, per_essay=2, seed=seed).pairs) for seed in ("a", "b"))
    assert first != second


def test_loads_follow_capacities():
    seats = [SeatLoad(1, 40), SeatLoad(2, 20), SeatLoad(3, 20)]
    assert loads(allocate(essays(40), seats, per_essay=1, seed="s")) == {1: 20, 2: 10, 3: 10}


def test_a_seat_without_capacity_takes_what_the_others_cannot():
    seats = [SeatLoad(1, 4), SeatLoad(2)]
    assert loads(allocate(essays(30), seats, per_essay=1, seed="s")) == {1: 4, 2: 26}


def test_bars_do_not_make_the_loads_uneven_where_another_way_exists():
    first, second = essays(30, "/1/2/"), [replace(each, essay_id=each.essay_id + 100) for each in essays(30, "/1/3/")]
    seats = [SeatLoad(1, barred_paths=("/1/2/",)), SeatLoad(2, barred_paths=("/1/3/",)), SeatLoad(3)]
    assert set(loads(allocate(first + second, seats, per_essay=1, seed="s")).values()) == {20}


def test_later_essays_go_to_those_who_have_few():
    seats = [SeatLoad(1, load=10), SeatLoad(2, load=10), SeatLoad(3)]
    assert loads(allocate(essays(10), seats, per_essay=1, seed="s"), seats) == {1: 10, 2: 10, 3: 10}


def test_what_a_leaving_judge_gave_back_goes_to_others_and_the_rest_stays():
    essay = EssayToGive(1, "/1/9/", judges=frozenset({1}), barred_seats=frozenset({2}))
    assert allocate([essay], [SeatLoad(1), SeatLoad(2), SeatLoad(3)], per_essay=2, seed="s").pairs == ((1, 3),)


def test_an_essay_whose_judges_stay_though_they_take_no_more_needs_none():
    essay = EssayToGive(1, "/1/9/", judges=frozenset({8, 9}))
    assert allocate([essay], [SeatLoad(1)], per_essay=2, seed="s").pairs == ()


def test_a_full_judge_passes_an_essay_on_so_that_another_gets_its_judges():
    # Fewest choices first does not help: all have two, and only the first two can be had by the seat that is left.
    seats = [SeatLoad(1, 2, barred_paths=("/1/4/",)), SeatLoad(2, 2, barred_paths=("/1/3/",)), SeatLoad(3, 2)]
    seats[2] = replace(seats[2], barred_paths=("/1/2/",))
    written = [
        EssayToGive(number, path) for number, path in enumerate(["/1/2/", "/1/2/", "/1/3/", "/1/3/"] + ["/1/4/"] * 2)
    ]
    for seed in "abcdefghijklmnopqrst":
        assert allocate(written, seats, per_essay=1, seed=seed).short == ()


def test_why_an_essay_lacks_judges_is_said():
    barred = allocate(essays(1, "/1/2/5/"), [SeatLoad(1), SeatLoad(2, barred_paths=("/1/2/",))], per_essay=2, seed="s")
    assert [(short.lacking, short.reason) for short in barred.short] == [(1, BARRED)]
    full = allocate(essays(3), [SeatLoad(1, 1), SeatLoad(2, 2)], per_essay=1, seed="s").short
    assert full == ()
    full = allocate(essays(4), [SeatLoad(1, 1), SeatLoad(2, 2)], per_essay=1, seed="s").short
    assert [(short.lacking, short.reason) for short in full] == [(1, FULL)]


def test_each_judge_reads_in_an_order_of_his_own():
    pairs = allocate(essays(30), [SeatLoad(1), SeatLoad(2)], per_essay=2, seed="s").pairs
    first, second = ([essay for essay, seat in pairs if seat == number] for number in (1, 2))
    assert sorted(first) == sorted(second) == list(range(30))
    assert first != second != sorted(second)


def test_a_third_judge_is_the_least_loaded_who_has_not_had_the_essay():
    essay = EssayToGive(1, "/1/2/")
    seats = [SeatLoad(1, load=1), SeatLoad(2, load=2), SeatLoad(3, load=9), SeatLoad(4, barred_paths=("/1/2/",))]
    assert third_judge(essay, seats, {1, 2}, "s") == 3
    assert third_judge(essay, seats, {1, 2, 3}, "s") is None
    assert third_judge(essay, [SeatLoad(5, 1, load=1)], {1, 2}, "s") is None


def test_equally_free_third_judges_take_turns_by_seed():
    seats = [SeatLoad(number) for number in range(5)]
    chosen = [third_judge(EssayToGive(each, "/1/2/"), seats, (), "s") for each in range(50)]
    assert set(chosen) == {0, 1, 2, 3, 4}
    assert chosen == [third_judge(EssayToGive(each, "/1/2/"), seats[::-1], (), "s") for each in range(50)]


@pytest.mark.parametrize(
    ("judge", "organiser", "barred"),
    [
        ("/1/2/", "/1/", ("/1/2/",)),
        ("/1/2/", "/1/3/", ("/1/2/",)),
        ("/1/2/", "/1/22/", ("/1/2/",)),
        ("/1/", "/1/", ()),
        ("/1/", "/1/2/", ()),
    ],
)
def test_a_judges_own_union_is_barred_unless_it_organises(judge, organiser, barred):
    assert barred_paths(judge, organiser) == barred


def test_a_bar_holds_below_and_not_beside():
    seat = SeatLoad(1, barred_paths=("/1/2/",))
    may = {path: may_have(EssayToGive(1, path), seat) for path in UNIONS}
    assert may == {"/1/": True, "/1/2/": False, "/1/2/5/": False, "/1/3/": True, "/1/22/": True, None: True}


def most_pairs(given_essays, seats, per_essay):
    """The greatest number of pairs, by a plain search for augmenting paths: an independent way to the number."""
    wants = [each for each in given_essays for _ in range(max(per_essay - len(each.judges), 0))]
    room = {seat.seat_id: 99 if seat.capacity is None else max(seat.capacity - seat.load, 0) for seat in seats}
    flow: dict[int, set[int]] = {each.essay_id: set() for each in given_essays}

    def may(essay):
        return [seat.seat_id for seat in seats if may_have(essay, seat) and seat.seat_id not in essay.judges]

    def augment(essay, seen):
        for seat_id in may(essay):
            if seat_id in flow[essay.essay_id] or seat_id in seen:
                continue
            seen.add(seat_id)
            holders = [each for each in given_essays if seat_id in flow[each.essay_id]]
            if len(holders) < room[seat_id]:
                flow[essay.essay_id].add(seat_id)
                return True
            for other in holders:
                if augment(other, seen):
                    flow[other.essay_id].discard(seat_id)
                    flow[essay.essay_id].add(seat_id)
                    return True
        return False

    return sum(augment(essay, set()) for essay in wants)
