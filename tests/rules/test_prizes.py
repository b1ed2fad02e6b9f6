"""Who gets which prize: the highest one a person, ties at a border, and lots that anybody can replay."""

from collections import Counter
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.contest_rules import BoardRules, DivisionRules, PrizeRules
from quizapp.rules.lots import digest, drawn
from quizapp.rules.prizes import Award, Decision, Placed, Waiting, awards, choices
from quizapp.vocabulary import OnePrize, OnTie, PrizeBy, StandingsOf, TieDecision
from tests.rules.contest import contest_rules, round_rules

SEED = "5eed"
DIVISIONS = (DivisionRules("A", "Bảng A"), DivisionRules("B", "Bảng B"))


def board(key, rounds=None, of=StandingsOf.PEOPLE):
    return BoardRules(key, key, of, rounds)


def rules(*prizes, one_prize=OnePrize.CONTEST, **changed):
    boards = (
        board("chung-cuoc"),
        board("tuan-1", ("tuan-1",)),
        board("tuan-1-nu", ("tuan-1",)),
        board("don-vi", of=StandingsOf.UNIONS),
        board("don-vi-2", of=StandingsOf.UNIONS),
    )
    rounds = round_rules(), round_rules("tuan-2")
    return contest_rules(*rounds, boards=boards, prizes=prizes, one_prize=one_prize, divisions=DIVISIONS, **changed)


def prize(key, on="chung-cuoc", count=1, **more):
    return PrizeRules(key, key, on, count, **more)


def line(*groups):
    """Placed people: each group shares a rank."""
    rows, rank = [], 1
    for group in groups:
        ids = group if isinstance(group, tuple) else (group,)
        rows += [Placed(each, rank) for each in ids]
        rank += len(ids)
    return rows


def given_to(result, key, division=""):
    return [each.id for each in result.awards if (each.prize_key, each.division) == (key, division)]


def test_titles_follow_one_another_along_a_board():
    made = awards(
        rules(prize("nhat"), prize("nhi", count=2), prize("ba", count=3)),
        {("chung-cuoc", ""): line(*range(1, 9))},
        {},
        None,
    )
    assert [given_to(made, key) for key in ("nhat", "nhi", "ba")] == [[1], [2, 3], [4, 5, 6]]
    assert made.ties == made.waiting == []
    assert made.awards[0] == Award("nhat", "chung-cuoc", "", 1, 1)


def test_a_short_board_leaves_prizes_over():
    made = awards(rules(prize("nhat"), prize("nhi", count=2)), {("chung-cuoc", ""): line(7, 8)}, {}, None)
    assert [each.id for each in made.awards] == [7, 8]


def test_equals_who_all_get_the_same_title_are_no_tie():
    made = awards(rules(prize("nhat"), prize("nhi", count=2)), {("chung-cuoc", ""): line(1, (2, 3), 4)}, {}, None)
    assert given_to(made, "nhi") == [2, 3]
    assert not made.ties


def test_each_division_has_its_own_number():
    of_a, of_b = line(1, 2, 3), line(11, 12, 13)
    made = awards(
        rules(prize("nhat", counts=(("A", "2"), ("B", "1")))),
        {("chung-cuoc", "B"): of_b, ("chung-cuoc", "A"): of_a},
        {},
        None,
    )
    assert [(each.division, each.id) for each in made.awards] == [("A", 1), ("A", 2), ("B", 11)]


def test_a_prize_whose_board_is_not_there_is_passed_over():
    both = rules(prize("nhat"), prize("tap-the", "don-vi"))
    assert [each.prize_key for each in awards(both, {("don-vi", ""): line(5)}, {}, None).awards] == ["tap-the"]


def test_a_person_gets_the_prize_of_greatest_value_and_the_next_moves_up():
    both = rules(prize("tuan", "tuan-1", value_vnd=500_000), prize("chung", value_vnd=2_000_000))
    boards = {("tuan-1", ""): line(1, 2), ("chung-cuoc", ""): line(1, 3)}
    made = awards(both, boards, {}, None)
    assert given_to(made, "chung") == [1]
    assert given_to(made, "tuan") == [2]


def test_without_values_the_earlier_prize_is_the_higher():
    boards = {("tuan-1", ""): line(1, 2), ("chung-cuoc", ""): line(1, 3)}
    made = awards(rules(prize("tuan", "tuan-1"), prize("chung")), boards, {}, None)
    assert (given_to(made, "tuan"), given_to(made, "chung")) == ([1], [3])


def test_along_one_board_the_better_rank_gets_the_earlier_prize_whatever_it_is_worth():
    made = awards(
        rules(prize("nhat", value_vnd=1), prize("nhi", value_vnd=9)), {("chung-cuoc", ""): line(1, 2)}, {}, None
    )
    assert (given_to(made, "nhat"), given_to(made, "nhi")) == ([1], [2])


@pytest.mark.parametrize(
    ("one_prize", "of_women", "of_all"),
    [(OnePrize.CONTEST, [2], [3]), (OnePrize.ROUND, [2], [1]), (OnePrize.NO, [1], [1])],
)
def test_one_prize_in_the_contest_in_boards_of_the_same_rounds_or_no_limit(one_prize, of_women, of_all):
    three = rules(prize("tuan", "tuan-1"), prize("nu", "tuan-1-nu"), prize("chung"), one_prize=one_prize)
    boards = {("tuan-1", ""): line(1, 2), ("tuan-1-nu", ""): line(1, 2), ("chung-cuoc", ""): line(1, 2, 3)}
    made = awards(three, boards, {}, None)
    assert (given_to(made, "nu"), given_to(made, "chung")) == (of_women, of_all)


def test_nobody_gets_two_titles_of_one_board_even_without_the_limit():
    made = awards(rules(prize("nhat"), prize("nhi"), one_prize=OnePrize.NO), {("chung-cuoc", ""): line(1, 2)}, {}, None)
    assert [each.id for each in made.awards] == [1, 2]


def test_side_prizes_neither_count_nor_are_barred():
    three = rules(prize("phu", is_side=True), prize("nhat"), prize("nhi"))
    made = awards(three, {("chung-cuoc", ""): line(1, 2)}, {}, None)
    assert [given_to(made, key) for key in ("phu", "nhat", "nhi")] == [[1], [1], [2]]


def test_unions_may_have_prizes_of_several_boards():
    boards = {("don-vi", ""): line(1), ("don-vi-2", ""): line(1)}
    assert len(awards(rules(prize("a", "don-vi"), prize("b", "don-vi-2")), boards, {}, None).awards) == 2


def test_a_tie_at_the_border_waits_and_with_it_what_is_below():
    three = rules(prize("nhat"), prize("nhi", count=2), prize("ba"))
    made = awards(three, {("chung-cuoc", ""): line(1, 2, (5, 4, 3), 6)}, {}, SEED)
    (tie,) = made.ties
    assert (tie.prize_key, tie.rank, tie.remaining, tie.contenders) == ("nhi", 3, 1, (3, 4, 5))
    assert tie.digest == sha256(b"3,4,5").hexdigest()
    assert [each.id for each in made.awards] == [1, 2]
    assert made.waiting == [Waiting("ba", "chung-cuoc", "")]


@pytest.mark.parametrize(
    ("decision", "second", "third"),
    [(TieDecision.ALL, [2, 3, 4], [5]), (TieDecision.NOBODY, [], [2])],
)
def test_a_decision_settles_the_tie_and_the_rest_stand_first_for_the_next_prize(decision, second, third):
    three = rules(prize("nhat"), prize("nhi", count=2), prize("ba"), prize("khuyen-khich", count=9))
    board_ = {("chung-cuoc", ""): line(1, (2, 3, 4), 5)}
    made = awards(three, board_, {("nhi", ""): Decision(decision, digest([4, 3, 2]))}, SEED)
    assert given_to(made, "nhi") == second
    if decision is TieDecision.ALL:
        assert (given_to(made, "ba"), made.ties) == (third, [])
    else:
        assert [(each.prize_key, each.contenders) for each in made.ties] == [("ba", (2, 3, 4))]


def test_a_decision_about_others_decides_nothing():
    tied = {("chung-cuoc", ""): line((1, 2, 3))}
    decided = {("nhat", ""): Decision(TieDecision.ALL, digest([1, 2]))}
    assert awards(rules(prize("nhat")), tied, decided, None).ties


@pytest.mark.parametrize("by_rules", [True, False])
def test_lots_are_drawn_by_rules_or_by_decision_and_losers_stand_first_for_the_next(by_rules):
    two = rules(prize("nhat", on_tie=OnTie.LOT if by_rules else OnTie.ASK), prize("nhi", count=2))
    decided = {} if by_rules else {("nhat", ""): Decision(TieDecision.LOT, digest([1, 2, 3]))}
    made = awards(two, {("chung-cuoc", ""): line((1, 2, 3), 4)}, decided, SEED)
    lots = {each: sha256(f"{SEED}|nhat||{each}".encode()).hexdigest() for each in (1, 2, 3)}
    (first,) = (each for each in made.awards if each.prize_key == "nhat")
    assert first.id == min(lots, key=lots.__getitem__)
    assert first.by_lot
    assert [(each.count, each.contenders) for each in made.lots] == [(1, (1, 2, 3))]
    assert given_to(made, "nhi") == [each for each in (1, 2, 3) if each != first.id]


def test_without_a_seed_lots_wait_and_a_decision_may_stand_in():
    by_lot = rules(prize("nhat", on_tie=OnTie.LOT))
    tied = {("chung-cuoc", ""): line((1, 2))}
    assert awards(by_lot, tied, {}, None).ties
    decided = {("nhat", ""): Decision(TieDecision.ALL, digest([1, 2]))}
    assert given_to(awards(by_lot, tied, decided, None), "nhat") == [1, 2]
    assert len(given_to(awards(by_lot, tied, decided, SEED), "nhat")) == 1, "with a seed the rule stands"


def test_all_who_are_equal_get_it_where_the_rules_say_so():
    two = rules(prize("nhat", on_tie=OnTie.ALL), prize("nhi"))
    made = awards(two, {("chung-cuoc", ""): line((1, 2), 3)}, {}, None)
    assert (given_to(made, "nhat"), given_to(made, "nhi")) == ([1, 2], [3])


def test_a_prize_by_lot_is_drawn_among_all_who_have_none():
    two = rules(prize("nhat"), prize("may-man", count=2, by=PrizeBy.LOT))
    people = range(1, 20)
    made = awards(two, {("chung-cuoc", ""): line(*people)}, {}, SEED)
    assert set(given_to(made, "may-man")) == set(drawn(SEED, "may-man", "", people[1:])[:2])
    assert awards(two, {("chung-cuoc", ""): line(*people)}, {}, None).ties[0].prize_key == "may-man"


def test_a_lower_prize_of_another_board_waits_only_when_it_meets_somebody_whose_prize_is_open():
    two = rules(prize("chung", value_vnd=9), prize("tuan", "tuan-1", count=2, value_vnd=1))
    tied = {("chung-cuoc", ""): line((1, 2)), ("tuan-1", ""): line(5, 6, 1)}
    assert given_to(awards(two, tied, {}, None), "tuan") == [5, 6]
    tied["tuan-1", ""] = line(5, 1, 6)
    made = awards(two, tied, {}, None)
    assert given_to(made, "tuan") == [5]
    assert made.waiting == [Waiting("tuan", "tuan-1", "")]


PRIZES = st.lists(
    st.builds(
        PrizeRules,
        key=st.sampled_from("abcdef"),
        title=st.just("Giải"),
        board=st.sampled_from(["chung-cuoc", "tuan-1", "tuan-1-nu"]),
        count=st.integers(0, 4),
        value_vnd=st.none() | st.integers(0, 5),
        by=st.sampled_from(PrizeBy),
        on_tie=st.sampled_from(OnTie),
        is_side=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda each: each.key,
)
LINES = st.permutations(range(1, 13)).flatmap(
    lambda ids: st.lists(st.integers(1, 3), min_size=12, max_size=12).map(lambda sizes: cut(ids, sizes))
)


def cut(ids, sizes):
    left, groups = list(ids), []
    for size in sizes:
        if left:
            groups.append(tuple(left[:size]))
            left = left[size:]
    return line(*groups)


BOARDS = st.fixed_dictionaries({(key, ""): LINES for key in ("chung-cuoc", "tuan-1", "tuan-1-nu")})
SEEDS = st.none() | st.just(SEED)


@given(PRIZES, BOARDS, SEEDS, st.sampled_from(OnePrize))
def test_never_more_than_declared_nobody_twice_and_better_ranks_have_the_earlier_titles(
    prizes, boards, seed, one_prize
):
    contest = rules(*prizes, one_prize=one_prize)
    made = awards(contest, boards, {}, seed)
    held = {each.key for each in contest.prizes} & {each.prize_key for each in (*made.ties, *made.waiting)}
    for each in prizes:
        count = len(given_to(made, each.key))
        if each.by is PrizeBy.LOT or each.on_tie is not OnTie.ALL:
            assert count <= each.count
        if each.key not in held and (one_prize is OnePrize.NO or each.is_side):
            own_line = [
                one for one in prizes if (one.board, one.by, one.is_side) == (each.board, each.by, each.is_side)
            ]
            before = sum(len(given_to(made, one.key)) for one in own_line[: own_line.index(each)])
            assert count >= min(each.count, 12 - before)
    main = Counter(each.id for each in made.awards if not prize_of(contest, each).is_side)
    if one_prize is OnePrize.CONTEST:
        assert all(times == 1 for times in main.values())
    for kind in {(each.board, each.is_side) for each in prizes}:
        ranked = [each for each in made.awards if (each.board_key, prize_of(contest, each).is_side) == kind]
        ranks = [each.rank for each in ranked if prize_of(contest, each).by is PrizeBy.RANK]
        assert ranks == sorted(ranks)


@given(PRIZES, BOARDS)
def test_every_lot_can_be_replayed_from_its_contenders(prizes, boards):
    made = awards(rules(*prizes), boards, {}, SEED)
    won = {(each.prize_key, each.id) for each in made.awards if each.by_lot}
    assert won == {
        (each.prize_key, one)
        for each in made.lots
        for one in drawn(SEED, each.prize_key, each.division, each.contenders)[: each.count]
    }


@given(PRIZES, BOARDS, SEEDS, st.randoms())
def test_neither_the_order_of_the_boards_nor_a_second_run_changes_anything(prizes, boards, seed, random):
    contest = rules(*prizes)
    mixed = list(boards.items())
    random.shuffle(mixed)
    assert awards(contest, dict(mixed), {}, seed) == awards(contest, boards, {}, seed)


@given(PRIZES, BOARDS, SEEDS, st.sampled_from([OnePrize.CONTEST, OnePrize.ROUND]), st.data())
def test_what_is_given_beside_an_open_tie_stays_whatever_is_decided(prizes, boards, seed, one_prize, data):
    contest, decisions = rules(*prizes, one_prize=one_prize), {}
    made = awards(contest, boards, decisions, seed)
    while made.ties:
        tie = made.ties[0]
        choices = [each for each in TieDecision if seed or each is not TieDecision.LOT]
        decisions[tie.prize_key, tie.division] = Decision(data.draw(st.sampled_from(choices)), tie.digest)
        after = awards(contest, boards, decisions, seed)
        assert set(made.awards) <= set(after.awards)
        made = after
    assert not made.waiting


@given(st.sets(st.integers(1, 10**6), min_size=2, max_size=20), st.randoms())
def test_lots_do_not_know_the_order_of_the_contenders(contenders, random):
    mixed = list(contenders)
    random.shuffle(mixed)
    assert drawn(SEED, "nhat", "A", mixed) == drawn(SEED, "nhat", "A", sorted(contenders))
    assert digest(mixed) == digest(contenders)
    assert set(drawn("other", "nhat", "A", mixed)) == contenders


def prize_of(contest, award):
    return next(each for each in contest.prizes if each.key == award.prize_key)


def test_a_prize_of_none_in_a_division_waits_for_nothing():
    none = rules(replace(prize("nhat"), count=0, by=PrizeBy.LOT))
    made = awards(none, {("chung-cuoc", ""): line(1, 2)}, {}, None)
    assert (made.awards, made.ties, made.waiting) == ([], [], [])


@pytest.mark.parametrize(
    ("prize_", "has_seed", "left"),
    [
        (prize("a"), True, ["lot", "all", "nobody"]),
        (prize("a"), False, ["all", "nobody"]),
        (prize("a", on_tie=OnTie.LOT), False, ["all", "nobody"]),
        (prize("a", on_tie=OnTie.LOT), True, []),
        (prize("a", on_tie=OnTie.ALL), False, []),
        (prize("a", by=PrizeBy.LOT), False, ["nobody"]),
        (prize("a", by=PrizeBy.LOT), True, []),
    ],
)
def test_the_choices_are_those_that_the_rules_leave(prize_, has_seed, left):
    assert sorted(choices(prize_, has_seed=has_seed)) == sorted(left)
