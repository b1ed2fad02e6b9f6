"""Letters that are not what they look like: Cyrillic among Latin, full width, and the old Vietnamese fonts."""

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = dict(zip("АВСЕНКМОРТХаеосрхуіјѕ", "ABCEHKMOPTXaeocpxyijs", strict=True))
_GREEK = dict(zip("ΑΒΕΗΙΚΜΝΟΡΤΧΥΖο", "ABEHIKMNOPTXYZo", strict=True))
_LOOKS = str.maketrans(_CYRILLIC | _GREEK)
_WIDE_SIGN = re.compile(r"[\uff01-\uff5e\u3000]")
_WIDE = {place: place - 0xFEE0 for place in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_FOREIGN = re.compile(r"[Α-ωЀ-ӿ]")
_WORD = re.compile(r"\w+")
_LATIN = re.compile(r"[A-Za-zÀ-ỹ]")

_TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢§£¤¥¦",
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_VNI_PAIRS = {
    "a": dict(zip("ùøûõïêéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ", strict=True)),
    "e": dict(zip("ùøûõïâáàåãä", "éèẻẽẹêếềểễệ", strict=True)),
    "o": dict(zip("ùøûõïâáàåãä", "óòỏõọôốồổỗộ", strict=True)),
    "ô": dict(zip("ùøûõï", "ớờởỡợ", strict=True)),
    "u": dict(zip("ùøûõï", "úùủũụ", strict=True)),
    "ö": dict(zip("ùøûõï", "ứừửữự", strict=True)),
    "y": dict(zip("ùøûõ", "ýỳỷỹ", strict=True)),
}
_VNI_SINGLE = dict(zip("ôöíìæóòîñ", "ơưíìỉĩịỵđ", strict=True))
_NEVER = set("øûïåäëüöñæîÿ") | set("ØÛÏÅÄËÜÖÑÆÎ") | set("µ¶·¸¹¨©ª«¬®§¾»¼½£¤¥¦¡¢×÷Þþ\u00ad")
_OLD_SIGNS = set("µ¶¸¹¨©ª¬®§¾¼½¥¦\u00ad")
_SUPER = dict(zip("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", strict=True))
_SUB = dict(zip("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎", strict=True))


def composed(text: str) -> str:
    """Return text with its letters and marks in one (NFC)."""
    return unicodedata.normalize("NFC", text)


def look_alikes(text: str) -> str:
    """Return text of the same length with full-width signs, and foreign letters among Latin ones, as Latin."""
    if _WIDE_SIGN.search(text):
        text = text.translate(_WIDE)
    if not _FOREIGN.search(text):
        return text
    return _WORD.sub(lambda found: _latin(found[0], text[found.end() : found.end() + 1]), text)


def _latin(word: str, after: str) -> str:
    if not _FOREIGN.search(word):
        return word
    is_label = len(word) == 1 and (after in ".):/]" or not after)
    return word.translate(_LOOKS) if is_label or _LATIN.search(word) else word


@lru_cache(maxsize=256)  # asked of each run, four times
def legacy_of(font: str) -> str:
    """Return which old encoding a font of this name is for: "tcvn3", "tcvn3 capitals", "vni", or ""."""
    name = font.lower()
    if name.startswith(".vn"):
        return "tcvn3 capitals" if font.endswith("H") else "tcvn3"
    return "vni" if name.startswith("vni-") or name == "vni" else ""


def converted(text: str, legacy: str, before: str = "") -> list[tuple[str, int]]:
    """Return the letters of text in an old encoding as (letter, how many letters it was); before: the letter before."""
    if legacy == "vni":
        return _from_vni(text)
    letters = (chr(ord(each) & 0xFF) if 0xF000 <= ord(each) <= 0xF0FF else each for each in text)
    found = (_TCVN3.get(each, each) for each in letters)
    return [(each.upper() if legacy.endswith("capitals") else each, 1) for each in found]


def _from_vni(text: str) -> list[tuple[str, int]]:
    made, place = list[tuple[str, int]](), 0
    while place < len(text):
        letter, mark = text[place], text[place + 1 : place + 2].lower()
        pair = _VNI_PAIRS.get(letter.lower(), {}).get(mark)
        found = pair or _VNI_SINGLE.get(letter.lower(), letter)
        made.append((found.upper() if letter.isupper() else found, 2 if pair else 1))
        place += 2 if pair else 1
    return made


def old_encoding(text: str) -> str:
    """Return "TCVN3" or "VNI" when text looks typed for an old font, though nothing says so; "" otherwise."""
    if _NEVER.isdisjoint(text):
        return ""
    words = re.findall(r"[^\s.,;:()\"“”]+", text)
    strange = [word for word in words if len(word) > 1 and _is_strange(word)]
    if len(strange) < 4 or len(strange) * 12 < len(words):
        return ""
    signs = sum(any(letter in _OLD_SIGNS for letter in word) for word in strange)
    return "TCVN3" if signs * 3 >= len(strange) else "VNI"


def _is_strange(word: str) -> bool:
    return not _NEVER.isdisjoint(word) and any(letter.isascii() and letter.isalpha() for letter in word)


def raised(text: str) -> str:
    """Return a superscript as text: '2' → '²', 'abc' → '^(abc)'."""
    return "".join(_SUPER.get(each, each) for each in text) if set(text) <= _SUPER.keys() else f"^({text})"


def lowered(text: str) -> str:
    """Return a subscript as text: '2' → '₂', 'abc' → '_(abc)'."""
    return "".join(_SUB.get(each, each) for each in text) if set(text) <= _SUB.keys() else f"_({text})"
