"""Exam papers: what they show, that a shuffled one is the same each time, and that a key reads back as it was."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from PIL import Image

from quizapp.formats.questions.apart import QuestionFile
from quizapp.formats.questions.docx import read_file
from quizapp.formats.questions.drafts import (
    BankDraft,
    OptionDraft,
    PictureDraft,
    QuestionDraft,
    true_false_options,
)
from quizapp.formats.questions.native import read_bank
from quizapp.formats.questions.writing import Paper, write_file
from quizapp.vocabulary import QuestionKind

SHIPPED = Path(__file__).parents[3] / "question_banks"


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(made, "WEBP")
    return made.getvalue()


def single(ref: str, prompt: str, *texts: str, right: int = 0, **more) -> QuestionDraft:
    options = tuple(OptionDraft(text, place == right) for place, text in enumerate(texts))
    return QuestionDraft(QuestionKind.SINGLE, prompt, options, ref=ref, **more)


QUESTIONS = (
    single("ngan", "Mấy ngày?", "12", "14", "16", "18", right=2, marks=50, explanation="Điều 113.", source="Luật A"),
    single("vua", "Ai ký?", "Chủ tịch công đoàn cơ sở", "Người lao động", "Cả hai", "Không ai", right=1),
    single("dai", "Vì sao?", "Một lý do dài " * 5 + "thứ nhất", "Lý do thứ hai", right=1),
    single("hinh", "Hình nào?", "Một", "Hai", "Ba", "Bốn", pictures=(PictureDraft("a", picture(), 1),)),
    QuestionDraft(QuestionKind.TRUE_FALSE, "Lương trả đúng hạn.", true_false_options(False), ref="dung"),
    QuestionDraft(
        QuestionKind.MULTIPLE,
        "Gồm những gì?",
        (OptionDraft("Lương", True), OptionDraft("Phạt", False), OptionDraft("Phụ cấp", True)),
        ref="nhieu",
    ),
    QuestionDraft(QuestionKind.SHORT, "Thủ đô?", (), accepted=("Hà Nội",), ref="chu", accents_matter=False),
    QuestionDraft(QuestionKind.NUMBER, "Bao nhiêu?", (), accepted=("1.5",), ref="so"),
    QuestionDraft(QuestionKind.ESSAY, "Nêu sáng kiến.", (), suggested="Nêu được giải pháp.", ref="bai"),
)
BANK = BankDraft("b", "Luật Mẫu", "", None, {}, QUESTIONS)


def paragraphs(content: bytes) -> list[str]:
    return [each.text for each in Document(io.BytesIO(content)).paragraphs]


def options_of(name: str) -> list[str]:
    lines = paragraphs(write_file(BANK, "docx").content)
    number = next(n for n, each in enumerate(QUESTIONS, start=1) if each.ref == name)
    start = next(n for n, line in enumerate(lines) if line.startswith(f"Câu {number}. "))
    end = next(n for n, line in enumerate(lines) if line.startswith((f"Câu {number + 1}. ", "------")))
    return [line for line in lines[start + 1 : end] if line.strip()]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ngan", ["A. 12\tB. 14\tC. 16\tD. 18"]),
        ("vua", ["A. Chủ tịch công đoàn cơ sở\tB. Người lao động", "C. Cả hai\tD. Không ai"]),
        ("hinh", ["A. Một", "B. Hai", "C. Ba", "D. Bốn"]),
        ("nhieu", ["A. Lương", "B. Phạt", "C. Phụ cấp"]),
    ],
)
def test_options_stand_side_by_side_where_they_fit(name, lines):
    assert options_of(name) == lines


def test_a_paper_without_key_tells_nothing_of_it():
    document = Document(io.BytesIO(write_file(BANK, "docx").content))
    text = "\n".join(each.text for each in document.paragraphs)
    for word in ("Đáp án", "Điều 113", "Luật A", "Hà Nội", "giải pháp", "1.5"):
        assert word not in text
    looks = {(run.underline, run.font.highlight_color, run.italic) for each in document.paragraphs for run in each.runs}
    assert looks == {(None, None, None)}
    assert {run.bold for each in document.paragraphs if each.text.startswith("A. ") for run in each.runs} == {None}
    assert "Họ và tên: \t" in text
    assert "Mấy ngày? (0,5 điểm)" in text


def test_the_head_says_whose_paper_it_is_and_how_long_it_takes():
    paper = Paper(union="LĐLĐ TỈNH A", title="Đề thi tuần 1", minutes=30, code="101")
    document = Document(io.BytesIO(write_file(BANK, "docx", paper).content))
    left, right = (cell.text for cell in document.tables[0].rows[0].cells)
    assert left.startswith("LĐLĐ TỈNH A")
    assert right == "ĐỀ THI TUẦN 1\nThời gian làm bài: 30 phút\nMã đề 101"
    assert "Mã đề 101 – Trang " in document.sections[0].footer.paragraphs[0].text


def test_a_code_shuffles_always_the_same_way_and_pinned_options_stay_last():
    pinned = single("ghim", "Cái nào?", "a", "b", "c", "d")
    pinned = replace(pinned, options=(*pinned.options[:3], replace(pinned.options[3], pinned=True)))
    bank = replace(BANK, questions=(pinned, *QUESTIONS))
    first, again, other = (
        paragraphs(write_file(bank, "docx", Paper(code=code)).content) for code in ("101", "101", "102")
    )
    assert first == again != other
    for lines in (first, other):
        assert next(line for line in lines if "\t" in line and "a" in line and "d" in line).endswith("D. d")


def read_back(bank: BankDraft, paper: Paper):
    return read_file(QuestionFile("de.docx", write_file(bank, "docx_key", paper).content))


@pytest.mark.parametrize("name", ["nghi-quyet-02", "bo-luat-lao-dong-2019"])
@pytest.mark.parametrize("code", ["", "101"])
def test_a_paper_with_its_key_reads_back_with_the_same_key(name, code):
    bank = read_bank((SHIPPED / f"{name}.yaml").read_bytes()).bank
    reading = read_back(bank, Paper(code=code))
    assert (reading.problems, [each.why for each in reading.questions if each.flagged]) == ((), [])
    written = {each.prompt: (each.kind, {*each.right_texts}, {o.text for o in each.options}) for each in bank.questions}
    read = {each.prompt: (each.kind, {*each.right_texts}, {o.text for o in each.options}) for each in reading.questions}
    assert read == written


def test_kinds_and_what_explains_them_read_back():
    read = {each.prompt: each for each in read_back(BANK, Paper()).questions}
    for question in QUESTIONS:
        again = read[question.prompt]
        assert (again.kind, again.right_texts, again.accepted) == (
            question.kind,
            question.right_texts,
            question.accepted,
        ), question.ref
    assert (read["Mấy ngày?"].explanation, read["Mấy ngày?"].source, read["Mấy ngày?"].marks) == (
        "Điều 113.",
        "Luật A",
        50,
    )
    assert read["Nêu sáng kiến."].suggested == "Nêu được giải pháp."
    assert [each.place for each in read["Hình nào?"].pictures] == [1]


def test_what_paper_cannot_say_is_named():
    losses = write_file(BANK, "docx_key").losses
    assert "chủ đề, mức độ" in losses[0]
    assert losses[1:] == ("không ghi được cách so chữ hoa, dấu tiếng Việt: câu chu.",)
    broken = replace(QUESTIONS[3], pictures=(PictureDraft("a", b"RIFFx", None),))
    assert (
        "không đưa được hình vào tệp Word: câu hinh." in write_file(replace(BANK, questions=(broken,)), "docx").losses
    )
