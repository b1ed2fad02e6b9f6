"""Answers from paper: marked by the key as all others are; refused where nobody can know what they answer."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Attempt, KeyCorrection, Paper, Question, QuestionVersion, Response, Round
from quizapp.rules.round_rules import FixedPaper, QuestionRef
from tests.attempt_imports.conftest import imported, refused
from tests.conftest import NOON

HEADINGS = "SĐT;Họ tên;Đơn vị;Bắt đầu;Nộp bài;Đề;1;Câu 2;C3;câu hỏi 4"
WHO = "0912345678;Lê Văn An;MAY;2026-12-01 13:00;2026-12-01 13:10"


@pytest.fixture
def papers(cast):
    """Two papers of four questions: two with one right option, A, one with A and C … A and B, one typed, 12."""
    province = cast.union("LĐLĐ tỉnh Mẫu", code="LDLD")
    cast.union("CĐCS May Mẫu", parent=province, code="MAY")
    cast.bank(single=2, multiple=1, typed={"Mấy tháng?": "12"})
    refs = [QuestionRef("luat", f"luat-00{number}") for number in (1, 2, 3, 4)]
    fixed = FixedPaper("de-1", "Đề 1", tuple(refs)), FixedPaper("de-2", "Đề 2", tuple(reversed(refs)))
    rules = cast.round_rules(draws=(), papers=fixed, time_limit=timedelta(minutes=20))
    return cast.contest("cuoc-thi", organiser=province, rounds=[rules])


def answered(answers, paper="de-1"):
    imported(f"{WHO};{paper};{answers}", headings=HEADINGS)
    with transaction(writes=False):
        attempt = session.scalars(select(Attempt)).one()
        stored = session.execute(select(Response.slot, Response.answer).order_by(Response.slot))
        return attempt.mark, dict(stored.tuples().all())


@pytest.mark.parametrize(
    ("answers", "mark"),
    [("A;A;A,B;12", 400), ("a;B;B A;12,0", 300), ("A;;A;13", 100), ("Đúng 1.0;;AB;", 200), (";;;12", 100)],
)
def test_letters_and_typed_answers_are_marked_by_the_key(papers, answers, mark):
    assert answered(answers)[0] == mark


def test_answers_are_kept_as_places_on_the_printed_paper(papers):
    _, stored = answered("C;;A,B;12")
    assert stored == {1: "3", 3: "1,2", 4: "12"}


def test_the_paper_is_found_by_key_or_title_and_has_its_own_order(papers):
    assert answered("12;A,B;A;A", paper="đề 2")[0] == 400


def test_a_paper_is_made_once_with_its_questions_in_order(papers):
    imported(f"{WHO};de-1;A;A;A,B;12", f"{WHO.replace('0912345678', '0912345679')};Đề 1;A;;;", headings=HEADINGS)
    with transaction(writes=False):
        paper = session.scalars(select(Paper)).one()
        assert (paper.fixed_key, paper.shape) == ("de-1", "s4 s4 m4 t200")
        assert [slot.option_order for slot in paper.slots] == ["0,1,2,3", "0,1,2,3", "0,1,2,3", ""]


@pytest.mark.parametrize(
    ("paper", "answers", "column"),
    [
        ("de-3", "A;A;A;12", "Đề thi"),
        ("", "A;A;A;12", "Đề thi"),
        ("de-1", "E;A;A;12", "Câu 1"),
        ("de-1", "A;A,B;A;12", "Câu 2"),  # two where one may be chosen
        ("de-1", "A;A;x1;12", "Câu 3"),
    ],
)
def test_an_answer_that_cannot_be_is_named_by_its_column(papers, paper, answers, column):
    [(row, where, text)] = refused(f"{WHO};{paper};{answers}", headings=HEADINGS)
    assert (row, where) == (2, column)
    assert "xin ghi" in text


def test_a_mark_that_the_answers_do_not_give_is_refused(papers):
    [(_, column, text)] = refused(f"{WHO};de-1;A;A;A,B;12;3", headings=f"{HEADINGS};Điểm")
    assert column == "Điểm"
    assert "3 điểm" in text
    assert "được 4" in text


def test_answers_without_a_fixed_paper_are_refused_with_the_way_out(place):
    [(_, _, text)] = refused(f"tuan-1;{WHO};A", headings="Đợt;SĐT;Họ tên;Đơn vị;Bắt đầu;Nộp bài;1")
    assert "cột “Điểm”" in text


def put_right(cast, contest, ref, verdict, options=None):
    boss = cast.person()
    with transaction():
        version = session.scalar(
            select(QuestionVersion.id)
            .join(Question, Question.current_id == QuestionVersion.id)
            .where(Question.ref == ref)
        )
        facts = {"contest_id": contest.id, "version_id": version, "reason": "Sai", "notice": "", "attempts": 0}
        session.add(KeyCorrection(**facts, verdict=verdict, options=options, made_by_id=boss.id, made_at=NOON))


@pytest.mark.parametrize(
    ("verdict", "options", "mark"), [("new_key", [2], 400), ("void", None, 400), ("all_right", None, 400)]
)
def test_papers_that_come_after_a_key_was_put_right_are_marked_by_it(papers, cast, verdict, options, mark):
    put_right(cast, papers, "luat-001", verdict, options)
    assert answered("C;A;A,B;12")[0] == mark


def test_a_paper_with_a_blank_has_no_marks_where_all_must_be_answered(papers):
    with transaction():
        round_ = session.scalars(select(Round)).one()
        round_.rules = replace(round_.rules, must_answer_all=True)
    assert answered("A;A;;12")[0] == 0
