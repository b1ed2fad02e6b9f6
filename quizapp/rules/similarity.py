"""Likeness of texts by the runs of words that they share; whether one was copied, a human decides."""

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

WIDTH = 5  # words in a shingle
COMMON = 20  # what stands in more texts than these is a formula ("Tổng Liên đoàn Lao động Việt Nam"), or the task

Key = TypeVar("Key", bound=Hashable)
Index = Sequence["tuple[array[int], array[int]]"]

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


def shingles(text: str, width: int = WIDTH) -> frozenset[int]:
    """Return the runs of `width` words of a text, each as a number; case, accents, blanks and signs do not matter.

    The numbers are of this process only. A text of fewer words is one shingle, none when it has no word.
    Raises ValueError when width < 1.
    """
    if width < 1:
        raise ValueError("a shingle has at least one word")
    words = _WORD.findall(_plain(text))
    if len(words) < width:
        return frozenset([hash(tuple(words))] if words else [])
    return frozenset(map(hash, zip(*(words[start:] for start in range(width)), strict=False)))


def likeness(a: str, b: str) -> float:
    """Return how alike two texts are: the Jaccard index, 0.0 to 1.0, of their shingles; 0.0 for texts without a word.

    Source: Broder, "On the resemblance and containment of documents", 1997.
    """
    return _jaccard(shingles(a), shingles(b))


def pairs_above(texts: Mapping[Key, str], limit: float) -> list[tuple[Key, Key, float]]:
    """Return the pairs of texts whose likeness is at least `limit`, the most alike first, each in the mapping's order.

    Looked at are pairs that share a shingle which stands in at most `COMMON` different texts, and texts of the very
    same words, however many. `limit` is above 0. 10,000 texts of 500 words: half a minute, 0.8 GB.
    """
    keys = list(texts)
    # As bytes, the shingles of a text take a tenth of the room of a set.
    same: dict[bytes, list[int]] = defaultdict(list)
    for place, text in enumerate(texts.values()):
        same[array("q", sorted(shingles(text))).tobytes()].append(place)
    same.pop(b"", None)
    made, groups = [array("q", each) for each in same], list(same.values())
    found = [(1.0, a, b) for group in groups for a, b in combinations(group, 2)]
    for one, other, alike in _alike(made, limit):
        found += [(alike, min(a, b), max(a, b)) for a in groups[one] for b in groups[other]]
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


def _alike(made: "Sequence[array[int]]", limit: float) -> Iterator[tuple[int, int, float]]:
    """Give the places of two sets that share a rare member, and their Jaccard index, when it is at least `limit`."""
    index = _index(made)
    common = [0] * len(made)
    shared: Counter[tuple[int, int]] = Counter()
    for owners in _owners(index):
        if len(owners) > COMMON:
            for place in owners:
                common[place] += 1
        else:
            shared.update(combinations(owners, 2))
    for (one, other), count in shared.items():
        most = count + min(common[one], common[other])
        if most >= limit * (len(made[one]) + len(made[other]) - most):
            alike = _jaccard(frozenset(made[one]), frozenset(made[other]))
            if alike >= limit:
                yield one, other, alike


def _index(made: "Sequence[array[int]]") -> Index:
    parts = [(array("q"), array("l")) for _ in range(_PARTS)]
    for place, each in enumerate(made):
        for shingle in each:
            members, places = parts[shingle % _PARTS]
            members.append(shingle)
            places.append(place)
    return parts


def _owners(index: Index) -> Iterator[list[int]]:
    """Give for each shingle of more than one text the places of its texts, lowest first."""
    for members, places in index:
        owners: dict[int, list[int]] = {}
        for shingle, place in zip(members, places, strict=True):
            if shingle in owners:
                owners[shingle].append(place)
            else:
                owners[shingle] = [place]
        yield from (each for each in owners.values() if len(each) > 1)


def _jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


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
