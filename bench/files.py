"""Question files as organisers send them, made by code: a long sheet, and a Word file with its options in tables."""

import io
from random import Random

from docx import Document
from openpyxl import Workbook

TEXT = (
    "người lao động tổ chức công đoàn cơ sở hợp đồng thỏa ước tập thể tiền lương thời giờ làm việc nghỉ ngơi "
    "kỷ luật trách nhiệm đoàn viên ban chấp hành quyền nghĩa vụ theo quy định của Bộ luật năm"
)
LETTERS = "ABCD"
LEVELS = ("dễ", "trung bình", "khó")


def sheet(questions: int) -> bytes:
    """Return a workbook with a question a row: number, stem, four options, key, explanation, source, level."""
    rng = Random(1)
    made = Workbook(write_only=True)
    page = made.create_sheet("Câu hỏi")
    page.append(["STT", "Câu hỏi", *LETTERS, "Đáp án", "Giải thích", "Căn cứ", "Mức độ"])
    for number in range(1, questions + 1):
        stem, *options = _question(rng, number)
        source = f"Khoản {rng.randint(1, 5)} Điều {rng.randint(1, 220)}"
        page.append([number, stem, *options, rng.choice(LETTERS), _sentence(rng, 15), source, rng.choice(LEVELS)])
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def word(questions: int) -> bytes:
    """Return a Word file: each stem above a table of two by two options, the right one underlined; a table of keys."""
    rng = Random(2)
    made = Document()
    keys = []
    for number in range(1, questions + 1):
        stem, *options = _question(rng, number)
        paragraph = made.add_paragraph()
        paragraph.add_run(f"Câu {number}: ").bold = True
        paragraph.add_run(stem)
        keys.append(rng.choice(LETTERS))
        cells = made.add_table(2, 2)._cells  # asked for one by one they take minutes
        for letter, option, cell in zip(LETTERS, options, cells, strict=True):
            label = cell.paragraphs[0].add_run(f"{letter}. ")
            label.bold, label.underline = True, letter == keys[-1]
            cell.paragraphs[0].add_run(option)
    made.add_paragraph("BẢNG ĐÁP ÁN")
    _keys(made.add_table(-(-questions // 10), 20)._cells, keys)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def _keys(cells: list, keys: list[str]) -> None:  # type: ignore[type-arg]
    for place, key in enumerate(keys):
        cells[2 * place].text, cells[2 * place + 1].text = str(place + 1), key


def _question(rng: Random, number: int) -> list[str]:
    """Return a stem and four options; the number tells each from all others."""
    return [_sentence(rng, 22) + f" {number}?", *(f"{_sentence(rng, 9)} {number}.{place}" for place in range(4))]


def _sentence(rng: Random, words: int) -> str:
    return " ".join(rng.choices(TEXT.split(), k=words)).capitalize()
