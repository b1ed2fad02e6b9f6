"""Marks given on paper come back on the form: the desk's own checks, all or nothing, seen before they count."""

import hashlib
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.judging import actions, drafts
from quizapp.models import Allocation, Assessment, AuditEvent, TrialEssay
from tests.conftest import NOON
from tests.papers.conftest import as_bytes, judges_of, put


@pytest.fixture
def work(jury):
    """Three essays; the judge of the first one."""
    for code in ("PH3333", "PH4444"):
        jury.write(code, jury.cdcs)
    jury.unseat(jury.chi)
    jury.allocate()
    return jury


def test_marks_typed_by_a_person_finish_the_essays(work, papers):
    book = papers.form(work.an)
    put(book, "PH2222", 1, 1.25, comment="Ý tốt.\nCần cụ thể hơn.")
    put(book, "PH3333", "2", "1,5", doubt="X")
    put(book, "PH4444", "0", " 0.75 ")
    sent = papers.send(work.an, book)
    assert sent.status == 200
    assert "Xác nhận: ghi điểm 3 bài" in sent.html
    assert kept(work, "PH2222", work.an) is None, "a preview changed something"
    assert sent.confirm().status_code == 302
    first = kept(work, "PH2222", work.an)
    assert (first.marks, first.total, first.comment) == (
        {"y-tuong": 100, "cach-viet": 125},
        225,
        "Ý tốt.\nCần cụ thể hơn.",
    )
    second, third = kept(work, "PH3333", work.an), kept(work, "PH4444", work.an)
    assert (second.total, second.is_in_doubt, third.total, third.is_in_doubt) == (350, True, 75, False)


def test_rows_may_be_sorted_moved_and_left_blank_and_columns_added(work, papers):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["LĐLĐ tỉnh Mẫu"],
        [],
        ["STT", "Ghi chú của tôi", "TC2", "tc1. ý tưởng", "Mã bài *", "Nhận xét chung"],
        [1, "hay", "1,25", 2, "ph4444", None],
        [],
        [2, None, None, None, "PH3333", None],
        [3, None, 3, 0, "Bài PH2222", "Được"],
    ):
        sheet.append(row)
    sent = papers.send(work.an, book)
    assert "Cột “Ghi chú của tôi” không được dùng đến." in sent.html
    assert "ghi điểm 2 bài" in sent.html
    sent.confirm()
    assert kept(work, "PH4444", work.an).total == 325
    assert kept(work, "PH2222", work.an).comment == "Được"
    assert kept(work, "PH3333", work.an) is None


def test_the_same_file_twice_changes_nothing(work, papers):
    book = papers.form(work.an)
    put(book, "PH2222", 1, 1.25, comment="Tốt")
    papers.send(work.an, book).confirm()
    before, events = kept(work, "PH2222", work.an), work.events()
    work.clock.at(minutes=5)
    again = papers.send(work.an, book)
    assert "không có điểm mới nào để ghi" in again.html
    assert "Đã ghi từ trước (1)" in again.html
    assert '<button class="button">Xác nhận' not in again.html
    after = kept(work, "PH2222", work.an)
    assert (after.saved_at, after.finished_at, after.marks) == (before.saved_at, before.finished_at, before.marks)
    assert work.events() == events


def test_a_preview_confirmed_twice_counts_once(work, papers):
    book = papers.form(work.an)
    put(book, "PH2222", 1, 1)
    sent = papers.send(work.an, book)
    assert sent.confirm().status_code == 302
    again = sent.confirm()
    assert again.status_code == 409
    assert "Việc chấm đã thay đổi sau lần xem trước" in again.get_data(as_text=True)
    assert work.events().count("import_marks") == 1


@pytest.mark.parametrize(
    ("idea", "style", "column", "remedy"),
    [
        (1.5, 1, "cột “TC1. Ý tưởng”", "chỉ nhận các mức điểm 0; 1; 2"),
        (1, 3.25, "cột “TC2. Cách viết”", "phải từ 0 đến 3 điểm"),
        (1, 1.1, "cột “TC2. Cách viết”", "lẻ đến 0,25"),
        (1, 1.256, "cột “TC2. Cách viết”", "1,256 lẻ quá hai chữ số"),
        (1, -1, "cột “TC2. Cách viết”", "-1 không phải điểm"),
        (1, "một", "cột “TC2. Cách viết”", "“một” không phải điểm"),
        (1, date(2026, 5, 1), "cột “TC2. Cách viết”", "Excel đã đổi thành ngày 01/05/2026"),
        (1, True, "cột “TC2. Cách viết”", "đang là giá trị đúng/sai"),
        (1, 46143, "cột “TC2. Cách viết”", "không phải điểm"),
        (1, "=1+1", "ô C5", "công thức chưa có kết quả"),
        (1, None, "cột “TC2. Cách viết”", "chưa có điểm này"),
    ],
)
def test_what_is_no_mark_is_told_by_row_and_column_and_nothing_is_taken(work, papers, idea, style, column, remedy):
    book = papers.form(work.an)
    codes = [row[0].value for row in book.worksheets[0].iter_rows(min_row=5) if row[0].value]
    put(book, codes[0], idea, style)
    put(book, codes[1], 1, 1)
    sent = papers.send(work.an, book)
    assert sent.status == 422
    assert f"Dòng 5, {column}" in sent.html
    assert remedy in sent.html
    assert kept(work, codes[1], work.an) is None


def test_every_problem_is_told_at_once(work, papers):
    book = papers.form(work.an)
    sheet = book.worksheets[0]
    codes = [row[0].value for row in sheet.iter_rows(min_row=5) if row[0].value]
    put(book, codes[0], "hai", 1)
    put(book, codes[1], 1, None)
    sheet.append([codes[2], 1, 1])
    sheet.append(["XX9999", 1, 1])
    sheet.append([None, 1, 1])
    html = papers.send(work.an, book).html
    assert "Tệp có 5 chỗ cần sửa" in html
    assert "Dòng 5, cột “TC1. Ý tưởng”: “hai” không phải điểm" in html
    assert "Dòng 6, cột “TC2. Cách viết”" in html
    assert f"Dòng 8, cột “Mã bài”: bài {codes[2]} đã có ở dòng 7" in html
    assert "Dòng 9, cột “Mã bài”: không có bài nào mang mã XX9999" in html
    assert "Dòng 10, cột “Mã bài”: chưa điền" in html


def test_an_essay_of_another_judge_is_refused(work, papers):
    work.seat(work.chi)
    work.write("PH5555", work.cdcs)
    work.write("PH6666", work.cdcs)
    work.allocate()
    first, _, other = judges_of(work, "PH5555")
    book = papers.form(first)
    book.worksheets[0].append(
        [next(code for code, name in work.given(other) if (code, first.full_name) not in work.given()), 1, 1]
    )
    assert "không giao cho giám khảo này" in papers.send(first, book).html


def test_an_essay_that_was_taken_back_is_refused(work, papers):
    book = papers.form(work.an)
    put(book, "PH2222", 1, 1)
    with transaction():
        session.get_one(Allocation, work.allocation("PH2222", work.an)).withdrawn_at = work.clock.instant
    assert "bài PH2222 không còn giao cho giám khảo này" in papers.send(work.an, book).html


def test_marks_other_than_the_finished_ones_are_refused(work, papers):
    book = papers.form(work.an)
    work.finish("PH2222", work.an, 200, 100)
    put(book, "PH2222", 1, 1)
    sent = papers.send(work.an, book)
    assert sent.status == 422
    assert "bài PH2222 đã chấm xong trên máy với điểm hoặc nhận xét khác" in sent.html
    assert kept(work, "PH2222", work.an).total == 300


def test_a_draft_on_the_server_that_says_otherwise_is_shown(work, papers):
    book = papers.form(work.an)
    draft(work, "PH2222", work.an, {"mark-y-tuong": "2", "comment": "Nháp", "notes": "riêng", "comment-y-tuong": "Mới"})
    put(book, "PH2222", 1, 1, comment="Chốt")
    sent = papers.send(work.an, book)
    assert "Ý tưởng: 2 → 1; nhận xét chung khác" in sent.html
    sent.confirm()
    done = kept(work, "PH2222", work.an)
    assert (done.comment, done.notes, done.comments) == ("Chốt", "riêng", {"y-tuong": "Mới"})


def test_a_blank_comment_keeps_the_one_on_the_server(work, papers):
    book = papers.form(work.an)
    draft(work, "PH2222", work.an, {"comment": "Đã ghi"})
    put(book, "PH2222", 1, 1)
    papers.send(work.an, book).confirm()
    assert kept(work, "PH2222", work.an).comment == "Đã ghi"


def test_a_half_done_draft_that_the_form_repeats_stays_a_draft(work, papers):
    draft(work, "PH2222", work.an, {"mark-y-tuong": "2", "comment": "Nháp"})
    book = papers.form(work.an)
    put(book, "PH3333", 1, 1)
    sent = papers.send(work.an, book)
    assert "ghi điểm 1 bài" in sent.html
    sent.confirm()
    assert kept(work, "PH2222", work.an).finished_at is None


def test_a_draft_that_changed_after_the_preview_is_shown_first(work, papers):
    book = papers.form(work.an)
    put(book, "PH2222", 1, 1)
    sent = papers.send(work.an, book)
    draft(work, "PH2222", work.an, {"mark-y-tuong": "2"})
    again = sent.confirm()
    assert again.status_code == 409
    assert "Ý tưởng: 2 → 1" in again.get_data(as_text=True)
    assert kept(work, "PH2222", work.an).finished_at is None


def test_essays_settle_and_third_judges_are_called_by_the_rule(work, papers):
    work.seat(work.chi)
    first, second, third = judges_of(work, "PH2222")
    for judge, marks in ((first, (2, 3)), (second, (0, 0))):
        book = papers.form(judge)
        put(book, "PH2222", *marks)
        papers.send(judge, book).confirm()
    assert ("PH2222", third.full_name) in work.given()
    book = papers.form(third)
    put(book, "PH2222", 2, 2)
    papers.send(third, book).confirm()
    assert work.settlements() == [("PH2222", 450, True)]
    assert work.essay_mark("PH2222") == 450


def test_an_organiser_may_bring_a_judge_s_marks_and_the_file_is_written_down(work, papers):
    book = papers.form(work.an)
    put(book, "PH2222", 1, 1)
    data = as_bytes(book)
    sent = papers.send(work.an, data, by=work.organiser)
    assert "Giám khảo Lê An. Chưa lưu gì." in sent.html
    assert sent.confirm().status_code == 302
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "import_marks")).one()
    assert event.actor_id == work.organiser.id
    assert event.details["sha256"] == hashlib.sha256(data).hexdigest()
    assert (event.details["finished"], event.details["file"]) == (1, "phieu.xlsx")


def test_no_marks_before_the_trial_is_done(work, papers):
    with transaction():
        shape = {"position": 1, "text": "Mẫu", "marks": {}, "total": 0, "reasons": "", "made_at": NOON}
        session.add(TrialEssay(round_id=work.round().id, made_by_id=work.organiser.id, **shape))
    book = papers.form(work.an)
    put(book, "PH2222", 1, 1)
    sent = papers.send(work.an, book)
    assert sent.status == 409
    assert "Còn 1 bài chấm thử chưa chấm" in sent.html


def test_who_has_left_the_jury_brings_no_marks(work, papers):
    book = papers.form(work.an)
    put(book, "PH2222", 1, 1)
    sent = papers.send(work.an, book, by=work.organiser)
    work.unseat(work.an)
    assert sent.confirm().status_code == 409
    assert papers.send(work.an, book, by=work.organiser).status == 409


def test_a_preview_of_one_seat_confirms_nothing_for_another(work, papers):
    book = papers.form(work.an)
    put(book, "PH2222", 1, 1)
    sent = papers.send(work.an, book, by=work.organiser)
    sent.url = sent.url.replace(f"/seats/{papers.seat(work.an)}/", f"/seats/{papers.seat(work.binh)}/")
    assert sent.confirm().status_code == 404


def test_what_is_no_workbook_is_told(work, papers):
    sent = papers.send(work.an, b"%PDF-1.7")
    assert sent.status == 422
    assert "đây là tệp PDF" in sent.html


def test_one_free_mark_goes_the_same_way(jury, papers):
    with transaction():
        round_ = jury.round()
        round_.rules = replace(round_.rules, essay=replace(round_.rules.essay, rubric=None))
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    book = papers.form(judge)
    assert [cell.value for cell in book.worksheets[0][4]] == ["Mã bài", "Điểm", "Nhận xét", "Phân vân"]
    put(book, "PH2222", "3,75")
    papers.send(judge, book).confirm()
    assert kept(jury, "PH2222", judge).total == 375


def draft(jury, code, judge, fields):
    with transaction():
        allocation = session.get_one(Allocation, jury.allocation(code, judge))
        actions.keep(allocation, drafts.read(fields, allocation), now=jury.clock.instant)


def kept(jury, code, judge):
    with transaction(writes=False):
        return session.get(Assessment, jury.allocation(code, judge))
