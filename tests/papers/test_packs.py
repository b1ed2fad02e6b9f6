"""What a judge takes home: only the own essays, only what the own screen shows, a form that knows the criteria."""

import io

from docx.oxml.ns import qn
from PIL import Image
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.judging import actions, drafts
from quizapp.models import Allocation, Essay, EssayFile, JudgeSeat
from tests.conftest import NOON
from tests.papers.conftest import judges_of, table_of, text_of

HOSTILE = "Tôi là Người Viết PH3333.\n<script>alert(1)</script> \u202eđảo\u202c \x0b=1+1\n" + "dài " * 4000


def test_each_essay_has_its_page_with_its_code_below(jury, papers):
    jury.write("PH3333", jury.cdcs)
    jury.allocate()
    judge, mine = busiest(jury)
    document = papers.pack(judge)
    feet = [section.footer.paragraphs[0].text for section in document.sections]
    assert [each.split(" – ")[0] for each in feet] == ["Hướng dẫn chấm", *(f"Bài {code}" for code in in_order(judge))]
    titles = [each for each in document.paragraphs if each.text.startswith("BÀI ")]
    assert sorted(each.text for each in titles) == [f"BÀI {code}" for code in mine]
    assert all(each.runs[0].font.size.pt >= 24 for each in titles)


def test_the_pack_has_a_table_to_mark_in_and_tells_the_criteria(jury, papers):
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    document = papers.pack(judge)
    assert table_of(document, "Nhận xét") == [
        ["Tiêu chí", "Tối đa", "Điểm", "Nhận xét"],
        ["TC1. Ý tưởng", "2", "", ""],
        ["TC2. Cách viết", "3", "", ""],
        ["Cộng", "5", "", ""],
    ]
    said = text_of(document)
    assert "• 1 điểm – Đạt: Có ý" in said
    assert "Ký tên" in said
    assert judge.full_name in said


def test_the_pack_hides_who_wrote_and_keeps_any_text_whole(jury, papers):
    jury.write("PH3333", jury.cdcs, text=HOSTILE)
    jury.allocate()
    judge, *_ = judges_of(jury, "PH3333")
    said = text_of(papers.pack(judge))
    assert "Người Viết" not in said
    assert jury.cdcs.name not in said
    assert "<script>alert(1)</script>" in said
    assert "\u202eđảo" in said
    assert said.count("dài ") >= 3999


def test_a_pack_shows_nothing_of_other_judges(jury, papers):
    jury.allocate()
    first, second, third = judges_of(jury, "PH2222")
    jury.finish("PH2222", second, 200, 125)
    said = text_of(papers.pack(first))
    assert second.full_name not in said
    assert third.full_name not in said
    assert "1,25" not in said
    assert "3,25" not in said


def test_an_essay_that_comes_again_bears_the_code_that_its_judge_knows_it_by(jury, papers):
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    with transaction():
        allocation = session.get_one(Allocation, jury.allocation("PH2222", judge))
        allocation.alias = "KT7777"
    assert "PH2222" not in text_of(papers.pack(judge))
    assert "BÀI KT7777" in text_of(papers.pack(judge))
    assert papers.form(judge).worksheets[0]["A5"].value == "KT7777"


def test_finished_and_withdrawn_essays_are_left_out(jury, papers):
    jury.write("PH3333", jury.cdcs)
    jury.allocate()
    judge, mine = busiest(jury)
    jury.finish(mine[0], judge, 100, 100)
    assert f"BÀI {mine[0]}" not in text_of(papers.pack(judge))
    assert codes_of(papers.form(judge)) == mine[1:]
    assert sorted(codes_of(papers.form(judge, all_essays=True))) == mine
    jury.unseat(judge)
    assert codes_of(papers.form(judge, all_essays=True)) == mine[:1]


def test_pictures_of_handwriting_stand_in_the_pack(jury, papers):
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    made = io.BytesIO()
    Image.new("RGB", (2400, 3200), "white").save(made, "WEBP")
    with transaction():
        essay = session.scalars(select(Essay)).one()
        essay.files = 1
        shape = {"kind": "photo", "digest": "0" * 64, "size": 10, "width": 2400, "height": 3200, "added_at": NOON}
        session.add(
            EssayFile(
                attempt_id=essay.attempt_id, position=1, name="Bai cua Người Viết.jpg", content=made.getvalue(), **shape
            )
        )
    document = papers.pack(judge)
    [shape] = document.inline_shapes
    assert shape.width.mm <= 160.1
    assert shape.height.mm <= 220.1
    assert "1 ảnh hoặc trang kèm theo" in text_of(document)
    assert "Người Viết" not in document.element.xml


def test_the_form_takes_only_marks_that_a_criterion_allows(jury, papers):
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    book = papers.form(judge)
    sheet, lists = book.worksheets
    assert [cell.value for cell in sheet[4]] == ["Mã bài", "TC1. Ý tưởng", "TC2. Cách viết", "Nhận xét", "Phân vân"]
    rules = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    assert rules["B5"].type == "list"
    assert [lists.cell(number, 2).value for number in (1, 2, 3)] == [0, 1, 2]
    assert rules["C5"].type == "custom"
    assert "C5<=3.0" in rules["C5"].formula1
    assert lists.sheet_state == "hidden"


def test_the_form_has_what_the_judge_gave_on_the_desk(jury, papers):
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    with transaction():
        allocation = session.get_one(Allocation, jury.allocation("PH2222", judge))
        fields = {"mark-y-tuong": "1", "comment": "=Được", "notes": "riêng tôi", "doubt": "1"}
        actions.keep(allocation, drafts.read(fields, allocation), now=jury.clock.instant)
    sheet = papers.form(judge).worksheets[0]
    assert [cell.value for cell in sheet[5]] == ["PH2222", 1, None, "=Được", "x"]
    assert sheet["D5"].data_type == "s"


def test_a_pack_is_laid_out_without_any_link_to_what_is_outside(jury, papers):
    jury.allocate()
    judge, *_ = judges_of(jury, "PH2222")
    document = papers.pack(judge)
    assert not list(document.element.iter(qn("w:hyperlink")))
    assert document.core_properties.author == ""


def busiest(jury):
    """Return the judge with the most essays, and their codes in order."""
    given = {each: sorted(code for code, _ in jury.given(each)) for each in (jury.an, jury.binh, jury.chi)}
    return max(given.items(), key=lambda pair: len(pair[1]))


def in_order(judge):
    with transaction(writes=False):
        asked = select(Essay.code).join(Allocation).join(JudgeSeat).where(JudgeSeat.person_id == judge.id)
        return session.scalars(asked.order_by(Allocation.position)).all()


def codes_of(book):
    return [row[0].value for row in book.worksheets[0].iter_rows(min_row=5) if row[0].value]
