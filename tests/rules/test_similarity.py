"""Near-copies and the passages that they share."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.similarity import COMMON, likeness, matching_passages, pairs_above, shingles

TEXT = "Công đoàn cơ sở chăm lo đời sống và bảo vệ quyền lợi của đoàn viên, người lao động."
TEXTS = st.lists(st.sampled_from("abcdef"), max_size=12).map(" ".join)


def test_case_accents_blanks_and_signs_do_not_matter():
    for other in (TEXT.upper(), normalize("NFD", TEXT), TEXT.replace(" ", "\n\u200b "), TEXT.replace(",", " –")):
        assert likeness(TEXT, other) == 1.0
    assert likeness(TEXT, "Cong doan co so cham lo doi song va bao ve quyen loi cua doan vien nguoi lao dong") == 1.0


def test_likeness_is_the_share_of_common_runs_of_five_words():
    # a–f has 2 runs, a–g has 3, and 2 of these 3 are common.
    assert likeness("a b c d e f", "a b c d e f g") == pytest.approx(2 / 3)
    assert likeness("a b c d e", "e d c b a") == 0.0


def test_short_texts_are_alike_when_they_are_the_same():
    assert (likeness("a b", "A, b!"), likeness("a b", "a c"), likeness("", "")) == (1.0, 0.0, 0.0)


def test_a_shingle_has_at_least_one_word():
    with pytest.raises(ValueError, match="at least one word"):
        shingles("a", 0)


@given(st.lists(TEXTS, max_size=COMMON), st.sampled_from([0.05, 0.3, 0.5, 1.0]))
def test_of_few_texts_exactly_the_pairs_that_are_alike_are_found(texts, limit):
    expected = {
        (one, other, likeness(texts[one], texts[other]))
        for other in range(len(texts))
        for one in range(other)
        if likeness(texts[one], texts[other]) >= limit
    }
    found = pairs_above(dict(enumerate(texts)), limit)
    assert set(found) == expected
    assert len(found) == len(expected)
    assert [alike for *_, alike in found] == sorted((alike for *_, alike in found), reverse=True)


def numbered(start, count):
    return " ".join(f"t{number}" for number in range(start, start + count))


def test_a_formula_that_all_use_makes_nobody_alike():
    texts = {number: f"{TEXT} {numbered(100 * number, 5)}" for number in range(COMMON + 1)}
    assert likeness(texts[0], texts[1]) > 0.4
    assert pairs_above(texts, 0.4) == []
    del texts[0]
    assert len(pairs_above(texts, 0.4)) == COMMON * (COMMON - 1) // 2


def test_a_text_handed_in_by_very_many_is_found_all_the_same():
    texts = {f"bai-{number}": TEXT for number in range(COMMON + 5)}
    assert len(pairs_above(texts, 0.9)) == (COMMON + 5) * (COMMON + 4) // 2


def test_the_likeness_of_a_pair_counts_its_formulas_too():
    texts = {number: f"{TEXT} {numbered(100 * number, 30)}" for number in range(COMMON + 5)}
    texts["copy"] = texts[3] + " thêm"
    assert pairs_above(texts, 0.5) == [(3, "copy", likeness(texts[3], texts["copy"]))]


def test_passages_are_shown_as_they_stand_in_both_texts():
    one = f"Mở bài của tôi. {TEXT} Hết."
    other = f"Khác hẳn: {normalize('NFD', TEXT.upper())}"
    (passage,) = matching_passages(one, other)
    assert one[passage.start : passage.end] == TEXT.rstrip(".")
    assert normalize("NFC", other[passage.other_start : passage.other_end]) == TEXT.upper().rstrip(".")
    assert passage.words == 19


def test_passages_that_changed_places_are_found():
    first, second = numbered(0, 6), numbered(50, 7)
    found = matching_passages(f"{first} x {second}", f"{second} y {first}")
    assert [each.words for each in found] == [6, 7]


def test_four_words_are_no_passage():
    assert matching_passages("a b c d x", "a b c d y") == []


@given(TEXTS, TEXTS)
def test_passages_hold_the_same_words_and_do_not_overlap(one, other):
    done = 0
    for each in matching_passages(one, other, least=2):
        assert one[each.start : each.end] == other[each.other_start : each.other_end]
        assert each.start >= done
        done = each.end


@given(st.text(), st.text())
def test_any_text_can_be_compared(one, other):
    matching_passages(one, other)
    assert 0.0 <= likeness(one, other) <= 1.0
