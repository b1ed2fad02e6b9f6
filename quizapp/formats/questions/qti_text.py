"""The XHTML of a QTI item as plain text: lines, lists, indices; pictures gathered, what cannot be kept named."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from quizapp.formats.questions.cleaning import lowered, raised
from quizapp.formats.questions.drafts import PictureDraft
from quizapp.formats.questions.markup import ENTITY, KNOWN, TAG
from quizapp.formats.questions.markup import shown as without_markup
from quizapp.formats.questions.mathml import linear
from quizapp.rules.vietnamese import clean

BLOCKS = {
    *("p", "div", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "ul", "ol", "li", "dl", "dt"),
    *(
        "dd",
        "section",
        "article",
        "figure",
        "figcaption",
        "prompt",
        "rubricBlock",
        "hr",
        "address",
        "caption",
        "center",
    ),
    *("choiceInteraction", "extendedTextInteraction"),
}
MEDIA = {
    "object",
    "audio",
    "video",
    "embed",
    "iframe",
    "canvas",
    "svg",
    "mediaInteraction",
    "portableCustomInteraction",
}
WRAPPED = re.compile(r"\s*<(p|div|span)\b[^<>]*>.*</\1\s*>\s*", re.DOTALL | re.IGNORECASE)
FOR_READERS_ALOUD = "qti-visually-hidden"
UNSEEN = {"stylesheet", "style", "script", "head", "title", "catalogInfo", "companionMaterialsInfo", "track", "source"}
GAP = "\ue000"  # where a typed answer stands in the text
CELL = "\ue001"  # between two cells of a row
SHOWN_GAP, SHOWN_CELL = "_____", " | "
MARKS = str.maketrans({GAP: "□", CELL: "□"})
BLANKS = MARKS | str.maketrans("\n\r\t", "   ")
ONLY_A_GAP = re.compile(rf"[{GAP} .:]*{GAP}[{GAP} .:]*")
FORMATS = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")


class NotKept(ValueError):
    """A picture cannot be had; the message says why."""


Fetch = Callable[[str], bytes]
"""The bytes of a picture by its href in the item. Raises NotKept."""


@dataclass
class Texts:
    """Turns elements into text; gathers their pictures, and in `left_out` sentences on what could not be held.

    `is_escaped`: the texts of the item are HTML written as text, as converters from older formats leave them.
    """

    fetch: Fetch
    is_escaped: bool = False
    left_out: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)  # what was left out and can be done without
    pictures: list[PictureDraft] = field(default_factory=list)
    place: int | None = None  # of the option that is being read

    def of(self, element: Element | None, *, without: Collection[str] = (), place: int | None = None) -> str:
        """Return the text of what stands in an element; without: names of elements that are passed over."""
        if element is None:
            return ""
        self.place = place
        parts: list[str] = []
        self._inside(element, parts, frozenset(without))
        return shown("".join(parts))

    def miss(self, sentence: str) -> None:
        if sentence not in self.left_out:
            self.left_out.append(sentence)

    def _inside(self, element: Element, parts: list[str], without: frozenset[str]) -> None:
        parts.append(self._text(element.text))
        for number, child in enumerate(element, start=1):
            self._child(child, parts, without, _bullet(element, child, number))
            parts.append(self._text(child.tail))

    def _text(self, text: str | None) -> str:
        if not (text and self.is_escaped and (_has_tags(text) or ENTITY.search(text))):
            return _blank(text)
        found = without_markup(text, "html")
        if found.lost:
            self._miss_media()
        for image in found.images:
            self._picture(image.source, image.alt)
        line = found.text.translate(MARKS)
        return f"\n{line}\n" if _has_tags(text) else f" {line} "

    def _child(self, child: Element, parts: list[str], without: frozenset[str], bullet: str) -> None:
        name = child.tag
        if name in without or name in UNSEEN or FOR_READERS_ALOUD in child.get("class", "").split():
            return
        if name == "br":
            parts.append("\n")
        elif name in ("textEntryInteraction", "gap"):
            parts.append(GAP)
        elif name in ("sub", "sup"):
            inner: list[str] = []
            self._inside(child, inner, without)
            parts.append((lowered if name == "sub" else raised)(clean("".join(inner))))
        elif name == "math":
            parts.append(f" {self._formula(child)} ")
        elif name == "img" or (name == "object" and child.get("type", "").startswith("image/")):
            self._picture(child.get("src") or child.get("data") or "", child.get("alt") or "")
        elif name in MEDIA:
            self._miss_media()
            self._inside(child, parts, without)
        elif name == "include":
            self.miss("có phần nội dung nằm ở tệp khác chưa đưa vào được")
        else:
            end = "\n" if name in BLOCKS else CELL if name in ("td", "th") else ""
            parts.append("\n" if name in BLOCKS else "")
            parts.append(bullet)
            self._inside(child, parts, without)
            parts.append(end)

    def _miss_media(self) -> None:
        self.miss("có nội dung nhúng (âm thanh, phim, trang khác) chưa đưa vào được")

    def _formula(self, formula: Element) -> str:
        line = linear(formula)
        if line is None:
            self.miss("công thức (MathML) chỉ còn phần chữ")
            line = " ".join(filter(None, map(clean, formula.itertext())))
        return line.translate(BLANKS)

    def _picture(self, href: str, alt: str) -> None:
        try:
            content = self.fetch(href)
        except NotKept as error:
            self.miss(f"{error}{f' (“{clean(alt)}”)' if clean(alt) else ''}")
            return
        if not content.startswith(FORMATS):
            self.miss(f"hình “{_name(href)}” không phải JPEG, PNG hay WebP, cần thêm lại")
        else:
            self.pictures.append(PictureDraft(_name(href), content, self.place))


def shown(text: str) -> str:
    """Return text as it is stored: lines without blanks at their ends, none of them blank."""
    lines = (clean(line.strip(f"{CELL} ").replace(CELL, SHOWN_CELL)) for line in text.split("\n"))
    return "\n".join(line.replace(GAP, SHOWN_GAP) for line in lines if line and not ONLY_A_GAP.fullmatch(line))


def is_escaped(body: Element) -> bool:
    """Return whether the texts of an item are HTML written as text: where no text may stand, or all around a prompt."""
    loose = [body.text, *(child.tail for child in body)]
    loose += [each.text for each in body.iter("div") if "html" in each.get("class", "").split()]
    prompts = (each.text or "" for each in body.iter("prompt") if not len(each))
    return any(_has_tags(text or "") for text in loose) or any(WRAPPED.fullmatch(text) for text in prompts)


def _has_tags(text: str) -> bool:
    return any(tag[2].lower() in KNOWN for tag in TAG.finditer(text))


def _blank(text: str | None) -> str:
    """Line ends of the file are no line ends of the text."""
    return text.translate(BLANKS) if text else ""


def _bullet(parent: Element, child: Element, number: int) -> str:
    if child.tag != "li" or parent.tag not in ("ul", "ol"):
        return ""
    return f"{number}. " if parent.tag == "ol" else "- "


def _name(href: str) -> str:
    return "" if href.startswith("data:") else clean(unquote(href).rpartition("/")[2])
