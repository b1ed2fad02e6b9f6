"""Questions that stand in a file twice."""

from collections.abc import Sequence
from dataclasses import replace

from quizapp.formats.questions.drafts import QuestionDraft
from quizapp.formats.questions.sheets.texts import clean, fold


def with_twins(drafts: Sequence[QuestionDraft]) -> list[QuestionDraft]:
    """Return the drafts; one that asks what an earlier one asks, with the same options, is flagged.

    Where the two have different keys, both are.
    """
    first: dict[tuple[object, ...], int] = {}
    made = list(drafts)
    for place, draft in enumerate(drafts):
        key = (fold(draft.prompt), *sorted(clean(option.text).casefold() for option in draft.options))
        before = first.setdefault(key, place)
        if before == place:
            continue
        other = drafts[before]
        if _right(other) != _right(draft):
            made[before] = _flagged(made[before], f"trùng câu ở vị trí {draft.n} nhưng đáp án khác nhau")
            made[place] = _flagged(draft, f"trùng câu ở vị trí {other.n} nhưng đáp án khác nhau")
        else:
            made[place] = _flagged(draft, f"trùng câu ở vị trí {other.n} trong tệp")
    return made


def _right(draft: QuestionDraft) -> tuple[frozenset[str], tuple[str, ...]]:
    return frozenset(clean(text).casefold() for text in draft.right_texts), draft.accepted


def _flagged(draft: QuestionDraft, why: str) -> QuestionDraft:
    return replace(draft, flagged=True, why="; ".join(filter(None, [draft.why, why])))
