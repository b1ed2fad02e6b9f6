"""The bank file: what is taken, what is refused with line, question and remedy, and what a check says beyond that."""

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.errors import BadFile
from quizapp.formats.questions.checking import check_bank
from quizapp.formats.questions.drafts import (
    BankDraft,
    Citation,
    OptionDraft,
    PictureDraft,
    QuestionDraft,
    true_false_options,
)
from quizapp.formats.questions.native import read_bank
from quizapp.formats.questions.native_writing import write, write_bank
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import Confidence, Level, QuestionKind

FILE = """\
bank:
  code: luat
  title: "Luật Mẫu"
  about: "Theo Luật Mẫu."
  checked_on: 2026-11-24
  topics:
    chung: "Chung"

questions:
  - id: thu-viec
    kind: single
    topic: chung
    level: de
    prompt: "Thời gian thử việc tối đa là bao nhiêu?"
    options:
      - right: "180 ngày"
      - wrong: "60 ngày"
      - wrong: "30 ngày"
    explanation: "Điều 25 khoản 1."
    source: "Luật Mẫu, Điều 25 khoản 1"
    confidence: van_ban

  - id: quyen
    kind: multiple
    topic: chung
    level: kho
    prompt: "Người lao động có những quyền nào?"
    options:
      - right: "Làm việc"
      - right: "Đình công"
      - wrong: "Bỏ việc"
    explanation: "Điều 5 khoản 1."
    source: "Luật Mẫu, Điều 5 khoản 1"
    confidence: thu_cap
    valid_from: 2021-01-01
    valid_to: 2026-12-31

  - id: hop-dong
    kind: true_false
    topic: chung
    level: trung_binh
    prompt: "Hợp đồng lao động phải giao kết trước khi nhận việc."
    answer: true
    explanation: "Điều 13 khoản 2."
    source: "Luật Mẫu, Điều 13 khoản 2"
    confidence: van_ban
"""
TODAY = date(2026, 11, 24)


def changed(old: str, new: str) -> str:
    assert old in FILE
    return FILE.replace(old, new, 1)


def problems(text: str | bytes) -> list[tuple[int, str, str]]:
    with pytest.raises(BadFile) as refused:
        read_bank(text)
    return [(each.row, each.column, each.text) for each in refused.value.problems]


def findings(text: str, name: str = "luat", today: date = TODAY):
    found = check_bank(read_bank(text), text.encode(), name=name, today=today)
    return [(each.row, each.column) for each in found.problems], [(each.row, each.column) for each in found.remarks]


def test_the_three_kinds_are_read():
    bank = read_bank(FILE).bank
    assert (bank.code, bank.title, bank.topics, bank.checked_on) == ("luat", "Luật Mẫu", {"chung": "Chung"}, TODAY)
    single, multiple, true_false = bank.questions
    assert single == QuestionDraft(
        kind=QuestionKind.SINGLE,
        prompt="Thời gian thử việc tối đa là bao nhiêu?",
        options=(OptionDraft("180 ngày", True), OptionDraft("60 ngày", False), OptionDraft("30 ngày", False)),
        explanation="Điều 25 khoản 1.",
        source="Luật Mẫu, Điều 25 khoản 1",
        topic="chung",
        level=Level.EASY,
        confidence=Confidence.TEXT,
        ref="thu-viec",
    )
    assert multiple.right_texts == ("Làm việc", "Đình công")
    assert (multiple.valid_from, multiple.valid_to) == (date(2021, 1, 1), date(2026, 12, 31))
    assert true_false.options == (OptionDraft("Đúng", True, pinned=True), OptionDraft("Sai", False, pinned=True))
    assert [(each.n, each.row) for each in bank.questions] == [(1, 10), (2, 23), (3, 38)]


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("code: luat", "code: Luật Mẫu", (2, "bank.code"), "ví dụ luat-mau"),
        ("checked_on: 2026-11-24", "checked_on: 24/11/2026", (5, "bank.checked_on"), "năm-tháng-ngày"),
        ("    chung:", "    Chung chung:", (7, "bank.topics.Chung chung"), "chữ thường không dấu"),
        ("id: quyen", "id: thu-viec", (23, "thu-viec.id"), "đã dùng ở dòng 10"),
        ("id: thu-viec", "id: Thử việc", (10, "questions.1.id"), "ví dụ thu-viec"),
        ("kind: single", "kind: essay", (15, "thu-viec.options"), "không có khóa “options”"),
        ("kind: single", "kind: short", (10, "thu-viec.accepted"), "thiếu đáp án"),
        ("kind: true_false", "kind: number\n    accepted: hai", (40, "hop-dong.accepted"), "không phải số"),
        ("kind: true_false", "kind: number\n    accepted: [1, 2]", (40, "hop-dong.accepted"), "đúng một"),
        ("60 ngày", "180  ngày", (17, "thu-viec.options.2"), "giống phương án 1"),
        ("    kind: single", "    marks: -1\n    kind: single", (11, "thu-viec.marks"), "số điểm"),
        (
            "    kind: single",
            "    citation: {article: a}\n    kind: single",
            (11, "thu-viec.citation.document"),
            "thiếu",
        ),
        (
            "    kind: single",
            "    pictures: [{content: ảnh}]\n    kind: single",
            (11, "thu-viec.pictures.1.content"),
            "base64",
        ),
        ("kind: single", "kind: one", (11, "thu-viec.kind"), "single, multiple, true_false"),
        ("    kind: single\n", "", (10, "thu-viec.kind"), "thiếu khóa"),
        ("topic: chung", "topic: rieng", (12, "thu-viec.topic"), "các chủ đề: chung"),
        ("level: de", "level: easy peasy", (13, "thu-viec.level"), "de, trung_binh, kho"),
        ("wrong: ", "right: ", (15, "thu-viec.options"), "đúng một"),
        ("right: ", "wrong: ", (15, "thu-viec.options"), "có 0 phương án “right”"),
        ('- right: "180', '- true: "180', (16, "thu-viec.options.1"), "“right” (đúng) hoặc “wrong”"),
        ('"180 ngày"', '"180 ngày"\n        pinned: true', (17, "thu-viec.options.1.pinned"), "xuống cuối"),
        ('"30 ngày"', '"30 ngày"\n        pinned: maybe', (19, "thu-viec.options.3.pinned"), "true"),
        ("    kind: single", "    kind: single\n    answer: true", (12, "thu-viec.answer"), "true_false"),
        ("answer: true", "answer: Phải", (43, "hop-dong.answer"), "true (có, đúng)"),
        ("    answer: true\n", "", (38, "hop-dong.answer"), "thiếu đáp án"),
        ("answer: true", "options: [{right: a}, {wrong: b}]", (43, "hop-dong.options"), "không ghi “options”"),
        ("confidence: van_ban", "confidence: chac_chan", (21, "thu-viec.confidence"), "van_ban, thu_cap"),
        ("valid_to: 2026-12-31", "valid_to: 2020-12-31", (36, "quyen.valid_to"), "trở đi"),
        ("valid_to: 2026-12-31", "valid_to: 2026-02-30", (36, "quyen.valid_to"), "không phải ngày"),
        ("    level: kho", "    lever: kho", (26, "quyen.lever"), "có phải “level”?"),
    ],
)
def test_what_is_wrong_is_named_with_line_question_and_remedy(old, new, place, said):
    found = problems(changed(old, new))
    assert place in [(row, column) for row, column, _ in found]
    assert said in " ".join(text for row, column, text in found if (row, column) == place)


def test_all_that_is_wrong_is_said_at_once():
    text = FILE.replace("level: de", "level: x").replace("answer: true", "answer: x").replace("code: luat", "code: X")
    assert [column for _, column, _ in problems(text)] == ["bank.code", "thu-viec.level", "hop-dong.answer"]


@pytest.mark.parametrize("text", ["", "xin chào", "- a", "bank: {}", "questions: []", "contest:\n  slug: a"])
def test_what_is_no_bank_is_told_what_is_missing(text):
    assert any(
        "bank" in sentence or "nhóm khóa" in sentence or "thiếu" in sentence for _, _, sentence in problems(text)
    )


def test_a_file_of_another_encoding_is_refused():
    assert "UTF-8" in problems(FILE.encode("utf-16"))[0][2]
    assert "UTF-8" in problems(FILE.encode("utf-8").replace("ậ".encode(), b"\xe2"))[0][2]


def test_keys_at_the_wrong_height_are_told_where_they_belong():
    found = problems(FILE.replace("questions:", "  questions: []\nquestions:", 1))
    assert [(column, "gốc của tệp" in text) for _, column, text in found] == [("bank.questions", True)]


def test_text_is_composed_at_the_door():
    assert read_bank(unicodedata.normalize("NFD", FILE)).bank == read_bank(FILE).bank


@pytest.mark.parametrize(
    ("old", "new", "place", "said"),
    [
        ("  checked_on: 2026-11-24\n", "", (1, "bank.checked_on"), "thiếu ngày"),
        ("là bao nhiêu?", "?" * 400, (14, "thu-viec.prompt"), "400 ký tự"),
        ("180 ngày", "n" * 241, (16, "thu-viec.options.1.right"), "240 ký tự"),
        ('      - right: "Làm việc"\n', "", (28, "quyen.options"), "từ 3 đến 6"),
        ('wrong: "Bỏ việc"', 'right: "Bỏ việc"', (28, "quyen.options"), "một phương án “wrong”"),
        ("60 ngày", "180  NGÀY", (17, "thu-viec.options.2"), "giống phương án 1"),
        ('"Điều 25 khoản 1."', '""', (19, "thu-viec.explanation"), "còn trống"),
        ('"Luật Mẫu, Điều 25 khoản 1"', "", (20, "thu-viec.source"), "còn trống"),
        (
            "Người lao động có những quyền nào?",
            "THỜI GIAN thử việc tối đa là bao nhiêu?",
            (27, "quyen.prompt"),
            "trùng",
        ),
        ("    kind: single", "    flagged: true\n    kind: single", (11, "thu-viec.flagged"), "chờ người xem"),
    ],
)
def test_a_shipped_bank_keeps_more_than_the_format_asks(old, new, place, said):
    text = changed(old, new)
    found = check_bank(read_bank(text), text.encode(), name="luat", today=TODAY).problems
    assert place in [(each.row, each.column) for each in found]
    assert said in " ".join(each.text for each in found if (each.row, each.column) == place)


def test_a_question_that_waits_for_a_person_may_have_no_key():
    text = FILE.replace("right: ", "wrong: ").replace("    answer: true\n", "")
    text = text.replace("    kind:", "    flagged: true\n    why: Chưa rõ đáp án\n    kind:")
    assert [(each.right_texts, each.flagged, each.why) for each in read_bank(text).bank.questions] == [
        ((), True, "Chưa rõ đáp án")
    ] * 3


def test_kinds_that_are_typed_are_read():
    text = (
        FILE[: FILE.index("  - id: quyen")]
        + """\
  - id: so
    kind: number
    level: de
    confidence: van_ban
    prompt: ["Bao nhiêu", "phần trăm?"]
    accepted: "1,5"
    tolerance: 0.25
    marks: 0.5
    tags: [thi, "luật"]
    citation: {document: 45/2019/QH14, article: "Điều 25", link: "https://vbpl.vn/1"}
    pictures:
      - content: aGE=
      - {name: b.png, option: 2, content: aGE=}
  - id: chu
    kind: short
    level: de
    confidence: van_ban
    prompt: Thủ đô?
    accepted: [Hà Nội, Thăng Long]
    case_matters: true
    accents_matter: false
  - id: bai
    kind: essay
    level: de
    confidence: van_ban
    prompt: Vì sao?
    suggested: Vì …
"""
    )
    _, number, short, essay = read_bank(text).bank.questions
    assert (number.prompt, number.accepted, number.tolerance) == ("Bao nhiêu\nphần trăm?", ("1.5",), "0.25")
    assert (number.marks, number.tags) == (50, ("thi", "luật"))
    assert number.citation == Citation("45/2019/QH14", "Điều 25", "", "https://vbpl.vn/1")
    assert number.pictures == (PictureDraft("", b"ha"), PictureDraft("b.png", b"ha", 1))
    assert (short.accepted, short.case_matters, short.accents_matter) == (("Hà Nội", "Thăng Long"), True, False)
    assert essay.suggested == "Vì …"


def test_a_good_bank_passes_the_check():
    assert findings(FILE) == ([], [])


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("Luật Mẫu, Điều 25 khoản 1", "Luật Mẫu", (20, "thu-viec.source")),
        ("Luật Mẫu, Điều 25 khoản 1", "Luật Mẫu, khoản 1 Điều 25", (20, "thu-viec.source")),
        ("Luật Mẫu, Điều 25 khoản 1", "Điều 25 khoản 1", (20, "thu-viec.source")),
        ("60 ngày", "Cả A và C", (17, "thu-viec.options.2")),
        ("30 ngày", "Cả hai phương án trên", (18, "thu-viec.options.3")),
        ("30 ngày", "Tất cả các phương án trên", (18, "thu-viec.options.3")),
    ],
)
def test_the_check_wants_citations_and_options_that_bear_shuffling(old, new, place):
    assert findings(changed(old, new)) == ([place], [])


@pytest.mark.parametrize(
    "source",
    [
        "Luật Mẫu, Điều 26",
        "Luật Mẫu, Điều 25 khoản 1 điểm đ",
        "Luật Mẫu, Điều 3 khoản 1 và khoản 2",
        "Luật Mẫu, Điều 139, Điều 140 khoản 2",
        "Luật Mẫu, Điều 169 khoản 2; Nghị định 135/2020/NĐ-CP, Điều 4 khoản 1",
        "Luật Mẫu, Điều 3 khoản 1 (sửa đổi năm 2025)",
    ],
)
def test_citations_of_articles_come_in_these_forms(source):
    assert findings(changed("Luật Mẫu, Điều 25 khoản 1", source)) == ([], [])


def test_only_banks_on_laws_must_cite_articles():
    text = changed('title: "Luật Mẫu"', 'title: "Nghị quyết"').replace(
        "Luật Mẫu, Điều 25 khoản 1", "Nghị quyết, mục II"
    )
    assert findings(text) == ([], [])


def test_a_pinned_option_may_point_at_those_above():
    text = changed('"30 ngày"', '"Cả hai phương án trên"\n        pinned: true')
    assert findings(text) == ([], [])


def test_the_code_is_the_name_of_the_file():
    assert findings(FILE, name="khac") == ([(2, "bank.code")], [])


def test_decomposed_letters_are_named_by_line():
    text = changed("180 ngày", unicodedata.normalize("NFD", "180 ngày"))
    assert findings(text) == ([(16, "")], [])


def test_a_question_out_of_validity_and_a_topic_without_questions_are_remarks():
    text = changed('    chung: "Chung"', '    chung: "Chung"\n    rieng: "Riêng"')
    assert findings(text, today=date(2027, 1, 1)) == ([], [(8, "bank.topics.rieng"), (37, "quyen.valid_to")])
    assert findings(FILE, today=date(2026, 12, 31)) == ([], [])


LONG = "Theo Luật Mẫu, người lao động làm việc theo hợp đồng được nghỉ hằng năm bao nhiêu ngày khi đủ 12 tháng?"


def twins(prompt: str, right: str) -> str:
    text = changed("Thời gian thử việc tối đa là bao nhiêu?", LONG)
    more = text[text.index("  - id: thu-viec") : text.index("  - id: quyen")]
    more = more.replace("thu-viec", "thu-viec-2").replace(LONG, prompt).replace("180 ngày", right)
    return text + "\n" + more


def test_nearly_the_same_question_with_the_same_answer_is_a_problem():
    assert findings(twins(LONG.replace("được nghỉ", "nghỉ"), "180 ngày")) == ([(52, "thu-viec-2.prompt")], [])


def test_sisters_with_another_answer_or_other_numbers_are_only_remarks():
    assert findings(twins(LONG.replace("được nghỉ", "nghỉ"), "90 ngày")) == ([], [(52, "thu-viec-2.prompt")])
    assert findings(twins(LONG.replace("12 tháng", "24 tháng"), "180 ngày")) == ([], [(52, "thu-viec-2.prompt")])


def test_a_key_that_is_mostly_the_longest_option_is_remarked():
    block = FILE[FILE.index("  - id: thu-viec") : FILE.index("  - id: quyen")]
    blocks = (
        block.replace("thu-viec", f"cau-{n}").replace(
            "Thời gian thử việc tối đa", f"{'x' * (n + 1)} {'y' * n} {'z' * n}"
        )
        for n in range(1, 11)
    )
    assert findings(FILE + "\n" + "\n".join(blocks))[1] == [(9, "questions")]


def test_the_documents_example_is_taken():
    page = (Path(__file__).parents[2] / "docs/question-bank-file.md").read_text()
    example = page.partition("```yaml\n")[2].partition("```")[0]
    assert findings(example, name="bo-luat-lao-dong-2019") == ([], [])


lines = st.text(max_size=200).map(clean).filter(bool) | st.sampled_from(
    [
        "none",
        "null",
        "~",
        "no",
        "# x",
        "- a",
        "a: b",
        '"',
        "'",
        "\\",
        "> x",
        "07",
        "{a}",
        "\ufffe" + "x" * 150,
        "Cả hai" + " dài" * 45,
    ]
)
texts = lines | st.lists(lines, min_size=2, max_size=3).map("\n\n".join)
maybe = st.just("") | texts
names = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True) | st.sampled_from(["none", "null"])
days = st.none() | st.dates(date(2000, 1, 1), date(2100, 12, 31))
numbers = st.decimals(-1000, 1000, places=3).map(lambda number: f"{number if number else abs(number):f}")
contents = st.binary(min_size=1, max_size=300)
OPTIONS = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


@st.composite
def options(draw: st.DrawFn, kind: QuestionKind, flagged: bool) -> tuple[OptionDraft, ...]:
    if kind is QuestionKind.TRUE_FALSE:
        return true_false_options(draw(st.booleans()))
    written = draw(st.lists(texts, min_size=2, max_size=6, unique=True))
    right = 1 if kind is QuestionKind.SINGLE else draw(st.integers(1, len(written)))
    if flagged:
        right = draw(st.integers(0, len(written)))
    pinned = draw(st.integers(0, len(written)))
    order = draw(st.permutations(range(len(written))))
    return tuple(
        OptionDraft(text, right=order[place] < right, pinned=place >= pinned) for place, text in enumerate(written)
    )


@st.composite
def keys(draw: st.DrawFn, kind: QuestionKind, flagged: bool) -> dict[str, object]:
    if kind in (*OPTIONS, QuestionKind.TRUE_FALSE):
        return {"options": draw(options(kind, flagged))}
    if kind is QuestionKind.ESSAY:
        return {"options": (), "suggested": draw(maybe)}
    if kind is QuestionKind.NUMBER:
        tolerance = draw(st.just("") | numbers.map(lambda number: number.lstrip("-")))
        return {"options": (), "accepted": (draw(numbers),), "tolerance": tolerance}
    accepted = tuple(draw(st.lists(lines, min_size=1, max_size=3, unique=True)))
    both = {"case_matters": draw(st.booleans()), "accents_matter": draw(st.booleans())}
    return {"options": (), "accepted": accepted, **both}


@st.composite
def questions(draw: st.DrawFn, ref: str, topics: list[str]) -> QuestionDraft:
    kind, flagged = draw(st.sampled_from(QuestionKind)), draw(st.booleans())
    first, last = draw(st.tuples(days, days).filter(lambda both: None in both or both[0] <= both[1]))
    key = draw(keys(kind, flagged))
    places = st.none() | st.integers(0, 3)
    return QuestionDraft(
        kind=kind,
        prompt=draw(texts),
        explanation=draw(maybe),
        source=draw(maybe),
        topic=draw(st.sampled_from(["", *topics])),
        level=draw(st.sampled_from(Level)),
        confidence=draw(st.sampled_from(Confidence)),
        valid_from=first,
        valid_to=last,
        ref=ref,
        marks=draw(st.none() | st.integers(0, 100_00)),
        tags=tuple(draw(st.lists(lines, max_size=3, unique=True))),
        citation=draw(st.none() | st.builds(Citation, lines, st.just("") | lines, st.just("") | lines, st.just(""))),
        pictures=tuple(draw(st.lists(st.builds(PictureDraft, st.just("") | lines, contents, places), max_size=2))),
        flagged=flagged,
        why=draw(maybe) if flagged else "",
        **key,
    )


@st.composite
def banks(draw: st.DrawFn) -> BankDraft:
    topics = draw(st.dictionaries(names | st.just("luat/hop-dong"), lines, max_size=3))
    refs = draw(st.lists(names, max_size=4, unique=True))
    made = tuple(draw(questions(ref, sorted(topics))) for ref in refs)
    return BankDraft(draw(names), draw(lines), draw(maybe), draw(days), topics, made)


@settings(max_examples=150, deadline=None)
@given(banks())
def test_what_is_written_reads_back_as_the_same_bank_and_digests(bank):
    text = write_bank(bank)
    again = read_bank(text).bank
    assert again == bank
    assert [each.digest for each in again.questions] == [each.digest for each in bank.questions]
    assert write_bank(again) == text
    assert write(bank).losses == ()


def test_what_would_not_read_back_is_said():
    bank = read_bank(FILE).bank
    two_rights = tuple(replace(each, right=True) for each in bank.questions[0].options)
    broken = replace(bank, questions=(replace(bank.questions[0], options=two_rights), *bank.questions[1:]))
    assert write(broken).losses == (
        "chưa đọc lại được: Dòng 15, thu-viec.options: có 3 phương án “right”; câu single phải có đúng một, "
        "nhiều hơn là câu multiple",
    )
