"""QTI packages that are written read back as the same questions, and what they cannot say is said."""

import io
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.drafts import (
    BankDraft,
    Citation,
    OptionDraft,
    PictureDraft,
    QuestionDraft,
    true_false_options,
)
from quizapp.formats.questions.qti import read_file
from quizapp.formats.questions.writing import write_file
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import Level, QuestionKind
from tests.formats.questions.qti_files import PNG

LETTERS = st.characters(exclude_categories=["Cs", "Co", "Cn"])
SPECIAL = ["<b>a</b> & 'b' \"c\"", "]]>", "&nbsp;", "<p>x</p>", "<div>a<br>b</div>", "- a", "1. b", "a | b", "_____ c"]
SPECIAL += [
    "x² + H₂O",
    "{}~=#:",
    "\\",
    "\\(x\\)",
    "-->",
    "<!-- a",
    "$CATEGORY:",
    "Đáp án: A",
    "</p>",
    "<",
    "&",
    "..",
    "|",
]
lines = st.text(LETTERS, max_size=60).map(clean).filter(bool) | st.sampled_from(SPECIAL)
lines |= st.lists(st.sampled_from(SPECIAL), min_size=2, max_size=5).map("".join)
texts = lines | st.lists(lines, min_size=2, max_size=3).map("\n".join)
refs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)
numbers = st.decimals(-1000, 1000, places=2)


@st.composite
def questions(draw: st.DrawFn, ref: str) -> QuestionDraft:
    kind = draw(st.sampled_from(QuestionKind))
    key: dict[str, object] = {"options": ()}
    if kind is QuestionKind.TRUE_FALSE:
        key["options"] = true_false_options(draw(st.booleans()))
    elif kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE):
        written = draw(st.lists(texts, min_size=3, max_size=6, unique=True))
        right = {0} if kind is QuestionKind.SINGLE else draw(st.sets(st.integers(0, len(written) - 1), min_size=1))
        pinned = draw(st.integers(0, len(written)))
        key["options"] = tuple(OptionDraft(text, n in right, n >= pinned) for n, text in enumerate(written))
    elif kind is QuestionKind.SHORT:
        key["accepted"] = tuple(draw(st.lists(lines, min_size=1, max_size=3, unique=True)))
        key["case_matters"] = draw(st.booleans())
    elif kind is QuestionKind.NUMBER:
        key["accepted"] = (f"{draw(numbers):f}",)
        key["tolerance"] = draw(st.sampled_from(["", "0.5", "2"]))
    else:
        key["suggested"] = draw(st.just("") | texts)
    places = st.none() if kind is not QuestionKind.SINGLE else st.none() | st.integers(0, 2)
    return QuestionDraft(
        kind=kind,
        prompt=draw(texts),
        explanation=draw(st.just("") | texts),
        source=draw(st.just("") | lines),
        topic=draw(st.sampled_from(["", "luat/luong"])),
        level=draw(st.sampled_from(Level)),
        ref=ref,
        marks=draw(st.none() | st.integers(1, 1000)),
        tags=tuple(draw(st.lists(lines, max_size=2, unique=True))),
        pictures=tuple(draw(st.lists(st.builds(PictureDraft, st.just("a.png"), st.just(PNG), places), max_size=2))),
        **key,
    )


@st.composite
def banks(draw: st.DrawFn) -> BankDraft:
    names = draw(st.lists(refs, min_size=1, max_size=3, unique=True))
    made = tuple(draw(questions(name)) for name in names)
    return BankDraft("b", "B", "", None, {"luat/luong": "Lương"}, made)


def nameless(question: QuestionDraft) -> QuestionDraft:
    """Pictures get new names on their way, and stand in the order of their places."""
    pictures = sorted(((-1 if each.place is None else each.place), each.content) for each in question.pictures)
    return replace(question, pictures=tuple(PictureDraft("", content, place) for place, content in pictures))


@pytest.mark.parametrize("version", ["qti21", "qti30"])
@settings(max_examples=60, deadline=None)
@given(banks())
def test_what_is_written_reads_back_as_the_same_questions(version, bank):
    written = write_file(bank, version)
    reading = read_file(QuestionFile("b.zip", written.content))
    assert (reading.problems, written.losses) == ((), ())
    assert [*map(nameless, reading.questions)] == [*map(nameless, bank.questions)]
    used = {each.topic for each in bank.questions if each.topic}
    assert dict(reading.topics) == {code: bank.topics[code] for code in used}


QUESTION = QuestionDraft(
    QuestionKind.SHORT,
    "Thủ đô?",
    (),
    accepted=("Hà Nội",),
    accents_matter=False,
    citation=Citation("45/2019/QH14"),
    valid_to=date(2027, 1, 1),
    marks=0,
    ref="thu-do",
    flagged=True,
)


def test_what_qti_cannot_say_is_named_by_question():
    losses = " ".join(write_file(BankDraft("b", "B", "Giới thiệu", None, {}, (QUESTION,)), "qti21").losses)
    for word in ("lời giới thiệu", "chờ người xem", "số hiệu văn bản", "ngày hiệu lực", "dấu tiếng Việt", "số điểm"):
        assert word in losses
    assert losses.count("câu thu-do") == 5


@pytest.mark.parametrize(("version", "root"), [("qti21", "assessmentItem"), ("qti30", "qti-assessment-item")])
def test_a_package_is_the_same_each_time_and_names_all_its_files(version, root):
    bank = BankDraft("b", "B", "", None, {}, (replace(QUESTION, pictures=(PictureDraft("x", PNG),)),))
    content = write_file(bank, version).content
    assert write_file(bank, version).content == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        manifest = fromstring(archive.read("imsmanifest.xml"))
        named = {each.get("href") for each in manifest.iter() if each.tag.endswith("}file")}
        assert {*archive.namelist()} == {"imsmanifest.xml", *named}
        assert fromstring(archive.read("items/thu-do.xml")).tag.endswith("}" + root)
