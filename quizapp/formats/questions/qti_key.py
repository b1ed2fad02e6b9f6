"""The key of a QTI item: what its declaration and its processing say is right, and where the two contradict."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from xml.etree.ElementTree import Element

from quizapp.rules.vietnamese import clean

TEMPLATE = re.compile(r"(?:CC2_)?(match|map)[^/]*$")
NO_KEY = "tệp không cho biết đáp án"
TWO_BEST = "nhiều phương án cùng được điểm cao nhất mà câu chỉ chọn một"
UNLIKE = "đáp án (correctResponse) và bảng điểm (mapping) nói khác nhau"
OWN_WAY = "cách chấm riêng của tệp (responseProcessing) nói khác đáp án đã ghi"
BRANCHES = ("responseIf", "responseElseIf")
BOUNDS = ("gt", "gte", "lt", "lte", "isNull")


@dataclass(frozen=True)
class Declared:
    """A response declaration. `mapped`: what is worth something by key; `default`: what everything else is worth."""

    identifier: str = ""
    cardinality: str = ""
    base_type: str = ""
    correct: tuple[str, ...] = ()
    mapped: Mapping[str, Decimal] = field(default_factory=dict)
    default: Decimal = Decimal(0)
    cased: bool = True

    def worth(self, value: str) -> Decimal:
        return self.mapped.get(value, self.default)


@dataclass(frozen=True)
class Key:
    """The right values, in the order of the file; none when `why` names what is unclear or contradicts."""

    right: tuple[str, ...] = ()
    why: str = ""
    taken_from: str = ""


def declared(item: Element, identifier: str) -> Declared:
    """Return what the item declares for a response. Raises ValueError when its numbers are none."""
    found = next((each for each in item.iter("responseDeclaration") if each.get("identifier") == identifier), None)
    if found is None:
        return Declared()
    correct = found.find("correctResponse")
    values = [_value(each) for each in correct.iter("value")] if correct is not None else []
    mapping = found.find("mapping")
    entries = [] if mapping is None else list(mapping.iter("mapEntry"))
    return Declared(
        identifier=identifier,
        cardinality=found.get("cardinality", ""),
        base_type=found.get("baseType", ""),
        correct=tuple(dict.fromkeys(filter(None, values))),
        mapped={clean(each.get("mapKey", "")): _decimal(each.get("mappedValue", "")) for each in entries},
        default=_decimal(mapping.get("defaultValue") or "0") if mapping is not None else Decimal(0),
        cased=any(each.get("caseSensitive", "true") != "false" for each in entries or item.iter("stringMatch"))
        or not (entries or next(item.iter("stringMatch"), None) is not None),
    )


def key_of_choices(item: Element, response: Declared, choices: Collection[str], *, single: bool) -> Key:
    """Return which choices are right; nothing is right unless all that the file says of it agrees."""
    correct = response.correct
    if unknown := [each for each in (*correct, *response.mapped) if each not in choices]:
        return Key(why=f"đáp án trỏ tới phương án không có: {', '.join(unknown)}")
    best = _best(response, choices, single=single)
    if correct:
        key = Key(
            correct, _disagreement(response, choices, is_mapped=_is_mapped(item), single=single), "correctResponse"
        )
    elif not best:
        told = _told(item, response.identifier) if single else ()
        is_clear = len(told) == 1 and told[0] in choices
        return Key(told, taken_from="responseProcessing") if is_clear else Key(why=NO_KEY)
    else:
        key = Key(best, _partly(response, choices, best) if single else "", "mapping")
    if single and len(key.right) > 1:
        return Key(why=TWO_BEST if not correct else "câu chỉ chọn một mà tệp ghi nhiều đáp án")
    if key.why and key.taken_from == "correctResponse":
        return Key(why=key.why)
    scored = _scored(item, choices)
    if not key.right:
        return key
    return key if scored is None or set(scored) == set(key.right) else Key(why=OWN_WAY)


def key_of_texts(item: Element, response: Declared) -> Key:
    """Return the accepted spellings; what is worth only a part of the marks is not among them."""
    top = max(response.mapped.values(), default=Decimal(0))
    full = tuple(text for text, worth in response.mapped.items() if worth == top) if top > 0 else ()
    part = [text for text, worth in response.mapped.items() if 0 < worth < top]
    whole = tuple(dict.fromkeys([*response.correct, *full]))
    if not whole:
        told = _told(item, response.identifier)
        return Key(told, taken_from="responseProcessing") if told else Key(why=NO_KEY)
    if response.default > 0:
        return Key(why="tệp cho điểm mọi câu trả lời")
    if top > 0 and any(response.worth(each) < top for each in response.correct) and response.correct:
        return Key(why=UNLIKE)
    if _strange(item, whole):
        return Key(why=OWN_WAY)
    why = f"cách viết chỉ được một phần điểm chưa đưa vào được: {', '.join(part)}" if part else ""
    return Key(whole, why, "correctResponse" if response.correct else "mapping")


def tolerance(item: Element, number: Decimal) -> tuple[Decimal, str]:
    """Return how far from a number an answer is still right, and why that could not be told, ''."""
    unlike = Decimal(0), "sai số cho phép của tệp chưa đưa vào được"
    if next(item.iter("equalRounded"), None) is not None:
        return unlike
    found = list(item.iter("equal"))
    if not found or found[0].get("toleranceMode", "exact") == "exact":
        return Decimal(0), ""
    try:
        spans = {_decimal(each) for each in found[0].get("tolerance", "").split()}
    except ValueError:
        return unlike
    if len(found) > 1 or len(spans) != 1 or min(spans) < 0:
        return unlike
    [span] = spans
    return (span if found[0].get("toleranceMode") == "absolute" else abs(number) * span / 100), ""


def number_of(text: str) -> Decimal | None:
    """Return a finite number written with a point, a comma or a power of ten."""
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def _value(element: Element) -> str:
    return clean("".join(element.itertext()))


def _decimal(text: str) -> Decimal:
    number = number_of(text.strip())
    if number is None:
        raise ValueError(text)
    return number


def _best(response: Declared, choices: Collection[str], *, single: bool) -> tuple[str, ...]:
    worths = {choice: response.worth(choice) for choice in choices}
    top = max(worths.values(), default=Decimal(0))
    if top <= 0:
        return ()
    return tuple(choice for choice, worth in worths.items() if (worth == top if single else worth > 0))


def _partly(response: Declared, choices: Collection[str], best: Collection[str]) -> str:
    part = [each for each in choices if response.worth(each) > 0 and each not in best]
    return f"có phương án được một phần điểm, chưa đưa vào được: {', '.join(part)}" if part else ""


def _disagreement(response: Declared, choices: Collection[str], *, is_mapped: bool, single: bool) -> str:
    """Compare the correct choices with a mapping that gives marks to anything."""
    positive = [each for each in choices if response.worth(each) > 0]
    if not positive:
        return ""
    least = min(response.worth(each) for each in response.correct)
    rivals = [each for each in positive if each not in response.correct]
    if least <= 0 or any(response.worth(each) >= least for each in rivals):
        return UNLIKE
    return UNLIKE if is_mapped and rivals and not single else ""


def _strange(item: Element, accepted: Collection[str]) -> bool:
    """Tell whether processing of the file's own gives marks to an answer that is not accepted."""
    numbers = {number_of(each) for each in accepted}
    scored = _scored(item, None) or ()
    return any(each not in accepted and (number_of(each) is None or number_of(each) not in numbers) for each in scored)


def _is_mapped(item: Element) -> bool:
    """Tell whether marks come from the mapping."""
    found = item.find("responseProcessing")
    if found is None:
        return False
    template = TEMPLATE.search((found.get("template") or found.get("templateLocation") or "").removesuffix(".xml"))
    return (template is not None and template[1] == "map") or next(found.iter("mapResponse"), None) is not None


def _told(item: Element, identifier: str) -> tuple[str, ...]:
    """Return the answers for which processing of the file's own gives marks, none unless it does so in plain words."""
    worths: dict[str, set[Decimal]] = {}
    for branch in item.iter():
        if branch.tag not in BRANCHES or not (sets := _sets(branch)):
            continue
        condition, *_ = branch
        asked = [each for each in condition if each.tag == "variable" and each.get("identifier") == identifier]
        named = [_value(each) for each in condition if each.tag == "baseValue"]
        [worth] = [number_of(_value(each)) for each in sets[0] if each.tag == "baseValue"] or [None]
        if (condition.tag in BOUNDS and not asked) or (condition.tag == "isNull" and worth == 0):
            continue
        if not _is_plain(condition) or len(asked) != 1 or len(named) != 1 or worth is None:
            return ()
        worths.setdefault(named[0], set()).add(worth)
    right = [value for value, worth in worths.items() if max(worth) > 0]
    is_clear = len(set().union(*(worths[each] for each in right))) == 1
    return tuple(right) if is_clear else ()


def _is_plain(condition: Element) -> bool:
    """Return whether a condition asks for one value and no more."""
    if condition.tag == "equal":
        return condition.get("toleranceMode", "exact") == "exact"
    return condition.tag == "match" or (condition.tag == "stringMatch" and condition.get("substring") != "true")


def _sets(branch: Element) -> list[Element]:
    return [each for each in branch if each.tag == "setOutcomeValue" and each.get("identifier", "").startswith("SCORE")]


def _scored(item: Element, known: Collection[str] | None) -> list[str] | None:
    """Return the values to which processing of the file's own gives marks by name; None: it names none."""
    found = item.find("responseProcessing")
    if found is None:
        return None
    named = [pair for branch in found.iter() if branch.tag in BRANCHES for pair in _named(branch, known)]
    return [value for value, is_scored in named if is_scored] if named else None


def _named(branch: Element, known: Collection[str] | None) -> Iterator[tuple[str, bool]]:
    """Give the values that the condition of a branch names, each with whether the branch gives marks for it."""
    condition = next(iter(branch), None)
    sets = _sets(branch)
    if condition is None or not sets:
        return
    values = [number_of(_value(each)) for each in sets[0].iter("baseValue")]
    is_scored = not values or any(value is not None and value > 0 for value in values)
    for element, turned in _asked(condition):
        value = _value(element)
        if element.tag == "correct" and not turned and not is_scored:
            yield "", True  # the correct response earns nothing: no key can agree with that
        if element.tag == "baseValue" and (known is None or value in known):
            yield value, is_scored != turned


def _asked(condition: Element, turned: bool = False) -> Iterator[tuple[Element, bool]]:
    turned = turned != (condition.tag == "not")
    yield condition, turned
    for each in condition:
        yield from _asked(each, turned)
