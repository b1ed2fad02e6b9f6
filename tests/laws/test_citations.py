"""A question that cites a text out of force on the opening day is not drawn, unless somebody signs for it."""

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from quizapp.attempts.actions import start
from quizapp.attempts.queries import round_of
from quizapp.contests import checking
from quizapp.db import session, transaction
from quizapp.errors import NotEnoughQuestions
from quizapp.formats.contest_file import read_contest
from quizapp.laws import actions
from quizapp.laws.actions import LawFacts
from quizapp.models import (
    AuditEvent,
    CitationWaiver,
    Contest,
    LegalDocument,
    PaperSlot,
    Question,
    QuestionBank,
    QuestionVersion,
)
from quizapp.rules.citations import LawSpan, law_key, why_not_in_force
from quizapp.vocabulary import Role
from tests.conftest import NOON

OLD = LawFacts("12/2012/QH13", "Luật Công đoàn (cũ)", in_force_to=date(2025, 6, 30), replaced_by="50/2024/QH15")


@pytest.mark.parametrize(
    ("on", "holds"),
    [(date(2025, 6, 30), True), (date(2025, 7, 1), False), (date(2012, 12, 31), False), (date(2013, 1, 1), True)],
)
def test_a_text_holds_from_its_first_to_its_last_day(on, holds):
    law = LawSpan("12/2012/QH13", date(2013, 1, 1), date(2025, 6, 30), "50/2024/QH15")
    assert (why_not_in_force(law, on) == "") is holds


def test_spellings_of_a_number_are_one():
    assert law_key("Số 145/2020/nđ-cp ") == law_key("145/2020/NĐ-CP") != law_key("145/2020/ND-CP")


@pytest.fixture
def world(cast):
    """Five questions, of which the first cites a law that was replaced; a contest that draws five."""
    province = cast.union("LĐLĐ tỉnh Mẫu")
    organiser = cast.person("Đỗ Tổ Chức", union=province, roles=[(Role.ORGANISER, province)])
    cast.bank(single=5)
    contest = cast.contest(organiser=province)
    with transaction():
        first = session.scalars(select(Question).order_by(Question.id)).first()
        session.get_one(QuestionVersion, first.current_id).document = "số 12/2012/QH13"
        actions.keep(OLD, None, by=None, now=NOON)
    return contest, organiser, first.id, cast.person("Trần Dự Thi", union=province)


def draw(person):
    with transaction():
        sat = start(session.merge(person), round_of("cuoc-thi", "tuan-1"), entry_code="", now=NOON)
        return session.scalars(select(PaperSlot.version_id).where(PaperSlot.paper_id == sat.paper_id)).all()


def test_it_is_drawn_only_when_somebody_signed(cast, world):
    contest, organiser, question, person = world
    with pytest.raises(NotEnoughQuestions):
        draw(person)
    with transaction():
        kept = session.get_one(Contest, contest.id)
        actions.sign(kept, question, "Đáp án như luật mới.", by=organiser, now=NOON)
    assert len(draw(person)) == 5


def test_a_signature_taken_back_no_longer_counts(cast, world):
    contest, organiser, question, person = world
    with transaction():
        kept = session.get_one(Contest, contest.id)
        actions.sign(kept, question, "Như luật mới.", by=organiser, now=NOON)
        actions.withdraw(kept, question, by=organiser, now=NOON)
    with pytest.raises(NotEnoughQuestions):
        draw(person)
    with transaction(writes=False):
        acts = session.scalars(select(AuditEvent.action)).all()
    assert {"sign_citation", "withdraw_citation"} <= set(acts)


def test_loading_a_contest_that_needs_it_is_refused_with_the_reason(cast, world):
    contest, _, _, _ = world
    text = f"""
contest:
  slug: moi
  title: Cuộc thi mới
  organiser: {contest.rules.organiser}
  rounds:
    - key: tuan-1
      title: Tuần 1
      opens: 2026-12-01T07:00
      closes: 2026-12-06T24:00
      attempts: {{limit: 2}}
      time: {{minutes: 20}}
      paper:
        - {{bank: luat, count: 5}}
"""
    with transaction(writes=False):
        (problem,) = checking.problems(read_contest(text), None, None)
    assert "chỉ còn 4 câu" in problem.text
    assert "1 câu không tính vì dẫn văn bản hết hiệu lực" in problem.text


def test_the_page_of_the_contest_lists_it_and_takes_the_signature(client, cast, world):
    _, organiser, question, _ = world
    cast.log_in(client, organiser)
    page = client.get("/organise/contests/cuoc-thi/citations").get_data(as_text=True)
    assert "đã được thay bằng 50/2024/QH15" in page
    url = f"/organise/contests/cuoc-thi/citations/{question}"
    assert client.submit(url, {"reason": " "}).status_code == 422
    client.submit(url, {"reason": "Đáp án như luật mới."})
    with transaction(writes=False):
        signed = session.scalars(select(CitationWaiver)).one()
    assert (signed.question_id, signed.signed_by_id) == (question, organiser.id)
    assert "Đã ký xác nhận" in client.get("/organise/contests/cuoc-thi/citations").get_data(as_text=True)


def test_the_author_is_told_on_the_page_of_the_question(client, cast, world):
    _, organiser, question, _ = world
    cast.log_in(client, organiser)
    page = client.get(f"/organise/banks/luat/questions/{question}").get_data(as_text=True)
    assert "hết hiệu lực sau ngày 30/06/2025" in page


def test_the_register_is_kept_on_the_page(client, cast, world):
    _, organiser, _, _ = world
    cast.log_in(client, organiser)
    typed = {"number": "50/2024/QH15", "title": "Luật Công đoàn", "in_force_from": "1/7/2025"}
    assert client.submit("/organise/laws/new", typed).status_code == 302
    assert client.submit("/organise/laws/new", {**typed, "number": "số 50/2024/qh15"}).status_code == 409
    wrong = {**typed, "number": "9/9", "in_force_from": "30/2/2025"}
    assert client.submit("/organise/laws/new", wrong).status_code == 422
    with transaction(writes=False):
        kept = session.scalars(select(LegalDocument).where(LegalDocument.number == "50/2024/QH15")).one()
    client.submit(f"/organise/laws/{kept.id}", {**typed, "title": "Luật Công đoàn 2024"})
    assert "Luật Công đoàn 2024" in client.get("/organise/laws?q=luat cong doan 2024").get_data(as_text=True)


def test_the_register_leads_to_the_questions_that_cite_a_text(client, cast, world):
    _, organiser, question, _ = world
    cast.log_in(client, organiser)
    page = client.get("/organise/laws").get_data(as_text=True)
    (address,) = re.findall(r'href="([^"]*)">1 câu đang dùng của', page)
    found = client.get(html.unescape(address)).get_data(as_text=True)
    assert "Tìm thấy 1 câu hỏi." in found
    assert f"/organise/banks/luat/questions/{question}" in found


def test_a_bank_that_one_may_not_use_is_not_named_in_the_register(client, cast, world):
    elsewhere = cast.union("LĐLĐ tỉnh Khác", code="KHAC")
    with transaction():
        session.scalars(select(QuestionBank)).one().union_id = elsewhere.id
    cast.log_in(client, cast.person("Lê Quản Trị", union=elsewhere, roles=[(Role.ORGANISER, elsewhere)]))
    assert "1 câu đang dùng của" in client.get("/organise/laws").get_data(as_text=True)
    cast.log_in(client, world[1])
    assert "câu đang dùng của" not in client.get("/organise/laws").get_data(as_text=True)


def test_who_organises_only_below_a_root_reads_the_register(client, cast, world):
    contest, _, _, _ = world
    with transaction(writes=False):
        province = session.get_one(Contest, contest.id).organiser
    below = cast.union("CĐCS Dệt", parent=province)
    cast.log_in(client, cast.person("Lê Cơ Sở", union=below, roles=[(Role.ORGANISER, below)]))
    assert client.get("/organise/laws").status_code == 200
    assert client.get("/organise/laws/new").status_code == 404


def test_known_laws_are_added_once_and_change_nothing(app, world):
    run = app.test_cli_runner().invoke
    assert "45/2019/QH14" in run(args=["laws", "load"]).output
    assert run(args=["laws", "load"]).exit_code == 0
    with transaction(writes=False):
        laws = {law.number: law for law in session.scalars(select(LegalDocument))}
    assert laws["12/2012/QH13"].title == OLD.title
    assert laws["45/2019/QH14"].in_force_from == date(2021, 1, 1)


def test_the_same_facts_are_kept_as_they_were_given(world):
    with transaction():
        law = session.scalars(select(LegalDocument)).one()
        actions.keep(replace(OLD, link="https://example.org"), law, by=None, now=NOON)
        assert law.link == "https://example.org"
