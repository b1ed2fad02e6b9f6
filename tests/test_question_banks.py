"""The shipped banks: each passes the check, loads as it is written, and can be solved from its key."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from quizapp.attempts.actions import hand_in, start
from quizapp.attempts.shown_paper import shown_slots
from quizapp.banks.queries import bank_of, draft_of, listed_banks
from quizapp.cli.shipped import SHIPPED, bank_files
from quizapp.db import session, transaction
from quizapp.formats.questions.checking import check_bank
from quizapp.formats.questions.native import read_bank
from quizapp.formats.questions.native_writing import write_bank
from quizapp.models import Attempt, Person, Response, Round
from quizapp.rules.round_rules import Draw
from quizapp.vocabulary import QuestionKind, UnionKind
from tests.conftest import NOON

# What the issue asks for: code → questions at least.
PROMISED = {"nghi-quyet-02": 20, "bo-luat-lao-dong-2019": 80}
FILES = bank_files([SHIPPED])
by_file = pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])


def bank(file: Path):
    return read_bank(file.read_bytes()).bank


def test_the_promised_banks_are_shipped_with_enough_questions():
    counts = {file.stem: len(bank(file).questions) for file in FILES}
    assert {code: counts.get(code, 0) >= least for code, least in PROMISED.items()} == dict.fromkeys(PROMISED, True)


@by_file
def test_a_shipped_bank_passes_the_check(file):
    source = file.read_bytes()
    read = read_bank(source)
    found = check_bank(read, source, name=file.stem, today=read.bank.checked_on)
    assert [str(each) for each in found.problems] == []


@by_file
def test_every_question_is_solved_by_its_key_and_by_nothing_else(file):
    for question in bank(file).questions:
        right = [option.right for option in question.options]
        assert right.count(True) == 1 or question.kind is QuestionKind.MULTIPLE, question.ref
        assert 0 < right.count(True) < len(right), question.ref
        if question.kind is QuestionKind.TRUE_FALSE:
            assert [option.text for option in question.options] == ["Đúng", "Sai"]


@by_file
def test_every_question_can_be_drawn_on_the_day_it_was_checked(file):
    day: date = bank(file).checked_on
    for question in bank(file).questions:
        assert (question.valid_from or day) <= day <= (question.valid_to or day), question.ref


@by_file
def test_keys_are_not_all_at_one_place_when_options_are_not_shuffled(file):
    singles = [each for each in bank(file).questions if each.kind is QuestionKind.SINGLE]
    places = Counter([option.right for option in each.options].index(True) for each in singles)
    assert max(places.values()) <= len(singles) * 0.5, places


@by_file
def test_a_shipped_bank_written_again_is_the_same_bank(file):
    assert read_bank(write_bank(bank(file))).bank == bank(file)


def test_all_shipped_banks_load_as_they_are_written(app, cast):
    assert app.test_cli_runner().invoke(args=["banks", "load"]).exit_code == 0
    with transaction(writes=False):
        assert {each.bank.code: each.questions for each in listed_banks()} == {
            file.stem: len(bank(file).questions) for file in FILES
        }
        for file in FILES:
            assert draft_of(bank_of(file.stem)) == bank(file)


@by_file
def test_a_paper_of_all_its_questions_answered_by_the_key_gets_full_marks(app, cast, clock, file):
    app.test_cli_runner().invoke(args=["banks", "load", str(file)])
    written = bank(file)
    province = cast.union("LĐLĐ", kind=UnionKind.PROVINCE)
    person = cast.person(union=province)
    count = len(written.questions)
    cast.contest(organiser=province, rounds=[cast.round_rules(draws=(Draw(written.code, count),))])
    with transaction():
        round_ = session.scalars(select(Round)).one()
        attempt = start(session.get_one(Person, person.id), round_, entry_code="", now=NOON)
    keys = {question.prompt: set(question.right_texts) for question in written.questions}
    with transaction():
        for slot in shown_slots(attempt):
            right = [place for place, text in slot.options if text in keys[slot.prompt]]
            answer(attempt, slot.slot, right)
        hand_in(session.get_one(Attempt, attempt.id), now=NOON)
    with transaction(writes=False):
        assert session.get_one(Attempt, attempt.id).mark == count * 100


def answer(attempt, slot, places):
    stored = Response(attempt_id=attempt.id, paper_id=attempt.paper_id, slot=slot, number=1, saved_at=NOON)
    stored.answer = ",".join(map(str, places))
    session.add(stored)
