"""The organiser's pages: a file is previewed, confirmed once, listed and taken back."""

import html
import io
import re

import pytest
from sqlalchemy import func, select

from quizapp.db import session, transaction
from quizapp.models import Attempt, Disqualification
from tests.attempt_imports.conftest import as_file

URL = "/organise/contests/cuoc-thi/attempts/import"
AN = "tuan-1;0912345678;Lê Văn An;2/9/1990;MAY;2026-12-01 13:00;2026-12-01 13:10:30;4"


@pytest.fixture
def desk(place, cast, client):
    return cast.log_in(client, place.organiser)


def text(reply):
    return html.unescape(reply.get_data(as_text=True))


def sent(desk, *lines):
    file = io.BytesIO(as_file(*lines)), "ket-qua.csv"
    return desk.submit(URL, {"file": file}, content_type="multipart/form-data")


def confirmed(desk, page):
    sealed = re.search(r'name="sealed"[^>]* value="([^"]+)"', text(page))
    assert sealed
    return desk.submit(f"{URL}/confirm", {"sealed": sealed[1]})


def count(table):
    with transaction(writes=False):
        return session.scalar(select(func.count()).select_from(table))


def test_a_preview_says_what_would_be_done_and_keeps_nothing(desk):
    page = sent(desk, AN)
    assert page.status_code == 200
    assert "Xác nhận: nhập 1 lượt thi, tạo 1 tài khoản" in text(page)
    assert "Tài khoản mới" in text(page)
    assert count(Attempt) == 0


def test_what_was_confirmed_is_listed_and_taken_back(desk):
    assert confirmed(desk, sent(desk, AN)).status_code == 302
    assert count(Attempt) == 1
    listed = text(desk.get(URL))
    assert "ket-qua.csv" in listed
    action = re.search(r'action="([^"]+/undo)"', listed)
    assert action
    assert "1 lượt thi không còn được tính" in text(desk.submit(action[1], follow_redirects=True))
    assert (count(Attempt), count(Disqualification)) == (1, 1)
    assert "Đã rút lại" in text(desk.get(URL))


def test_confirming_twice_imports_once(desk):
    page = sent(desk, AN)
    assert confirmed(desk, page).status_code == 302
    assert confirmed(desk, page).status_code == 409
    assert count(Attempt) == 1


def test_problems_are_listed_with_their_rows(desk):
    page = sent(desk, AN.replace(";4", ";6"))
    assert page.status_code == 422
    assert "Dòng 2, cột “Điểm”" in text(page)


def test_the_template_is_read_back(desk):
    data = desk.get(f"{URL}/sample.xlsx").get_data()
    page = desk.submit(URL, {"file": (io.BytesIO(data), "mau.xlsx")}, content_type="multipart/form-data")
    assert "MA-CUA-CDCS" in text(page)  # the example row names no union that there is
