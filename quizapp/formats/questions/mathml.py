"""A formula in MathML → one line of text, where one line says the same."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from quizapp.formats.questions.cleaning import lowered, raised
from quizapp.rules.vietnamese import clean

WORDS = {"mi", "mn", "mo", "mtext", "ms"}
ROWS = {"math", "mrow", "mstyle", "mpadded"}
INVISIBLE = str.maketrans("", "", "\u2061\u2062\u2063\u2064")  # signs of multiplication and the like that no one sees


class TwoLinesError(ValueError):
    """The formula needs more than one line."""


def linear(formula: Element) -> str | None:
    """Return a formula as one types it: “E=mc²”, “(a+b)/2”; None: it cannot be typed so. Tags without namespace."""
    try:
        return _line(formula)
    except (TwoLinesError, RecursionError):
        return None


def _line(element: Element) -> str:
    name = element.tag.lower()
    if name in WORDS:
        return clean((element.text or "").translate(INVISIBLE))
    if name in ROWS:
        return "".join(map(_line, element))
    if name == "semantics":
        return "".join(map(_line, element[:1]))
    if name == "mspace":
        return " "
    if name in SHAPES:
        return SHAPES[name](element, [*map(_line, element)])
    raise TwoLinesError(name)


def _fraction(element: Element, parts: list[str]) -> str:
    return "/".join(map(_grouped, _two(parts)))


def _root(element: Element, parts: list[str]) -> str:
    return f"√{_grouped(''.join(parts))}"


def _power(element: Element, parts: list[str]) -> str:
    base, power = _two(parts)
    return _grouped(base) + raised(power)


def _index(element: Element, parts: list[str]) -> str:
    base, index = _two(parts)
    return _grouped(base) + lowered(index)


def _fenced(element: Element, parts: list[str]) -> str:
    between = (element.get("separators", ",").strip() or ",")[0]
    return element.get("open", "(") + between.join(parts) + element.get("close", ")")


def _two(parts: list[str]) -> tuple[str, str]:
    if len(parts) != 2:
        raise TwoLinesError
    return parts[0], parts[1]


def _grouped(text: str) -> str:
    """Return a part in brackets where it would otherwise run into its neighbours."""
    return text if text.isalnum() or (text.startswith("(") and text.find(")") == len(text) - 1) else f"({text})"


SHAPES: dict[str, Callable[[Element, list[str]], str]] = {
    "mfrac": _fraction,
    "msqrt": _root,
    "msup": _power,
    "msub": _index,
    "mfenced": _fenced,
}
