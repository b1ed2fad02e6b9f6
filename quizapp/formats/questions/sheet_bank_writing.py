"""A bank → an .xlsx workbook in the columns of our template, which reads back as the same questions."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.formats.questions.sheets.keys import LETTERS
from quizapp.formats.questions.sheets.known import OWN_KEY
from quizapp.formats.questions.writing import Losses, Written
from quizapp.formats.sheet_writing import LONGEST_TEXT, plain
from quizapp.vocabulary import Confidence, Level, QuestionKind

SHEET = "Câu hỏi"
FIRST = [("STT", 6.0), ("Loại câu", 22.0), ("Câu hỏi", 60.0)]
KEY = [(OWN_KEY, 24.0), ("Giải thích", 40.0), ("Nguồn", 30.0), ("Chủ đề", 24.0), ("Mức độ", 12.0), ("Điểm", 8.0)]
MORE = [
    ("Sai số", 10.0),
    ("Phân biệt hoa thường", 12.0),
    ("Phân biệt dấu", 12.0),
    ("Giữ cuối", 10.0),
    ("Nhãn", 20.0),
    ("Số văn bản", 18.0),
    ("Điều", 8.0),
    ("Khoản", 8.0),
    ("Liên kết văn bản", 24.0),
    ("Hiệu lực từ", 13.0),
    ("Hiệu lực đến", 13.0),
    ("Độ tin cậy", 18.0),
    ("Mã câu hỏi", 24.0),
]
CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


def write(bank: BankDraft) -> Written:
    """Return a bank as a workbook of one sheet, and what it could not hold."""
    losses = Losses()
    book = Workbook(write_only=False)
    sheet = book.active
    sheet.title = SHEET
    most = max([4, *(len(each.options) for each in bank.questions if each.kind in CHOICES)])
    lay_out(sheet, [*FIRST, *options(min(most, len(LETTERS))), *KEY, *MORE])
    for number, question in enumerate(bank.questions, start=1):
        add_row(sheet, _row(number, question, bank, min(most, len(LETTERS)), losses))
    file = io.BytesIO()
    book.save(file)
    return Written(file.getvalue(), losses.sentences)


def options(count: int) -> list[tuple[str, float]]:
    """Return the columns of options."""
    return [(f"Phương án {letter}", 30.0) for letter in LETTERS[:count]]


def lay_out(sheet: Any, columns: Sequence[tuple[str, float]]) -> None:
    """Write the heading, set the widths."""
    add_row(sheet, [heading for heading, _ in columns])
    for number, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(row=1, column=number)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E6EEFA")
    sheet.freeze_panes = "A2"


def add_row(sheet: Any, values: Sequence[Any]) -> None:
    """Write a row below the last one; text stays text, whatever it begins with."""
    row = sheet.max_row + 1 if sheet.cell(row=1, column=1).value is not None else 1
    for column, value in enumerate(values, start=1):
        if value is None or value == "":
            continue
        cell = sheet.cell(row=row, column=column)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if isinstance(value, str):
            cell.value = plain(value)
            cell.data_type = "s"
            cell.number_format = "@"
            cell._style.quotePrefix = int(value.startswith(("=", "+", "-", "@")))
        else:
            cell.value = value
            if not isinstance(value, int | float):
                cell.number_format = "dd/mm/yyyy"


def _row(number: int, question: QuestionDraft, bank: BankDraft, most: int, losses: Losses) -> list[Any]:
    _note(question, most, losses)
    is_choice = question.kind in CHOICES
    texts = [each.text for each in question.options[:most]] if is_choice else []
    cited = question.citation
    return [
        number,
        question.kind.label,
        question.prompt,
        *texts,
        *[None] * (most - len(texts)),
        _key(question),
        question.explanation,
        question.source,
        bank.topics.get(question.topic, question.topic),
        question.level.label,
        None if question.marks is None else question.marks / 100,
        question.tolerance.replace(".", ","),
        "có" if question.case_matters else None,
        "không" if question.kind is QuestionKind.SHORT and not question.accents_matter else None,
        sum(each.pinned for each in question.options) or None if is_choice else None,
        ", ".join(question.tags),
        *([cited.document, cited.article, cited.clause, cited.link] if cited else [None] * 4),
        question.valid_from,
        question.valid_to,
        question.confidence.label if question.confidence is not Confidence.TEXT else None,
        question.ref,
    ]


def _key(question: QuestionDraft) -> str:
    if question.kind in CHOICES:
        return ", ".join(LETTERS[place] for place, each in enumerate(question.options[:10]) if each.right)
    if question.kind is QuestionKind.TRUE_FALSE:
        right = question.right_texts
        return right[0] if len(right) == 1 else ""
    if question.kind is QuestionKind.NUMBER:
        return "".join(question.accepted).replace(".", ",")
    if question.kind is QuestionKind.SHORT:
        # One spelling a line; the line end also says that ';' within one is a part of it.
        return "\n".join(question.accepted) + ("\n" if len(question.accepted) == 1 else "")
    return question.suggested


def _note(question: QuestionDraft, most: int, losses: Losses) -> None:
    if question.pictures:
        losses.note("không ghi được ảnh", question)
    if question.kind in CHOICES and len(question.options) > most:
        losses.note(f"chỉ ghi được {most} phương án", question)
    pinned = [each.pinned for each in question.options]
    if question.kind in CHOICES and pinned != sorted(pinned):
        losses.note("chỉ giữ được phương án đứng cuối ở cuối, không giữ phương án ở giữa", question)
    if any(len(each) > LONGEST_TEXT for each in (question.prompt, question.explanation, question.suggested)):
        losses.note("chữ dài quá một ô nên bị cắt", question)
    if any("," in tag for tag in question.tags):
        losses.note("nhãn có dấu phẩy bị tách làm hai", question)
    if any("\n" in each for each in (question.prompt, question.explanation, question.suggested)):
        losses.note("không giữ được chỗ xuống dòng", question)


KIND_LABELS = [each.label for each in QuestionKind]
LEVEL_LABELS = [each.label for each in Level]
