"""How what is typed of a question is read: lines, tags, topics as a tree of codes and names."""

import re
import unicodedata
from collections.abc import Mapping

from quizapp.rules.vietnamese import clean, fold


def lines(typed: str | None) -> str:
    """Return typed lines composed and trimmed, without blank ones at the ends."""
    text = unicodedata.normalize("NFC", typed or "")
    return "\n".join(clean(line) for line in text.splitlines()).strip()


def split_tags(typed: str | None) -> tuple[str, ...]:
    """Return the tags of 'luật, an toàn; 2026', each once."""
    return tuple(
        dict.fromkeys(tag for tag in (clean(part) for part in (typed or "").replace(";", ",").split(",")) if tag)
    )


def topic_tree(topics: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return topics as a tree: those below another stand under it, further in."""
    order = sorted(topics, key=lambda code: [topics.get(part, part) for part in topic_line(code)])
    return [(code, "\u00a0\u00a0\u00a0" * code.count("/") + topics[code]) for code in order]


def topic_line(code: str) -> list[str]:
    """Return a topic's code after those above it: 'a/b' → ['a', 'a/b']."""
    parts = code.split("/")
    return ["/".join(parts[: place + 1]) for place in range(len(parts))] if code else []


def topic_code(name: str) -> str:
    """Return the part of a topic's code that a name gives: 'Hợp đồng lao động' → 'hop-dong-lao-dong'."""
    return _dashed(name)[:40].strip("-")


def fold_name(text: str) -> str:
    """Return a text as a name that may stand in a bank file: 'Thử việc (quản lý)' → 'thu-viec-quan-ly'."""
    return _dashed(text) or "cau-1"


def _dashed(text: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", fold(text)))
