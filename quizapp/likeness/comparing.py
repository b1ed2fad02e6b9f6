"""Two texts side by side: the passages that they share, numbered, without telling who wrote them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from quizapp.judging.queries import blind_text
from quizapp.models import Essay, LikenessPair, TradeUnion
from quizapp.rules.similarity import Piece, matching_passages, pieces

AROUND = 400  # characters of a given text that stand beside a passage; the rest of a law is left out


@dataclass(frozen=True)
class Side:
    """One of two texts; code: of an essay, None for a given text. Names only when they were asked for."""

    title: str
    code: str | None
    pieces: list[Piece]
    writer: str = ""
    union: str = ""


@dataclass(frozen=True)
class Comparison:
    """The two sides and what they share; same_union: None where the other is a given text."""

    sides: tuple[Side, Side]
    passages: int
    words: int
    same_union: bool | None


def compared(pair: LikenessPair, *, names: bool) -> Comparison:
    """Return the two texts of a pair cut into passages."""
    text = blind_text(pair.essay)
    other = blind_text(pair.other) if pair.other else pair.given.text if pair.given else ""
    found = matching_passages(text, other)
    own = pieces(text, [(each.start, each.end) for each in found])
    others = pieces(other, [(each.other_start, each.other_end) for each in found])
    if pair.other:
        second = _essay_side(pair.other, others, names)
    else:
        second = Side(pair.given.title if pair.given else "", None, list(_shortened(others)))
    unions = pair.essay.attempt.union_id, pair.other.attempt.union_id if pair.other else None
    return Comparison(
        sides=(_essay_side(pair.essay, own, names), second),
        passages=len(found),
        words=sum(each.words for each in found),
        same_union=unions[0] is not None and unions[0] == unions[1] if pair.other else None,
    )


def _essay_side(essay: Essay, cut: list[Piece], names: bool) -> Side:
    union: TradeUnion | None = essay.attempt.union
    known = {"writer": essay.attempt.person.full_name, "union": union.name if union else ""} if names else {}
    return Side(f"Bài {essay.code}", essay.code, cut, **known)


def _shortened(cut: Iterable[Piece]) -> Iterable[Piece]:
    for each in cut:
        if each.passages or len(each.text) <= 2 * AROUND:
            yield each
        else:
            head, tail = each.text[:AROUND].rpartition(" ")[0], each.text[-AROUND:].partition(" ")[2]
            yield replace(each, text=f"{head} […] {tail}")
