"""Loading a bank: versions, what is taken out, keys apart from options, the audit."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from quizapp.attempts.actions import start
from quizapp.attempts.shown_paper import shown_slots
from quizapp.banks.queries import bank_of, draft_of
from quizapp.db import session, transaction
from quizapp.formats.questions.drafts import OptionDraft
from quizapp.models import AnswerKey, AnswerOption, AuditEvent, Person, Question, QuestionVersion, Round
from quizapp.rules.round_rules import Draw
from quizapp.vocabulary import UnionKind
from tests.banks.conftest import DRAFT, changed, load, without
from tests.conftest import NOON


def versions(ref):
    asked = select(QuestionVersion).join(Question, Question.id == QuestionVersion.question_id)
    with transaction(writes=False):
        return session.scalars(asked.where(Question.ref == ref).order_by(QuestionVersion.number)).all()


def current(ref):
    with transaction(writes=False):
        return session.scalar(select(Question.current_id).where(Question.ref == ref))


def key(version):
    with transaction(writes=False):
        return session.scalars(select(AnswerKey.position).where(AnswerKey.version_id == version.id)).all()


def stored():
    with transaction(writes=False):
        return draft_of(bank_of("luat"))


def test_a_loaded_bank_is_the_draft(bank):
    assert stored() == DRAFT


def test_the_key_stands_apart_from_the_options(bank):
    (version,) = versions("luong")
    assert key(version) == [0, 1]
    assert "right" not in AnswerOption.__table__.columns


def test_loading_the_same_again_changes_nothing(bank):
    loaded = load()
    assert (loaded.new, loaded.changed, loaded.taken_out) == ([], [], [])
    assert loaded.same == ["thu-viec", "luong", "giao-ket"]
    assert [len(versions(each.ref)) for each in DRAFT.questions] == [1, 1, 1]


@pytest.mark.parametrize(
    "change",
    [
        {"prompt": "Thử việc tối đa bao lâu?"},
        {"options": (OptionDraft("60 ngày", True), OptionDraft("180 ngày", False))},
        {"options": (OptionDraft("180 ngày", True), OptionDraft("60 ngày", False))},
        {"options": (OptionDraft("60 ngày", False), OptionDraft("180 ngày", True, pinned=True))},
        {"explanation": "Vì khoản 2."},
        {"topic": "luong"},
        {"valid_to": NOON.date()},
    ],
)
def test_only_the_question_that_changed_gets_a_version(bank, change):
    (before,) = versions("thu-viec")
    options = key(before)
    loaded = load(changed("thu-viec", **change))
    assert (loaded.changed, loaded.same) == (["thu-viec"], ["luong", "giao-ket"])
    first, second = versions("thu-viec")
    assert (first.number, second.number, current("thu-viec")) == (1, 2, second.id)
    assert (first.prompt, key(first)) == (before.prompt, options)
    assert stored() == changed("thu-viec", **change)


def test_a_question_gone_from_the_file_is_kept_but_out_of_the_bank(bank):
    assert load(without("luong")).taken_out == ["luong"]
    assert current("luong") is None
    assert len(versions("luong")) == 1
    assert stored() == without("luong")
    assert load(without("luong")).taken_out == []


def test_a_question_that_comes_back_unchanged_is_its_old_version(bank):
    load(without("luong"))
    assert load().changed == ["luong"]
    assert [version.id for version in versions("luong")] == [current("luong")]


def test_a_question_that_comes_back_changed_counts_on(bank):
    load(without("luong"))
    load(changed("luong", prompt="Tiền lương gồm gì?"))
    assert [version.number for version in versions("luong")] == [1, 2]


def test_a_paper_keeps_the_version_that_was_drawn(cast, clock, bank):
    province = cast.union("LĐLĐ", kind=UnionKind.PROVINCE)
    person = cast.person(union=province)
    cast.contest(organiser=province, rounds=[cast.round_rules(draws=(Draw("luat", 3),))])
    with transaction():
        round_ = session.scalars(select(Round)).one()
        attempt = start(session.get_one(Person, person.id), round_, entry_code="", now=NOON)
    load(changed("thu-viec", prompt="Câu hỏi mới?"))
    with transaction(writes=False):
        prompts = {slot.prompt for slot in shown_slots(attempt)}
    assert prompts == {each.prompt for each in DRAFT.questions}


def test_the_head_of_the_bank_follows_the_file(bank):
    load(replace(DRAFT, title="Luật Mẫu (sửa đổi)", topics={**DRAFT.topics, "khac": "Khác"}))
    with transaction(writes=False):
        kept = bank_of("luat")
        assert (kept.title, list(kept.topics)) == ("Luật Mẫu (sửa đổi)", ["hop-dong", "luong", "khac"])


def test_each_load_is_in_the_audit_with_what_changed(cast, bank):
    load(changed("thu-viec", prompt="Mới?"))
    load(without("luong"))
    with transaction(writes=False):
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert {(each.action, each.subject, each.at, each.actor_id) for each in events} == {
        ("load_bank", "bank:luat", NOON, None)
    }
    assert events[0].details["new"] == ["thu-viec", "luong", "giao-ket"]
    assert events[1].details == {"new": [], "changed": ["thu-viec"], "taken_out": []}
    assert events[2].details == {"new": [], "changed": ["thu-viec"], "taken_out": ["luong"]}
