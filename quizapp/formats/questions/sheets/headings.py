"""What the heading of a column says it holds, in whatever words, order, case and accents."""

import re
from typing import NamedTuple

from quizapp.formats.questions.cleaning import look_alikes
from quizapp.formats.questions.sheets.texts import clean, fold

LONGEST = 120


class Role(NamedTuple):
    """What a column holds; `number`: of an option, from 1, 0: it has none."""

    name: str
    number: int = 0


NOUN = (
    r"(?:noi dung )?(?:cac )?"
    r"(?:phuong an|dap an|lua chon|options?|answers?|cau tra loi|tra loi|choices?|pa|da|ans|opt|y)"
)
OPTION = re.compile(rf"(?:{NOUN} ?(?:tra loi |so |thu |lua chon |text )?)?(?:([a-j])|([1-9]|10))(?: text)?")
WRONG = re.compile(rf"(?:{NOUN} )?(?:sai|nhieu|gay nhieu|wrong|incorrect|distractors?)(?: answers?| options?)? ?\d?")
KEY = re.compile(
    rf"(?:{NOUN} |cac )?(?:dung|correct|right|chinh xac|dung nhat|chuan)"
    rf"(?: {NOUN})?(?: dung)?(?: a b c d.*| \d(?: \d)+)?"
    r"|key|d a|cau dung|(?:is ?|la )(?:correct|right|dap an(?: dung)?|dung)|correct ?(?:answer|option)"
    r"|answer key|dung sai|true false|t f|ket qua|ket qua dung|chon dap an dung"
    r"|correct (?:answer|option|choice)s?(?: letter| number| no)?"
    r"|(?:chu cai )?(?:ky tu |ki tu |so thu tu |stt |vi tri )?(?:dap an|phuong an) dung"
)
MARK = re.compile(
    rf"(?:la )?(?:is )?(?:dung|correct|right|tick) ?(?:([a-j])|([1-9]))"
    rf"|(?:{NOUN} ?)?(?:([a-j])|([1-9])) (?:la )?(?:is )?(?:dung|correct|right)(?: khong)?"
)
"""A mark beside an option: "Đúng A", "option_1_is_correct"."""
INDEX = re.compile(
    r"(?:correct|answer|right|key)[ _]?(?:answer|option)?[ _]?(?:index|idx)|chi so dap an(?: dung)?|index"
)
EITHER = {"dap an", "ans", "answer", "answers", "cau tra loi", "tra loi", "da", "dap an tra loi"}
"""The key, or, where another column is the key, the options."""
LIST = re.compile(
    r"(?:noi dung )?(?:cac )?(?:phuong an|lua chon|phuong an tra loi|phuong an lua chon|cau tra loi lua chon|options?"
    r"|choices?|answer options?|dap an lua chon|y tra loi"
    r"|(?:cac|danh sach)(?: cac)? (?:dap an|cau tra loi|phuong an|lua chon)"
    r"|question answers|answer (?:choices|list)|noi dung dap an|noi dung phuong an|noi dung tra loi)"
)
WORDS = {
    "prompt": (
        r"(?:noi dung )?cau hoi(?: trac nghiem| tu luan| kiem tra| thi)?|noi dung"
        r"|questions?|ques|question ?(?:text|title|stem|content)|content"
        r"|noi dung cau|de bai|prompt|stem|menh de|nhan dinh|phat bieu|statements?|noi dung cau hoi .*"
    ),
    "explanation": (
        r"(?:giai thich|loi giai|huong dan giai|explanations?|feedback|giai dap|dien giai|answer explanation|rationale)"
        r"(?: .*)?|general feedback"
    ),
    "source": (
        r"(?:nguon|can cu|trich dan|trich nguon|co so|dieu khoan|tham chieu|tai lieu|sources?|references?|citations?"
        r"|van ban|vien dan|dieu luat)(?: .*)?"
    ),
    "topic": (
        r"chu de|chuong|topics?|category|linh vuc|chuyen de|mang|mang kien thuc|phan|nhom|nhom cau hoi|module|section"
        r"|chapter|subject|chu diem|noi dung kien thuc|ten chuong|chuong bai|bai"
    ),
    "level": r"muc do(?: .*)?|do kho|level|difficulty(?: level)?|cap do(?: .*)?|muc",
    "marks": r"diem|so diem|diem so|points?|scores?|marks?|thang diem",
    "kind": r"(?:loai|kieu|dang|hinh thuc)(?: cau| cau hoi)?|(?:question )?types?|kinds?",
    "tags": r"tags?|the|nhan|tu khoa|keywords?",
    "document": r"so van ban|so hieu van ban",
    "article": r"dieu",
    "clause": r"khoan",
    "link": r"lien ket van ban",
    "valid_from": r"hieu luc tu(?: ngay)?|valid from",
    "valid_to": r"hieu luc den(?: ngay)?|valid to",
    "tolerance": r"sai so|tolerance",
    "pinned": r"giu cuoi",
    "case": r"phan biet hoa thuong",
    "accents": r"phan biet dau",
    "confidence": r"do tin cay",
    "ref": r"ma|ma cau|ma cau hoi|id|question id|ref|code",
    "picture": (
        r"(?:link |duong dan |url )?(?:hinh|hinh anh|anh|hinh minh hoa|anh minh hoa)|image(?: link| url)?|picture|media"
    ),
    "ignored": (
        r"thoi gian.*|time.*|ghi chu|notes?|nguoi (?:ra|soan|bien soan).*|stt cau|don vi.*|so (?:dap an|phuong an).*"
    ),
}
NUMBER = re.compile(r"stt|tt|so tt|so thu tu|thu tu|no|so cau|cau so|so|number|order|question (?:no|number)|#")
PATTERNS = [(name, re.compile(words)) for name, words in WORDS.items()]


def bare(text: str) -> str:
    """Return what headings are compared by: 'Đáp án đúng (A/B/C/D) *' → 'dap an dung'."""
    words = fold(re.sub(r"[(\[][^)\]]*[)\]]", " ", text))
    return " ".join(re.sub(r"[^a-z0-9#]+", " ", words).split())


def role_of(text: str) -> Role | None:
    """Return what a heading says; None: nothing that is known."""
    shown = look_alikes(clean(text))
    if not shown or len(shown) > LONGEST:
        return None
    whole = " ".join(re.sub(r"[^a-z0-9#]+", " ", fold(shown)).split())
    head = bare(re.split(r"\s[-–—:]\s|\s?[–—]\s?", shown)[0])  # "Answer 1 - max 75 characters"
    for words in dict.fromkeys((bare(shown), head, whole)):
        if found := _role(words):
            return found
    return None


def _role(words: str) -> Role | None:
    if NUMBER.fullmatch(words):
        return Role("number")
    words = re.sub(r"\b(?:awnser|anwser|asnwer|answear)", "answer", re.sub(r"\b(dung|an) la$", r"\1", words))
    if words == "cau":
        return Role("cau")
    if words in EITHER:
        return Role("either")
    if match := OPTION.fullmatch(words):
        return Role("option", _number(match[1], match[2]))
    if match := MARK.fullmatch(words):
        return Role("mark", _number(*match.groups()))
    for name, pattern in (("index", INDEX), ("wrong", WRONG), ("key", KEY), ("list", LIST), *PATTERNS):
        if pattern.fullmatch(words):
            return Role(name)
    return None


def _number(*groups: str | None) -> int:
    """Return the number of an option that a heading names by letter or number."""
    named = next(filter(None, groups))
    return int(named) if named.isdigit() else ord(named) - 96
