"""What is written of statements a) to d): 'a) Đ b) S', 'ĐSĐS', or a line for each in a solution."""

import re
from collections.abc import Sequence

from quizapp.formats.questions.labels import LETTERS, TRUTHS
from quizapp.rules.vietnamese import fold

EACH = re.compile(r"\(?([A-Ha-h])\s*[).:\-–]?\s*(đúng|sai|đ|s)(?![\w])", re.IGNORECASE)
IN_SOLUTION = re.compile(
    r"[-–+•]?\s*\(?([A-Ha-h])\s*[).:]\s*(?:(đúng|sai)(?![\w])|(đ|s)\s*(?:[.:,;]|$))", re.IGNORECASE
)


def truths_in(text: str) -> list[bool] | None:
    """Return the truths that a text gives when it is nothing but 'a) Đ b) S'; None: it is anything else."""
    found = EACH.findall(text)
    if len(found) < 2 or [letter.upper() for letter, _ in found] != [*LETTERS[: len(found)]]:
        return None
    return None if re.search(r"\w", EACH.sub("", text)) else [TRUTHS[fold(word)] for _, word in found]


def written(text: str, count: int) -> Sequence[bool] | None:
    """Return the truths of so many statements that 'a) Đ b) S c) Đ d) S' or 'ĐSĐS' gives."""
    found = truths_in(text)
    if found is not None and len(found) == count:
        return found
    words = [fold(word) for word in re.split(r"[\s,;/\-–]+", text.strip(" .;")) if word]
    if len(words) == count > 1 and all(word in TRUTHS for word in words):
        return [TRUTHS[word] for word in words]
    bare = re.sub(r"[\s,;\-–]", "", text)
    if len(bare) == count and set(bare.upper()) <= {"Đ", "S"}:
        return [letter.upper() == "Đ" for letter in bare]
    return None


def in_solution(lines: Sequence[str], count: int) -> Sequence[bool] | None:
    """Return the truths that a solution gives line by line, 'a) Đúng. Vì …'; None: not once for each statement."""
    found = [match for match in map(IN_SOLUTION.match, lines) if match]
    if [match[1].upper() for match in found] != [*LETTERS[:count]]:
        return None
    return [TRUTHS[fold(match[2] or match[3])] for match in found]
