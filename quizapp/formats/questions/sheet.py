"""Excel and CSV files → drafts: our own template, Kahoot, Quizizz, and any sheet whose headings say what it holds."""

import re
from collections.abc import Iterator
from contextlib import suppress

from quizapp.errors import BadFile
from quizapp.formats.questions.apart import QuestionFile, apart
from quizapp.formats.questions.cleaning import old_encoding
from quizapp.formats.questions.drafting import read_lines
from quizapp.formats.questions.drafts import QuestionDraft, QuestionProblem, Reading
from quizapp.formats.questions.sheets import known
from quizapp.formats.questions.sheets.as_text import document
from quizapp.formats.questions.sheets.asked import Sheet, asked_in
from quizapp.formats.questions.sheets.deciding import habits_of
from quizapp.formats.questions.sheets.drafting import Drafter
from quizapp.formats.questions.sheets.grid import Grid
from quizapp.formats.questions.sheets.key_table import Keys, is_key_table, loose_keys
from quizapp.formats.questions.sheets.separated import read_separated
from quizapp.formats.questions.sheets.table import Head, find_head
from quizapp.formats.questions.sheets.twins import with_twins
from quizapp.formats.questions.sheets.xlsx import read_workbook
from quizapp.formats.workbook import ZIP, refused

OLD_FONT = "chữ trong tệp gõ theo phông cũ ({name}). Xin chuyển sang Unicode bằng Unikey (Ctrl+Shift+F6) rồi gửi lại."
LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|\s\?\?[^\W\d_]|\ufffd")
FEWEST_LOST = 4
LOST_LETTERS = (
    "chữ có dấu trong tệp đã mất, thay bằng dấu “?”, vì tệp được lưu không đúng bảng mã. Xin mở tệp gốc bằng Excel rồi "
    "lưu dạng .xlsx, hoặc dạng “CSV UTF-8”."
)
NO_HEAD = (
    "không tìm thấy dòng tiêu đề. Cần một dòng ghi tên các cột, ví dụ: Câu hỏi, A, B, C, D, Đáp án đúng; "
    "xin thêm dòng đó hoặc dùng tệp mẫu."
)
EMPTY = "dưới dòng tiêu đề chưa có câu hỏi nào. Xin chọn lại tệp có câu hỏi."
KEY_TOLD = {
    "letter": "chữ cái trong cột đáp án",
    "number": "số thứ tự trong cột đáp án",
    "text": "nội dung phương án trong cột đáp án",
    "mark": "dấu bên phương án",
    "star": "dấu * trước phương án",
    "look": "ô được tô hoặc in đậm",
    "right": "cột đáp án đúng, các cột kia là phương án sai",
}
MOST_NAMED = 5


def read_file(file: QuestionFile) -> Reading:
    """Return what a workbook or a CSV file holds. Raises BadFile."""
    if file.answers is not None:
        raise refused("tệp Excel và CSV không dùng tệp đáp án riêng. Xin ghi đáp án vào một cột của bảng.")
    if file.data.startswith(ZIP):
        grids, hidden = read_workbook(file.data)
    else:
        grids, hidden = [read_separated(file.data)], []
    _check_fonts(grids)
    heads = [(grid, find_head(grid)) for grid in grids]
    if not any(_tells_answers(grid, head) for grid, head in heads) and (text := document(grids)):
        with suppress(BadFile):  # no questions: what is said of tables helps more
            return read_lines(text)
    drafter = Drafter()
    evidence = [f"Không đọc trang ẩn: {', '.join(f'“{name}”' for name in hidden)}."] if hidden else []
    tables = [(grid, head) for grid, head in heads if head and is_key_table(grid, head)]
    loose, heads = ([], heads) if tables else loose_keys(heads)
    if loose:
        evidence.append("Đáp án lấy từ bảng đáp án theo số thứ tự câu.")
    if not any(head for _, head in heads):
        raise refused(NO_HEAD if any(grid.rows for grid in grids) else "tệp không có ô nào có chữ.")
    count = sum(head is not None for _, head in heads) - len(tables)
    keys = Keys(tables if count else [], loose, sheets=count)
    for grid, head in heads:
        if head and (grid, head) in keys.tables:
            evidence.append(f"Trang tính “{grid.name}” là bảng đáp án theo số thứ tự câu.")
        elif head is None:
            evidence += _unread(grid, drafter)
        else:
            evidence += _sheet(grid, head, drafter, keys, grid.name if count > 1 else "")
    if not drafter.n:
        raise refused(EMPTY)
    questions = with_twins(drafter.drafts)
    return Reading(tuple(questions), tuple(drafter.problems), evidence=(*_summary(drafter, questions), *evidence))


read = apart(read_file)


def _sheet(grid: Grid, head: Head, drafter: Drafter, keys: Keys, topic: str) -> Iterator[str]:
    name = f"Trang tính “{grid.name}”: " if grid.name else ""
    if head.problem:
        drafter.n += 1
        drafter.problems.append(QuestionProblem(drafter.n, grid.where(head.row), head.problem))
        return
    form = known.form_of(head)
    found = form.prepared(asked_in(grid, head)) if form else asked_in(grid, head)
    keys.give(found.asked)
    habits = habits_of(found.asked, places=form.places if form else "")
    for asked in found.asked:
        drafter.add(asked, habits, topic)
    if form:
        yield f"{name}tệp theo mẫu {form.name}."
    yield from _told(grid, head, found, name)


def _tells_answers(grid: Grid, head: Head | None) -> bool:
    return head is not None and head.tells_answers and not is_key_table(grid, head)


def _told(grid: Grid, head: Head, found: Sheet, name: str) -> Iterator[str]:
    if found.by_rows:
        yield f"{name}mỗi phương án một dòng, dưới câu hỏi."
    hidden = sorted(row for row in grid.hidden_rows if row > head.row and row in grid.rows)
    if hidden:
        yield f"{name}bỏ qua {len(hidden)} dòng đang ẩn (dòng {_numbers(hidden)})."
    columns = [head.titles.get(each, "") for each in sorted(grid.hidden_columns) if each in head.columns]
    if columns:
        yield f"{name}có đọc cột đang ẩn: {', '.join(f'“{each}”' for each in columns)}."
    if head.unused:
        yield f"{name}không dùng đến cột {', '.join(f'“{each}”' for each in head.unused)}."
    if found.examples:
        yield f"{name}bỏ qua {found.examples} dòng ví dụ."
    for row, text in found.aside:
        yield f"{grid.where(row)} không phải câu hỏi nên không đọc: “{text[:80]}”."


def _unread(grid: Grid, drafter: Drafter) -> Iterator[str]:
    """Tell of a sheet without a heading; one that looks like a table may hold questions, so it is a problem."""
    wide = [number for number, row in grid.visible() if len(row) >= 3]
    if len(wide) >= 3:
        drafter.n += 1
        what = "trang này có bảng nhưng không có dòng tiêu đề nên không đọc được; xin thêm dòng tiêu đề hoặc xóa trang"
        drafter.problems.append(QuestionProblem(drafter.n, grid.where(wide[0]), what))
    elif grid.rows:
        yield f"Trang tính “{grid.name}” không có bảng câu hỏi nên không đọc."


def _check_fonts(grids: list[Grid]) -> None:
    texts = (cell.shown for grid in grids for row in grid.rows.values() for cell in row.values() if cell.shown)
    sample = " ".join(text for text, _ in zip(texts, range(3_000), strict=False))
    if len(LOST.findall(sample)) >= FEWEST_LOST:
        raise refused(LOST_LETTERS)
    if name := old_encoding(sample[:60_000]):
        raise refused(OLD_FONT.format(name=name))


def _summary(drafter: Drafter, questions: list[QuestionDraft]) -> Iterator[str]:
    flagged = sum(each.flagged for each in questions)
    keys = ", ".join(f"{KEY_TOLD[told]} ({count} câu)" for told, count in drafter.told.items() if told in KEY_TOLD)
    yield f"{len(questions)} câu hỏi" + (f"; đáp án nhận theo {keys}" if keys else "") + f"; {flagged} câu chưa rõ."
    for what, numbers in drafter.notes.items():
        yield f"Câu {_numbers(numbers)}: {what}."


def _numbers(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:MOST_NAMED]))
    return f"{shown} và {len(numbers) - MOST_NAMED} nữa" if len(numbers) > MOST_NAMED else shown
