"""Words in the cells of a sheet: kinds of questions, levels, marks, yes and no, days."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from quizapp.formats.questions.sheets.grid import Cell
from quizapp.formats.questions.sheets.texts import clean, fold
from quizapp.vocabulary import Level, QuestionKind

CANNOT = "cannot"
CHOICE = "choice"
KINDS = {
    QuestionKind.SINGLE.value: (
        r"single(?: choice| answer| select)?|(?:chon )?(?:mot|1) (?:phuong an|dap an|lua chon)(?: dung)?|chon mot|radio"
    ),
    QuestionKind.MULTIPLE.value: (
        r"multiple|multiple (?:answers?|responses?|select|correct)|multi ?select|checkbox(?:es)?|"
        r"(?:chon )?nhieu (?:phuong an|dap an)(?: dung)?|chon nhieu"
    ),
    QuestionKind.TRUE_FALSE.value: r"true false|true or false|dung sai|dung hay sai|t f|d s|tf|truefalse",
    QuestionKind.NUMBER.value: r"number|numeric(?:al)?|so|tra loi bang so|dien so",
    QuestionKind.SHORT.value: (
        r"short(?: answer| text)?|tra loi ngan|dien (?:khuyet|tu|vao cho trong|cho trong)|"
        r"fill(?: in)?(?: the)? ?(?:blanks?|gaps?)?|fib"
    ),
    QuestionKind.ESSAY.value: r"essay|tu luan|open ended|long (?:answer|text)|tl|viet",
    CHOICE: r"trac nghiem.*|tn|tnkq|multiple choice|multi ?choice|mc|mcq|nhieu lua chon|choice|quiz|lua chon|",
    CANNOT: (
        r"poll|draw|match(?:ing)?|re ?order|order(?:ing)?|sap xep|noi(?: cot)?|ghep(?: doi| cot| noi)?|keo tha|drag.*|"
        r"hotspot|labeling|categor.*|drop ?down|khao sat|survey|word cloud|puzzle|slider|slide|math response|"
        r"graphing|passage"
    ),
}
KIND_PATTERNS = [(name, re.compile(words)) for name, words in KINDS.items()]
LEVELS = [
    (Level.EASY, re.compile(r"(?:muc )?(?:1|i)|de|rat de|nb|nhan biet|biet|easy|low|co ban|muc do 1|beginner|thap")),
    (
        Level.MEDIUM,
        re.compile(r"(?:muc )?(?:2|ii)|tb|trung binh|th|thong hieu|hieu|medium|moderate|normal|muc do 2|vua|tb kha"),
    ),
    (
        Level.HARD,
        re.compile(
            r"(?:muc )?(?:3|4|iii|iv)|kho|rat kho|vd|vdc|vdt|van dung.*|hard|difficult|high|nang cao|muc do [34]|cao"
        ),
    ),
]


def bare(text: str) -> str:
    """Return a word as it is compared: no accents, no signs."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", fold(text)).split())


def kind_of(text: str) -> str | None:
    """Return a kind of question by its name, CHOICE for "trắc nghiệm", CANNOT; None: an unknown word."""
    words = bare(text)
    return next((name for name, pattern in KIND_PATTERNS if pattern.fullmatch(words)), None)


def level_of(text: str) -> Level | None:
    """Return a level by its name or number; None: an unknown word."""
    words = bare(text)
    return next((level for level, pattern in LEVELS if pattern.fullmatch(words)), None)


def hundredths(cell: Cell) -> int | None:
    """Return marks in hundredths; None: no number from 0 to 1000."""
    text = str(cell.value) if isinstance(cell.value, int | float) else clean(cell.shown)
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(?:đ|điểm|points?)?", text.strip())
    if isinstance(cell.value, bool) or not match:
        return None
    found = Decimal(match[1].replace(",", ".")) * 100
    return int(found) if found == int(found) and found <= 100_000 else None


def number_text(text: str) -> str | None:
    """Return a number with a point: '3,14' → '3.14'; None: it is none, or not clear: '1.000'."""
    shown = clean(text).replace("−", "-").replace(" ", "")
    if re.fullmatch(r"[-+]?\d{1,3}(?:[.]\d{3})+", shown):
        return None
    try:
        found = Decimal(shown.replace(",", ".").lstrip("+"))
    except InvalidOperation:
        return None
    return f"{found:f}" if found.is_finite() else None


def day_in(cell: Cell) -> date | None:
    """Return the day of a cell; None: it holds none."""
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date):
        return cell.value
    text = clean(cell.shown)
    try:
        if match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None
