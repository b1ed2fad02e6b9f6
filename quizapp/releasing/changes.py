"""What changes between two trees of a contest, in the words of organisers: where, what stood there, what will."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from quizapp.drafting.wording import ITEMS, LABELS, label_of, word_of
from quizapp.formats.contest_tree import ABSENT
from quizapp.web.tree_fields import NO_LIMIT

LISTS = {**ITEMS, "papers": "Đề"}  # of parts that have a key: how one of them is called
NAMES = {"of": "Xếp hạng", "age": "Tuổi", "files": "Tệp kèm theo", "words": "Độ dài"}  # that have no field of the form
INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::00)?")
NOTHING = "không"
ENDLESS = ("attempts.limit", "practice.attempts", "time")

Tree = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """where: 'Đợt thi “Tuần 1” › Kết thúc lúc'; old or new None: it was not there, it will not be there."""

    where: str
    old: str | None
    new: str | None


def changes(old: Tree, new: Tree) -> list[Change]:
    """Return all that differs, in the order of the later tree, then what goes."""
    return list(_of_mapping(old, new, Place()))


@dataclass(frozen=True)
class Place:
    """Where in a tree one is. part: of the form; path: below it; told: the titles above, in words."""

    told: str = ""
    part: str = ""
    path: str = ""

    def at(self, key: str) -> "Place":
        part = self.part or ("publish" if _is_published(key) else "general")
        return Place(self.told, part, f"{self.path}.{key}" if self.path else key)

    @property
    def name(self) -> str:
        """The field's label says enough without the sections in which it stands."""
        above, _, key = self.path.rpartition(".")
        return label_of(self.part, self.path) or NAMES.get(key) or f"{label_of(self.part, above)} {key}".strip()


def _is_published(key: str) -> bool:
    return any(path.partition(".")[0] == key for path in LABELS["publish"])


def _of_mapping(old: Tree, new: Tree, place: Place) -> Iterator[Change]:
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = old.get(key, ABSENT), new.get(key, ABSENT)
        if before == after:
            continue
        here, pair = place.at(key), (before, after)
        if key in LISTS and all(each is ABSENT or isinstance(each, list) for each in pair):
            rows = [each if isinstance(each, list) else [] for each in pair]
            yield from _of_list(rows[0], rows[1], key, place)
        elif any(isinstance(each, dict) for each in pair) and not any(isinstance(each, str | int) for each in pair):
            trees = [each if isinstance(each, dict) else {} for each in pair]
            yield from list(_of_mapping(trees[0], trees[1], here)) or [
                Change(place.told + here.name, _told(before, here), _told(after, here))
            ]
        else:
            yield Change(place.told + here.name, _told(before, here), _told(after, here))


def _of_list(old: list[Any], new: list[Any], key: str, place: Place) -> Iterator[Change]:
    before, after = ({str(each.get("key")): each for each in parts} for parts in (old, new))
    inner = Place(part=place.part, path=key) if place.part else Place(part=key)
    for name, part in after.items():
        if name not in before:
            yield Change(_called(part, key, place), None, "thêm mới")
        else:
            told = f"{_called(before[name], key, place)} › "
            yield from _of_mapping(before[name], part, replace(inner, told=told))
    for name, part in before.items():
        if name not in after:
            yield Change(_called(part, key, place), "đang có", None)
    kept = [name for name in after if name in before]
    if kept != [name for name in before if name in after]:
        titles = (
            ", ".join(str(each.get("title") or name) for name, each in parts.items()) for parts in (before, after)
        )
        yield Change(f"{place.told}{LISTS[key]} › Thứ tự", *titles)


def _called(part: Tree, key: str, place: Place) -> str:
    return f"{place.told}{LISTS[key]} “{part.get('title') or part.get('key')}”"


def _told(value: Any, place: Place) -> str:
    if value is ABSENT:
        return NOTHING
    if value is None:
        return NO_LIMIT if place.path in ENDLESS else NOTHING
    if isinstance(value, bool):
        return "có" if value else NOTHING
    if isinstance(value, list):
        return "; ".join(_told(each, place) for each in value) or NOTHING
    if isinstance(value, dict):
        return ", ".join(f"{place.at(name).name}: {_told(each, place.at(name))}" for name, each in value.items())
    if found := INSTANT.fullmatch(str(value)):
        day = datetime.strptime(found[1], "%Y-%m-%d")
        return f"{found[2]} ngày {day:%d/%m/%Y}"
    return word_of(place.part, place.path, str(value))
