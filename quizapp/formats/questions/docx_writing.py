"""Banks as exam papers for print: head, questions with options side by side where they fit, and the key if asked."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from PIL import Image, UnidentifiedImageError

from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.formats.questions.writing import Losses, Paper, Written
from quizapp.formats.word_writing import (
    CENTRE,
    LEFT,
    TEXT_WIDTH,
    dotted,
    fill,
    heading,
    keep_whole,
    new_document,
    put_footer,
    say,
    table,
)
from quizapp.vocabulary import QuestionKind

LETTER_WIDTH = 2.4  # millimetres that a letter takes on average at 13 points; capitals and spaces even out
COLUMNS = (4, 2)
LINES = {QuestionKind.SHORT: 1, QuestionKind.NUMBER: 1, QuestionKind.ESSAY: 12}
PICTURE_WIDTH, PICTURE_DOTS = 120, 1400
KEYS_IN_A_ROW = 10
NOT_SAID = "đề in chỉ có câu hỏi và đáp án: không ghi chủ đề, mức độ, nhãn, ngày hiệu lực và giới thiệu của ngân hàng"


def write(bank: BankDraft, paper: Paper) -> Written:
    return _written(bank, paper, with_key=False)


def write_with_key(bank: BankDraft, paper: Paper) -> Written:
    return _written(bank, paper, with_key=True)


def _written(bank: BankDraft, paper: Paper, *, with_key: bool) -> Written:
    questions = _shuffled(bank.questions, paper.code) if paper.code else bank.questions
    title = paper.title or bank.title
    document, losses = new_document(title), Losses()
    _head(document, paper, title, with_key=with_key)
    for number, question in enumerate(questions, start=1):
        _note(question, losses)
        _question(document, number, question, losses)
        if with_key:
            _key(document, question)
        else:
            for _ in range(LINES.get(question.kind, 0)):
                dotted(document)
    if with_key:
        _key_table(document, questions)
    else:
        say(document, "------ HẾT ------", bold=True, align=CENTRE).paragraph_format.space_before = Pt(8)
    put_footer(document.sections[0], f"Mã đề {paper.code}" if paper.code else "")
    made = io.BytesIO()
    document.save(made)
    return Written(made.getvalue(), (f"{NOT_SAID}.", *losses.sentences))


def _shuffled(questions: Sequence[QuestionDraft], code: str) -> Sequence[QuestionDraft]:
    """Return the questions and their options in an order that the code alone decides; pinned options stay last."""
    rng = Random(code)  # noqa: S311
    taken = list(questions)
    rng.shuffle(taken)
    return [_with_options_shuffled(each, rng) for each in taken]


def _with_options_shuffled(question: QuestionDraft, rng: Random) -> QuestionDraft:
    places = [place for place, option in enumerate(question.options) if not option.pinned]
    rng.shuffle(places)
    places += [place for place, option in enumerate(question.options) if option.pinned]
    moved = {old: new for new, old in enumerate(places)}
    pictures = (
        each if each.place is None else replace(each, place=moved.get(each.place, each.place))
        for each in question.pictures
    )
    return replace(question, options=tuple(question.options[place] for place in places), pictures=tuple(pictures))


def _head(document: Any, paper: Paper, title: str, *, with_key: bool) -> None:
    """Write the head as schools and unions do: whose paper on the left, what and how long on the right."""
    head = document.add_table(rows=1, cols=2)
    head.autofit = False
    for column, width in zip(head.columns, (62, 98), strict=True):
        column.width = Mm(width)
    minutes = f"{paper.minutes} phút" if paper.minutes else "……… phút"
    left = [(paper.union or "CÔNG ĐOÀN ……………………", True), ("-------", False)]
    right = [(title.upper(), True), (f"Thời gian làm bài: {minutes}", False)]
    if paper.code:
        right.append((f"Mã đề {paper.code}", True))
    if with_key:
        right.append(("(Bản kèm đáp án, chỉ dùng trong Ban tổ chức)", False))
    for cell, lines in zip(head.rows[0].cells, (left, right), strict=True):
        [first] = cell.paragraphs
        for place, (text, bold) in enumerate(lines):
            paragraph = first if not place else cell.add_paragraph()
            fill(paragraph, text, bold=bold, italic=not bold, align=CENTRE)
            paragraph.paragraph_format.space_after = Pt(0)
    keep_whole(head.rows[0])
    say(document, "")
    if not with_key:
        for label in ("Họ và tên: ", "Đơn vị: "):
            dotted(document, label)


def _question(document: Any, number: int, question: QuestionDraft, losses: Losses) -> None:
    first, *others = question.prompt.split("\n")
    paragraph = fill(document.add_paragraph(), f"Câu {number}. ", bold=True)
    marks = f" ({f'{question.marks / 100:g}'.replace('.', ',')} điểm)" if question.marks else ""
    fill(paragraph, first + ("" if others else marks))
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(6)
    for place, line in enumerate(others, start=1):
        say(document, line + (marks if place == len(others) else "")).paragraph_format.keep_with_next = True
    _pictures(document.paragraphs[-1], question, None, losses)
    pictured = any(each.place is not None for each in question.pictures)
    columns = 1 if pictured else _columns([option.text for option in question.options])
    texts = [f"{_letter(place)}. {option.text}" for place, option in enumerate(question.options)]
    for start in range(0, len(texts), columns):
        line = say(document, "\t".join(texts[start : start + columns]))
        for column in range(1, columns):
            line.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH / columns * column), WD_TAB_ALIGNMENT.LEFT)
        line.paragraph_format.keep_with_next = start + columns < len(texts)
        _pictures(line, question, start, losses)


def _columns(texts: Sequence[str]) -> int:
    """Return how many options stand on a line: none may run into the next."""
    if not texts or any("\n" in text or "\t" in text for text in texts):
        return 1
    longest = (max(map(len, texts)) + 4) * LETTER_WIDTH
    return next((columns for columns in COLUMNS if len(texts) % columns == 0 and longest < TEXT_WIDTH / columns), 1)


def _pictures(paragraph: Any, question: QuestionDraft, place: int | None, losses: Losses) -> None:
    for picture in question.pictures:
        if picture.place == place:
            try:
                paragraph.add_run().add_picture(_for_word(picture.content), width=Mm(PICTURE_WIDTH))
            except (OSError, UnidentifiedImageError, ValueError):
                losses.note("không đưa được hình vào tệp Word", question)


def _for_word(content: bytes) -> io.BytesIO:
    """Return a picture in a form that every Word opens: not every one knows WebP."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        image.thumbnail((PICTURE_DOTS, PICTURE_DOTS))
        image.convert("RGB").save(made, "JPEG", quality=85)
    made.seek(0)
    return made


def _key(document: Any, question: QuestionDraft) -> None:
    for line in _key_lines(question):
        say(document, line, italic=True, size=12)


def _key_lines(question: QuestionDraft) -> Iterator[str]:
    if question.options:
        yield f"Đáp án: {_letters(question) or '(chưa có)'}"
    elif question.kind is QuestionKind.NUMBER and question.accepted:
        span = f" (sai số {question.tolerance})" if question.tolerance else ""
        yield f"Đáp số: {' hoặc '.join(question.accepted)}{span}".replace(".", ",")
    elif question.accepted:
        yield f"Đáp án: {'; '.join(question.accepted)}"
    elif question.suggested:
        yield f"Gợi ý trả lời: {question.suggested}"
    if question.explanation:
        yield f"Giải thích: {question.explanation}"
    if question.source:
        yield f"Căn cứ: {question.source}"


def _key_table(document: Any, questions: Sequence[QuestionDraft]) -> None:
    keys = [(number, _letters(each)) for number, each in enumerate(questions, start=1) if each.options]
    if not keys:
        return
    heading(document, "BẢNG ĐÁP ÁN").alignment = CENTRE
    for start in range(0, len(keys), KEYS_IN_A_ROW):
        row = keys[start : start + KEYS_IN_A_ROW]
        columns = [("Câu", 18.0, LEFT), *((str(number), 14.0, CENTRE) for number, _ in row)]
        table(document, columns, [["Đáp án", *(key for _, key in row)]])


def _letters(question: QuestionDraft) -> str:
    return ", ".join(_letter(place) for place, option in enumerate(question.options) if option.right)


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _note(question: QuestionDraft, losses: Losses) -> None:
    if question.flagged:
        losses.note("câu còn chờ người xem lại", question)
    if question.citation:
        losses.note("không ghi được số hiệu văn bản, điều, khoản", question)
    if question.kind is QuestionKind.SHORT and (question.case_matters or not question.accents_matter):
        losses.note("không ghi được cách so chữ hoa, dấu tiếng Việt", question)
