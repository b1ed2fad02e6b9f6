"""The tree of a contest file: what stands under `contest:` as plain lists and dictionaries, maybe not yet complete."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from quizapp.errors import BadFile, RowProblem
from quizapp.formats import marked_yaml
from quizapp.formats.contest_file import ContestFile, read_contest, warnings
from quizapp.formats.contest_writing import Dumper, write_contest
from quizapp.formats.marked_yaml import Leaf, Listing, Node
from quizapp.rules.contest_rules import ContestRules

Tree = dict[str, Any]

ORDERS: Mapping[str, Sequence[str]] = {  # of the keys, by the list or mapping in which they stand
    "contest": (
        *("slug", "title", "organiser", "timezone", "audience", "entry", "identity", "divisions", "rounds"),
        *("standings", "prizes", "one_prize_per_person", "target_rate", "appeals", "publish"),
    ),
    "rounds": (
        *("key", "title", "opens", "closes", "sittings", "attempts", "time", "paper", "papers", "choose_paper"),
        *("avoid_seen", "must_answer_all", "order", "marks", "prediction", "practice", "show", "essay"),
    ),
    "standings": (
        *("key", "title", "of", "rounds", "combine", "by_division", "only_if", "order"),
        *("level", "measure", "weights", "top_k"),
    ),
    "prizes": ("key", "title", "standings", "count", "value_vnd", "by", "on_tie", "side"),
    "divisions": ("key", "title", "units", "kinds", "roles", "chosen"),
}
ABSENT: Any = object()  # what stands under a key that is not there; None says none
NUMBER = re.compile("0|[1-9][0-9]{0,8}")


@dataclass(frozen=True)
class Checked:
    """What a reader of contest files says to a tree; the `column` of a problem is its key path: 'rounds.1.closes'."""

    file: ContestFile | None
    problems: tuple[RowProblem, ...] = ()
    warnings: tuple[RowProblem, ...] = ()


def source_of(tree: Tree) -> str:
    """Return the contest file of a tree, its keys in the order of docs/contest-file.md."""
    written = {"contest": _ordered(tree, "contest")}
    return yaml.dump(written, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1000)


def tree_in(source: str) -> Tree:
    """Return the tree of a contest file, right or wrong as its values may be.

    Raises BadFile when the text is no YAML, or has no mapping under `contest:`.
    """
    root = _plain(marked_yaml.read(source))
    tree = root.get("contest") if isinstance(root, dict) else None
    if not isinstance(tree, dict) or len(root) > 1:
        text = "tệp phải có dòng “contest:” ở đầu, mọi khóa khác thụt vào dưới dòng này"
        raise BadFile([RowProblem(row=1, column="contest", text=text)])
    return tree


def tree_of(rules: ContestRules) -> Tree:
    return tree_in(write_contest(rules))


def checked(tree: Tree) -> Checked:
    """Return the file that a tree makes, or all that is wrong or missing, in the order of the file."""
    try:
        file = read_contest(source_of(tree))
    except BadFile as error:
        return Checked(None, tuple(error.problems))
    return Checked(file, warnings=tuple(warnings(file)))


def value_at(tree: Tree, path: str) -> Any:
    """Return the value under a key path ('attempts.limit'), ABSENT where there is none."""
    value: Any = tree
    for key in path.split("."):
        if not isinstance(value, dict) or key not in value:
            return ABSENT
        value = value[key]
    return value


def items_of(tree: Tree, part: str) -> list[Any]:
    """Return a list of the tree; what stands there and is no list has no items."""
    found = tree.get(part)
    return list(found) if isinstance(found, list) else []


def named_in(paper: Tree) -> list[str]:
    """Return the questions of a fixed paper as 'bank:id'."""
    named = (str(each) for each in items_of(paper, "questions") if not isinstance(each, dict | list))
    return [each if ":" in each else f"{paper.get('bank')}:{each}" for each in named]


def put(tree: Tree, path: str, value: Any) -> None:
    """Set what stands under a key path, or take it away with the mappings that it leaves empty: ABSENT."""
    key, _, below = path.partition(".")
    if not below and value is ABSENT:
        tree.pop(key, None)
    elif not below:
        tree[key] = value
    else:
        inner = tree.get(key)
        if not isinstance(inner, dict):
            if value is ABSENT:
                return
            inner = {}
        put(inner, below, value)
        put(tree, key, inner or ABSENT)


def _ordered(value: Any, name: str) -> Any:
    if isinstance(value, list):
        return [_ordered(each, name) for each in value]
    if not isinstance(value, dict):
        return value
    known = ORDERS.get(name, ())
    keys = [*(key for key in known if key in value), *(key for key in value if key not in known)]
    return {key: _ordered(value[key], key) for key in keys}


def _plain(node: Node) -> Any:
    if isinstance(node, Leaf):
        return _value(node)
    if isinstance(node, Listing):
        return [_plain(each) for each in node.items]
    found: Tree = {}
    for key, value in node.entries:
        if key.text in found:
            text = f"khóa “{key.text}” đã có ở trên; xin bỏ một dòng"
            raise BadFile([RowProblem(row=key.line, column=key.text, text=text)])
        found[key.text] = _plain(value)
    return found


def _value(leaf: Leaf) -> Any:
    """Return a value so that it is written again as it was: quotation marks keep a number a text."""
    if leaf.is_nothing:
        return None
    if leaf.quoted:
        return leaf.text
    if leaf.text in ("true", "false"):
        return leaf.text == "true"
    return int(leaf.text) if NUMBER.fullmatch(leaf.text) else leaf.text
