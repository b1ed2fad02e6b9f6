"""Likeness of texts by the runs of words that they share; whether one was copied, a human decides."""

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, pairwise
from typing import TypeVar

WIDTH = 5  # words in a run
COMMON = 20  # what stands in more texts than these is a formula ("Tổng Liên đoàn Lao động Việt Nam"), or the task
LEAST = 8  # runs: fewer in common are chance; a passage of twelve words has as many

Key = TypeVar("Key", bound=Hashable)
Runs = array  # of int: the different runs of a text, sorted

_UNSEEN = "\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060\ufeff"  # accents of decomposed text, format signs
_DROPPED = re.compile(f"[{_UNSEEN}]")
_WORD = re.compile(rf"[\w{_UNSEEN}]+")
_PARTS = 64  # parts of the index, made one by one: all at once would take a gigabyte for 10,000 essays


@dataclass(frozen=True)
class Passage:
    """The same words in two texts: from and up to which character in the one and in the other."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


@dataclass(frozen=True)
class Piece:
    """A part of a text: in which passages it stands, and which of them begin here, numbered from 1."""

    text: str
    passages: tuple[int, ...]
    begins: tuple[int, ...]


def runs_of(text: str, width: int = WIDTH) -> "Runs[int]":
    """Return the runs of `width` words of a text, each as a number; case, accents, blanks and signs do not matter.

    The numbers are of this process only. A text of fewer words is one run, none when it has no word.
    Raises ValueError when width < 1.
    """
    if width < 1:
        raise ValueError("a run has at least one word")
    words = _WORD.findall(_plain(text))
    if len(words) < width:
        return array("q", [hash(tuple(words))] if words else [])
    return array("q", sorted({*map(hash, zip(*(words[start:] for start in range(width)), strict=False))}))


def share(one: "Runs[int]", other: "Runs[int]") -> float:
    """Return how much of the shorter text stands in the other, 0.0 to 1.0; 0.0 when it is so little as chance gives.

    Source: containment in Broder, "On the resemblance and containment of documents", 1997.
    """
    return _share(frozenset(one), other)


def alike_to(text: "Runs[int]", texts: "Mapping[Key, Runs[int]]", limit: float) -> list[tuple[Key, float]]:
    """Return the texts that have a share of at least `limit` with this one, in the mapping's order; limit: above 0."""
    runs = frozenset(text)
    shares = ((key, _share(runs, each)) for key, each in texts.items())
    return [(key, alike) for key, alike in shares if alike >= limit]


def pairs_above(
    texts: "Mapping[Key, Runs[int]]", limit: float, tell: Callable[[float], object] = lambda done: None
) -> list[tuple[Key, Key, float]]:
    """Return the pairs of texts that are alike with their share, the most alike first, each in the mapping's order.

    Alike are two when they have `limit` of the runs of the one in common that has fewer, not counting those that stand
    in more than `COMMON` different texts, since these are quoted; in the share that is told they count. Texts of the
    very same words are all told, more than `COMMON` of them each with the first only.
    limit: above 0. tell: is told now and then how much is done, 0.0 to 1.0.
    """
    keys = list(texts)
    same: dict[bytes, list[int]] = defaultdict(list)
    for place, runs in enumerate(texts.values()):
        same[runs.tobytes()].append(place)
    same.pop(b"", None)
    groups = list(same.values())
    made = [texts[keys[group[0]]] for group in groups]
    found = [(1.0, a, b) for group in groups for a, b in _within(group)]
    for one, other, alike in _alike(made, limit, tell):
        found += [(alike, min(a, b), max(a, b)) for a in _told(groups[one]) for b in _told(groups[other])]
    found.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    return [(keys[a], keys[b], alike) for alike, a, b in found]


def matching_passages(a: str, b: str, least: int = WIDTH) -> list[Passage]:
    """Return the passages of at least `least` words that two texts share, in the order of the first text.

    Passages do not overlap in the first text; one that was moved in the other is found, too. Of several places in the
    other text the longest match counts, of equal ones the first.
    """
    (words, spans), (others, other_spans) = _words(a), _words(b)
    starts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place in range(len(others) - least + 1):
        starts[tuple(others[place : place + least])].append(place)
    found: list[Passage] = []
    place = 0
    while place <= len(words) - least:
        # A run that is repeated all over the other text is tried at its first places only.
        tried = starts.get(tuple(words[place : place + least]), [])[:COMMON]
        size, other = max(((_run(words, place, others, start), -start) for start in tried), default=(0, 0))
        if size:
            first, last = other_spans[-other], other_spans[-other + size - 1]
            found.append(Passage(spans[place][0], spans[place + size - 1][1], first[0], last[1], size))
        place += size or 1
    return found


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    """Cut a text where passages begin and end: put together, the pieces are the text. `spans` may overlap."""
    cuts = sorted({0, len(text), *chain.from_iterable(spans)})
    numbered = [*enumerate(spans, start=1)]
    return [
        Piece(
            text[start:end],
            tuple(number for number, span in numbered if span[0] <= start and end <= span[1]),
            tuple(number for number, span in numbered if span[0] == start),
        )
        for start, end in pairwise(cuts)
    ]


def _share(one: frozenset[int], other: "Runs[int]") -> float:
    shared = len(one.intersection(other))
    enough = shared >= LEAST or shared == len(one) == len(other)
    return shared / min(len(one), len(other)) if shared and enough else 0.0


def _within(group: Sequence[int]) -> Iterator[tuple[int, int]]:
    return combinations(group, 2) if len(group) <= COMMON else ((group[0], each) for each in group[1:])


def _told(group: Sequence[int]) -> Sequence[int]:
    return group if len(group) <= COMMON else group[:1]


def _alike(
    made: "Sequence[Runs[int]]", limit: float, tell: Callable[[float], object]
) -> Iterator[tuple[int, int, float]]:
    """Give the places of two texts that share rare runs enough, and their share."""
    flat, starts, groups_of, own = _rare(made, tell)
    next_of = starts[:-1]  # in each group, behind the text that is looked at
    for one, groups in enumerate(groups_of):
        if one % 500 == 0:
            tell(0.5 + 0.5 * one / len(made))
        for group in groups:
            next_of[group] += 1
        shared = Counter(chain.from_iterable(flat[next_of[group] : starts[group + 1]] for group in groups))
        for other, count in shared.items():
            if count >= max(LEAST, limit * min(own[one], own[other])):
                yield one, other, share(made[one], made[other])


def _rare(
    made: "Sequence[Runs[int]]", tell: Callable[[float], object]
) -> "tuple[array[int], array[int], list[array[int]], list[int]]":
    """Return the texts of each run that 2 to `COMMON` of them have, one run after the other, the lowest text first;
    where in this each run begins; of each text its runs of this kind, and how many of its runs no more than `COMMON`
    have. Flat: lists would take ten times the room.
    """
    flat, starts, groups_of = array("l"), array("l", [0]), [array("l") for _ in made]
    own = [len(runs) for runs in made]
    for part, (members, places) in enumerate(_index(made)):
        owners: dict[int, list[int]] = {}
        for run, place in zip(members, places, strict=True):
            if run in owners:
                owners[run].append(place)
            else:
                owners[run] = [place]
        for each in owners.values():
            if 1 < len(each) <= COMMON:
                for place in each:
                    groups_of[place].append(len(starts) - 1)
                flat.extend(each)
                starts.append(len(flat))
            elif len(each) > COMMON:
                for place in each:
                    own[place] -= 1
        tell(0.5 * (part + 1) / _PARTS)
    return flat, starts, groups_of, own


def _index(made: "Sequence[Runs[int]]") -> "list[tuple[array[int], array[int]]]":
    parts = [(array("q"), array("l")) for _ in range(_PARTS)]
    for place, runs in enumerate(made):
        for run in runs:
            members, places = parts[run % _PARTS]
            members.append(run)
            places.append(place)
    return parts


def _plain(text: str) -> str:
    """Return the text in lower case without accents and signs that are not seen; đ as d."""
    return _DROPPED.sub("", unicodedata.normalize("NFD", text.lower())).replace("đ", "d")


def _words(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the plain words of a text and where each stands in it."""
    found = [(_plain(match[0]), match.span()) for match in _WORD.finditer(text)]
    return [word for word, _ in found if word], [span for word, span in found if word]


def _run(words: Sequence[str], place: int, others: Sequence[str], other: int) -> int:
    """Return how many words are the same from these two places on."""
    size = 0
    while place + size < len(words) and other + size < len(others) and words[place + size] == others[other + size]:
        size += 1
    return size
