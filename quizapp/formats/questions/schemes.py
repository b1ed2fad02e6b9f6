"""Which looks mark the key: decided for a file as a whole, then read for each question by what differs in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from quizapp.formats.questions.found import Found
from quizapp.formats.questions.labels import LETTERS, SEVERAL

WHOLE, LABEL, PART = 3, 2, 1
FEWEST = 0.2
SAME_PLACE = 4  # so many questions with the same option in bold: it is how that option is set
NO_MARKS = ("object:", "formula", "hidden", "strike", "shade:grey")
NAMES = {
    "star": "dấu sao hoặc dấu tích",
    "underline": "gạch chân",
    "bold": "chữ đậm",
    "italic": "chữ nghiêng",
    "border": "chữ có khung",
}
COLORS = {
    "red": "đỏ", "blue": "xanh dương", "green": "xanh lá", "yellow": "vàng", "orange": "cam", "purple": "tím",
    "cyan": "xanh lơ", "grey": "xám", "white": "trắng",
}  # fmt: skip
GROUNDS = {"color": "chữ màu", "highlight": "tô sáng màu", "shade": "nền màu"}


@dataclass(frozen=True)
class Marked:
    """Which options a scheme marks in a question, by place; `strength` of the weakest mark among them."""

    places: frozenset[int]
    strength: int

    @property
    def one(self) -> int | None:
        return next(iter(self.places)) if len(self.places) == 1 else None


@dataclass
class Schemes:
    """What marks the key in a file: `trusted` schemes, strongest first; `dropped`: those that are only decoration."""

    trusted: list[str] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=dict)


def marks_in(question: Found) -> dict[str, Marked]:
    """Return what each scheme marks among the options of a question; marks that all options carry are none."""
    strengths: dict[str, dict[int, int]] = {}
    for place, choice in enumerate(question.choices):
        text, starred = choice.unstarred
        if starred:
            strengths.setdefault("star", {})[place] = WHOLE
        letters, found = text.counted()
        _, labelled = choice.label.counted()
        for mark in {*found, *labelled}:
            if mark.startswith(NO_MARKS):
                continue
            on_text, on_label = found.get(mark, 0), labelled.get(mark, 0) and not choice.auto
            whole = letters and on_text * 4 >= letters * 3
            strength = WHOLE if whole else LABEL if on_label else PART if on_text else 0
            if strength:
                strengths.setdefault(mark, {})[place] = strength
    marked = {name: _differing(found, len(question.choices)) for name, found in strengths.items()}
    if not any(each for each in marked.values()):
        marked |= _of_numbers(question)
    return {name: each for name, each in marked.items() if each is not None}


def _of_numbers(question: Found) -> dict[str, Marked | None]:
    """Return what marks the letters that Word's numbering writes, where no text is marked."""
    found: dict[str, dict[int, int]] = {}
    for place, choice in enumerate(question.choices):
        for mark in choice.label.counted()[1] if choice.auto else ():
            if not mark.startswith(NO_MARKS):
                found.setdefault(mark, {})[place] = LABEL
    return {name: _differing(places, len(question.choices)) for name, places in found.items()}


def _differing(found: dict[int, int], count: int) -> Marked | None:
    strong = {place for place, strength in found.items() if strength >= LABEL}
    if strong and len(strong) == count:
        whole = {place for place, strength in found.items() if strength == WHOLE}
        return Marked(frozenset(whole), WHOLE) if whole and len(whole) < count else None
    if strong:
        return Marked(frozenset(strong), min(found[place] for place in strong))
    part = {place for place, strength in found.items() if strength == PART}
    return Marked(frozenset(part), PART) if part and len(part) < count else None


def decide(questions: Sequence[Found]) -> Schemes:
    """Return what marks the key in a file."""
    asked = [each for each in questions if len(each.choices) > 1]
    found = [marks_in(each) for each in asked]
    ones: dict[str, list[int]] = {}
    by_label: dict[str, bool] = {}
    several: dict[str, int] = {}
    for question, marked in zip(asked, found, strict=True):
        for name, each in marked.items():
            if each.one is None and each.strength >= LABEL and not SEVERAL.search(question.prompt):
                several[name] = several.get(name, 0) + 1
            # A word within an option is stressed, whatever colour or line does it.
            if each.one is not None and each.strength >= LABEL:
                ones.setdefault(name, []).append(each.one)
                by_label[name] = by_label.get(name, True) and each.strength == LABEL
    counts = {name: len(places) for name, places in ones.items()}
    made = Schemes(counts=counts)
    for name, places in sorted(ones.items(), key=lambda each: (-len(each[1]), each[0])):
        # A bold stem that runs on over the first letter is no key.
        runs_on = set(places) == {0} and by_label[name] and len(places) > 3
        is_always = len(places) >= SAME_PLACE and len(set(places)) == 1
        is_vague = len(places) < unique_of(name) * (len(places) + several.get(name, 0))
        if name in ("bold", "italic") and (runs_on or is_always):
            made.dropped.add(name)
        elif is_vague:
            continue
        elif name == "star" or (name != "italic" and len(places) >= least_of(name) * len(asked)):
            made.trusted.append(name)
    _drop_noise(made, found)
    if not made.trusted and counts.get("italic", 0) == len(asked) > 1 and "italic" not in made.dropped:
        made.trusted.append("italic")
    return made


def least_of(name: str) -> float:
    """Return in which part of the questions a scheme must mark just one option to be believed."""
    return 2 * FEWEST if name == "bold" else FEWEST


def unique_of(name: str) -> float:
    """Return in which part of the questions that a scheme marks it must mark just one option to be believed."""
    return {"bold": 0.8, "star": 0}.get(name, 0.5)


def _drop_noise(made: Schemes, found: Sequence[dict[str, Marked]]) -> None:
    """Drop bold text that mostly says something else than the first scheme: it is there for emphasis."""
    if "bold" not in made.trusted or made.trusted[0] == "bold":
        return
    first = made.trusted[0]
    both = [(each[first].one, each["bold"].one) for each in found if first in each and "bold" in each]
    both = [each for each in both if None not in each]
    if len(both) > 4 and sum(one != other for one, other in both) * 2 > len(both):
        made.trusted.remove("bold")
        made.dropped.add("bold")


def name_of(scheme: str) -> str:
    """Return a scheme as a person calls it: 'color:red' → 'chữ màu đỏ'."""
    kind, _, color = scheme.partition(":")
    return f"{GROUNDS[kind]} {COLORS.get(color, color)}" if color else NAMES.get(scheme, scheme)


def letters(places: frozenset[int]) -> str:
    """Return places as letters: {0, 2} → 'A, C'."""
    return ", ".join(LETTERS[place] for place in sorted(places))
