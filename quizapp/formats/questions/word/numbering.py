"""Word's automatic numbers, which are not in the text: reckoned level by level, as Word would print them."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from quizapp.formats.questions.word.looks import Looks, Styles, looks_of
from quizapp.formats.questions.word.package import W, value, whole

ROMAN: tuple[tuple[int, str], ...] = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
)
ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
MOST_SPELT = 3000  # beyond, letters and Roman numbers would only be long
NOT_SEEN = ("none", "bullet", "")


@dataclass
class Level:
    """A level of a list: where it starts, how its number is written, after which higher level it starts anew."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    looks: Looks | None = None
    style: str = ""


@dataclass(frozen=True)
class Label:
    """A number as Word prints it: 'Câu 3:', 'B.', or a bullet, whose text is ""."""

    text: str
    looks: Looks
    list_id: str
    level: int
    is_bullet: bool


class Numbering:
    """The lists of a document; counts as its paragraphs go by."""

    def __init__(self, root: Element | None, styles: Styles):
        self.styles = styles
        self.abstract: dict[str, Element] = {}
        self.by_style: dict[str, str] = {}
        self.lists: dict[str, Element] = {}
        self.levels: dict[str, dict[int, Level]] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.started: set[tuple[str, int]] = set()
        for each in root if root is not None else ():
            if each.tag == f"{W}abstractNum":
                number = value(each, "abstractNumId")
                self.abstract[number] = each
                if style := value(each.find(f"{W}styleLink")):
                    self.by_style[style] = number
            elif each.tag == f"{W}num":
                self.lists[value(each, "numId")] = each

    def label(self, properties: Element | None, style: str) -> Label | None:
        """Return the number of the next paragraph, None: it has none. properties: of the paragraph."""
        list_id, level = self._place(properties, style)
        if list_id not in self.lists:
            return None
        shape = self._shapes(list_id).get(level)
        if shape is None:
            return None
        counts = self._count(list_id, level, shape)
        looks = shape.looks or {}
        if shape.form in NOT_SEEN:
            is_bullet = shape.form == "bullet"
            return Label("" if is_bullet else shape.text.partition("%")[0], looks, list_id, level, is_bullet)
        return Label(self._written(list_id, shape, counts), looks, list_id, level, False)

    def _place(self, properties: Element | None, style: str) -> tuple[str, int]:
        own = properties.find(f"{W}numPr") if properties is not None else None
        list_id = value(own.find(f"{W}numId")) if own is not None else ""
        level = value(own.find(f"{W}ilvl")) if own is not None else ""
        if not list_id:
            for each in self.styles.chain(style or self.styles.paragraph_default):
                if each.numbering is not None and value(each.numbering.find(f"{W}numId")):
                    list_id = value(each.numbering.find(f"{W}numId"))
                    level = level or value(each.numbering.find(f"{W}ilvl")) or self._level_of(list_id, style)
                    break
        return ("" if list_id == "0" else list_id), whole(level)

    def _level_of(self, list_id: str, style: str) -> str:
        shapes = self._shapes(list_id) if list_id in self.lists else {}
        return next((str(level) for level, shape in shapes.items() if shape.style == style), "0")

    def _key(self, list_id: str) -> str:
        return value(self.lists[list_id].find(f"{W}abstractNumId"))

    def _shapes(self, list_id: str) -> dict[int, Level]:
        if list_id not in self.levels:
            made = self._abstract(self._key(list_id))
            for each in self.lists[list_id].iter(f"{W}lvlOverride"):
                number = whole(value(each, "ilvl"))
                inner = each.find(f"{W}lvl")
                if inner is not None:
                    made[number] = _level(inner)
                start = each.find(f"{W}startOverride")
                if start is not None and number in made:
                    made[number].start = whole(value(start), 1)
            self.levels[list_id] = made
        return self.levels[list_id]

    def _abstract(self, number: str, depth: int = 0) -> dict[int, Level]:
        element = self.abstract.get(number)
        if element is None or depth > 5:
            return {}
        link = value(element.find(f"{W}numStyleLink"))
        if link:
            if link in self.by_style and self.by_style[link] != number:
                return self._abstract(self.by_style[link], depth + 1)
            style = self.styles.styles.get(link)
            inner = value(style.numbering.find(f"{W}numId")) if style and style.numbering is not None else ""
            return self._abstract(self._key(inner), depth + 1) if inner in self.lists else {}
        return {whole(value(each, "ilvl")): _level(each) for each in element.findall(f"{W}lvl")}

    def _count(self, list_id: str, level: int, shape: Level) -> dict[int, int]:
        """Count one on: lists of one abstract list share their count, until one of them starts its own."""
        counts = self.counts.setdefault(self._key(list_id), {})
        overridden = any(
            whole(value(each, "ilvl")) == level and each.find(f"{W}startOverride") is not None
            for each in self.lists[list_id].findall(f"{W}lvlOverride")
        )
        if overridden and (list_id, level) not in self.started:
            counts.pop(level, None)
        self.started.add((list_id, level))
        counts[level] = counts[level] + 1 if level in counts else shape.start
        shapes = self._shapes(list_id)
        for above in range(level):
            counts.setdefault(above, shapes[above].start if above in shapes else 1)
        for below in [each for each in counts if each > level]:
            restart = shapes[below].restart if below in shapes else None
            if restart != 0 and (restart is None or level < restart):
                del counts[below]
        return counts

    def _written(self, list_id: str, shape: Level, counts: dict[int, int]) -> str:
        shapes = self._shapes(list_id)
        made = shape.text
        for number in range(9):
            if f"%{number + 1}" in made:
                form = "decimal" if shape.legal else shapes[number].form if number in shapes else "decimal"
                made = made.replace(f"%{number + 1}", written(counts.get(number, 1), form))
        return made


def _level(element: Element) -> Level:
    restart = element.find(f"{W}lvlRestart")
    return Level(
        start=whole(value(element.find(f"{W}start")), 1),
        form=value(element.find(f"{W}numFmt"), otherwise="decimal"),
        text=value(element.find(f"{W}lvlText")),
        legal=element.find(f"{W}isLgl") is not None,
        restart=whole(value(restart)) if restart is not None else None,
        looks=looks_of(element.find(f"{W}rPr")),
        style=value(element.find(f"{W}pStyle")),
    )


def written(number: int, form: str) -> str:
    """Return a number in one of Word's forms."""
    if number > MOST_SPELT:
        return str(number)
    if form in ("upperLetter", "lowerLetter") and number > 0:
        made = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return made.upper() if form == "upperLetter" else made
    if form in ("upperRoman", "lowerRoman"):
        made = ""
        for size, letters in ROMAN:
            while number >= size:
                made, number = made + letters, number - size
        return made.upper() if form == "upperRoman" else made
    if form == "decimalZero":
        return f"{number:02}"
    return "" if form == "none" else str(number)
