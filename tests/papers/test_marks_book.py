"""The workbook of all marks, cell by cell."""

from datetime import datetime

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.errors import NamesSealed
from quizapp.essays import actions as desk
from quizapp.judging.queries import essay_of
from quizapp.models import Settlement
from tests.papers.conftest import judges_of, rows


def test_every_essay_is_a_row_with_what_each_judge_gave(jury, papers):
    jury.write("PH3333", jury.cdcs)
    jury.allocate()
    first, second, third = judges_of(jury, "PH2222")
    jury.finish("PH2222", first, 200, 250)
    jury.finish("PH2222", second, 0, 50)
    jury.finish("PH2222", third, 100, 200)
    essay, waiting = rows(papers.book()["Bài"])
    assert {essay[f"Giám khảo {place}"] for place in (1, 2)} == {4.5, 0.5}
    assert (essay["Lần 3"], essay["Chênh lệch"], essay["Điểm của bài"]) == (3, 4, 3.75)
    assert essay["Tình trạng"] == "Đã có điểm"
    assert "hai điểm gần nhau nhất" in essay["Cách có điểm"]
    assert (waiting["Mã bài"], waiting["Tình trạng"], waiting["Điểm của bài"]) == ("PH3333", "Đang chấm", None)


def test_every_finished_assessment_is_a_row_with_its_criteria_in_the_contest_s_zone(jury, papers):
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    jury.finish("PH2222", judge, 100, 125)
    [row] = rows(papers.book()["Điểm từng tiêu chí"])
    assert (row["Giám khảo"], row["Lượt chấm"]) == (judge.full_name, "chấm thường")
    assert (row["Ý tưởng"], row["Cách viết"], row["Tổng điểm"]) == (1, 1.25, 2.25)
    assert row["Chấm xong lúc"] == datetime(2026, 12, 1, 12, 0)
    assert row["Công đoàn"].startswith("CĐCS")


def test_layers_tell_who_decided_why_and_what_they_replaced(jury, papers):
    settle(jury)
    correct(jury, 400)
    by_rule, by_hand = rows(papers.book()["Quyết định"])
    assert (by_rule["Điểm"], by_rule["Người quyết định"], by_rule["Hiệu lực"]) == (2.5, "Theo quy tắc", "Đã thay thế")
    assert by_rule["Từ các điểm"] == "2,5; 2,5"
    assert (by_hand["Điểm"], by_hand["Người quyết định"]) == (4, "Trần Thị Tổ Chức")
    assert (by_hand["Lý do"], by_hand["Hiệu lực"]) == ("Cộng nhầm", "Đang áp dụng")


def test_a_judge_s_text_is_no_formula(jury, papers):
    settle(jury)
    with transaction():
        session.scalars(select(Settlement)).one().reason = '=HYPERLINK("http://xa.example")'
    cell = papers.book()["Quyết định"]["G2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://xa.example")')


def test_no_writer_is_named_unless_it_was_asked(jury, papers):
    settle(jury)
    book = papers.book()
    assert "Rọc phách" not in book.sheetnames
    said = "\n".join(str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
    assert "Người Viết" not in said
    assert jury.cdcs.name not in said
    [row] = rows(papers.book(with_names=True)["Rọc phách"])
    assert (row["Mã bài"], row["Họ và tên"], row["Đơn vị"]) == ("PH2222", "Người Viết PH2222", jury.cdcs.name)
    assert row["Điểm của bài"] == 2.5


def test_codes_are_not_opened_while_an_essay_has_no_mark(jury, papers):
    jury.allocate()
    with pytest.raises(NamesSealed):
        papers.book(with_names=True)
    assert ("TẠM TÍNH", "Còn 1 bài chưa có điểm: chưa phải kết quả cuối") in [
        tuple(cell.value for cell in row) for row in papers.book()["Trang bìa"].iter_rows(max_col=2)
    ]


def test_sheets_have_a_fixed_head_and_a_filter(jury, papers):
    settle(jury)
    for sheet in papers.book().worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref


def settle(jury):
    """Let both judges of the essay give 2.5."""
    jury.allocate()
    for judge in judges_of(jury, "PH2222")[:2]:
        jury.finish("PH2222", judge, 100, 150)


def correct(jury, mark):
    with transaction():
        essay = essay_of(jury.round().id, "PH2222")
        seen = session.scalars(select(Settlement.id)).one()
        by = jury.organiser
        desk.decide(jury.round(), essay, mark, seen=seen, reason="Cộng nhầm", by=by, now=jury.clock.instant)
