"""Which passwords a person may choose: long enough, not what everybody takes, not what others know of the person."""

import re
import unicodedata
from collections.abc import Iterable, Set
from datetime import date

from quizapp.rules.vietnamese import clean, fold

LEAST = 8
LEAST_WITH_A_ROLE = 15
MOST = 128
_TELLING = 4  # letters that a fact must have to be looked for, and that must remain beside the facts

_ROWS = ("01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")
_RUNS = tuple(row[::way] for row in _ROWS for way in (1, -1))
_REPEATED = re.compile(r"(.{1,6}?)\1+.{0,3}")


def least_length(*, has_role: bool) -> int:
    """Return the least number of characters of a password."""
    return LEAST_WITH_A_ROLE if has_role else LEAST


def fault(password: str, *, has_role: bool, own: Iterable[str], common: Set[str]) -> str | None:
    """Return what is wrong with a password and what to do, in Vietnamese; None when it may be taken.

    own: what others know of the person, as `own_facts` gives it; common: words to refuse, alone or with digits at
    their ends, folded.
    Length and the block list only, no composition rules. Source: NIST SP 800-63B, 5.1.1.2.
    """
    least, length = least_length(has_role=has_role), len(unicodedata.normalize("NFC", password))
    if length < least:
        return f"Mật khẩu cần ít nhất {least} ký tự; bạn mới nhập {length}. Một câu dễ nhớ của riêng bạn là tốt nhất."
    if length > MOST:
        return f"Mật khẩu dài nhất {MOST} ký tự."
    tight = fold(password).replace(" ", "")
    plain = "".join(each for each in tight if each.isalnum())
    stem = plain.strip("0123456789")  # 'matkhau2026' is no better than 'matkhau'
    if common & {tight, plain, stem} or any(_is_run(each) for each in (tight, plain)):
        return "Mật khẩu này nhiều người dùng nên dễ bị đoán. Xin ghép vài từ không liên quan thành một câu của bạn."
    if _is_of(plain, own):
        return "Mật khẩu có tên, ngày sinh hoặc số của bạn nên dễ bị đoán. Xin dùng những từ không nói về bạn."
    return None


def own_facts(
    *, full_name: str, birth_date: date | None, phone: str | None, member_number: str | None
) -> tuple[str, ...]:
    """Return what a stranger would try first: the name and its parts, the birth date as it is written, the numbers."""
    words = fold(full_name).split()
    facts = ["".join(words), *words]
    if len(words) > 1:
        facts += ["".join(words[-2:]), words[0] + words[-1], words[-1] + words[0]]
    if birth_date:
        shapes = ("%d%m%Y", "%Y%m%d", "%d%m%y", "%m%Y", "%d%m", "%Y")
        facts += [birth_date.strftime(shape) for shape in shapes]
        facts.append(f"{birth_date.day}{birth_date.month}{birth_date.year}")
    if phone:
        facts += [phone, "84" + phone[1:], phone[1:]]
    if member_number:
        facts.append("".join(each for each in fold(clean(member_number)) if each.isalnum()))
    return tuple(facts)


def _is_run(text: str) -> bool:
    return _REPEATED.fullmatch(text) is not None or any(text and text in run for run in _RUNS)


def _is_of(plain: str, own: Iterable[str]) -> bool:
    """Return whether hardly anything remains of a password without the person's own facts."""
    rest = plain
    for each in sorted(own, key=len, reverse=True):
        if len(each) >= _TELLING:
            rest = rest.replace(each, "")
    return rest != plain and len(rest) < _TELLING
