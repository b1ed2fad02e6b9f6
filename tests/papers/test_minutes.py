"""The minutes of a jury, read back from Word."""

from datetime import timedelta

from docx.oxml.ns import qn
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.judging.queries import essay_of
from quizapp.models import Appeal, Rubric
from tests.papers.conftest import judges_of, table_of, text_of
from tests.papers.test_marks_book import correct, settle


def test_the_minutes_are_laid_out_as_official_papers(jury, papers):
    settle(jury)
    document = papers.minutes()
    [section] = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    font = document.styles["Normal"].font
    assert (font.name, font.size.pt) == ("Times New Roman", 13)
    head = [cell.text for cell in document.tables[0].rows[0].cells]
    assert head == ["LĐLĐ tỉnh Mẫu\nBAN GIÁM KHẢO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"]
    assert "Trang" in section.footer.paragraphs[0].text
    assert [each.text for each in section.footer.paragraphs[0]._p.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


def test_the_list_of_codes_repeats_its_head_on_each_page(jury, papers):
    settle(jury)
    table = next(each for each in papers.minutes().tables if each.rows[0].cells[1].text == "Mã bài")
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [cell.text for cell in table.rows[1].cells] == ["1", "PH2222", "5", "2,5", "2,5", "", "2,5"]


def test_the_figures_are_those_of_the_jury(jury, papers):
    first, second, third = everything(jury)
    figures = dict(table_of(papers.minutes(), "Số lượng")[1:])
    assert figures["Bài đã nộp có nội dung"] == "3"
    assert figures["Bài đã đủ 2 điểm chấm độc lập"] == "2"
    assert figures["Bài đã chấm lần thứ ba"] == "1"
    assert figures["Lần điều chỉnh điểm đã có, kể cả sau phúc khảo"] == "1"
    assert figures["Bài có đơn phúc khảo"] == "1"
    assert figures["Đơn phúc khảo đã trả lời"] == "0"
    assert figures["Bài chưa có điểm"] == "1"
    assert {first, second, third} == {jury.an, jury.binh, jury.chi}


def test_a_correction_stands_with_the_mark_before_who_and_why(jury, papers):
    settle(jury)
    correct(jury, 400)
    [row] = table_of(papers.minutes(), "Điểm trước")[1:]
    assert row == ["PH2222", "Ban tổ chức điều chỉnh (Trần Thị Tổ Chức)", "2,5", "4", "Cộng nhầm"]


def test_unfinished_work_makes_the_minutes_provisional_for_all_to_see(jury, papers):
    jury.allocate()
    said = text_of(papers.minutes())
    assert "BẢN TẠM TÍNH" in said
    assert "1 bài: đang chấm." in said
    assert said.rstrip().endswith("Trang 1 / 1")
    assert "TẠM TÍNH – Trang" in said


def test_an_appeal_without_an_answer_is_unfinished_work(jury, papers):
    settle(jury)
    appeal(jury, "PH2222")
    assert "1 đơn phúc khảo chưa trả lời." in text_of(papers.minutes())


def test_finished_work_is_not_called_provisional(jury, papers):
    settle(jury)
    said = text_of(papers.minutes())
    assert "TẠM TÍNH" not in said
    assert "VIỆC CHƯA XONG" not in said


def test_the_chair_signs_first_and_who_left_is_told(jury, papers):
    jury.allocate()
    jury.seat(jury.chi, is_chair=True)
    jury.unseat(jury.an)
    document = papers.minutes()
    places = [cell.text for row in document.tables[-1].rows for cell in row.cells]
    assert places[0] == "TRƯỞNG BAN GIÁM KHẢO\n(Ký, ghi rõ họ tên)\nĐỗ Chi"
    assert [each.split("\n")[-1] for each in places if each] == ["Đỗ Chi", "Vũ Bình", "Lê An"]
    assert "Lê An rời Ban Giám khảo lúc 12:00 ngày 01/12/2026, đã chấm xong 0 bài" in text_of(document)


def test_the_rule_is_told_in_the_words_of_the_rules(jury, papers):
    settle(jury)
    assert "Nếu hai giám khảo cho điểm lệch nhau quá 1 điểm thì giám khảo thứ ba chấm độc lập" in text_of(
        papers.minutes()
    )


def test_no_writer_is_named(jury, papers):
    everything(jury)
    said = text_of(papers.minutes())
    assert "Người Viết" not in said
    assert jury.cdcs.name not in said


def everything(jury):
    """One essay settled and corrected and appealed, one that a third judge settled, one that waits."""
    settle(jury)
    correct(jury, 400)
    appeal(jury, "PH2222")
    jury.write("PH3333", jury.cdcs)
    jury.write("PH4444", jury.cdcs)
    jury.allocate()
    judges = judges_of(jury, "PH3333")
    for judge, idea in zip(judges, (200, 0, 100), strict=True):
        jury.finish("PH3333", judge, idea, 100)
    return judges


def appeal(jury, code):
    with transaction():
        attempt = essay_of(jury.round().id, code).attempt_id
        asked_at = jury.clock.instant - timedelta(minutes=1)
        session.add(Appeal(attempt_id=attempt, reason="Xin chấm lại.", asked_at=asked_at, mark_before=250))


def test_minutes_of_a_round_whose_rubric_is_not_written_yet(jury, papers):
    with transaction():
        session.delete(session.scalars(select(Rubric)).one())
    assert "phiếu chấm “sang-kien”" in text_of(papers.minutes())
