"""The minutes of a jury's work (biên bản chấm thi) as a Word document; no writer is named in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from docx.shared import Mm, Pt

from quizapp.formats import word_writing as word
from quizapp.formats.word_writing import CENTRE, LEFT, RIGHT
from quizapp.rules.wording import hundredths, number

CHAIR, MEMBER = "Trưởng Ban Giám khảo", "Giám khảo"
PROVISIONAL = "BẢN TẠM TÍNH – CHƯA PHẢI KẾT QUẢ CUỐI"


@dataclass(frozen=True)
class Juror:
    name: str
    is_chair: bool
    union: str
    given: int
    finished: int
    left: str  # when, in words; empty: stays

    @property
    def office(self) -> str:
        return CHAIR if self.is_chair else MEMBER


@dataclass(frozen=True)
class Decision:
    """A layer that a person laid; marks in hundredths, before None: there was none."""

    code: str
    office: str
    before: int | None
    mark: int
    reason: str


@dataclass(frozen=True)
class Line:
    """An essay; all in hundredths, None: not there."""

    code: str
    words: int
    totals: tuple[int | None, ...]
    third: int | None
    appeal: int | None
    mark: int | None


@dataclass(frozen=True)
class Minutes:
    """What the minutes say; instants in the contest's zone."""

    organiser: str
    contest: str
    round: str
    window: str
    made_at: datetime
    rules: tuple[str, ...]
    max_mark: int
    jury: tuple[Juror, ...]
    figures: tuple[tuple[str, int], ...]
    decisions: tuple[Decision, ...]
    lines: tuple[Line, ...]
    unfinished: tuple[str, ...]  # sentences; none: the work is done


def write(minutes: Minutes, path: Path) -> None:
    """Write the document."""
    document = word.new_document(f"Biên bản chấm thi – {minutes.round}")
    word.put_footer(document.sections[0], "TẠM TÍNH" if minutes.unfinished else "")
    _head(document, minutes)
    _jury(document, minutes)
    word.heading(document, "II. CÁCH CHẤM")
    for sentence in minutes.rules:
        word.say(document, sentence)
    word.heading(document, "III. SỐ LIỆU")
    word.table(
        document,
        (("Nội dung", 120, LEFT), ("Số lượng", 40, RIGHT)),
        ((label, number(count)) for label, count in minutes.figures),
    )
    _decisions(document, minutes.decisions)
    _marks(document, minutes)
    _list(document, minutes)
    _close(document, minutes)
    document.save(str(path))


def bands(marks: Sequence[int], max_mark: int) -> list[tuple[str, int]]:
    """Return how many marks (hundredths) fall in each of at most ten equal bands; the last one has its upper end."""
    count = max_mark // 100 if 0 < max_mark <= 1000 and max_mark % 100 == 0 else 10
    edges = [max_mark * place // count for place in range(count + 1)]
    found = []
    for place, (low, high) in enumerate(pairwise(edges)):
        is_last = place == count - 1
        inside = sum(1 for mark in marks if low <= mark < high or (is_last and mark >= high))
        end = f"đến {hundredths(high)}" if is_last else f"đến dưới {hundredths(high)}"
        found.append((f"Từ {hundredths(low)} {end}", inside))
    return found


def _head(document: Any, minutes: Minutes) -> None:
    made = minutes.made_at
    day = f"………………, ngày {made:%d} tháng {made:%m} năm {made.year}"
    word.letterhead(document, (minutes.organiser, "BAN GIÁM KHẢO"), day)
    if minutes.unfinished:
        word.say(document, PROVISIONAL, bold=True, size=16, align=CENTRE)
    title = word.say(document, "BIÊN BẢN CHẤM THI", bold=True, size=15, align=CENTRE)
    title.paragraph_format.space_before = Pt(6)
    word.say(document, f"Bài tự luận – {minutes.round}", bold=True, align=CENTRE)
    word.say(document, minutes.contest, bold=True, align=CENTRE)
    word.say(
        document,
        f"Hôm nay, lúc {made:%H} giờ {made:%M} phút ngày {made:%d/%m/%Y}, tại ……………………………………, Ban Giám khảo lập biên "
        f"bản về việc chấm bài tự luận của {minutes.round} (nhận bài {minutes.window}). Mọi số liệu dưới đây được lấy "
        "cùng một lúc từ hệ thống thi, lúc lập biên bản.",
    )


def _jury(document: Any, minutes: Minutes) -> None:
    word.heading(document, "I. THÀNH PHẦN BAN GIÁM KHẢO")
    columns = (
        ("STT", 14, CENTRE),
        ("Họ và tên", 42, LEFT),
        ("Nhiệm vụ", 34, LEFT),
        ("Công đoàn", 42, LEFT),
        ("Đã chấm / được giao", 28, CENTRE),
    )
    word.table(
        document,
        columns,
        (
            (str(place), each.name, each.office, each.union, f"{number(each.finished)} / {number(each.given)}")
            for place, each in enumerate(minutes.jury, start=1)
        ),
    )
    for each in minutes.jury:
        if each.left:
            word.say(
                document,
                f"{each.name} rời Ban Giám khảo lúc {each.left}, đã chấm xong {number(each.finished)} bài; các bài "
                "chưa chấm xong giao cho giám khảo khác.",
            )


def _decisions(document: Any, decisions: Sequence[Decision]) -> None:
    word.heading(document, "IV. ĐIỂM DO QUYẾT ĐỊNH, ĐIỀU CHỈNH VÀ PHÚC KHẢO")
    if not decisions:
        word.say(document, "Không có.")
        return
    columns = (
        ("Mã bài", 24, LEFT),
        ("Quyết định", 44, LEFT),
        ("Điểm trước", 18, RIGHT),
        ("Điểm", 16, RIGHT),
        ("Lý do", 58, LEFT),
    )
    word.table(
        document,
        columns,
        ((each.code, each.office, _shown(each.before), _shown(each.mark), each.reason) for each in decisions),
    )


def _marks(document: Any, minutes: Minutes) -> None:
    word.heading(document, "V. PHÂN BỐ ĐIỂM")
    marks = sorted(each.mark for each in minutes.lines if each.mark is not None)
    if not marks:
        word.say(document, "Chưa có bài nào có điểm.")
        return
    middle = len(marks) // 2
    median = marks[middle] if len(marks) % 2 else round((marks[middle - 1] + marks[middle]) / 2)
    mean = hundredths(round(sum(marks) / len(marks)))
    word.say(
        document,
        f"{number(len(marks))} bài đã có điểm, trên thang {hundredths(minutes.max_mark)}: thấp nhất "
        f"{hundredths(marks[0])}, cao nhất {hundredths(marks[-1])}, trung bình {mean}, trung vị {hundredths(median)}.",
    )
    columns = (("Khoảng điểm", 80, LEFT), ("Số bài", 40, RIGHT), ("Tỷ lệ", 40, RIGHT))
    rows = (
        (text, number(count), f"{hundredths(round(10_000 * count / len(marks)))} %")
        for text, count in bands(marks, minutes.max_mark)
    )
    word.table(document, columns, rows)


def _list(document: Any, minutes: Minutes) -> None:
    word.heading(document, "VI. ĐIỂM CỦA TỪNG BÀI")
    word.say(
        document,
        "Bài được ghi theo mã số (số phách). GK1, GK2… là điểm của các giám khảo đã chấm độc lập bài đó, theo thứ tự "
        "giao bài; không phải lúc nào cũng là cùng một người.",
        italic=True,
        size=12,
    )
    judges = max((len(each.totals) for each in minutes.lines), default=0)
    with_appeals = any(each.appeal is not None for each in minutes.lines)
    names = [f"GK{place}" for place in range(1, judges + 1)] + ["Lần 3"] + ["Phúc khảo"] * with_appeals
    width = 92 / len(names) if len(names) > 4 else 19
    columns = (
        ("STT", 14, RIGHT),
        ("Mã bài", 26, LEFT),
        ("Số chữ", 19, RIGHT),
        *((name, width, RIGHT) for name in names),
        ("Điểm", 19, RIGHT),
    )
    word.table(document, columns, _rows(minutes.lines, with_appeals=with_appeals), size=11)


def _rows(lines: Sequence[Line], *, with_appeals: bool) -> Iterator[Sequence[str]]:
    for place, each in enumerate(lines, start=1):
        others = (each.third, each.appeal) if with_appeals else (each.third,)
        marks = (*each.totals, *others, each.mark)
        yield number(place), each.code, number(each.words), *map(_shown, marks)


def _close(document: Any, minutes: Minutes) -> None:
    if minutes.unfinished:
        word.heading(document, "VII. VIỆC CHƯA XONG")
        for sentence in minutes.unfinished:
            word.say(document, f"– {sentence}")
        word.say(document, "Vì vậy biên bản này chỉ là bản TẠM TÍNH; xin lập lại khi mọi bài đã có điểm.", bold=True)
    end = word.say(
        document,
        "Biên bản được lập thành …… bản, các thành viên đã đọc lại, nhất trí và cùng ký tên dưới đây.",
    )
    end.paragraph_format.keep_with_next = True
    _signatures(document, sorted(minutes.jury, key=lambda each: not each.is_chair))


def _signatures(document: Any, jury: Sequence[Juror]) -> None:
    places = document.add_table(rows=0, cols=2)
    for start in range(0, len(jury), 2):
        row = places.add_row()
        row.height = Mm(42)
        word.keep_whole(row)
        for cell, each in zip(row.cells, jury[start : start + 2], strict=False):
            word.fill(cell.paragraphs[0], each.office.upper(), bold=True, align=CENTRE)
            word.say(cell, "(Ký, ghi rõ họ tên)", italic=True, size=11, align=CENTRE)
            name = word.say(cell, each.name, bold=True, align=CENTRE)
            name.paragraph_format.space_before = Mm(20)


def _shown(mark: int | None) -> str:
    return "" if mark is None else hundredths(mark)
