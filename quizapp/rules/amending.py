"""What of a contest may still change when somebody has begun an attempt."""

from collections.abc import Iterator
from typing import Any

from quizapp.rules.contest_rules import ContestRules
from quizapp.rules.round_rules import EssayRule

# Fields that are fixed by then, with the key under which the contest file has them.
CONTEST = {"organiser": "organiser", "timezone": "timezone", "audience": "audience.units", "entry": "entry"}
ROUND = {
    "opens_at": "opens",
    "attempts": "attempts",
    "time_limit": "time",
    "draws": "paper",
    "question_order": "order.questions",
    "option_order": "order.options",
    "right_mark": "marks.right",
}
ESSAY = {
    "prompt": "prompt",
    "max_mark": "marks",
    "rubric": "rubric",
    "least_words": "words.min",
    "most_words": "words.max",
    "unit": "words.count",
    "judges": "judges",
    "gap": "gap",
    "combine": "combine",
    "resolution": "resolution",
    "files": "files",
    "hand_in_again": "hand_in_again",
}
BOARD = {
    "of": "of",
    "rounds": "rounds",
    "combine": "combine",
    "order": "order",
    "level": "level",
    "measure": "measure",
}


def fixed_changes(old: ContestRules, new: ContestRules) -> Iterator[str]:
    """Give the key path, as in a contest file, of each change that is too late.

    Titles, a later close, when results, keys, boards and comments are shown, how names are shown, how essays come to
    judges, and until when one may appeal may always change.
    """
    yield from _differing(old, new, CONTEST, "")
    if [each.key for each in old.rounds] != [each.key for each in new.rounds]:
        yield "rounds"
    else:
        for number, (before, after) in enumerate(zip(old.rounds, new.rounds, strict=True), start=1):
            yield from _differing(before, after, ROUND, f"rounds.{number}.")
            yield from _of_essay(before.essay, after.essay, f"rounds.{number}.essay")
            if after.closes_at < before.closes_at:
                yield f"rounds.{number}.closes"
    if [each.key for each in old.boards] != [each.key for each in new.boards]:
        yield "standings"
    else:
        for number, (was, now) in enumerate(zip(old.boards, new.boards, strict=True), start=1):
            yield from _differing(was, now, BOARD, f"standings.{number}.")


def _of_essay(old: EssayRule | None, new: EssayRule | None, path: str) -> Iterator[str]:
    if old and new:
        yield from _differing(old, new, ESSAY, f"{path}.")
    elif old != new:
        yield path


def _differing(old: Any, new: Any, fields: dict[str, str], prefix: str) -> Iterator[str]:
    return (prefix + key for field, key in fields.items() if getattr(old, field) != getattr(new, field))
