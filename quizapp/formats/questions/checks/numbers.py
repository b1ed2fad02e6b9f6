"""Whether the numbers of a key stand in the article that is cited, and in the explanation."""

from collections.abc import Iterable, Iterator

from quizapp.formats.questions.checks.found import Found, Weight
from quizapp.formats.questions.checks.grounds import Grounds, Numbers
from quizapp.formats.questions.drafts import QuestionDraft
from quizapp.rules.quantities import Quantity, quantities
from quizapp.vocabulary import Confidence, QuestionKind

TABLED = 1000  # so large a number stands in tables, where the unit is said elsewhere


def of_numbers(question: QuestionDraft, grounds: Grounds) -> Iterator[Found]:
    """Give the numbers of the key that its source does not have, and those of which the explanation says others."""
    key = _keyed(question)
    known = _known(question, grounds)
    asked = {each.number for each in quantities(question.prompt)}
    for path, each in key:
        told = "" if known is None or has(known, each) else "điều được dẫn"
        if told and (question.kind is QuestionKind.TRUE_FALSE or each.number not in asked):
            text = f"“{each}” không có trong {told}; xin đối chiếu với văn bản"
            yield Found(path, text, Weight.DOUBT, about=str(each))
    yield from _of_explanation(question, [each for _, each in key])


def has(known: Iterable[Quantity], sought: Quantity) -> bool:
    """Whether a number is known with its unit. One without unit is sought among all, a year in dates, too.

    A large number may stand in a table, where its unit is said elsewhere.
    """
    numbers = frozenset(known)
    if sought in numbers:
        return True
    if not sought.unit:
        return any(f"/{each.number}".endswith(f"/{sought.number}") for each in numbers)
    return Quantity(sought.number) in numbers and _is_tabled(sought.number)


def _is_tabled(number: str) -> bool:
    return number.isdigit() and int(number) >= TABLED


def _keyed(question: QuestionDraft) -> list[tuple[str, Quantity]]:
    """Return the numbers that are said to be right, each with the key that says so. A false statement says none."""
    if question.kind is QuestionKind.TRUE_FALSE:
        is_true = question.options[0].right
        return [(f"{question.ref}.prompt", each) for each in quantities(question.prompt) if is_true and each.unit]
    texts = [(f"options.{n}", option.text) for n, option in enumerate(question.options, start=1) if option.right]
    if question.kind is QuestionKind.NUMBER:
        texts = [("accepted", each.replace(".", ",")) for each in question.accepted]
    return [(f"{question.ref}.{path}", each) for path, text in texts for each in quantities(text)]


def _known(question: QuestionDraft, grounds: Grounds) -> Numbers | None:
    """Return the numbers of all places that a question cites; None: nobody drew those of a text that it cites."""
    named = grounds.named(question.source)
    if not named:
        is_secondary = question.citation is None and question.confidence is Confidence.SECONDARY
        return grounds.numbers.get("", {}).get("") if is_secondary else None
    found: set[Quantity] = set()
    for law, place in named:
        drawn = grounds.numbers_at(law, place.article)
        if drawn is None:
            return None
        found |= drawn
    return frozenset(found)


def _of_explanation(question: QuestionDraft, key: Iterable[Quantity]) -> Iterator[Found]:
    if question.kind is QuestionKind.TRUE_FALSE:
        return
    told = quantities(question.explanation, spelt=True)
    for each in key:
        others = [other for other in told if each.unit and other.unit.split()[:1] == each.unit.split()[:1]]
        if others and each.number not in {other.number for other in others}:
            said = ", ".join(map(str, others))
            text = f"ghi {said} mà đáp án ghi {each}; xin xem lại đáp án hoặc lời giải"
            yield Found(f"{question.ref}.explanation", text, Weight.DOUBT, about=str(each))
