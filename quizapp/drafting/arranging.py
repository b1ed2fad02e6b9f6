"""Adds, copies, moves and names the items of a draft's lists, and moves its days."""

import re
from collections.abc import Collection
from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any

from quizapp.formats.contest_tree import Tree, items_of
from quizapp.rules.vietnamese import fold

NAMED = ("rounds", "divisions", "standings")  # a prize needs no key
INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ].*)")
WEEK = 7


def add(tree: Tree, part: str, item: Tree) -> int:
    """Add an item at the end; return its number, from 1."""
    items = tree[part] = [*items_of(tree, part), item]
    return len(items)


def copy(tree: Tree, part: str, number: int) -> int:
    """Put a copy of an item at the end, its number in name and title counted on; a round a week later."""
    item = deepcopy(items_of(tree, part)[number - 1])
    if isinstance(item, dict):
        taken = {str(each.get("key")) for each in items_of(tree, part) if isinstance(each, dict)}
        title, key = str(item.get("title") or ""), str(item.get("key") or "")
        item |= {"title": _counted_on(title), "key": _free(_counted_on(key), taken)} if key else {}
        item = shifted(item, WEEK) if part == "rounds" else item
    return add(tree, part, item)


def remove(tree: Tree, part: str, number: int) -> None:
    """Take an item out of its list; a list that is empty then goes, too."""
    items = items_of(tree, part)
    del items[number - 1]
    if items:
        tree[part] = items
    else:
        tree.pop(part, None)


def move_up(tree: Tree, part: str, number: int) -> None:
    """Let an item change places with the one before it; the first stays."""
    items = items_of(tree, part)
    if number > 1:
        items[number - 2 : number] = items[number - 1], items[number - 2]
        tree[part] = items


def fill_names(tree: Tree, taken_slugs: Collection[str]) -> None:
    """Give a name to what has a title and none: the contest's address, rounds, divisions, boards."""
    if not tree.get("slug") and tree.get("title"):
        tree["slug"] = _free(name_of(str(tree["title"]), most=50), {*taken_slugs, "new"})
    for part in NAMED:
        items = [each for each in items_of(tree, part) if isinstance(each, dict)]
        for item in items:
            if not item.get("key") and item.get("title"):
                taken = {str(each.get("key")) for each in items}
                item["key"] = _free(name_of(str(item["title"]), most=36), taken)
    for round_ in items_of(tree, "rounds"):
        _fill_papers(items_of(round_, "papers") if isinstance(round_, dict) else [])


def _fill_papers(papers: list[Any]) -> None:
    """Nobody but the file needs the names of fixed papers; they are numbered."""
    papers = [each for each in papers if isinstance(each, dict)]
    for paper in papers:
        if not paper.get("key"):
            paper["key"] = _free("de-1", {str(each.get("key")) for each in papers})


def name_of(title: str, *, most: int) -> str:
    """Return a title as it may stand in an address: 'Tuần 1' → 'tuan-1'."""
    return "-".join(re.findall("[a-z0-9]+", fold(title).lower()))[:most].strip("-") or "muc"


def to_come(tree: Tree, today: date) -> Tree:
    """Return a tree all of whose instants are moved by whole weeks, so that no round opens within a week."""
    opens = [str(each.get("opens")) for each in items_of(tree, "rounds") if isinstance(each, dict)]
    days = [date.fromisoformat(found[1]) for each in opens if (found := INSTANT.fullmatch(each))]
    missing = (today + timedelta(days=WEEK) - min(days)).days if days else 0
    return shifted(tree, -(-missing // WEEK) * WEEK) if missing > 0 else tree


def shifted(value: Any, days: int) -> Any:
    """Return the same with every instant so many days later."""
    if isinstance(value, dict):
        return {key: shifted(each, days) for key, each in value.items()}
    if isinstance(value, list):
        return [shifted(each, days) for each in value]
    found = INSTANT.fullmatch(value) if isinstance(value, str) else None
    try:
        return f"{datetime.fromisoformat(found[1]) + timedelta(days=days):%Y-%m-%d}{found[2]}" if found else value
    except (ValueError, OverflowError):
        return value


def _counted_on(text: str) -> str:
    """'Tuần 1' → 'Tuần 2'; what ends with no number stays."""
    return re.sub(r"([0-9]{1,4})$", lambda found: str(int(found[1]) + 1), text)


def _free(name: str, taken: Collection[str]) -> str:
    while name in taken:
        counted = _counted_on(name)
        name = counted if counted != name else f"{name}-2"
    return name
