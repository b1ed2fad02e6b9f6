"""A sheet that holds nothing but the key: the number of each question and its answer."""

from collections.abc import Sequence

from quizapp.formats.questions.sheets.asked import DIGITS, Asked
from quizapp.formats.questions.sheets.grid import Cell, Grid
from quizapp.formats.questions.sheets.table import PLAIN_NUMBER, Head, below
from quizapp.formats.questions.sheets.texts import clean

TWICE = "bảng đáp án ghi hai đáp án khác nhau cho số thứ tự này"
SEVERAL = "có nhiều câu cùng số thứ tự nên không rõ bảng đáp án nói về câu nào"


def is_key_table(grid: Grid, head: Head) -> bool:
    """Return whether all questions of a sheet are but numbers, with a key beside them."""
    prompt = head.one("prompt")
    texts = [clean(row[prompt].shown) for _, row in below(grid, head) if prompt in row]
    has_options = head.of("option") or head.of("list") or head.of("wrong")
    return bool(texts) and not has_options and all(PLAIN_NUMBER.fullmatch(text) for text in texts)


class Keys:
    """The keys of such sheets by number, for questions that bear the number and have no key beside them."""

    def __init__(self, tables: Sequence[tuple[Grid, Head]], *, sheets: int):
        self.tables, self.sheets = tables, sheets
        self.found: dict[int, Cell] = {}
        for grid, head in tables:
            for _, row in below(grid, head):
                for column in head.of("key"):
                    if column in row and head.one("prompt") in row:
                        self._take(int(DIGITS.findall(row[head.one("prompt")].shown)[0]), row[column])

    def _take(self, number: int, cell: Cell) -> None:
        known = self.found.get(number, cell)
        same = clean(known.shown).casefold() == clean(cell.shown).casefold()
        self.found[number] = known if same else Cell("", "", error=TWICE)

    def give(self, questions: Sequence[Asked]) -> None:
        """Add its key to each question; a number that several questions bear is not clear."""
        numbers = [int(digits[0]) if (digits := DIGITS.findall(each.number)) else 0 for each in questions]
        for asked, number in zip(questions, numbers, strict=True):
            if number in self.found:
                is_one = numbers.count(number) == 1 and self.sheets == 1
                asked.keys.append(self.found[number] if is_one else Cell("", "", error=SEVERAL))
