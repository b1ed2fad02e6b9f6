"""A judge's pack of essays to mark on paper: instructions and criteria, then each essay with its code and a table."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.shared import Mm, Pt
from PIL import Image

from quizapp.formats import word_writing as word
from quizapp.formats.word_writing import CENTRE, LEFT, RIGHT, TEXT_WIDTH
from quizapp.rules.rubrics import Criterion
from quizapp.rules.wording import hundredths, number

MOST_PIXELS = 1600  # of the longer side: enough to read handwriting on A4
TALLEST = 220  # millimetres
INSTRUCTIONS = (
    "Mỗi bài bắt đầu ở một trang mới và mang một mã số. Xin không tìm cách biết ai là người viết.",
    "Đọc kỹ các tiêu chí dưới đây, rồi ghi điểm từng tiêu chí và nhận xét vào bảng ở cuối mỗi bài, ký tên.",
    "Chấm độc lập: không trao đổi điểm với giám khảo khác trước khi chấm xong.",
    "Chấm xong, ghi điểm vào tệp Excel đi kèm (mỗi bài một dòng, đúng mã số) và nộp tệp đó trên trang chấm bài, hoặc "
    "gửi cho Ban tổ chức cùng tập bài này.",
    "Giữ kín tập bài; nộp lại đầy đủ cho Ban tổ chức sau khi chấm.",
)


@dataclass(frozen=True)
class PackedEssay:
    """An essay as its judge may see it; pictures as WebP."""

    code: str
    words: int
    text: str
    pictures: tuple[bytes, ...]


@dataclass(frozen=True)
class Pack:
    """What a judge takes home; max_mark in hundredths, made_at in the contest's zone."""

    organiser: str
    contest: str
    round: str
    judge: str
    prompt: str
    rubric: str
    max_mark: int
    criteria: tuple[Criterion, ...]
    essays: tuple[PackedEssay, ...]
    made_at: datetime


def write(pack: Pack, path: Path) -> None:
    """Write the document."""
    document = word.new_document(f"Tập bài chấm – {pack.round}")
    word.put_footer(document.sections[0], "Hướng dẫn chấm")
    _cover(document, pack)
    for each in pack.essays:
        word.new_page(document, f"Bài {each.code}")
        _essay(document, pack, each)
    document.save(str(path))


def _cover(document: Any, pack: Pack) -> None:
    made = pack.made_at
    word.letterhead(document, (pack.organiser, "BAN TỔ CHỨC CUỘC THI"), f"Lập lúc {made:%H:%M ngày %d/%m/%Y}")
    word.say(document, "TẬP BÀI CHẤM TRÊN GIẤY", bold=True, size=16, align=CENTRE)
    word.say(document, pack.contest, bold=True, align=CENTRE)
    word.say(document, pack.round, align=CENTRE)
    word.say(document, f"Giám khảo: {pack.judge}", bold=True)
    word.say(document, f"Số bài trong tập: {number(len(pack.essays))}")
    word.say(document, f"Đề bài: {pack.prompt}")
    word.heading(document, "Cách làm")
    for place, text in enumerate(INSTRUCTIONS, start=1):
        word.say(document, f"{place}. {text}")
    word.heading(document, f"Phiếu chấm: {pack.rubric}" if pack.rubric else "Cách cho điểm")
    most = sum(each.max_mark for each in pack.criteria)
    if most != pack.max_mark:
        word.say(
            document,
            f"Tổng điểm các tiêu chí là {hundredths(most)}; hệ thống tự quy về thang {hundredths(pack.max_mark)} điểm.",
        )
    columns = (("Tiêu chí", 50, LEFT), ("Cho điểm thế nào", 88, LEFT), ("Tối đa", 22, RIGHT))
    word.table(
        document, columns, ((_name(pack, each), _levels(each), hundredths(each.max_mark)) for each in pack.criteria)
    )


def _essay(document: Any, pack: Pack, essay: PackedEssay) -> None:
    word.say(document, f"BÀI {essay.code}", bold=True, size=26, align=CENTRE)
    pages = f", {len(essay.pictures)} ảnh hoặc trang kèm theo" if essay.pictures else ""
    word.say(document, f"{number(essay.words)} chữ{pages}", italic=True, size=11, align=CENTRE)
    for line in essay.text.split("\n"):
        word.say(document, line)
    for picture in essay.pictures:
        _picture(document, picture)
    title = word.heading(document, f"PHIẾU CHẤM – BÀI {essay.code}")
    title.paragraph_format.space_before = Pt(14)
    columns = (("Tiêu chí", 56, LEFT), ("Tối đa", 18, RIGHT), ("Điểm", 22, RIGHT), ("Nhận xét", 64, LEFT))
    rows = [(_name(pack, each), hundredths(each.max_mark), "", "") for each in pack.criteria]
    if len(rows) > 1:
        rows.append(("Cộng", hundredths(sum(each.max_mark for each in pack.criteria)), "", ""))
    made = word.table(document, columns, rows, size=12, height=10)
    for row in made.rows:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    for text in ("Nhận xét chung: ", "", ""):
        word.dotted(document, text).paragraph_format.keep_with_next = True
    word.say(document, "☐ Còn phân vân về bài này").paragraph_format.keep_with_next = True
    word.say(document, f"Giám khảo: {pack.judge}").paragraph_format.keep_with_next = True
    word.say(document, "Ký tên: ……………………………………………      Ngày: …… / …… / …………")


def _picture(document: Any, content: bytes) -> None:
    with Image.open(io.BytesIO(content)) as image:
        shown = image.convert("RGB")
    shown.thumbnail((MOST_PIXELS, MOST_PIXELS))
    made = io.BytesIO()
    shown.save(made, "JPEG", quality=80)
    made.seek(0)
    # Never wider than the text or higher than the page, and a small one is not blown up.
    width = min(TEXT_WIDTH, TALLEST * shown.width / shown.height, shown.width * 25.4 / 96)
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTRE
    paragraph.add_run().add_picture(made, width=Mm(width))


def _name(pack: Pack, criterion: Criterion) -> str:
    return f"TC{pack.criteria.index(criterion) + 1}. {criterion.title}" if len(pack.criteria) > 1 else criterion.title


def _levels(criterion: Criterion) -> str:
    return "\n".join(_lines(criterion))


def _lines(criterion: Criterion) -> Iterator[str]:
    if criterion.description:
        yield criterion.description
    for level in criterion.levels:
        told = f": {level.descriptor}" if level.descriptor else ""
        yield f"• {hundredths(level.mark)} điểm – {level.title}{told}"
    if not criterion.levels:
        yield f"Từ 0 đến {hundredths(criterion.max_mark)}, lẻ đến {hundredths(criterion.step)} điểm."
