"""The shipped banks: each passes the check, loads as it is written, and can be solved from its key."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml
from sqlalchemy import select

from quizapp.attempts.actions import hand_in, start
from quizapp.attempts.shown_paper import shown_slots
from quizapp.banks.queries import bank_of, draft_of, listed_banks
from quizapp.cli.shipped import SHIPPED, bank_files, exceptions, grounds, rubrics
from quizapp.db import session, transaction
from quizapp.formats.questions.checking import Written, check_banks
from quizapp.formats.questions.checks.waivers import unneeded
from quizapp.formats.questions.native import read_bank
from quizapp.formats.questions.native_writing import write_bank
from quizapp.models import Attempt, Person, Response, Round
from quizapp.rules.round_rules import Draw
from quizapp.vocabulary import QuestionKind, UnionKind
from tests.conftest import NOON

# What the issue asks for: code → questions at least.
PROMISED = {
    **{"nghi-quyet-02": 40, "bo-luat-lao-dong-2019": 400, "luat-cong-doan-2024": 120},
    **{"bao-hiem-xa-hoi-2024": 60, "lich-su-truyen-thong-cong-doan": 40},
    **{"an-toan-ve-sinh-lao-dong": 80, "tinh-huong-phap-luat-lao-dong": 80, "bai-viet": 25},
}
FILES = bank_files([SHIPPED])
by_file = pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
NUMBER = re.compile(r"(\d[\d.]*(?:,\d+)?)(?: (ngày làm việc|ngày|giờ|tháng tuổi|tháng|tuổi|tuần|năm)\b|(%))")
DATE = re.compile(r"(?:\d+ )?tháng \d+(?: năm \d+)?(?! [a-z])")
LEAST_COMPARED = 250


@cache
def bank(file: Path):
    return read_bank(file.read_bytes()).bank


DRAWN = [file for file in FILES if any(each.kind is not QuestionKind.ESSAY for each in bank(file).questions)]
by_drawn_file = pytest.mark.parametrize("file", DRAWN, ids=[file.stem for file in DRAWN])


def test_the_promised_banks_are_shipped_with_enough_questions():
    counts = {file.stem: len(bank(file).questions) for file in FILES}
    assert {code: counts.get(code, 0) >= least for code, least in PROMISED.items()} == dict.fromkeys(PROMISED, True)


def test_the_shipped_banks_pass_the_strict_check_together():
    read = [Written(read_bank(file.read_bytes()), file.read_bytes(), file.stem) for file in FILES]
    codes, wrong_rubrics = rubrics(SHIPPED)
    held = replace(grounds(), rubrics=codes, waivers=exceptions(SHIPPED))
    today = min(bank(file).checked_on for file in FILES)
    found = check_banks(read, today=today, grounds=held, strict=True)
    assert [str(each) for findings in found for each in findings.problems] == []
    waived = [(file.stem, each) for file, findings in zip(FILES, found, strict=True) for each in findings.waived]
    assert [str(each) for each in unneeded(held.waivers, waived)] == []
    assert wrong_rubrics == {}


def test_numbers_of_keys_stand_among_the_facts_of_the_cited_articles():
    """Read apart from the check: the number and its unit as words, the article from the citation."""
    facts = facts_by_article()
    excepted = {(each.bank, each.question) for each in exceptions(SHIPPED)}
    compared, missing = 0, []
    for file in FILES:
        for question in bank(file).questions:
            articles = {(document, article) for document, article in cited(question) if document in facts}
            known = {fact for document, article in articles for fact in facts[document].get(article, ())}
            for number in numbers_of(question) if articles and (file.stem, question.ref) not in excepted else ():
                compared += 1
                if number not in known and number.split()[0] not in numbers_in(question.prompt):
                    missing.append(f"{file.stem}/{question.ref}: {number}")
    assert missing == []
    assert compared >= LEAST_COMPARED


def test_the_readme_counts_the_questions_of_each_bank():
    rows = [row for row in (SHIPPED / "README.md").read_text(encoding="utf-8").splitlines() if row.startswith("|")]
    for file in FILES:
        cells = [[cell.strip() for cell in row.split("|")] for row in rows if f"`{file.stem}`" in row]
        assert any(str(len(bank(file).questions)) in each for each in cells), file.stem


@by_drawn_file
def test_every_question_is_solved_by_its_key_and_by_nothing_else(file):
    for question in bank(file).questions:
        if not question.options:
            continue
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


@by_drawn_file
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


def facts_by_article():
    files = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in (SHIPPED / "facts").glob("*.yaml")]
    return {
        each["document"]: {str(key): {as_written(text) for text in texts} for key, texts in each["articles"].items()}
        for each in files
        if each["document"]
    }


def as_written(text):
    return text.replace("%", " %")


@cache
def names():
    return {law.name: law.span.number for law in grounds().laws.values()}


def cited(question):
    """Give the document that a question cites with each article that its source names; a second document's, too."""
    if question.citation is None:
        return
    document = question.citation.document
    for part in question.source.split(";"):
        document = names().get(part.split(", Điều")[0].strip(), document)
        for article in re.findall(r"Điều (\d+[a-z]?)", part) or [""]:
            yield document, article


def numbers_of(question):
    return {f"{number} {unit}" for text in question.right_texts for number, unit in found_in(text)}


def numbers_in(text):
    return {number for number, _ in found_in(text)} | {each.lstrip("0") for each in re.findall(r"\d+", text)}


def found_in(text):
    for number, unit, percent in NUMBER.findall(DATE.sub("", text)):
        whole, _, part = number.replace(".", "").partition(",")
        yield f"{int(whole)}{',' if part else ''}{part}", unit or percent
