"""A file on its way into a bank: what comes into use, what stays a draft, what is there already, and the undo."""

import io
from dataclasses import replace

import pytest
from PIL import Image
from sqlalchemy import func, select

from quizapp.attempts.actions import start
from quizapp.banks import importing, undoing
from quizapp.banks.actions import Head, change_bank, make_bank
from quizapp.banks.importing import Source
from quizapp.banks.queries import bank_of, draft_of, newest_of
from quizapp.banks.sheets import Fate, told
from quizapp.db import session, transaction
from quizapp.formats.questions.drafts import (
    Citation,
    OptionDraft,
    PictureDraft,
    QuestionDraft,
    QuestionProblem,
    Reading,
    true_false_options,
)
from quizapp.models import AuditEvent, ImportPicture, Person, Question, QuestionImport, QuestionVersion, Round
from quizapp.refusals import ImportChangedSince, ImportGone
from quizapp.rules.round_rules import Draw
from quizapp.vocabulary import Level, QuestionKind
from tests.conftest import NOON

SOURCE = Source("de-thi.docx", b"PK", "docx")


def single(n: int, prompt: str = "", right: int | None = 0, **more) -> QuestionDraft:
    options = tuple(OptionDraft(f"Phương án {n}.{place}", place == right) for place in range(4))
    return QuestionDraft(QuestionKind.SINGLE, prompt or f"Điều {n} quy định gì?", options, n=n, original="…", **more)


def unclear(n: int, **more) -> QuestionDraft:
    return single(n, right=None, flagged=True, why="Màu đỏ nói B, gạch chân nói C.", **more)


def png(color: str = "red") -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), color).save(kept, "PNG")
    return kept.getvalue()


@pytest.fixture
def bank(cast):
    with transaction():
        return make_bank("luat", Head("Luật Mẫu", "", {"luong": "Tiền lương"}), None, by=None, now=NOON)


def opened(*questions, change=lambda sheet: sheet, **reading):
    """The id of an import whose sheet waits."""
    with transaction():
        sheet, drawn = importing.read_in(Reading(questions, **reading))
        return importing.open_sheet(bank_of("luat"), SOURCE, change(sheet), drawn, by=None, now=NOON).id


def confirmed(import_id):
    with transaction():
        return importing.confirm(session.get_one(QuestionImport, import_id), by=None, now=NOON)


def brought(*questions, **more):
    import_id = opened(*questions, **more)
    return confirmed(import_id), import_id


def undone(import_id):
    with transaction():
        return undoing.undo(session.get_one(QuestionImport, import_id), by=None, now=NOON)


def sheet_of(import_id):
    with transaction(writes=False):
        return importing.sheet_in(session.get_one(QuestionImport, import_id))


def stored():
    with transaction(writes=False):
        return draft_of(bank_of("luat"))


def newest():
    with transaction(writes=False):
        return newest_of(bank_of("luat"))


def counted(table):
    with transaction(writes=False):
        return session.scalar(select(func.count()).select_from(table))


EVERY_KIND = (
    single(1, topic="luong", level=Level.HARD, marks=50, tags=("luật", "2026"), explanation="Vì vậy."),
    replace(single(2), kind=QuestionKind.MULTIPLE, citation=Citation("45/2019/QH14", "Điều 2", "1", "https://x.vn")),
    QuestionDraft(QuestionKind.TRUE_FALSE, "Đúng không?", true_false_options(answer=False), n=3),
    QuestionDraft(QuestionKind.NUMBER, "Bao nhiêu?", (), accepted=("3.14",), tolerance="0.1", n=4),
    QuestionDraft(QuestionKind.SHORT, "Ai?", (), accepted=("Bác Hồ", "Hồ Chí Minh"), case_matters=True, n=5),
    QuestionDraft(QuestionKind.ESSAY, "Nêu cảm nghĩ.", (), suggested="Ba ý chính.", marks=500, n=6),
)


def test_every_field_of_every_kind_is_stored(bank):
    brought(*EVERY_KIND)
    kept = stored().questions
    topics = ["luong", *["chung"] * 5]
    refs = [f"luat-{number:03d}" for number in range(1, 7)]
    pairs = zip(EVERY_KIND, topics, refs, strict=True)
    assert kept == tuple(replace(draft, topic=topic, ref=ref) for draft, topic, ref in pairs)


def test_what_is_unclear_comes_in_as_a_draft_that_says_why(bank):
    done, _ = brought(single(1), unclear(2))
    assert (done.new, done.drafts) == (["luat-001", "luat-002"], ["luat-002"])
    assert [each.ref for each in stored().questions] == ["luat-001"]
    assert newest()["luat-002"].why.startswith("Màu đỏ nói B, gạch chân nói C.")


@pytest.mark.parametrize(
    "draft",
    [
        single(1, right=None),
        replace(single(1), options=()),
        replace(single(1), options=tuple(replace(each, right=True) for each in single(1).options)),
        replace(single(1), options=(OptionDraft("A", right=True), OptionDraft("A", right=False))),
        QuestionDraft(QuestionKind.NUMBER, "Bao nhiêu?", (), accepted=("khoảng 3",), n=1),
        QuestionDraft(QuestionKind.SHORT, "Ai?", (), n=1),
    ],
)
def test_a_question_without_a_clear_key_is_never_in_use_whatever_its_reader_says(bank, draft):
    done, _ = brought(draft)
    assert done.drafts == ["luat-001"]
    assert stored().questions == ()
    assert newest()["luat-001"].why


def test_a_bank_that_needs_review_takes_everything_as_drafts(bank):
    with transaction():
        change_bank(bank_of("luat"), Head("Luật", "", {}, needs_review=True), by=None, now=NOON)
    done, _ = brought(single(1))
    assert (done.drafts, newest()["luat-001"].why) == (["luat-001"], "")


def test_topics_that_the_bank_lacks_come_with_the_file_named_as_written(bank):
    brought(single(1, topic="TIỀN LƯƠNG"), single(2, topic="An toàn / Vệ sinh"), single(3))
    assert stored().topics == {"luong": "Tiền lương", "an-toan/ve-sinh": "An toàn / Vệ sinh", "chung": "Chung"}
    assert [each.topic for each in stored().questions] == ["luong", "an-toan/ve-sinh", "chung"]


def test_ids_go_on_counting_and_one_that_comes_twice_makes_two_questions(bank):
    brought(single(1))
    done, _ = brought(single(2), single(3, ref="rieng"), single(4, ref="rieng"))
    assert done.new == ["luat-002", "rieng", "luat-003"]


def test_a_mere_number_as_id_replaces_no_other_question(bank):
    brought(single(1, "Thời gian thử việc tối đa là bao lâu?", ref="1"))
    done, _ = brought(single(2, "Tiền lương làm thêm giờ vào ngày lễ là bao nhiêu phần trăm?", ref="1"))
    assert (done.new, done.changed) == (["luat-001"], [])
    assert len(stored().questions) == 2


def test_the_same_file_again_brings_nothing_new(bank):
    brought(single(1), unclear(2))
    import_id = opened(single(1), unclear(2))
    assert told(sheet_of(import_id).rows) == {"use": 0, "draft": 0, "skip": 0, "there": 2}
    assert confirmed(import_id).new == []


def test_the_same_question_with_another_key_is_a_draft_that_a_person_must_decide(bank):
    brought(single(1, right=0))
    [row] = sheet_of(opened(single(1, right=1))).rows
    assert (row.fate, row.contradicts) == (Fate.DRAFT, True)
    assert "đáp án khác" in row.why


def test_two_of_a_file_that_contradict_are_both_drafts_and_the_second_of_two_equal_ones_is_left_out(bank):
    same = sheet_of(opened(single(1), replace(single(1), n=2)))
    assert [row.fate for row in same.rows] == [Fate.USE, Fate.SKIP]
    other = sheet_of(opened(single(1), replace(single(1, right=2), n=2)))
    assert [row.fate for row in other.rows] == [Fate.DRAFT, Fate.DRAFT]


def test_a_question_that_is_nearly_there_is_told_and_comes_in(bank):
    prompt = "Người lao động được nghỉ hằng năm bao nhiêu ngày khi làm việc đủ mười hai tháng cho một người?"
    brought(single(1, prompt))
    [row] = sheet_of(opened(single(1, prompt.replace("một người", "một đơn vị")))).rows
    assert [(twin.ref, twin.share < 100) for twin in row.twins] == [("luat-001", True)]
    assert row.fate is Fate.USE


def test_a_sign_makes_another_question(bank):
    plus = QuestionDraft(
        QuestionKind.SINGLE, "Chọn số.", (OptionDraft("+1", right=True), OptionDraft("2", right=False))
    )
    brought(replace(plus, n=1))
    minus = replace(plus, options=(OptionDraft("-1", right=True), OptionDraft("2", right=False)), n=1)
    [row] = sheet_of(opened(minus)).rows
    assert row.fate is Fate.USE


def test_pictures_are_drawn_anew_and_one_that_cannot_be_holds_its_question_back(bank):
    fine = single(1, pictures=(PictureDraft("hinh.png", png()), PictureDraft("hinh2.png", png("blue"), place=1)))
    done, _ = brought(fine, single(2, pictures=(PictureDraft("hinh.wmf", b"no picture"),)))
    assert done.drafts == ["luat-002"]
    [kept] = stored().questions
    assert [(each.content[8:12], each.place) for each in kept.pictures] == [(b"WEBP", None), (b"WEBP", 1)]
    assert "Chưa lấy được ảnh" in newest()["luat-002"].why
    assert counted(ImportPicture) == 0


def test_the_same_pictures_again_are_the_same_question(bank):
    brought(single(1, pictures=(PictureDraft("a.png", png()),)))
    again = sheet_of(opened(single(1, pictures=(PictureDraft("a.png", png()),))))
    other = sheet_of(opened(single(1, pictures=(PictureDraft("a.png", png("blue")),))))
    assert ([row.fate for row in again.rows], [row.fate for row in other.rows]) == ([Fate.SKIP], [Fate.USE])


def test_one_undo_takes_all_back(bank):
    before = stored()
    _, import_id = brought(single(1, topic="Mới"), unclear(2))
    assert undone(import_id) == 2
    assert (stored(), counted(Question), counted(QuestionVersion)) == (before, 0, 0)
    with pytest.raises(ImportGone):
        undone(import_id)


def test_undone_questions_get_their_former_version(bank):
    long = "Người lao động làm việc vào ban đêm được trả thêm ít nhất bao nhiêu phần trăm tiền lương?"
    brought(single(1, long, ref="luong-dem"))
    before = stored()
    done, import_id = brought(single(1, long, right=3, ref="luong-dem"))
    assert (done.changed, stored().questions[0].right_texts) == (["luong-dem"], ("Phương án 1.3",))
    undone(import_id)
    assert (stored(), counted(QuestionVersion)) == (before, 1)


def test_what_a_paper_drew_outlives_the_undo_but_is_drawn_no_more(bank, cast, clock):
    _, import_id = brought(single(1), single(2))
    union = cast.union()
    person = cast.person(union=union)
    cast.contest(organiser=union, rounds=[cast.round_rules(draws=(Draw("luat", 1),))])
    with transaction():
        start(session.get_one(Person, person.id), session.scalars(select(Round)).one(), entry_code="", now=NOON)
    undone(import_id)
    assert (counted(Question), stored().questions) == (1, ())


def test_an_undo_is_refused_when_a_question_was_changed_since(bank):
    _, import_id = brought(single(1), single(2))
    with transaction():
        session.scalars(select(Question).where(Question.ref == "luat-002")).one().current_id = None
    with pytest.raises(ImportChangedSince, match="luat-002"):
        undone(import_id)
    assert len(stored().questions) == 1


def test_a_sheet_is_imported_once(bank):
    _, import_id = brought(single(1))
    with pytest.raises(ImportGone):
        confirmed(import_id)


def test_a_sheet_that_nobody_imported_is_forgotten_after_a_day(bank, clock):
    opened(single(1, pictures=(PictureDraft("a.png", png()),)))
    brought(single(2))
    for hours, left in ((23, 2), (25, 1)):
        with transaction():
            importing.forget_sheets(now=clock.at(hours=hours))
        assert counted(QuestionImport) == left
    assert counted(ImportPicture) == 0


def test_problems_stay_with_the_sheet_and_the_import_is_in_the_audit(bank):
    problem = QuestionProblem(2, "đoạn 3", "không có phương án")
    import_id = opened(single(1), problems=(problem,))
    assert sheet_of(import_id).problems == (problem,)
    confirmed(import_id)
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.action, event.subject) == ("import_questions", "bank:luat")
    assert event.details == {"new": ["luat-001"], "changed": [], "drafts": [], "import": import_id, "file": SOURCE.name}
