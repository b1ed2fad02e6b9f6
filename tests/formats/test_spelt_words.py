"""Words of the rules in the spellings in which people write them."""

import pytest

from quizapp import vocabulary
from quizapp.formats.spelt_words import ALSO, spelt
from quizapp.vocabulary import (
    Counting,
    EntrantRole,
    LimitPer,
    MultipleMarks,
    OnePrize,
    StandingsOf,
    TieBreak,
    UnionKind,
    Weekday,
    WordUnit,
)


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("BEST", Counting.BEST),
        ("cao nhất", Counting.BEST),
        ("average", Counting.MEAN),
        ("Đoàn viên", EntrantRole.MEMBER),
        ("tuần", LimitPer.WEEK),
        ("mỗi ngày", LimitPer.DAY),
        ("all-or-nothing", MultipleMarks.ALL_OR_NOTHING),
        ("true", OnePrize.CONTEST),
        ("cá nhân", StandingsOf.PEOPLE),
        ("duration", TieBreak.SECONDS),
        ("CĐCS", UnionKind.GRASSROOTS),
        ("thu", Weekday.THURSDAY),
        ("thứ 2", Weekday.MONDAY),
        ("thứ bảy", Weekday.SATURDAY),
        ("CN", Weekday.SUNDAY),
        ("từ", WordUnit.TU),
    ],
)
def test_a_word_is_known_by_its_spellings(written, word):
    assert spelt(written, type(word)) is word


@pytest.mark.parametrize(("written", "kind"), [("time", TieBreak), ("2", Weekday), ("", LimitPer), ("none", LimitPer)])
def test_what_may_mean_two_things_is_no_word(written, kind):
    assert spelt(written, kind) is None


def test_every_word_and_its_label_spell_that_word_alone():
    kinds = [each for each in vars(vocabulary).values() if isinstance(each, type) and issubclass(each, vocabulary.Word)]
    for word in (word for kind in kinds for word in kind):
        assert spelt(word.value, type(word)) is word
        assert spelt(word.label, type(word)) is word
    assert all(isinstance(word, kind) for kind, also in ALSO.items() for word in also.values())
