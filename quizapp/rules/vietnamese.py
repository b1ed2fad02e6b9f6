"""Vietnamese names and text: one form to store, one to search by, one to sort by; phone numbers in one form."""

import re
import unicodedata

# Letters in the order of the alphabet, then tones in the order of the dictionary: ngang huyền hỏi ngã sắc nặng.
_LETTERS = {letter: place for place, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=1)}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_MARKS = {("a", "\u0306"): "ă", ("a", "\u0302"): "â", ("e", "\u0302"): "ê", ("o", "\u0302"): "ô"}
_MARKS |= {("o", "\u031b"): "ơ", ("u", "\u031b"): "ư"}
_OTHER = len(_LETTERS) + 1
_BARE = {mark: None for mark in range(0x300, 0x370) if unicodedata.combining(chr(mark))} | {ord("đ"): "d"}
_SEEN = {"Cc": " ", "Zs": " ", "Cf": "", "Cs": ""}  # controls, blanks; format signs and halves of letters are dropped


def clean(text: str) -> str:
    """Return text as every door stores it: composed (NFC), blanks folded to one, none at the ends, no controls.

    Signs that are not seen are left out: two texts that look the same are the same, and none turns a line around.
    """
    if text.isascii() and text.isprintable():  # pictures in a bank file are long and have nothing to compose
        return " ".join(text.split())
    printable = text
    if not text.isprintable():  # asked letter by letter, this is most of the work of reading a file
        printable = "".join(_SEEN.get(unicodedata.category(each), each) for each in text)
    return unicodedata.normalize("NFC", " ".join(printable.split()))


def proper_name(typed: str) -> str:
    """Return a name with its capitals when it was typed in one case: 'TRẦN VĂN BÌNH' → 'Trần Văn Bình'."""
    return typed.title() if typed in (typed.lower(), typed.upper()) else typed


def fold(text: str) -> str:
    """Return what search compares: lower case, no marks, đ as d, blanks folded: 'Đặng Văn Ớt' → 'dang van ot'."""
    bare = unicodedata.normalize("NFD", clean(text).lower()).translate(_BARE)
    return bare if bare.isascii() else "".join(each for each in bare if not unicodedata.combining(each))


def sort_key(text: str) -> str:
    """Return a key that orders text as a Vietnamese dictionary does, compared character by character.

    Letters decide first, tones only between words of the same letters: a ă â, then ngang huyền hỏi ngã sắc nặng.
    Plain ASCII, so that every database's bytewise order is this order.
    """
    letters: list[int] = []
    tones: list[int] = []
    base = ""
    for each in unicodedata.normalize("NFD", clean(text).lower()):
        if each in _TONES and tones:
            tones[-1] = _TONES[each]
        elif (base, each) in _MARKS and letters:
            letters[-1] = _LETTERS[_MARKS[base, each]]
        elif not unicodedata.combining(each):
            base = each
            letters.append(0 if each == " " else _LETTERS.get(each, _OTHER + ord(each) % 20))
            tones.append(0)
    return "".join(chr(48 + each) for each in letters) + "!" + "".join(chr(48 + each) for each in tones)


def name_key(full_name: str) -> str:
    """Return the key that orders people by given name, then family name, then middle names, as union lists do."""
    words = clean(full_name).split() or [""]
    return '"'.join(sort_key(part) for part in (words[-1], words[0], " ".join(words[1:-1])))


def masked(full_name: str) -> str:
    """Return a name for a public board: middle names as initials, 'Nguyễn Thị Ánh Tuyết' → 'Nguyễn T. Á. T***'."""
    words = clean(full_name).split()
    if len(words) < 2:
        return "".join(word[0] + "***" for word in words)
    return " ".join([words[0], *(word[0] + "." for word in words[1:-1]), words[-1][0] + "***"])


def canonical_phone(text: str) -> str | None:
    """Return a Vietnamese mobile number as ten digits from 0, or None: '+84 912.345.678' → '0912345678'.

    Nine digits from 3, 5, 7, 8 or 9 are taken as a number whose zero a spreadsheet ate.
    """
    digits = re.sub(r"[\s.\-()]", "", clean(text))
    digits = re.sub(r"^(\+84|0084|84(?=[0-9]{9}$))", "0", digits)
    if re.fullmatch(r"[35789][0-9]{8}", digits):
        digits = "0" + digits
    return digits if re.fullmatch(r"0[35789][0-9]{8}", digits) else None


def masked_phone(phone: str) -> str:
    """Return a phone number for a list: '0912345678' → '09******78'."""
    return phone[:2] + "*" * (len(phone) - 4) + phone[-2:]
