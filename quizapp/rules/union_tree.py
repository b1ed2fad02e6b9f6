"""The tree of unions as numbers: paths from the root, circles, ancestors, sums from below."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def key_of(code: str | None) -> str:
    """Return what a code is compared by: two codes that differ only in case are one to everybody who reads them."""
    return (code or "").casefold()


def chain(key: Key, parents: Mapping[Key, Key | None]) -> Iterator[Key]:
    """Give a node, its parent and so on up to the root; parents unknown to the mapping end the chain.

    Raises ValueError when the chain comes back to itself.
    """
    seen: set[Key] = set()
    above: Key | None = key
    while above is not None:
        if above in seen:
            raise ValueError(f"{above} is above itself")
        seen.add(above)
        yield above
        above = parents.get(above)


def circling(parents: Mapping[Key, Key | None]) -> set[Key]:
    """Return the nodes that are above themselves: those on a circle, not those that hang below one."""
    done: set[Key] = set()
    found: set[Key] = set()
    for start in parents:
        walked: dict[Key, int] = {}
        key: Key | None = start
        while key is not None and key not in done and key not in walked:
            walked[key] = len(walked)
            key = parents.get(key)
        if key is not None and key in walked:
            found.update(each for each, place in walked.items() if place >= walked[key])
        done.update(walked)
    return found


def paths(parents: Mapping[int, int | None]) -> dict[int, str]:
    """Return each node's path, the ids from the root to itself: '/1/17/230/'. Raises ValueError on a circle."""
    made: dict[int, str] = {}
    for key in parents:
        missing = []
        for each in chain(key, parents):
            if each in made:
                break
            missing.append(each)
        for each in reversed(missing):
            above = parents.get(each)
            made[each] = f"{made[above] if above is not None else '/'}{each}/"
    return made


def ids_on(path: str) -> list[int]:
    """Return the ids of a path, from the root to the node itself."""
    return [int(each) for each in path.strip("/").split("/") if each]


def rolled_up(parents: Mapping[int, int | None], counts: Mapping[int, int]) -> dict[int, int]:
    """Return the count of each node: its own where there is one, else the sum of its children's; absent when neither.

    A union's own count stands above the sum: what the upper union reports includes all that lies below it.
    """
    below: dict[int | None, list[int]] = {}
    for key, above in parents.items():
        below.setdefault(above, []).append(key)
    totals = dict(counts)
    for key in _deepest_first(below, (key for key, above in parents.items() if above not in parents)):
        known = [totals[child] for child in below.get(key, ()) if child in totals]
        if key not in totals and known:
            totals[key] = sum(known)
    return totals


def _deepest_first(below: Mapping[int | None, list[int]], tops: Iterable[int]) -> list[int]:
    order = list(tops)
    for key in order:
        order.extend(below.get(key, ()))
    return order[::-1]
