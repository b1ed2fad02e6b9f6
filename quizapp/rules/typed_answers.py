"""Whether a typed answer is right: a number within its tolerance, or one of the spellings that the author accepts."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from quizapp.rules.vietnamese import clean

TYPED_MOST = 200  # characters of a typed answer
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_PLAIN = re.compile(r"\d{1,15}|\d{0,15}[.,]\d{1,9}")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){1,4}(?:,\d{1,9})?|\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,9})?")
_ENDS = " .,;:!?\"'“”‘’"


@dataclass(frozen=True)
class TypedKey:
    """Accepted spellings, or one number with how far from it is still right. Numbers as '12.5'."""

    accepted: tuple[str, ...]
    is_number: bool = False
    tolerance: str = ""
    case_matters: bool = False
    accents_matter: bool = True

    @property
    def spelled(self) -> tuple[str, ...]:
        """What is right as people write it: a number as '12,5'."""
        return tuple(each.replace(".", ",") for each in self.accepted) if self.is_number else self.accepted

    @property
    def told(self) -> str:
        """What is right in one line: '15 ± 0,5'; 'Hà Nội; thủ đô Hà Nội'."""
        span = f" ± {self.tolerance.replace('.', ',')}" if self.tolerance.strip("0.") else ""
        return "; ".join(self.spelled) + span

    def accepts(self, typed: str) -> bool:
        """Return whether a typed answer is right."""
        if self.is_number:
            near = Decimal(self.tolerance or "0")
            return any(abs(each - Decimal(right)) <= near for each in readings(typed) for right in self.accepted)
        return self._compared(typed) in {self._compared(each) for each in self.accepted}

    def _compared(self, text: str) -> str:
        return comparable(text, case_matters=self.case_matters, accents_matter=self.accents_matter)


def readings(typed: str) -> frozenset[Decimal]:
    """Return the numbers that what was typed may mean; none: it is no number.

    '1.200' is read as one thousand two hundred and as one and a fifth: nobody loses a mark by how points are used.
    Blanks between digits and a sign of per cent after them say nothing.
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", typed)).replace("−", "-").removesuffix("%")
    sign = Decimal(-1 if text.startswith("-") else 1)
    digits = text[1:] if text[:1] in ("-", "+") else text
    if not digits.isascii():
        return frozenset()
    found = {digits.replace(",", ".")} if _PLAIN.fullmatch(digits) else set()
    if _THOUSANDS.fullmatch(digits):
        point = max(digits.find("."), digits.find(","))  # the later kind parts the fraction, if there are two
        both = "." in digits and "," in digits
        whole, part = (digits[: digits.rfind(digits[point])], digits[point + 1 :]) if both else (digits, "")
        found.add(re.sub(r"[.,]", "", whole) + (f".{part}" if part else ""))
    return frozenset(sign * Decimal(each) for each in found)


def comparable(text: str, *, case_matters: bool, accents_matter: bool) -> str:
    """Return what two typed answers are compared by.

    Blanks, signs at the ends, kinds of dashes and where in a word the tone is set ('hòa', 'hoà') never count.
    """
    said = re.sub(r"[‐‑‒–—−]", "-", clean(unicodedata.normalize("NFKC", text))).strip(_ENDS)
    said = said if case_matters else said.casefold()
    letters = unicodedata.normalize("NFD", said)
    if accents_matter:
        return " ".join(_tone_last(word) for word in letters.split())
    return "".join(each for each in letters if not unicodedata.combining(each)).replace("đ", "d").replace("Đ", "D")


def _tone_last(word: str) -> str:
    tones = "".join(each for each in word if each in _TONES)
    return unicodedata.normalize("NFC", "".join(each for each in word if each not in _TONES)) + tones
