"""The list of appeals as an Excel file for the minutes."""

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import AuditEvent
from tests.mark_appeals.conftest import ANSWER, REASON


@pytest.fixture
def rows(app, tmp_path):
    def written():
        out = tmp_path / "phuc-khao.xlsx"
        result = app.test_cli_runner().invoke(args=["results", "appeals", "cuoc-thi", "--out", str(out)])
        assert result.exit_code == 0, result.output
        found = list(load_workbook(out)["Phúc khảo"].values)
        return [dict(zip(found[0], each, strict=True)) for each in found[1:]]

    return written


def test_each_appeal_is_a_row_with_its_answer_and_both_marks(sat, rows):
    sat.ask("=1+1 không phải công thức", slot=str(sat.slot()))
    sat.put_right()
    sat.answer()
    [row] = rows()
    assert (row["Họ và tên"], row["Về"]) == ("Trần Thị Bình", f"Câu {sat.slot()}")
    assert (row["Điểm khi gửi"], row["Điểm nay"], row["Điểm tối đa"]) == (4, 5, 5)
    assert (row["Tình trạng"], row["Trả lời"], row["Người trả lời"]) == ("Đã trả lời", ANSWER, "Lê Văn Chủ")
    assert row["Lý do đề nghị"] == "=1+1 không phải công thức"
    with transaction(writes=False):
        assert session.scalars(select(AuditEvent).where(AuditEvent.action == "export_mark_appeals")).one()


def test_what_waits_or_was_withdrawn_is_in_the_list_too(sat, rows):
    assert rows() == []
    sat.ask()
    assert [(each["Tình trạng"], each["Lý do đề nghị"]) for each in rows()] == [("Chờ trả lời", REASON)]
    sat.phone.submit(f"{sat.url}/withdraw")
    assert [each["Tình trạng"] for each in rows()] == ["Đã rút"]


def test_a_contest_that_is_not_there_is_said_so(app, cast, tmp_path):
    result = app.test_cli_runner().invoke(args=["results", "appeals", "khong-co", "--out", str(tmp_path / "a.xlsx")])
    assert result.exit_code == 1
    assert "Không có cuộc thi “khong-co”" in result.output
