"""Near-copies and the passages that they share."""

from random import Random
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.similarity import COMMON, LEAST, alike_to, matching_passages, pairs_above, pieces, runs_of, share

TEXT = "Công đoàn cơ sở chăm lo đời sống và bảo vệ quyền lợi của đoàn viên, người lao động."
TEXTS = st.lists(st.sampled_from("abcdef"), max_size=40).map(" ".join)


def alike(one, other):
    return share(runs_of(one), runs_of(other))


def numbered(start, count):
    return " ".join(f"t{number}" for number in range(start, start + count))


def pairs(texts, limit):
    return pairs_above({key: runs_of(text) for key, text in texts.items()}, limit)


def test_case_accents_blanks_and_signs_do_not_matter():
    for other in (TEXT.upper(), normalize("NFD", TEXT), TEXT.replace(" ", "\n\u200b "), TEXT.replace(",", " –")):
        assert alike(TEXT, other) == 1.0
    assert alike(TEXT, "Cong doan co so cham lo doi song va bao ve quyen loi cua doan vien nguoi lao dong") == 1.0


def test_the_share_is_how_much_of_the_shorter_text_stands_in_the_other():
    whole, part = numbered(0, 104), f"{numbered(30, 14)} {numbered(500, 10)}"
    # Of 24 words there are 20 runs of five; the 14 that were taken over make 10 of them.
    assert alike(whole, part) == alike(part, whole) == 0.5
    assert alike(numbered(0, 50), numbered(60, 50)) == 0.0


def test_a_few_words_in_common_are_chance():
    one, other = numbered(0, 20), f"{numbered(0, LEAST + 3)} {numbered(50, 9)}"
    assert alike(one, other) == 0.0
    assert alike(one, f"{numbered(0, LEAST + 4)} {numbered(50, 8)}") == LEAST / 16


def test_short_texts_are_alike_when_they_are_the_same():
    assert (alike("a b", "A, b!"), alike("a b", "a c"), alike("", "")) == (1.0, 0.0, 0.0)


def test_a_run_has_at_least_one_word():
    with pytest.raises(ValueError, match="at least one word"):
        runs_of("a", 0)


@given(st.lists(TEXTS, max_size=COMMON), st.sampled_from([0.05, 0.3, 0.5, 1.0]))
def test_of_few_texts_exactly_the_pairs_that_are_alike_are_found(texts, limit):
    expected = {
        (one, other, alike(texts[one], texts[other]))
        for other in range(len(texts))
        for one in range(other)
        if alike(texts[one], texts[other]) >= limit
    }
    found = pairs(dict(enumerate(texts)), limit)
    assert set(found) == expected
    assert len(found) == len(expected)
    assert [share for *_, share in found] == sorted((share for *_, share in found), reverse=True)


def test_a_formula_that_all_use_makes_nobody_alike():
    texts = {number: f"{TEXT} {numbered(100 * number, 5)}" for number in range(COMMON + 1)}
    assert alike(texts[0], texts[1]) > 0.4
    assert pairs(texts, 0.4) == []
    del texts[0]
    assert len(pairs(texts, 0.4)) == COMMON * (COMMON - 1) // 2


def test_a_text_handed_in_by_very_many_is_told_of_each_with_the_first():
    texts = {f"bai-{number}": TEXT for number in range(COMMON)}
    assert len(pairs(texts, 0.9)) == COMMON * (COMMON - 1) // 2
    texts |= {f"bai-{number}": TEXT for number in range(5000)} | {"gan-giong": f"{TEXT} thêm"}
    found = pairs(texts, 0.9)
    assert {one for one, *_ in found} == {"bai-0"}
    assert len(found) == 5000


def test_the_share_of_a_pair_counts_its_formulas_too():
    texts = {number: f"{TEXT} {numbered(100 * number, 30)}" for number in range(COMMON + 5)}
    texts["copy"] = texts[3] + " thêm"
    assert pairs(texts, 0.5) == [(3, "copy", alike(texts[3], texts["copy"]))]
    assert alike(texts[3], texts["copy"]) == 1.0


@pytest.mark.parametrize("together", [1, 3, 10])
def test_a_copy_with_three_words_of_ten_changed_is_found(together):
    words, chance = numbered(0, 500).split(), Random(together)
    for place in chance.sample(range(0, 500, together), 150 // together):
        words[place : place + together] = [f"x{place + each}" for each in range(together)]
    texts = {number: numbered(1000 * number, 500) for number in range(50)} | {"copy": " ".join(words[:500])}
    ((one, other, found),) = pairs(texts, 0.10)  # what the organisers are offered
    assert (one, other) == (0, "copy")
    assert found < 0.75


def test_what_many_took_from_one_text_is_found_by_that_text():
    law = numbered(0, 300)
    texts = {number: runs_of(f"{numbered(100, 60)} {numbered(1000 * number, 100)}") for number in range(1, 101)}
    assert pairs_above(texts, 0.12) == []
    found = alike_to(runs_of(law), texts, 0.12)
    assert [number for number, _ in found] == [*range(1, 101)]
    assert {alike for _, alike in found} == {56 / 156}


def test_how_much_is_done_is_told_up_to_the_end():
    told = []
    pairs_above({number: runs_of(numbered(0, number)) for number in range(600)}, 0.5, told.append)
    assert told == sorted(told)
    assert 0.0 < told[0] < 0.5 < told[-1] <= 1.0


@given(TEXTS, st.lists(st.tuples(st.integers(0, 79), st.integers(0, 79)).map(sorted).map(tuple), max_size=5))
def test_pieces_put_together_are_the_text_and_know_their_passages(text, spans):
    spans = [(start, end) for start, end in spans if start < end <= len(text)]
    cut = pieces(text, spans)
    assert "".join(each.text for each in cut) == text
    for number, (start, end) in enumerate(spans, start=1):
        assert "".join(each.text for each in cut if number in each.passages) == text[start:end]
        assert sum(number in each.begins for each in cut) == 1


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
    assert 0.0 <= alike(one, other) <= 1.0
