"""What lets one guess keys, and how kinds and levels are mixed."""

import pytest

from tests.formats.questions.checks.conftest import written

WORDS = ("Bàn", "Cửa", "Đèn", "Ghế")


def single(number, place, right="Đúng", options=4, level="de"):
    texts = ["Khác một", "Khác hai", "Khác ba", "Khác bốn"][: options - 1]
    lines = [f'      - wrong: "{text} {WORDS[number % 4]}"' for text in texts]
    lines.insert(place, f'      - right: "{right}"')
    options_text = "\n".join(lines)
    prompt = f"Điều thứ {' '.join(WORDS[int(digit) % 4] for digit in str(number))} {number * 7919 % 1000}?"
    return f"""
  - {{id: c{number}, kind: single, topic: chung, level: {level}, confidence: thu_cap, prompt: "{prompt}",
     explanation: "Vì thế.", source: "Sách (theo Báo A)", options: [__]}}
""".replace("[__]", "\n      [" + ", ".join("{" + each.strip()[2:] + "}" for each in options_text.split("\n")) + "]")


def about_habits(found, *questions, strict=True):
    problems, remarks = found(written(*questions, title="Sách"), strict=strict)
    return [text for path, text in problems if path == "questions"], [
        text for path, text in remarks if path == "questions"
    ]


def test_keys_evenly_spread_pass(found):
    assert about_habits(found, *(single(n, n % 4) for n in range(40)))[0] == []


def test_keys_mostly_in_one_place_are_named(found):
    [text] = about_habits(found, *(single(n, 1 if n % 2 else n % 4) for n in range(60)))[0]
    assert "đứng không đều ở các chỗ" in text
    assert "câu 4 phương án" in text


def test_few_questions_say_nothing_of_the_spread(found):
    assert about_habits(found, *(single(n, 1) for n in range(12)))[0] == []


def test_options_with_numbers_stand_in_their_order_and_are_not_counted(found):
    def numbered(n):
        return single(n, 1).replace("Khác", "1 khác").replace('right: "Đúng"', 'right: "2 đúng"')

    assert about_habits(found, *(numbered(n) for n in range(60)))[0] == []


@pytest.mark.parametrize(("long", "named"), [(16, 0), (17, 1)])
def test_a_right_option_that_is_too_often_the_longest_is_named(found, long, named):
    questions = (single(n, n % 4, right="Đúng" * (10 if n < long else 1)) for n in range(40))
    texts = about_habits(found, *questions)[0]
    assert [f"dài nhất ở {long}/40" in text for text in texts] == [True] * named


def test_all_of_the_above_is_no_habit(found):
    questions = [single(n, n % 4) for n in range(38)]
    last = [single(n, 3).replace('right: "Đúng"', 'right: "Tất cả các phương án trên", pinned: true') for n in (38, 39)]
    assert [text for text in about_habits(found, *questions, *last)[0] if "2/40 câu" in text]
    assert not [text for text in about_habits(found, *questions, last[0])[0] if "câu có phương án" in text]


def test_shares_of_levels_and_kinds_are_remarks_from_thirty_questions_on(found):
    problems, remarks = about_habits(found, *(single(n, n % 4) for n in range(32)))
    assert problems == []
    assert any("mức de chiếm 100%" in text for text in remarks)
    assert any("câu multiple chiếm 0%" in text for text in remarks)
    assert about_habits(found, *(single(n, n % 4) for n in range(30))) == ([], [])


def test_for_banks_of_others_habits_are_remarks(found):
    problems, remarks = about_habits(found, *(single(n, 1) for n in range(40)), strict=False)
    assert problems == []
    assert any("đứng không đều" in text for text in remarks)
