"""A paragraph's runs → text with its looks: fields, tracked changes, symbols, formulas, pictures, old fonts."""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from quizapp.formats.questions.cleaning import converted, lowered, raised
from quizapp.formats.questions.lines import Thing
from quizapp.formats.questions.rich import OBJECT, Marks, Rich, rich
from quizapp.formats.questions.word.looks import Looks, Styles, legacy, looks_of, marks_of
from quizapp.formats.questions.word.package import Package, W, is_on, value

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
GONE = {f"{W}del", f"{W}moveFrom", f"{W}delText", f"{W}instrText", f"{W}delInstrText", f"{W}rPr", f"{W}pPr"}
TRACKED = {f"{W}del", f"{W}ins", f"{W}moveFrom", f"{W}moveTo"}
SIGNS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
DRAWN = {f"{W}drawing", f"{W}pict", f"{W}object"}
NOTES = {f"{W}footnoteReference": "chú thích cuối trang", f"{W}endnoteReference": "chú thích cuối văn bản"}
SHOWN_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp")
DINGBATS = {0xFC: "✓", 0xFE: "☑", 0xFB: "✗", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xF0: "→", 0xE0: "→", 0xE8: "→"}
SYMBOLS = dict(zip(b"abgdepqlmsfwDSWG", "αβγδεπθλμσφωΔΣΩΓ", strict=True))
SYMBOLS |= {0xDE: "⇒", 0xAE: "→", 0xB3: "≥", 0xA3: "≤", 0xB9: "≠", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB0: "°"}
SYMBOLS |= {0xA5: "∞", 0xD6: "√", 0xBB: "≈", 0xCE: "∈", 0xC7: "∩", 0xC8: "∪", 0xA2: "′", 0xB7: "•"}
BY_MACHINE = re.compile(
    r"(?i)automatically generated|được tạo (?:ra )?tự động|AI-generated|^\s*(?:picture|image|hình ảnh) \d+\s*$"
)
UNICODE = re.compile(r"[ĂăĐđƠơƯưẠ-ỹ]")
Piece = tuple[str, Marks, str]
Seen = tuple[Looks, Marks, str]


class Runs:
    """Reads the text of paragraphs; gathers what else stands in it."""

    def __init__(self, package: Package, styles: Styles):
        self.package, self.styles = package, styles
        self.things: list[Thing] = []
        self.boxes: list[Element] = []
        self.raw: list[str] = []
        self._known: dict[tuple[object, ...], Seen] = {}
        self.tracked = self.legacy_fonts = False

    def text(self, paragraph: Element, style: str, extra: Marks) -> Rich:
        """Return a paragraph's text; text boxes in it are left in `boxes`."""
        return rich(_in_unicode([*self._pieces(paragraph, style, "", extra)], self))

    def _pieces(self, parent: Element, style: str, run: str, extra: Marks) -> Iterator[Piece]:
        for each in parent:
            tag = each.tag
            self.tracked = self.tracked or tag in TRACKED
            if tag in GONE:
                continue
            if tag == f"{W}r":
                yield from self._run(each, style, extra)
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                yield math_text(each), extra | {"formula"}, ""
            elif tag == f"{MC}AlternateContent":
                for chosen in _chosen(each):
                    yield from self._pieces(chosen, style, run, extra)
            elif tag in DRAWN:
                yield from self._drawn(each, extra)
            elif len(each) and tag not in (f"{W}sdtPr", f"{W}sdtEndPr"):
                yield from self._pieces(each, style, run, extra)

    def _run(self, run: Element, style: str, extra: Marks) -> Iterator[Piece]:
        properties = run.find(f"{W}rPr")
        character = value(properties.find(f"{W}rStyle")) if properties is not None else ""
        looks, marks, font = self._seen(style, character, looks_of(properties))
        marks, shift = marks | extra, looks.get("raised", "")
        for each in _flat(run):
            tag = each.tag
            if tag == f"{W}t" and each.text:
                text = each.text if font else _dingbats(each.text, looks)
                if shift in ("superscript", "subscript") and text.strip():
                    text = raised(text) if shift == "superscript" else lowered(text)
                self.raw.append("" if font else text)
                yield text, marks, font
            elif tag in SIGNS:
                yield SIGNS[tag], marks, ""
            elif tag == f"{W}sym":
                yield from self._symbol(each, marks)
            elif tag in NOTES:
                yield self._thing(Thing(lost=NOTES[tag]), marks)
            elif tag == f"{W}fldChar" and (box := each.find(f"{W}ffData/{W}checkBox")) is not None:
                checked = box.find(f"{W}checked")
                yield "☑" if is_on(checked if checked is not None else box.find(f"{W}default")) else "☐", marks, ""
            elif tag in DRAWN:
                yield from self._drawn(each, marks)

    def _seen(self, style: str, character: str, own: Looks) -> Seen:
        """Return how a run looks, its marks and the old encoding of its font: thousands of runs look the same."""
        asked = (style, character, *own.items())
        if asked not in self._known:
            looks = self.styles.seen(style, character, own)
            self._known[asked] = looks, marks_of(looks), legacy(looks)
        return self._known[asked]

    def _symbol(self, symbol: Element, marks: Marks) -> Iterator[Piece]:
        font, code = value(symbol, "font"), int(value(symbol, "char", "0") or "0", 16) & 0xFF
        known = SYMBOLS if font == "Symbol" else DINGBATS if font.startswith("Wingdings") else {}
        if code in known:
            yield known[code], marks, ""
        else:
            yield self._thing(Thing(lost=f"ký hiệu riêng của phông {font}"), marks)

    def _drawn(self, drawn: Element, marks: Marks) -> Iterator[Piece]:
        boxes = [each for each in _visible(drawn) if each.tag == f"{W}txbxContent"]
        self.boxes += boxes
        inside = {each for box in boxes for each in box.iter()}
        found, told = False, _told(drawn)
        for each in _visible(drawn):
            relation = each.get(f"{R}embed") or each.get(f"{R}id") if each.tag in (f"{A}blip", f"{V}imagedata") else ""
            if relation and each not in inside:
                found = True
                yield self._thing(self._picture(relation, told), marks)
        if not found and not boxes:
            yield self._thing(Thing(lost="hình vẽ, sơ đồ hoặc biểu đồ"), marks)

    def _picture(self, relation: str, told: str) -> Thing:
        found = self.package.picture(relation)
        if found is None:
            return Thing(lost="hình nằm ngoài tệp hoặc quá lớn")
        if not found[0].lower().endswith(SHOWN_PICTURES):
            return Thing(lost="hình hoặc công thức kiểu cũ (WMF, EMF, MathType)")
        return Thing(told or found[0], found[1])

    def _thing(self, thing: Thing, marks: Marks) -> Piece:
        self.things.append(thing)
        return OBJECT, marks | {f"object:{len(self.things) - 1}"}, ""


def _told(drawn: Element) -> str:
    """Return what the author says of a picture (its alternative text); what a machine wrote is none."""
    texts = [each.get("descr") or (each.get("alt") if each.tag.startswith(V) else "") for each in drawn.iter()]
    return next((text for text in texts if text and not BY_MACHINE.search(text)), "")


def _flat(run: Element) -> Iterator[Element]:
    """Give the elements of a run, only one of each two that stand for the same."""
    for each in run:
        if each.tag == f"{MC}AlternateContent":
            for chosen in _chosen(each):
                yield from _flat(chosen)
        else:
            yield each


def _chosen(alternate: Element) -> Iterable[Element]:
    chosen = alternate.find(f"{MC}Choice")
    chosen = chosen if chosen is not None else alternate.find(f"{MC}Fallback")
    return [] if chosen is None else [chosen]


def _visible(element: Element) -> Iterator[Element]:
    yield element
    for each in _chosen(element) if element.tag == f"{MC}AlternateContent" else element:
        if each.tag not in GONE or each.tag in (f"{W}pPr", f"{W}rPr"):
            yield from _visible(each)


def _dingbats(text: str, looks: dict[str, str]) -> str:
    font = looks.get("font ascii", "")
    if font.startswith("Wingdings") or font == "Symbol":
        known = SYMBOLS if font == "Symbol" else DINGBATS
        return "".join(known.get(ord(each) & 0xFF, each) if 0xF000 <= ord(each) <= 0xF0FF else each for each in text)
    return text


def _in_unicode(pieces: list[Piece], runs: Runs) -> Iterator[tuple[str, Marks]]:
    """Give the pieces of a paragraph in Unicode; a letter and its mark may lie in two runs."""
    # Old fonts stay on text that was converted long ago: letters that only Unicode has tell.
    is_old = not any(font and UNICODE.search(text) for text, _, font in pieces)
    kept: list[Piece] = []
    for text, marks, font in pieces:
        if font and is_old:
            runs.legacy_fonts = True
            if kept and kept[-1][2] != font:
                yield from _converted(kept)
                kept = []
            kept.append((text, marks, font))
        else:
            yield from _converted(kept)
            kept = []
            yield text, marks
    yield from _converted(kept)


def _converted(pieces: list[Piece]) -> Iterator[tuple[str, Marks]]:
    if not pieces:
        return
    marks = [looks for text, looks, _ in pieces for _ in text]
    place = 0
    for letter, length in converted("".join(text for text, _, _ in pieces), pieces[0][2]):
        yield letter, marks[place]
        place += length


def math_text(element: Element) -> str:
    """Return a formula in one line: fractions as (a)/(b), powers as ^, indices as _."""
    tag = element.tag
    if tag == f"{M}t":
        return element.text or ""
    parts = {each.tag: math_text(each) for each in element if each.tag in (f"{M}{name}" for name in PARTS)}
    base = parts.get(f"{M}e", "")
    if tag == f"{M}f":
        return f"({parts.get(f'{M}num', '')})/({parts.get(f'{M}den', '')})"
    if tag in (f"{M}sSup", f"{M}sSub", f"{M}sSubSup"):
        below, above = parts.get(f"{M}sub"), parts.get(f"{M}sup")
        return base + (lowered(below) if below else "") + (raised(above) if above else "")
    if tag == f"{M}rad":
        return f"√({base})"
    return "".join(math_text(each) for each in element)


PARTS = ("e", "num", "den", "sub", "sup", "deg")
