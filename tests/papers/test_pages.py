"""The pages of a jury's papers: files made by another process, for those who may have them, written down."""

import io
import subprocess
import sys

import openpyxl
import pytest
from docx import Document
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import AuditEvent
from quizapp.web import children
from tests.house import ROOT as FOLDER
from tests.papers.conftest import ROUND, judges_of, text_of
from tests.papers.test_marks_book import settle


def test_the_organiser_takes_the_minutes_away(jury):
    settle(jury)
    with jury.browser(jury.organiser).submit(f"{ROUND}/minutes.docx") as answer:
        assert answer.status_code == 200
        name = "bien-ban-cham-thi-cuoc-thi-bai-viet-20261201-1200.docx"
        assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "BIÊN BẢN CHẤM THI" in text_of(Document(io.BytesIO(answer.data)))
    assert noted("export_minutes") == (jury.organiser.id, {"round": "bai-viet"})


def test_the_organiser_takes_all_marks_with_names_when_all_is_settled(jury):
    settle(jury)
    with jury.browser(jury.organiser).submit(f"{ROUND}/marks.xlsx", {"names": "y"}) as answer:
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Trang bìa", "Bài", "Điểm từng tiêu chí", "Giám khảo", "Quyết định", "Rọc phách"]
    by, details = noted("export_essay_marks")
    assert (by, details["names"]) == (jury.organiser.id, True)


def test_names_are_refused_while_an_essay_has_no_mark(jury):
    jury.allocate()
    answer = jury.browser(jury.organiser).submit(f"{ROUND}/marks.xlsx", {"names": "y"})
    assert answer.status_code == 409
    assert "chưa được rọc phách" in answer.get_data(as_text=True)
    assert "export_essay_marks" not in jury.events()


def test_a_judge_takes_the_own_pack_and_form_away(jury, papers):
    jury.allocate()
    judge, _, other = judges_of(jury, "PH2222")
    browser, url = jury.browser(judge), f"/judge/seats/{papers.seat(judge)}/papers"
    assert f'href="{url}"' in browser.get(f"/judge/seats/{papers.seat(judge)}").get_data(as_text=True)
    with browser.submit(f"{url}/pack.docx") as answer:
        assert "BÀI PH2222" in text_of(Document(io.BytesIO(answer.data)))
    with browser.submit(f"{url}/form.xlsx") as answer:
        assert openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]["A5"].value == "PH2222"
    assert noted("export_pack")[0] == judge.id
    foreign = jury.browser(other)
    for what in ("pack.docx", "form.xlsx", "marks", "marks/confirm"):
        assert foreign.submit(f"{url}/{what}").status_code == 404
        assert foreign.submit(f"{ROUND}/seats/{papers.seat(judge)}/{what}").status_code == 404


def test_the_organiser_takes_a_judge_s_pack_away(jury, papers):
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    with jury.browser(jury.organiser).submit(f"{ROUND}/seats/{papers.seat(judge)}/pack.docx") as answer:
        assert answer.headers["Content-Disposition"].endswith(".docx")
        assert "BÀI PH2222" in text_of(Document(io.BytesIO(answer.data)))
    assert noted("export_pack")[1]["seat"] == papers.seat(judge)


def test_only_one_paper_is_made_at_a_time(jury):
    browser = jury.browser(jury.organiser)
    with children.one_at_a_time:
        answer = browser.submit(f"{ROUND}/minutes.docx")
    assert answer.status_code == 409
    assert "đang tạo một tệp khác" in answer.get_data(as_text=True)


def test_a_failure_is_told_and_nothing_is_written_down(app, jury):
    browser = jury.browser(jury.organiser)
    good, app.config["DATABASE_URL"] = app.config["DATABASE_URL"], "sqlite:////nowhere/at/all.sqlite3"
    answer = browser.submit(f"{ROUND}/minutes.docx")
    app.config["DATABASE_URL"] = good
    assert answer.status_code == 500
    assert "không tạo được tệp này" in answer.get_data(as_text=True)
    assert "export_minutes" not in jury.events()


def test_the_pages_tell_how_far_the_jury_is(jury, papers):
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    browser = jury.browser(jury.organiser)
    html = browser.get(ROUND).get_data(as_text=True)
    assert "Còn 1 bài chưa có điểm" in html
    assert judge.full_name in html
    assert "đã chấm 0/1 bài" in browser.get(f"{ROUND}/seats/{papers.seat(judge)}").get_data(as_text=True)


def test_no_pages_for_a_round_or_a_seat_that_is_not_there(jury):
    browser = jury.browser(jury.organiser)
    assert browser.get(ROUND.replace("bai-viet", "khac")).status_code == 404
    assert browser.get(f"{ROUND}/seats/999").status_code == 404


@pytest.mark.parametrize("module", ["openpyxl", "docx", "PIL.Image", "pandas"])
def test_the_pages_load_nothing_for_word_and_excel(module):
    code = (
        "import sys, types; p = types.ModuleType('quizapp'); p.__path__ = ['quizapp']; sys.modules['quizapp'] = p; "
        f"import quizapp.papers.views; print({module!r} in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=FOLDER, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def noted(action):
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == action)).one()
        return event.actor_id, event.details
