"""The styles of a workbook: by the number that a cell carries, its number format and how it looks."""

from collections.abc import Iterator, Mapping
from typing import Any

from defusedxml.ElementTree import fromstring

from quizapp.formats.questions.sheets.grid import PLAIN, Look
from quizapp.formats.questions.sheets.number_text import BUILT_IN

DARK = {"auto", "rgb:FF000000", "rgb:00000000", "theme:1", "indexed:8", "indexed:64", "indexed:0"}
LIGHT = {"rgb:FFFFFFFF", "rgb:00FFFFFF", "theme:0", "indexed:9", "indexed:65", "indexed:1", "indexed:64"}


def local(tag: str) -> str:
    """Return a name without its namespace."""
    return tag.rpartition("}")[2].rpartition(":")[2]


class Styles:
    """What `styles.xml` says of a cell by its `s`."""

    def __init__(self, content: bytes | None):
        self.codes: list[str] = []
        self.looks: list[Look] = []
        if content:
            root = fromstring(content, forbid_dtd=True)
            parts = {local(each.tag): each for each in root}
            formats = {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in parts.get("numFmts", ())}
            fonts = [font_look({local(each.tag): each.attrib for each in font}) for font in parts.get("fonts", ())]
            fills = [_fill(fill) for fill in parts.get("fills", ())]
            for each in parts.get("cellXfs", ()):
                number = int(each.get("numFmtId", 0))
                self.codes.append(formats.get(number) or BUILT_IN.get(number, "General"))
                font, fill = int(each.get("fontId", 0)), int(each.get("fillId", 0))
                look = fonts[font] if font < len(fonts) else PLAIN
                self.looks.append(look._replace(fill=fills[fill] if fill < len(fills) else ""))

    def code(self, style: int) -> str:
        return self.codes[style] if style < len(self.codes) else "General"

    def look(self, style: int) -> Look:
        return self.looks[style] if style < len(self.looks) else PLAIN


def font_look(found: Mapping[str, Mapping[str, str]]) -> Look:
    """Return the look that a font gives; found: the name of each of its elements → its attributes."""

    def on(name: str) -> bool:
        return name in found and found[name].get("val", "1") not in ("0", "false", "none")

    color = _color(found.get("color", {}))
    return Look(on("b"), on("u"), on("i"), "" if color in DARK else color)


def _fill(fill: Any) -> str:
    for pattern in _named(fill, "patternFill"):
        if pattern.get("patternType", "none") in ("none", "gray125"):
            return ""
        for front in _named(pattern, "fgColor"):
            color = _color(front.attrib)
            return "" if color in LIGHT else color
        return ""
    return "gradient" if any(True for _ in _named(fill, "gradientFill")) else ""


def _named(parent: Any, name: str) -> Iterator[Any]:
    return (each for each in parent if local(each.tag) == name)


def _color(attributes: Mapping[str, str]) -> str:
    for kind in ("rgb", "theme", "indexed"):
        if kind in attributes:
            tint = attributes.get("tint", "0").rstrip("0").rstrip(".")
            return f"{kind}:{attributes[kind].upper()}" + (f"/{tint}" if tint not in ("", "0", "-0") else "")
    return "auto"
