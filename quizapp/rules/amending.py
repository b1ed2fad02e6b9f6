"""What of a contest may still change when somebody has begun an attempt."""

from collections.abc import Iterator, Sequence
from typing import Any

from quizapp.rules.contest_rules import ContestRules
from quizapp.rules.round_rules import EssayRule, RoundRules

# Fields that are fixed by then, with the key under which the contest file has them.
CONTEST = {
    "organiser": "organiser",
    "timezone": "timezone",
    "audience": "audience.units",
    "entrants": "audience",
    "entry": "entry",
    "identity": "identity",
    "one_prize": "one_prize_per_person",
}
DIVISION = {"units": "units", "kinds": "kinds", "workplaces": "kinds", "roles": "roles", "chosen": "chosen"}
ROUND = {
    "opens_at": "opens",
    "attempts": "attempts",
    "time_limit": "time",
    "seconds_per_question": "time.seconds_per_question",
    "sittings": "sittings",
    "draws": "paper",
    "chooses_paper": "choose_paper",
    "avoid_seen": "avoid_seen",
    "must_answer_all": "must_answer_all",
    "question_order": "order.questions",
    "option_order": "order.options",
    "right_mark": "marks.right",
    "wrong_mark": "marks.wrong",
    "multiple": "marks.multiple",
    "scale_to": "marks.scale_to",
    "prediction": "prediction",
    "practice": "practice",
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
    "by_division": "by_division",
    "only_if": "only_if",
    "top_k": "top_k",
    "weights": "weights",
    "union_order": "order",
}
PRIZE = {"board": "standings", "count": "count", "counts": "count", "by": "by", "on_tie": "on_tie", "is_side": "side"}


def fixed_changes(old: ContestRules, new: ContestRules) -> Iterator[str]:
    """Give the key path, as in a contest file, of each change that is too late.

    Titles, a later close, when results, keys, boards and comments are shown, how names are shown, what prizes are
    worth, what rate is aimed at, how essays come to judges, and until when one may appeal may always change.
    """
    yield from _differing(old, new, CONTEST, "")
    yield from _of_list(old.divisions, new.divisions, DIVISION, "divisions")
    yield from _of_list(old.rounds, new.rounds, ROUND, "rounds")
    if _keys(old.rounds) == _keys(new.rounds):
        for number, (before, after) in enumerate(zip(old.rounds, new.rounds, strict=True), start=1):
            yield from _of_round(before, after, f"rounds.{number}")
    yield from _of_list(old.boards, new.boards, BOARD, "standings")
    yield from _of_list(old.prizes, new.prizes, PRIZE, "prizes")


def _of_list(old: Sequence[Any], new: Sequence[Any], fields: dict[str, str], path: str) -> Iterator[str]:
    """Give what differs in the parts of a list, or the list, when parts came, went or changed their places."""
    if _keys(old) != _keys(new):
        yield path
        return
    for number, (before, after) in enumerate(zip(old, new, strict=True), start=1):
        yield from _differing(before, after, fields, f"{path}.{number}.")


def _keys(parts: Sequence[Any]) -> list[str]:
    return [each.key for each in parts]


def _of_round(old: RoundRules, new: RoundRules, path: str) -> Iterator[str]:
    if [(each.key, each.questions) for each in old.papers] != [(each.key, each.questions) for each in new.papers]:
        yield f"{path}.papers"
    yield from _of_essay(old.essay, new.essay, f"{path}.essay")
    if new.closes_at < old.closes_at:
        yield f"{path}.closes"


def _of_essay(old: EssayRule | None, new: EssayRule | None, path: str) -> Iterator[str]:
    if old and new:
        yield from _differing(old, new, ESSAY, f"{path}.")
    elif old != new:
        yield path


def _differing(old: Any, new: Any, fields: dict[str, str], prefix: str) -> Iterator[str]:
    changed = (prefix + key for field, key in fields.items() if getattr(old, field) != getattr(new, field))
    return iter(dict.fromkeys(changed))
