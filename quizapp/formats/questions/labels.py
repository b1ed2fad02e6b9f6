"""What Vietnamese question files write at the front of a line: numbers, letters, "Đáp án:", "Giải thích:", "Phần I"."""

import re
from dataclasses import dataclass

from quizapp.rules.vietnamese import clean, fold
from quizapp.vocabulary import Level

LETTERS = "ABCDEFGH"
STARS = "*✓✔√☑✅☒"
_I = re.IGNORECASE

_MARKS = r"\d{1,3}(?:[.,]\d{1,2})?\s*(?:điểm|đ|points?|pts?)"
_LEVEL = r"NB|TH|VDC|VD|TB|nhận biết|thông hiểu|vận dụng cao|vận dụng|dễ|trung bình|khó"
BRACKET = re.compile(rf"[(\[]\s*(?:(?P<marks>{_MARKS})|(?P<level>(?:mức độ\s*:?\s*)?(?:{_LEVEL})))\s*\.?\s*[)\]]", _I)
STRONG = re.compile(
    r"\s*[*•]?\s*(?P<word>câu hỏi số|câu hỏi|câu số|câu|cau hoi|cau|bài tập|bài|question|ques|"
    r"q)\s*(?P<n>\d{1,4})(?![\d%])(?P<sub>[.]\d+)?"
    rf"(?P<brackets>(?:\s*{BRACKET.pattern.replace('?P<marks>', '?:').replace('?P<level>', '?:')})*)"
    r"\s*(?P<end>[.:;)/\]]+|[-–—](?=\D)|)[ \t]*",
    _I,
)
RANGE = re.compile(
    r"\s*[\[(]?\s*(?:từ\s+)?(?:các\s+)?câu\s*(?:hỏi\s*)?(?:số\s*)?(\d+)\s*(?:-|–|—|đến|tới|,|và)\s*(?:câu\s*)?(\d+)", _I
)
SPAN = re.compile(r"(?:từ|câu)\D{0,20}(\d+)\s*(?:-|–|—|đến|tới|,|và)\s*(?:câu\s*)?(\d+)", _I)
SHARED = re.compile(r"\b(?:đoạn|văn bản|tình huống|dữ liệu|thông tin sau|bảng sau|hình sau|passage)\b", _I)
PASSAGE = re.compile(
    r"\s*[\[(]?\s*(?:đọc|dựa vào|dựa theo|căn cứ vào|sử dụng|cho|xét)\b.*\b(?:trả lời|câu hỏi|các câu|câu \d+)", _I
)
WEAK = re.compile(r"\s*[*•]?\s*(?P<n>\d{1,3})\s*(?P<end>[.)/:](?!\d)|[-–](?=\s))[ \t]*")
OPTION = re.compile(
    r"\s*(?:[-–•+]\s*(?=[A-Ha-h][.)/]\s))?"
    rf"(?P<star>[{STARS}☐□]\s*|\[[xX ]\]\s*)?(?P<open>[(\[])?(?P<letter>[A-Ha-h])(?P<star2>[{STARS}])?"
    r"(?:\s?(?P<close>[)\].:/])|(?P<dash>\s?[-–—](?=\s))|(?P<gap>\t+| {2,}|$))[ \t]*"
)
INLINE = re.compile(
    rf"(?P<star>[{STARS}]\s*)?(?P<open>[(\[])?(?<![^\W_])(?P<letter>[A-Ha-h])(?P<star2>[{STARS}])?"
    r"\s?(?P<close>[)\].:/])[ \t]*"
)
NUMBERED = re.compile(r"\s*(?P<star>[*✓✔√☑✅]\s*)?[(]?(?P<n>[1-8])\s*[.)/:](?!\d)[ \t]*")

_SAYS = (
    r"đáp án (?:đúng nhất|đúng|chính xác|gợi ý)|phương án (?:trả lời đúng|đúng nhất|đúng|trả lời)|"
    r"câu trả lời đúng|câu trả lời|đáp án|đáp số|"
    r"đ\s?[/.]\s?án|đ/a|đ\.a\.?|đa|đs|correct answer|right answer|answer|ans|key|correct|trả lời|trl|tl|kết quả|"
    r"dap an(?: dung)?|tra loi|chon|chọn(?: (?:đáp án|phương án|câu|ý))?|=+\s?>|⇒|→|➜|➔|➡|-+>"
)
ANSWER = re.compile(
    rf"\s*[-–*•+(\[]*\s*(?:(?:vậy|do đó|suy ra)\s*,?\s*)?(?P<says>{_SAYS})(?![^\W\d_])\s*\*?"
    r"(?P<sign>(?:là|is)\s*[:.]?|[:.=\-–]+\s*(?:là\s)?|"
    r")\s*(?P<rest>.*)$",
    _I | re.DOTALL,
)
KEYS = re.compile(
    r"[(\[]?\s*(?:(?i:đáp án|phương án|câu|ý|chọn)\s*:?\s*)?(?P<keys>[A-H](?!\w)(?:\s*(?:,|;|và|&|\+)"
    r"\s*[A-H](?!\w))*|[A-H]{2,8}(?!\w)|[a-h](?:\s*(?:[,;&+]|và)\s*[a-h])*(?=\s*[.)]?\s*$)|"
    r"[a-h](?=[.)]\s+(?!(?i:đúng|sai|đ|s)(?!\w))\w))"
    r"(?P<end>\s*[)\]]?\s*[.;]?\s*$|(?:\s*[)\].;:,(–-]\s*|\s+(?=(?:vì|do|bởi|theo)\s))(?P<rest>.+)$)",
    re.DOTALL,
)
AT_END = re.compile(
    r"(?:(?:^|[\s.;,?!:(\[])\s*(?:đáp án(?: đúng)?(?: là)?|đ/a|đa|answer|ans|key)\s*[:.=]\s*(?:là\s)?|\s*(?:=>|⇒|→|"
    r"->)\s*(?:chọn\s*)?)"
    r"\s*(?P<keys>[A-H](?:\s*(?:,|;|và|&)\s*[A-H])*)\s*[)\].]*\s*$",
    _I,
)
IN_REASON = re.compile(
    r"(?:^|[.;:,⇒→>]\s*|\b(?:vậy|nên|do đó|suy ra|phải|ta)\s+)"
    r"(?:(?:vậy|nên|do đó|suy ra|ta)\s+)*(?:chọn|đáp án(?: đúng)?(?: là)?)\s*:?\s*"
    r"(?:đáp án\s*|phương án\s*)?([A-H])\s*[.)]*\s*$",
    _I,
)
EXPLAINS = re.compile(
    r"\s*[-–*•(\[]*\s*(?:lời giải(?: chi tiết)?|giải thích(?: chi tiết)?|hướng dẫn giải|hướng dẫn|hdg|giải|vì|lý do|"
    r"explanation|feedback)\s*(?::|[-–]\s|$)\s*(?P<rest>.*)$",
    _I | re.DOTALL,
)
SOURCE = re.compile(
    r"\s*[-–*•(\[]*\s*(?:căn cứ(?: pháp lý)?|cơ sở(?: pháp lý)?|nguồn|trích(?: dẫn| từ)?|tham khảo|"
    r"tài liệu(?: tham khảo)?|xem)\s*(?::|[-–]\s)\s*(?P<rest>.*)$",
    _I | re.DOTALL,
)
SOURCE_BARE = re.compile(
    r"\s*[(\[]?\s*(?P<rest>(?:căn cứ|trích|nguồn|theo) .*\b(?:luật|điều|khoản|nghị định|thông tư|quyết định|hiến pháp|"
    r"điều lệ|nghị quyết)\b.*)$",
    _I | re.DOTALL,
)
SUGGESTED = re.compile(
    r"\s*[-–*•(\[]*\s*(?:gợi ý(?: trả lời| đáp án| làm bài)?|đáp án gợi ý|hướng dẫn chấm|hướng dẫn trả lời|"
    r"yêu cầu cần đạt)\s*(?::|$)\s*(?P<rest>.*)$",
    _I | re.DOTALL,
)
LEVEL = re.compile(
    rf"\s*[-–*•(\[]*\s*(?:mức độ(?: nhận thức)?|độ khó|level)\s*:?\s*(?P<rest>{_LEVEL})\s*[)\].]*\s*$", _I
)
TOPIC = re.compile(r"\s*(?:chủ đề|chuyên đề|chương|nội dung)\s*:\s*(?P<rest>.+)$", _I)

PAGE = re.compile(r"\W*trang\s*\d+(?:\s*(?:/|trên|of)\s*\d+)?(?:\W+mã đề.*)?\W*|mã đề.{0,20}\btrang\s*\d+.*", _I)
BOX = re.compile(r"\s*(?:[☐□]|\[ ?\]|(?P<ticked>[☑☒■✅]|\[[xX]\]))\s*(?=\w)")
BOX_SIGN = re.compile(r"[☐□☑☒■]|\[[ xX]?\]")
PAPER_END = re.compile(
    r"[\W_]*(?:hết|the end|end|hết đề|hết bài)[\W_]*|"
    r"\W*(?:thí sinh (?:không )?được (?:phép )?sử dụng tài liệu|(?:cán bộ|giám thị)(?: (?:coi|gác) thi)? không giải "
    r"thích).*|(?:phiếu|bảng|tờ) (?:trả lời|tô|làm bài)(?: trắc nghiệm)?\W*|"
    r"(?:họ,? (?:và )?tên|chữ ký)(?: của)? (?:thí sinh|cán bộ|giám thị).*|số báo danh\s*[:.…].*",
    _I | re.DOTALL,
)
KEY_HEADING = re.compile(
    r"\s*(?:[IVX]+[.)]\s*|[-–*=]+\s*|phần \S+\s*[.:–-]?\s*)?(?:bảng\s+)?"
    r"(?:đáp án(?! (?:nào|đúng|sai))|dap an(?! (?:nao|dung|sai))|hướng dẫn (?:chấm|giải)|"
    r"lời giải|key|answers?(?: keys?)?)"
    r"(?:\s+(?:và|mã|trắc nghiệm|tham khảo|chi tiết|phần|đề|các|bộ|câu hỏi|môn|hướng dẫn|thang điểm|chính thức|"
    r"biểu điểm|đúng sai)\b.*)?\s*[-–*=:.]*\s*$",
    _I,
)
HEADING = re.compile(
    r"\s*(?:(?:phần(?: thi| thứ)?|chương|mục|chủ đề|chuyên đề|nội dung|lĩnh vực|bài|part|section)\s+(?:[IVXLC]+|"
    r"\d{1,3}|[A-H]|một|hai|ba|bốn|năm|nhất)(?![\w])"
    r"|phần\s+(?:thi\s+)?(?=(?:câu hỏi\s+)?(?:trắc nghiệm|tự luận|đúng|trả lời ngắn)\b)"
    r"|(?:câu hỏi\s+)?(?=(?:trắc nghiệm|tự luận)\s*(?:khách quan\s*)?(?:\([^)]*\)\s*)?[:.]?\s*$)"
    r"|[IVX]{1,5}\s*[.):–-]\s+(?=\S)|[A-H]\s*[.):–-]\s*(?:phần\s+)?(?=trắc nghiệm|tự luận|"
    r"phần))\s*[.:–—-]*\s*(?P<title>.*)$",
    _I | re.DOTALL,
)
ESSAY_PART = re.compile(r"\btự luận\b", _I)
SHORT_PART = re.compile(r"\btrả lời ngắn\b|\bđiền (?:từ|vào)\b", _I)
TRUTH_PART = re.compile(r"\bđúng\s*(?:/|-|–|hay|hoặc|,)?\s*sai\b", _I)
CHOICE_PART = re.compile(r"\btrắc nghiệm\b|\bnhiều lựa chọn\b|\bnhiều phương án\b", _I)
ESSAY_WORDS = re.compile(
    r"(?:theo|bằng)?.{0,60}?\b(?:anh\s*[(/]?\s*chị|đồng chí|bạn|em)\b.{0,40}\b(?:hãy|trình bày|phân tích|nêu|viết|"
    r"cho biết suy nghĩ|đề xuất)|^(?:hãy\s+)?(?:trình bày|phân tích|viết|chứng minh|đề xuất|giải thích|so sánh|"
    r"liên hệ)\b",
    _I,
)
SEVERAL = re.compile(
    r"(?:chọn|có|những|các|nhiều)\s+(?:\w+\s+){0,2}?(?:2|3|4|hai|ba|bốn|nhiều|các)\s+(?:đáp án|phương án|câu trả lời|"
    r"ý|lựa chọn)|"
    r"(?:có thể )?chọn nhiều|nhiều (?:đáp án|phương án|lựa chọn) đúng|chọn (?:tất cả )?(?:các|những) (?:đáp án|"
    r"phương án|ý|câu)|select all|multiple answers",
    _I,
)
TRUTHS = {"dung": True, "d": True, "true": True, "t": True, "sai": False, "s": False, "false": False, "f": False}
TRUTH_END = re.compile(
    r"(?:\s*[(\[]\s*(?P<in>đúng|sai|đ|s|true|false)\s*[)\]]|(?:\s[-–:→]|\t|\.|\s{2,})\s*(?P<out>đúng|sai|Đ|"
    r"S))\s*[.]?\s*$",
    _I,
)
TRUTH_LINE = re.compile(
    r"\s*(?:[☐☑☒□■]\s*)?(?:[A-Ba-b1-2][.)]\s*)?(đúng|true)\s*(?:[/|\t ,;–-]|hay|"
    r"hoặc)*\s*(?:[☐☑☒□■]\s*)?(?:[A-Ba-b1-2][.)]\s*)?(sai|false)\s*[.?]?\s*$",
    _I,
)
ALL_OF_THEM = re.compile(
    r"(?:ca|tat ca|khong co|khong|deu)\b.*\b(?:tren|con lai|deu dung|deu sai|dung ca|nao dung|neu tren|vua neu)$|"
    r"(?:ca|tat ca|dap an|phuong an)\s+(?:hai|ba|bon|2|3|4|[a-h]\b|cac)\b.*|^[a-h](?:\s*,\s*[a-h])*\s+(?:va|"
    r"hoac)\s+[a-h]\b.*$|ca [a-h]\b.*"
)
_LEVELS = {
    Level.EASY: ("nb", "nhan biet", "de"),
    Level.MEDIUM: ("th", "thong hieu", "tb", "trung binh"),
    Level.HARD: ("vd", "vdc", "van dung", "van dung cao", "kho"),
}


UNCLEAR = re.compile(
    r"(?:sai|khong|chua|ngoai tru|tru|va|hoac|hay)\b|[&+/,]|[a-h](?:\W+[a-h])*\W*$"
)  # 'A (sai)', 'A - D'
WRAPPED = re.compile(r"^[\s.…“”\"'*_]*([A-Ha-h])[\s.…“”\"'*_!/]*$")
CITES = re.compile(
    r"[A-H]\s+[(–-]\s*(?:theo|căn cứ|vì|điều|khoản|điểm|luật|bộ luật|nghị|thông tư|trang|mục|chương)\b", _I
)
CALLS = ("dap an", "dap an dung", "tra loi")


@dataclass(frozen=True)
class Key:
    """What a file says is the key of a question: `letters`, or `text` when it names none. `rest`: what follows it."""

    letters: str = ""
    text: str = ""
    rest: str = ""
    where: str = ""

    @property
    def said(self) -> str:
        return ", ".join(self.letters) or self.text


def answer_of(text: str) -> Key | None:
    """Return the key that a line like 'Đáp án: B' gives; None: it is no such line."""
    found = ANSWER.match(clean(text))
    if not found:
        return None
    says, sign, rest = fold(found["says"]), found["sign"].strip(), clean(found["rest"])
    keys = KEYS.match(WRAPPED.sub(r"\1", rest))
    is_sign = not says[0].isalpha()
    if keys and UNCLEAR.match(fold(keys["rest"] or "").strip(" (")):
        return Key(text=rest)
    if keys and (sign or is_sign or not keys["rest"] or not rest[1:2].isspace() or CITES.match(rest)):
        return Key(letters_of(keys["keys"]), rest=clean(keys["rest"] or "").rstrip(")]"))
    if fold(rest).rstrip(".") in TRUTHS and (sign or is_sign or len(rest) > 1):
        return Key(text=rest.rstrip("."))
    if not sign.startswith((":", "=", "là")) or says.startswith("chon") or says in ("da", "key", "ans") or is_sign:
        return Key() if not rest and (sign or says in CALLS) and not is_sign else None
    return Key(text=rest)


def is_answer(text: str) -> bool:
    """Return whether a text gives a key."""
    found = answer_of(text)
    return found is not None and bool(found.letters or found.text)


def letters_of(text: str) -> str:
    """Return the letters that a key names, once each, in order: 'C và a' → 'AC'."""
    bare = re.sub(r"(?i)và", " ", text).upper()
    return "".join(sorted(set(re.findall(r"[A-H]", bare))))


def level_of(word: str) -> Level | None:
    """Return the level that a word names; None: none."""
    bare = re.sub(r"^muc do\s*:?\s*", "", fold(word)).strip(" .")
    return next((level for level, words in _LEVELS.items() if bare in words), None)


def hundredths(text: str) -> int | None:
    """Return marks in hundredths: '0,5 điểm' → 50."""
    found = re.search(r"(\d{1,3})(?:[.,](\d{1,2}))?", text)
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None


def is_strong(text: str) -> re.Match[str] | None:
    """Return the label when a line begins with one like 'Câu 1:', unless it speaks of questions ('Câu 1 đến câu 5')."""
    found = STRONG.match(text)
    if not found or RANGE.match(text):
        return None
    rest = text[found.end() :]
    if found["end"] or found["brackets"] or not rest.strip():
        return found
    return found if text[found.end() - 1].isspace() and (rest[0].isupper() or rest[0] in "“\"'(0123456789") else None
