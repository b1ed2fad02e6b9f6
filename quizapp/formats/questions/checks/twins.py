"""Questions that are the same or nearly so, in one bank and between banks."""

from collections.abc import Iterator, Sequence

from quizapp.formats.questions.checks.found import Found, Weight
from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.rules.quantities import quantities
from quizapp.rules.twins import Asked, Index
from quizapp.rules.vietnamese import fold

LIKE = 0.9
Place = tuple[int, int]


def of_twins(banks: Sequence[BankDraft]) -> Iterator[tuple[int, Found]]:
    """Give each question that is like an earlier one, with the number of its bank.

    It is a problem when the prompts are the same, or when one answer and the same numbers fit both.
    """
    questions = {(b, q): question for b, bank in enumerate(banks) for q, question in enumerate(bank.questions)}
    index = Index({place: _asked(question) for place, question in questions.items()})
    places = [*questions]
    for number, (place, question) in enumerate(questions.items()):
        for twin in index.twins(_asked(question), but=frozenset(places[number:])):
            found = _found(question, questions[twin.key], twin.share, _name(banks, place, twin.key))
            if found:
                yield place[0], found


def _asked(question: QuestionDraft) -> Asked:
    return Asked(question.prompt, right=question.right_texts)


def _name(banks: Sequence[BankDraft], place: Place, other: Place) -> str:
    """Return how the other question is named beside this one: of another bank with the bank."""
    ref = banks[other[0]].questions[other[1]].ref
    return ref if place[0] == other[0] else f"{banks[other[0]].code}/{ref}"


def _found(question: QuestionDraft, other: QuestionDraft, share: float, name: str) -> Found | None:
    path, place = f"{question.ref}.prompt", "" if "/" in name else f" ở dòng {other.row}"
    if fold(question.prompt) == fold(other.prompt):
        return Found(path, f"trùng câu “{name}”{place}; xin viết khác đi hoặc bỏ một câu", about=name)
    if share < LIKE:
        return None
    numbers = [sorted(map(str, quantities(each.prompt))) for each in (question, other)]
    keys = [[*map(fold, each.right_texts)] for each in (question, other)]
    text = f"gần giống câu “{name}”{place} ({share:.0%} số từ)"
    if numbers[0] == numbers[1] and keys[0] == keys[1]:
        return Found(path, f"{text}; xin bỏ một câu hoặc hỏi điều khác", about=name)
    return Found(path, text, Weight.REMARK)
