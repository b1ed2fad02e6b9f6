"""Options that carry no letter: lines below a stem, one of which is marked, in nearly all questions of a file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quizapp.formats.questions.found import Choice, Found
from quizapp.formats.questions.judging import places_of
from quizapp.formats.questions.labels import ESSAY_PART, ESSAY_WORDS, LETTERS
from quizapp.formats.questions.rich import Rich
from quizapp.formats.questions.schemes import LABEL, Schemes, decide, marks_in

FEWEST_QUESTIONS = 3
LEAST = 0.8  # of the questions are built so, and of these so many have one line that is marked
MOST_OPTIONS = 6
ASKS = re.compile(r"[?:…]\W*$|\.\.\.\W*$|\blà\W*$", re.IGNORECASE)


WHERE_THEY_BEGIN = "không rõ dòng nào là phương án đầu tiên; xin xem lại câu hỏi, phương án và đáp án"


@dataclass(frozen=True)
class _Guess:
    before: Found
    after: Found  # with the lines below its stem as options


def take_unlabelled(questions: list[Found]) -> list[Found]:
    """Return the questions with such lines as options; as they are, unless nearly all of the file is built so.

    The lines are taken for options only where the file marks one of them: lines below an essay's question are none.
    """
    guesses = [_Guess(each, guess) for each in questions if (guess := _guess(each))]
    if len(guesses) < max(FEWEST_QUESTIONS, LEAST * len(questions)):
        return questions
    schemes = decide([each.after for each in guesses])
    marked = {id(each.before) for each in guesses if _is_marked(each.after, schemes)}
    if len(marked) < LEAST * len(guesses):
        return questions
    taken = {id(each.before): each.after for each in guesses if id(each.before) in marked or _asks(each.after.stem)}
    return [taken.get(id(each), each) for each in questions]


def _guess(question: Found) -> Found | None:
    if question.choices or question.statements or ESSAY_PART.search(question.part) or question.suggested:
        return None
    ends = [place for place, line in enumerate(question.stem) if ASKS.search(line.shown)]
    lines = question.stem[1 + (ends[0] if ends else 0) :]
    if not 2 <= len(lines) <= MOST_OPTIONS:
        return None
    choices = [Choice(letter, Rich(), line) for letter, line in zip(LETTERS, lines, strict=False)]
    made = replace(question, stem=question.stem[: -len(lines)], choices=choices, keyless=[*question.keyless])
    if not ends and any(key.letters for key in (*question.answers, *question.listed)):
        made.keyless.append(WHERE_THEY_BEGIN)
    return made


def _is_marked(question: Found, schemes: Schemes) -> bool:
    found = marks_in(question)
    by_looks = [found[name] for name in schemes.trusted if name in found and found[name].strength >= LABEL]
    written = [places_of(question, key) for key in (*question.answers, *question.listed)]
    return any(each.one is not None for each in by_looks) or any(written)


def _asks(stem: Sequence[Rich]) -> bool:
    text = stem[-1].shown if stem else ""
    return text.endswith("?") and not ESSAY_WORDS.search(text)
