"""How far judges were off from known marks, reckoned by hand."""

from quizapp.rules.trial import Distance, Tried, accuracies, distance

KNOWN = {"idea": 200, "style": 150}


def tried(judge, idea, style, known=KNOWN):
    marks = {"idea": idea, "style": style}
    return Tried(judge, marks, idea + style, known, sum(known.values()))


def test_bias_keeps_the_sign_and_error_does_not():
    assert distance([100, -50, -80]) == Distance(bias=-10, error=77, largest=100)


def test_the_largest_miss_keeps_its_sign_and_goes_up_when_two_are_as_large():
    assert distance([25, -75]).largest == -75
    assert distance([-75, 75]).largest == 75


def test_a_severe_judge_and_a_wavering_one_have_the_same_error_but_another_bias():
    found = accuracies([tried(1, 100, 150), tried(1, 100, 150), tried(2, 100, 150), tried(2, 200, 250)], gap=None)
    assert (found[1].total.bias, found[1].total.error) == (-100, 100)
    assert (found[2].total.bias, found[2].total.error) == (0, 100)


def test_each_criterion_is_reckoned_by_itself_so_that_misses_do_not_cancel():
    [only] = accuracies([tried(1, 100, 250)], gap=0).values()
    assert only.total == Distance(0, 0, 0)
    assert only.criteria == {"idea": Distance(-100, 100, -100), "style": Distance(100, 100, 100)}


def test_a_total_exactly_the_gap_away_is_within():
    [only] = accuracies([tried(1, 100, 150), tried(1, 99, 150), tried(1, 200, 150)], gap=100).values()
    assert (only.samples, only.within, only.share_hundredths) == (3, 2, 6666)


def test_without_a_gap_there_is_no_share():
    [only] = accuracies([tried(1, 100, 150)], gap=None).values()
    assert (only.within, only.share_hundredths) == (None, None)


def test_a_criterion_that_one_side_does_not_know_is_left_out():
    other = Tried(1, {"idea": 100, "new": 50}, 150, {"idea": 200, "old": 50}, 250)
    [only] = accuracies([other], gap=None).values()
    assert set(only.criteria) == {"idea"}


def test_nobody_has_marked():
    assert accuracies([], gap=100) == {}
