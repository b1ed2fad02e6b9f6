"""Banks as files through the web: made by another process, by those who may use the bank, written down."""

import io

import pytest
from docx import Document
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.formats.questions.native import read_bank
from quizapp.models import AuditEvent
from quizapp.vocabulary import Role, UnionKind
from quizapp.web import children
from tests.banks.conftest import DRAFT

URL = "/organise/banks/luat/download"


@pytest.fixture
def desk(cast, client, clock):
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)
    return cast.log_in(client, cast.person("Trần Thị Tổ Chức", roles=[(Role.ORGANISER, province)]))


def events():
    with transaction(writes=False):
        asked = select(AuditEvent).where(AuditEvent.action == "export_questions")
        return [(each.subject, each.details, each.actor_id is not None) for each in session.scalars(asked)]


def test_a_bank_is_downloaded_whole_and_that_is_written_down(desk, bank):
    with desk.submit(URL, {"format": "native"}) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == "attachment; filename=luat-20261201-1200.yaml"
        assert answer.headers["Cache-Control"] == "no-store"
        assert read_bank(answer.data).bank == DRAFT
    assert events() == [("bank:luat", {"format": "native", "questions": 3}, True)]


def test_an_exam_paper_says_what_was_asked_and_nothing_of_the_key(desk, bank):
    wish = {"format": "docx", "union": "--LĐLĐ A", "title": "Đề thi", "minutes": "15", "paper_code": "101"}
    with desk.submit(URL, wish) as answer:
        assert answer.headers["Content-Disposition"] == "attachment; filename=luat-101-20261201-1200.docx"
        document = Document(io.BytesIO(answer.data))
    head = [cell.text for cell in document.tables[0].rows[0].cells]
    assert head == ["--LĐLĐ A\n-------", "ĐỀ THI\nThời gian làm bài: 15 phút\nMã đề 101"]
    assert "Đáp án" not in " ".join(each.text for each in document.paragraphs)


def test_what_a_format_cannot_hold_is_shown_before_the_file_is_taken(desk, bank):
    page = desk.submit(URL, {"format": "qti21", "preview": "1"}).get_data(as_text=True)
    assert "không giữ được những điều sau" in page
    assert "ngày hiệu lực: câu luong" in page
    assert "giữ được tất cả" in desk.submit(URL, {"format": "native", "preview": "1"}).get_data(as_text=True)
    assert events() == []


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"format": "exe"}, "không có trong danh sách"),
        ({"format": "docx", "minutes": "0"}, "từ 1 đến 999"),
        ({"format": "docx", "paper_code": "a b"}, "viết liền"),
    ],
)
def test_a_wish_that_cannot_be_is_told_and_stays_in_the_form(desk, bank, wish, said):
    answer = desk.submit(URL, {**wish, "union": "LĐLĐ tỉnh Mẫu"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert said in page
    assert "LĐLĐ tỉnh Mẫu" in page


def test_only_one_is_made_at_a_time(desk, bank):
    with children.one_at_a_time:
        assert desk.submit(URL, {"format": "native"}).status_code == 409


def test_a_failure_is_told(app, desk, bank):
    app.config["DATABASE_URL"] = "sqlite:////nowhere/at/all.sqlite3"
    answer = desk.submit(URL, {"format": "native"})
    assert answer.status_code == 500
    assert "Câu hỏi vẫn còn nguyên" in answer.get_data(as_text=True)
