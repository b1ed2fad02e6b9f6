"""Questions whose answer is typed: on the paper, saved, marked, shown, counted, and late."""

import io
import re

import openpyxl
import pytest

from quizapp.rules.round_rules import Draw, ShowRule
from quizapp.vocabulary import Order, Role, ShownWhen
from tests.attempts.conftest import Phone, begin

TYPED = {"Giờ làm việc bình thường một ngày?": "8", "Tổ chức Lao động quốc tế viết tắt?": "ILO"}


@pytest.fixture
def contest(cast, province):
    """One choice, one number, one short answer, in this order; keys after the round."""
    cast.bank(single=1, typed=TYPED)
    rules = cast.round_rules(
        draws=(Draw(bank="luat", count=3),), question_order=Order.FIXED, show=ShowRule(answers=ShownWhen.AFTER_ROUND)
    )
    return cast.contest(organiser=province, rounds=[rules])


@pytest.fixture
def phone(cast, client, worker, contest, clock):
    return Phone(cast.log_in(client, worker), begin(worker, now=clock.instant))


@pytest.fixture
def url(phone):
    return f"/attempts/{phone.attempt_id}"


def html(reply):
    return reply.get_data(as_text=True)


def test_what_is_typed_is_kept_as_typed_and_marked(phone, url):
    right = phone.right_places()
    assert phone.put(phone.change(1, right[1]), phone.change(2, " 8,0 "), phone.change(3, "ilo")).status_code == 200
    assert phone.stored() == {1: right[1], 2: "8,0", 3: "ilo"}
    phone.client.submit(f"{url}/submission")
    assert phone.attempt().mark == 300


def test_a_paper_shows_a_field_and_never_the_key(phone, url):
    text = html(phone.client.get(url))
    assert text.count('class="typed"') == 2
    assert re.search(r'name="answer-2" value="" maxlength="200"[^>]*inputmode="decimal"', text)
    assert "ILO" not in text


@pytest.mark.parametrize("answer", ["x" * 201, "tám\x00"])
def test_what_no_field_could_send_is_refused_whole(phone, answer):
    reply = phone.put(phone.change(1, "1"), phone.change(2, answer))
    assert reply.status_code == 422
    assert "Câu 2: câu trả lời dài quá 200 ký tự" in reply.json["error"]
    assert phone.stored() == {}


def test_blanks_alone_are_no_answer(phone):
    phone.put(phone.change(2, "   "))
    assert phone.stored() == {2: None}


def test_without_javascript_only_what_was_changed_is_sent(phone, url):
    phone.put(phone.change(2, "a;b=c!#"), phone.change(3, "ILO"))
    was = re.search(r'name="was" value="([^"]*)"', html(phone.client.get(url)))[1]
    fields = {"was": was, "answer-2": "a;b=c!#", "answer-3": ""}
    phone.put(phone.change(2, "8"))  # on another device, since the page was made
    phone.client.submit(f"{url}/form", fields)
    assert phone.stored() == {2: "8", 3: None}


def test_the_check_names_what_is_no_number(phone, url):
    phone.put(phone.change(2, "tám giờ"), phone.change(3, "ILO"))
    text = html(phone.client.get(f"{url}/review"))
    assert "Cần ghi một con số" in text
    assert text.count("#cau-2") == 1
    assert 'Đã trả lời <strong class="num">2/3</strong>' in text


def test_after_the_round_the_owner_sees_what_was_right(phone, url, clock):
    phone.put(phone.change(2, "9"), phone.change(3, "ilo"))
    phone.client.submit(f"{url}/submission")
    assert "Đáp án đúng" not in html(phone.client.get(f"{url}/result"))
    clock.at(days=8)
    text = html(phone.client.get(f"{url}/result"))
    assert re.search(r"<li class=\"is-chosen\">9<small>Bạn đã ghi", text)
    assert re.search(r"<li class=\"is-right\">8<small>Đáp án đúng", text)
    assert "Bạn đã ghi · Đúng" in text


def test_what_came_late_is_shown_in_its_words_and_can_count(phone, url, clock, cast, province):
    phone.put(phone.change(2, "9"))
    clock.at(minutes=25)
    assert phone.put(phone.change(2, "8")).status_code == 409
    desk = cast.log_in(phone.client, cast.person(roles=[(Role.ORGANISER, province)]))
    page = f"/organise/contests/cuoc-thi/late/{phone.attempt_id}"
    assert "Đã lưu kịp giờ: 9" in html(desk.get(page))
    came = f"2-{phone.number}"
    desk.submit(page, {"action": "accept", "pick": [came], "reason": "Mất mạng ở xưởng", "seen": 1})
    assert (phone.attempt().mark, phone.stored()[2]) == (100, "8")


def test_the_workbook_counts_typed_answers(phone, url, clock, cast, province):
    phone.put(phone.change(1, "1"), phone.change(2, "8"), phone.change(3, "=1+1"))
    phone.client.submit(f"{url}/submission")
    desk = cast.log_in(phone.client, cast.person(roles=[(Role.ORGANISER, province)]))
    with desk.submit("/organise/contests/cuoc-thi/results.xlsx") as reply:
        book = openpyxl.load_workbook(io.BytesIO(reply.data))
    rows = {row[5]: row for row in book["Câu trả lời"].iter_rows(values_only=True)}
    number, short = (rows[prompt] for prompt in TYPED)
    assert (number[10], number[11], number[12]) == ("8", "✓ 8", 1)
    assert (short[10], short[11], short[12]) == ("ILO", "=1+1", 1)
