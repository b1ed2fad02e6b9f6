"""The pages on which an organiser makes a bank, looks through a file, mends it, imports it and takes it back."""

import io
import random
import zipfile

import pytest
from docx import Document
from openpyxl import Workbook
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from quizapp.banks.queries import bank_of, draft_of
from quizapp.db import session, transaction
from quizapp.models import Question, QuestionBank
from quizapp.vocabulary import QuestionKind, Role, UnionKind

BANK = "/organise/banks/luat"
IMPORT = f"{BANK}/import"
HEAD = {"code": "luat", "title": "Luật Mẫu", "about": "", "topics": "Tiền lương\nluong/thuong: Tiền thưởng"}


@pytest.fixture
def union(cast):
    return cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)


@pytest.fixture
def organiser(cast, client, union):
    return cast.log_in(client, cast.person(union=union, roles=[(Role.ORGANISER, union)]))


@pytest.fixture
def bank(organiser, union):
    organiser.submit("/organise/banks/new", {**HEAD, "unit": union.id})


def text(answer):
    return answer.get_data(as_text=True)


def word(*questions):
    """A Word file; the right option of each question is bold. questions: stem and place of the right option."""
    document = Document()
    for number, (stem, right) in enumerate(questions, start=1):
        document.add_paragraph(f"Câu {number}: {stem}")
        for place, letter in enumerate("ABCD"):
            line = document.add_paragraph()
            line.add_run(f"{letter}. Phương án {number} {letter}").bold = place == right
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def send_large(client, data):
    """Send a file that the test client itself would lay on the disk and leave there."""
    fields = {"csrf_token": client.token(), "format": "", "file": FileStorage(io.BytesIO(data), "de.docx")}
    boundary, body = encode_multipart(fields)
    return client.post(IMPORT, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def excel(*rows):
    book = Workbook()
    for row in [("Câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Đáp án"), *rows]:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def upload(client, data, name="de.docx", **more):
    typed = {"file": (io.BytesIO(data), name), "format": "", **more}
    return client.submit(IMPORT, typed, content_type="multipart/form-data")


def stored():
    with transaction(writes=False):
        return draft_of(bank_of("luat")).questions


FLAGGED = word(("Thử việc tối đa bao lâu?", 1), ("Nghỉ hằng năm mấy ngày?", None))


def test_an_organiser_makes_a_bank_of_the_own_union_and_changes_it(organiser, bank, union):
    with transaction(writes=False):
        made = bank_of("luat")
        assert (made.union_id, made.topics) == (
            union.id,
            {"tien-luong": "Tiền lương", "luong/thuong": "Tiền thưởng"},
        )
    page = text(organiser.get(f"{BANK}/edit"))
    assert "luong/thuong: Tiền thưởng" in page
    organiser.submit(f"{BANK}/edit", {"title": "Luật mới", "topics": "Tiền lương", "needs_review": "y"})
    with transaction(writes=False):
        made = bank_of("luat")
        assert (made.title, made.topics, made.needs_review) == ("Luật mới", {"tien-luong": "Tiền lương"}, True)


def test_a_code_that_is_taken_is_said_and_what_was_typed_stays(organiser, bank, union):
    answer = organiser.submit("/organise/banks/new", {**HEAD, "title": "Khác", "unit": union.id})
    assert answer.status_code == 409
    assert "Đã có ngân hàng câu hỏi mã “luat”" in text(answer)
    assert 'value="Khác"' in text(answer)


def test_a_topic_that_questions_are_of_cannot_be_dropped(organiser, bank):
    url = upload(organiser, word(("Một?", 0))).location
    organiser.post(url, data=confirmation(organiser, url))
    answer = organiser.submit(f"{BANK}/edit", {"title": "Luật", "topics": "Tiền lương"})
    assert answer.status_code == 422
    assert "Còn câu hỏi thuộc chủ đề chung" in text(answer)


def test_banks_of_other_lines_of_unions_are_not_there(organiser, bank, cast, app):
    foreign = cast.union("LĐLĐ tỉnh Khác", kind=UnionKind.PROVINCE)
    other = cast.log_in(app.test_client(), cast.person(union=foreign, roles=[(Role.ORGANISER, foreign)]))
    assert "Luật Mẫu" in text(organiser.get("/organise/banks"))
    assert "Luật Mẫu" not in text(other.get("/organise/banks"))
    assert other.get(BANK).status_code == 404


def confirmation(client, url, **more):
    page = text(client.get(url + "?show=all"))
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return {"csrf_token": client.token(), "seen": seen, "action": "confirm", **more}


def test_a_word_file_is_looked_through_imported_and_taken_back(organiser, bank):
    answer = upload(organiser, FLAGGED)
    assert answer.status_code == 302
    page = text(organiser.get(answer.location))
    assert "Word (.docx): 2 câu hỏi; đáp án nhận theo chữ đậm ở 1 câu; 1 câu chưa rõ, cần xem lại." in page
    assert "1 câu cần xem, đứng đầu danh sách" in page
    assert "1 câu vào dùng, 1 câu vào bản nháp vì chưa rõ" in page
    assert stored() == ()
    organiser.post(answer.location, data=confirmation(organiser, answer.location))
    assert [each.right_texts for each in stored()] == [("Phương án 1 B",)]
    assert "2 câu mới, 1 câu đang dùng, 1 câu ở bản nháp" in text(organiser.get(answer.location))
    organiser.submit(f"{answer.location}/undo")
    with transaction(writes=False):
        assert session.scalars(select(Question.id)).all() == []
    assert "Đã hoàn tác lần nhập này" in text(organiser.get(answer.location))


def test_an_excel_file_is_imported(organiser, bank):
    data = excel(("Một?", "a", "b", "c", "B"), ("Hai?", "d", "e", "f", "C"))
    url = upload(organiser, data, "de.xlsx").location
    organiser.post(url, data=confirmation(organiser, url))
    assert [each.right_texts for each in stored()] == [("b",), ("f",)]


def test_what_is_in_doubt_is_mended_in_place_without_scripts(organiser, bank):
    url = upload(organiser, FLAGGED).location
    mended = {"shown": "2", "2-options": "1", "2-right": "3", "2-option-3": "14 ngày", "2-prompt": "Nghỉ mấy ngày?"}
    answer = organiser.submit(url, {**mended, "2-fate": "draft", "action": "save"})
    assert answer.status_code == 302
    page = text(organiser.get(url + "?show=all"))
    assert "2 câu vào dùng" in page
    assert "Đã sửa" in page
    organiser.post(url, data=confirmation(organiser, url))
    assert [(each.prompt, each.right_texts) for each in stored()][1] == ("Nghỉ mấy ngày?", ("14 ngày",))


def test_what_the_page_gives_back_as_it_was_settles_nothing(organiser, bank):
    url = upload(organiser, FLAGGED).location
    organiser.submit(url, {"shown": "2", "2-options": "1", "2-prompt": "Nghỉ hằng năm mấy ngày?", "2-fate": "draft"})
    assert "1 câu vào bản nháp vì chưa rõ" in text(organiser.get(url))


def test_a_wish_to_use_what_lacks_its_key_is_not_heard(organiser, bank):
    url = upload(organiser, FLAGGED).location
    organiser.submit(url, {"shown": "2", "2-fate": "use", "action": "save"})
    page = text(organiser.get(url))
    assert "1 câu vào bản nháp" in page
    assert "Chưa chọn đáp án đúng." in page


def test_a_question_is_left_out_or_turned_into_another_kind(organiser, bank):
    url = upload(organiser, word(("Một?", 0), ("Hai?", 2))).location
    typed = {"shown": ["1", "2"], "1-fate": "skip", "2-kind": "short", "action": "save"}
    organiser.submit(url, typed)
    organiser.post(url, data=confirmation(organiser, url))
    [kept] = stored()
    assert (kept.kind, kept.options, kept.accepted) == (QuestionKind.SHORT, (), ("Phương án 2 C",))


def test_numbers_that_changed_since_they_were_seen_are_shown_again_first(organiser, bank):
    url = upload(organiser, word(("Một?", 0))).location
    first = confirmation(organiser, url)
    second = upload(organiser, word(("Một?", 0))).location
    organiser.post(url, data=first)
    stale = {**first, "action": "confirm"}
    answer = organiser.post(second, data=stale)
    assert answer.status_code == 409
    assert "Con số đã khác" in text(answer)
    assert "1 câu đã có sẵn" in text(answer)
    assert len(stored()) == 1


def test_a_sheet_is_private_to_whoever_brought_it(organiser, bank, cast, app, union):
    url = upload(organiser, FLAGGED).location
    other = cast.log_in(app.test_client(), cast.person(union=union, roles=[(Role.ORGANISER, union)]))
    assert other.get(url).status_code == 404
    assert "de.docx" not in text(other.get(IMPORT))
    organiser.post(url, data=confirmation(organiser, url))
    assert other.get(url).status_code == 200
    assert "de.docx" in text(other.get(IMPORT))


def test_a_file_thrown_away_leaves_nothing(organiser, bank):
    url = upload(organiser, FLAGGED).location
    organiser.submit(f"{url}/discard")
    assert organiser.get(url).status_code == 404
    assert stored() == ()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "tệp rỗng"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "đây là tệp ảnh"),
        (b"\xd0\xcf\x11\xe0" + bytes(40), ".doc"),
    ],
)
def test_a_file_without_questions_is_refused_with_its_sentence(organiser, bank, data, said):
    answer = upload(organiser, data)
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_bank_without_union_is_changed_by_admins_of_the_root_only(organiser, cast):
    with transaction():
        session.add(QuestionBank(code="chung", title="Chung", about="", topics={}))
    assert organiser.get("/organise/banks/chung").status_code == 200
    assert organiser.get("/organise/banks/chung/import").status_code == 404


def test_the_words_for_a_picture_are_typed_in_the_preview_and_lacking_they_are_told(organiser, bank):
    document = Document()
    document.add_paragraph("Câu 1: Biển báo này nghĩa là gì?")
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    document.add_picture(picture)
    for letter in "ABCD":
        document.add_paragraph().add_run(f"{letter}. Phương án {letter}").bold = letter == "B"
    kept = io.BytesIO()
    document.save(kept)
    preview = upload(organiser, kept.getvalue()).location
    assert "1 ảnh chưa có lời mô tả" in text(organiser.get(preview))
    form = confirmation(organiser, preview)
    organiser.post(preview, data={**form, "shown": "1", "1-alt-1": " Biển  cấm lửa ", "action": "save"})
    assert "chưa có lời mô tả" not in text(organiser.get(preview))
    organiser.post(preview, data=confirmation(organiser, preview))
    assert [picture.name for each in stored() for picture in each.pictures] == ["Biển cấm lửa"]


def test_a_file_larger_than_other_bodies_is_read(organiser, bank):
    kept = io.BytesIO(word(("Thử việc tối đa bao lâu?", 1)))
    with zipfile.ZipFile(kept, "a") as package:
        package.writestr("docProps/large.bin", random.Random(1).randbytes(5 * 1024 * 1024))
    answer = send_large(organiser, kept.getvalue())
    assert answer.status_code == 302
    assert "1 câu" in text(organiser.get(answer.location))


def test_a_file_of_more_than_20_mb_is_refused_with_a_sentence_on_the_page_it_came_from(organiser, bank):
    answer = send_large(organiser, bytes(21 * 1024 * 1024))
    assert (answer.status_code, answer.location) == (302, IMPORT)
    assert "Tệp lớn hơn 20 MB" in text(organiser.get(IMPORT))
