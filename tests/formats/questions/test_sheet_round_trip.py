"""A bank goes out as Excel and comes back the same; our template is skipped until somebody fills it in."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from quizapp.cli.shipped import bank_files
from quizapp.formats.questions.drafts import BankDraft, Citation, OptionDraft, QuestionDraft, true_false_options
from quizapp.formats.questions.native import read_bank
from quizapp.formats.questions.sheet_bank_writing import write
from quizapp.formats.questions.sheet_template import template
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Confidence, Level, QuestionKind
from tests.formats.questions.sheet_files import reading, refusal, told

ROOT = Path(__file__).parents[3]
# A cell has one line: of essays, whose suggestions are lists, the sheet says what it loses.
WITHOUT_LINES = [each for each in bank_files([ROOT / "question_banks"]) if each.stem != "bai-viet"]
WORDS = ["người", "lao động", "nghỉ;", "tiền", "|", "15%", "=", "A.", "B", "@đoàn", "'của", "(hai)", "bên"]
TEXTS = st.builds(
    lambda words, number: " ".join(["Hỏi", *words, str(number)]),
    st.lists(st.sampled_from(WORDS), max_size=5),
    st.integers(0, 9_999),
)
OPTIONS = st.lists(TEXTS, min_size=2, max_size=6, unique_by=fold)
DAYS = st.dates(date(2000, 1, 1), date(2099, 1, 1))


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(QuestionKind))
    texts = draw(OPTIONS)
    draft = QuestionDraft(
        kind,
        draw(TEXTS),
        (),
        explanation=draw(TEXTS | st.just("")),
        source=draw(TEXTS | st.just("")),
        topic=draw(TEXTS | st.just("")),
        level=draw(st.sampled_from(Level)),
        confidence=draw(st.sampled_from(Confidence)),
        valid_from=draw(st.none() | DAYS),
        valid_to=draw(st.none() | DAYS),
        marks=draw(st.none() | st.integers(0, 10_000)),
        ref=draw(st.sampled_from(["", "hd-1", "thu-viec"])),
        citation=draw(st.none() | st.builds(Citation, TEXTS, TEXTS | st.just(""), TEXTS | st.just(""))),
    )
    if kind is QuestionKind.TRUE_FALSE:
        return replace(draft, options=true_false_options(draw(st.booleans())))
    if kind is QuestionKind.SHORT:
        return replace(
            draft, accepted=tuple(texts), case_matters=draw(st.booleans()), accents_matter=draw(st.booleans())
        )
    if kind is QuestionKind.NUMBER:
        number = st.decimals(-9999, 9999, places=3).map(str)
        return replace(
            draft, accepted=(draw(number),), tolerance=draw(number.filter(lambda each: "-" not in each) | st.just(""))
        )
    if kind is QuestionKind.ESSAY:
        return replace(draft, suggested=draw(TEXTS | st.just("")))
    right = {0} if kind is QuestionKind.SINGLE else draw(st.sets(st.integers(0, len(texts) - 2), min_size=1))
    last = draw(st.booleans())
    places = enumerate(texts)
    return replace(
        draft,
        options=tuple(OptionDraft(text, place in right, last and place == len(texts) - 1) for place, text in places),
    )


def bank(*drafts, topics=None):
    return BankDraft("thu", "Thử", "", None, topics or {}, drafts)


@settings(max_examples=60, deadline=None)
@given(st.lists(questions(), min_size=1, max_size=4, unique_by=lambda draft: fold(draft.prompt)))
def test_a_bank_that_was_written_reads_back_the_same(drafts):
    written = write(bank(*drafts))
    assert written.losses == ()
    assert reading(written.content).questions == tuple(drafts)


@pytest.mark.parametrize("path", WITHOUT_LINES, ids=lambda path: path.stem)
def test_the_shipped_banks_read_back_the_same(path):
    shipped = read_bank(path.read_bytes()).bank
    found = reading(write(shipped).content)
    named = [replace(draft, topic=shipped.topics[draft.topic]) for draft in shipped.questions]
    assert found.problems == ()
    assert list(found.questions) == named


def test_letters_are_places_whatever_the_options_say():
    options = (OptionDraft("B", True), OptionDraft("A", False))
    assert [
        told(each)
        for each in reading(write(bank(QuestionDraft(QuestionKind.SINGLE, "Hỏi?", options))).content).questions
    ] == ["single: *B | A"]


def test_an_unclear_question_stays_unclear():
    options = (OptionDraft("một", False), OptionDraft("hai", False))
    draft = QuestionDraft(QuestionKind.SINGLE, "Hỏi?", options, flagged=True, why="không có đáp án")
    (found,) = reading(write(bank(draft)).content).questions
    assert found.flagged
    assert found.right_texts == ()


def test_text_that_looks_like_a_formula_stays_text():
    options = (OptionDraft("=1+1", True), OptionDraft("@hai", False))
    data = write(bank(QuestionDraft(QuestionKind.SINGLE, "Hỏi?", options))).content
    cell = load_workbook(io.BytesIO(data)).active["D2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_template_holds_only_examples_until_it_is_filled_in():
    assert "chưa có câu hỏi nào" in refusal(template())
    filled = load_workbook(io.BytesIO(template()))
    for column, value in enumerate([1, None, "Hỏi gì?", "x", "y", None, None, None, None, "B"], start=1):
        filled["Câu hỏi"].cell(row=5, column=column, value=value)
    file = io.BytesIO()
    filled.save(file)
    found = reading(file.getvalue())
    assert [told(draft) for draft in found.questions] == ["single: x | *y"]
    assert any("bỏ qua 3 dòng ví dụ" in each for each in found.evidence)


def test_the_template_that_the_site_gives_is_the_one_that_is_made():
    given_out = load_workbook(ROOT / "quizapp" / "static" / "files" / "mau-cau-hoi.xlsx")
    made = load_workbook(io.BytesIO(template()))
    assert given_out.sheetnames == made.sheetnames
    for name in made.sheetnames:
        assert [*given_out[name].values] == [*made[name].values]
