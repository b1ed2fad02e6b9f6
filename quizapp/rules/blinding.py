"""An essay as judges see it: who wrote it is covered wherever the text itself says so."""

import re
from collections.abc import Iterable

from quizapp.rules import person_names, union_names
from quizapp.rules.searched import Searched

COVER = "▇▇▇"

_DIGIT_WORD = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin)"
_NUMBERED = r"(?:(?:so |ma )?(?:the )?doan vien|so the|cccd|cmnd|can cuoc)"
_DATE = r"\d{1,2}[-./]\d{1,2}[-./]\d{4}(?!\d)"
_AT = r"\s{0,2}(?:@|[(\[]\s?(?:at|a cong)\s?[)\]]|\sa cong\s)\s{0,2}"
_DOT = r"\s?(?:\.|[(\[](?:dot|cham)[)\]]|(?:dot|cham)\s)\s?"
_ALWAYS = re.compile(
    "|".join(
        (
            # Starts and lengths are bounded: a text of dots must not keep the search busy for seconds.
            rf"(?<![\w.+%-])[\w.+%-]{{1,64}}{_AT}[\w-]{{1,63}}"
            rf"(?:\.[\w-]{{1,63}}|{_DOT}(?:com|vn|net|org|edu|gov)(?!\w)){{1,5}}",
            r"(?<![\w.])@[a-z][\w.]{2,30}\w",  # a name in some network
            r"(?<![\w.])(?:https?://)?(?:\w{1,20}\.){0,3}(?:facebook|fb|zalo|tiktok|instagram|messenger)\.\w+/\S*\w",
            r"(?<![\w.])(?:https?://)?(?:m|t|zalo)\.me/\S*\w",
            r"(?<=[\s(])(?:facebook|fb|zalo|tiktok|instagram|nick)\s?[:=]\s?(?=[a-z._]{0,40}[\d._])[\w.]{4,40}",
            # A phone, a citizen's or member's card.
            rf"(?<![\d.,])(?!{_DATE})(?:\((?=\d{{2,4}}\)))?(?:\+\s?84|0)(?:[\s.()_-]{{0,3}}\d){{8,12}}(?!\d)",
            r"(?<![\d.,])\d{9,13}(?!\d)",  # a phone whose zero is lost, 84…, a member's number
            # "số thẻ đoàn viên: AB-123456": what is named as a number of a person, however short
            rf"(?<!\w){_NUMBERED}(?: so)?\W{{0,3}}[a-z]{{0,4}}\W?\d[\d.\s-]{{3,}}\d",
            rf"(?<!\w){_DIGIT_WORD}(?:[\s,.-]+{_DIGIT_WORD}){{8,}}(?!\w)",  # a number written in words
        )
    )
)


def hidden(text: str, names: Iterable[str], unions: Iterable[str]) -> str:
    """Return the text with what tells the writer covered by "▇▇▇"; everything else is kept byte for byte.

    Covered are phone numbers, e-mails, personal pages and numbers of members or identity cards, whoever's they are;
    each of `names` whole, in parts of two words and with initials, and the given name alone where it is said to be the
    own ("tôi là", "ký tên", the last line); each of `unions`, also without "Công đoàn cơ sở" and with initials.
    Line breaks and signs that are not seen do not matter. Nor do case and accents in three words and more; of two words
    both must be written as in the name or both without accents, and with capitals when they are no family name with a
    given one: "Hồ Hòa" is not "họ hòa", "hòa bình" not somebody's "Hòa Bình". A given name alone is a word like others
    ("An", "Hoa") and stays; a member's number may be handed in as one of the names.
    """
    searched = Searched(text)
    spans = [match.span() for match in _ALWAYS.finditer(searched.folded)]
    for name in names:
        spans += person_names.spans(searched, name)
    for union in unions:
        spans += union_names.spans(searched, union)
    return _covered(text, (searched.original(span) for span in spans))


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    kept: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            kept += (text[done:start], COVER)
        done = max(done, end)
    return "".join((*kept, text[done:]))
