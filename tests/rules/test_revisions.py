"""Which earlier states of a text are kept, and which are thinned out."""

from datetime import UTC, datetime, timedelta

import pytest

from quizapp.rules.revisions import MOST_KEPT, MOST_LOST, NEWEST, is_worth_keeping, lost, to_drop

NOON = datetime(2026, 12, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("old", "new", "characters"),
    [
        ("", "abc", 0),
        ("abc", "abc", 0),
        ("abc", "abcd", 0),
        ("abc", "aXbc", 0),
        ("abc", "", 3),
        ("abc", "axc", 1),
        ("abcdef", "abef", 2),
        ("aaaa", "aa", 2),
        ("một hai ba", "một ba", 4),
    ],
)
def test_what_a_change_leaves_out(old, new, characters):
    assert lost(old, new) == characters


def kept(old, new, seconds=1, first=False):
    return is_worth_keeping(old, new, kept_at=None if first else NOON, now=NOON + timedelta(seconds=seconds))


def test_a_replaced_text_is_kept_when_time_has_passed_or_much_is_gone():
    text = "x" * 100
    assert not kept(text, text + "y")
    assert not kept(text, text + "y", seconds=60)
    assert kept(text, text + "y", seconds=60.001)
    assert not kept(text, text[MOST_LOST:])
    assert kept(text, text[MOST_LOST + 1 :])
    assert kept(text, text + "y", first=True)


def test_nothing_and_the_same_again_are_no_revision():
    assert not kept("", "x", seconds=600)
    assert not kept("x", "x", seconds=600)


def test_the_newest_stay_and_the_older_ones_lose_their_closest_neighbours():
    saved = [NOON + timedelta(minutes=at) for at in range(MOST_KEPT)]
    assert to_drop(saved) == []
    close = NOON + timedelta(minutes=5, seconds=1)
    more = sorted([*saved, close])
    assert [more[place] for place in to_drop(more)] == [close]
    late = [saved[-1] + timedelta(seconds=second) for second in range(1, NEWEST)]
    assert set(to_drop(saved + late)) <= set(range(1, MOST_KEPT))
    assert len(saved + late) - len(to_drop(saved + late)) == MOST_KEPT
