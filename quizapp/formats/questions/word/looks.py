"""How a run of text looks: its own properties, those of its styles and of the document, as marks."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from quizapp.formats.questions.cleaning import legacy_of
from quizapp.formats.questions.rich import PLAIN, Marks
from quizapp.formats.questions.word.package import W, is_on, value

TOGGLES = {f"{W}b": "bold", f"{W}i": "italic", f"{W}vanish": "hidden", f"{W}strike": "strike", f"{W}dstrike": "strike"}
FONTS = ("ascii", "hAnsi", "cs", "eastAsia")
DARK_THEMES = {"text1", "dark1", "text2", "dark2", "tx1", "dk1"}
GREY = 40
Looks = dict[str, str]


@dataclass
class Style:
    """A style by what it changes: `looks` of text; `numbering`: its list, `level`: of a heading from 1, 0: none."""

    based_on: str = ""
    looks: Looks = field(default_factory=dict)
    numbering: Element | None = None
    level: int = 0
    name: str = ""


class Styles:
    """The styles of a document; looks of a run are reckoned through them."""

    def __init__(self, root: Element | None):
        self.styles: dict[str, Style] = {}
        self.default: Looks = {}
        self.paragraph_default = ""
        self._known: dict[str, Looks] = {}
        if root is not None:
            self.default = looks_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
            for each in root.iter(f"{W}style"):
                self._add(each)

    def _add(self, element: Element) -> None:
        name = value(element, "styleId")
        if value(element, "type") == "paragraph" and value(element, "default") in ("1", "true"):
            self.paragraph_default = name
        shown = value(element.find(f"{W}name")).lower()
        outline = value(element.find(f"{W}pPr/{W}outlineLvl"))
        heading = re.fullmatch(r"heading (\d)|(title)", shown)
        level = int(heading[1] or 1) if heading else int(outline) + 1 if outline in set("012345678") else 0
        self.styles[name] = Style(
            based_on=value(element.find(f"{W}basedOn")),
            looks=looks_of(element.find(f"{W}rPr")) | _shading(element.find(f"{W}pPr")),
            numbering=element.find(f"{W}pPr/{W}numPr"),
            level=level,
            name=shown,
        )

    def chain(self, name: str) -> list[Style]:
        """Return a style and those that it is based on, nearest first."""
        found: list[Style] = []
        while name in self.styles and self.styles[name] not in found and len(found) < 20:
            found.append(self.styles[name])
            name = found[-1].based_on
        return found

    def of(self, name: str) -> Looks:
        """Return the looks that a style gives, those of its bases among them."""
        if name not in self._known:
            made: Looks = {}
            for style in reversed(self.chain(name)):
                made |= style.looks
            self._known[name] = made
        return self._known[name]

    def level(self, name: str) -> int:
        """Return which level of heading a style is; 0: none."""
        return next((style.level for style in self.chain(name) if style.level), 0)

    def seen(self, paragraph: str, run: str, own: Looks) -> Looks:
        """Return the looks of a run: bold and italic of two styles at once cancel each other, as in Word."""
        above, within = self.of(paragraph or self.paragraph_default), self.of(run)
        made = self.default | above | within
        for toggle in ("bold", "italic"):
            if above.get(toggle) == within.get(toggle) == "1":
                made[toggle] = "0"
        return made | own


def looks_of(properties: Element | None) -> Looks:
    """Return what properties of a run say, as written there."""
    made: Looks = {}
    for each in properties if properties is not None else ():
        name = TOGGLES.get(each.tag)
        if name:
            made[name] = "1" if is_on(each) else "0"
        elif each.tag == f"{W}u":
            made["underline"] = "0" if value(each, otherwise="single") == "none" else "1"
        elif each.tag == f"{W}color":
            made["color"] = _color(each)
        elif each.tag == f"{W}highlight":
            made["highlight"] = "" if value(each) in ("none", "white", "") else value(each)
        elif each.tag == f"{W}bdr":
            made["border"] = "0" if value(each) in ("none", "nil", "") else "1"
        elif each.tag == f"{W}vertAlign":
            made["raised"] = value(each)
        elif each.tag == f"{W}rFonts":
            made |= {f"font {name}": value(each, name) for name in FONTS if value(each, name)}
    return made | _shading(properties)


def _shading(properties: Element | None) -> Looks:
    shading = properties.find(f"{W}shd") if properties is not None else None
    return {} if shading is None else {"shade": shade_of(shading)}


def shade_of(shading: Element) -> str:
    """Return the colour behind text, "": none that is seen."""
    fill = value(shading, "fill").upper()
    if fill in ("", "AUTO"):
        theme = value(shading, "themeFill")
        pattern = value(shading)
        return theme or (pattern if pattern.startswith("pct") or pattern == "solid" else "")
    return "" if fill in ("FFFFFF", "NONE") else hue(fill)


def _color(element: Element) -> str:
    written, theme = value(element).upper(), value(element, "themeColor")
    if theme and theme not in DARK_THEMES and written in ("", "AUTO"):
        return theme
    return "" if written in ("", "AUTO") or theme in DARK_THEMES else hue(written)


def hue(written: str) -> str:
    """Return a colour's family: reds of two sorts are one mark; "": black or so dark that nobody sees a colour."""
    if not re.fullmatch(r"[0-9A-F]{6}", written):
        return written.lower()
    red, green, blue = (int(written[place : place + 2], 16) for place in (0, 2, 4))
    most, least = max(red, green, blue), min(red, green, blue)
    if most < 80 and most - least < GREY:
        return ""
    if most - least < GREY:
        return "white" if least > 240 else "grey"
    if most == red:
        angle = 60 * (green - blue) / (most - least)
    elif most == green:
        angle = 120 + 60 * (blue - red) / (most - least)
    else:
        angle = 240 + 60 * (red - green) / (most - least)
    names = ((20, "red"), (45, "orange"), (70, "yellow"), (170, "green"), (200, "cyan"), (265, "blue"), (330, "purple"))
    return next((name for most_angle, name in names if angle % 360 < most_angle), "red")


def marks_of(looks: Looks) -> Marks:
    """Return the marks that looks amount to."""
    made = {name for name in ("bold", "italic", "underline", "hidden", "strike", "border") if looks.get(name) == "1"}
    for name in ("color", "highlight", "shade"):
        if looks.get(name):
            made.add(f"{name}:{looks[name]}")
    return frozenset(made) if made else PLAIN


def legacy(looks: Looks) -> str:
    """Return which old encoding the font of a run is for; "": none."""
    return next((found for name in FONTS if (found := legacy_of(looks.get(f"font {name}", "")))), "")
