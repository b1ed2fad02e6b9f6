"""Unions by their names where a contest's tree has codes: whoever fills in a form knows the names."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from quizapp.db import session
from quizapp.formats.contest_tree import Tree, items_of, put, value_at
from quizapp.models import Person, TradeUnion
from quizapp.models.unions import lies_within
from quizapp.rules import permissions
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Role

MOST_ALIKE = 8
MOST_NAMED = 300


def take_names(tree: Tree, by: Person) -> None:
    """Put codes in place of names that are of one union alone among those that a person looks after."""
    for mapping, path in _lists(tree):
        texts = [each for each in value_at(mapping, path) if isinstance(each, str)]
        if len(texts) == len(value_at(mapping, path)) and texts:
            put(mapping, path, list(dict.fromkeys(_coded(texts, by))))


def named_units(tree: Tree, by: Person) -> list[tuple[str, str]]:
    """Return what stands for each code of the tree; for what is no code, the unions whose names are like it."""
    texts = [str(each) for mapping, path in _lists(tree) for each in value_at(mapping, path)][:MOST_NAMED]
    known = _names(texts)
    return [(each, known[each] if each in known else _told(alike(each, by))) for each in dict.fromkeys(texts)]


def alike(text: str, by: Person) -> Sequence[TradeUnion]:
    """Return the unions looked after whose name has all words of a text, with or without marks; the same name first."""
    words = fold(text).split()
    if len("".join(words)) < 2:
        return []
    found = select(TradeUnion).where(lies_within(permissions.paths(by, Role.ORGANISER)))
    found = found.where(*(TradeUnion.name_folded.contains(word, autoescape=True) for word in words))
    order = (TradeUnion.name_folded != " ".join(words), TradeUnion.name_folded, TradeUnion.id)
    return session.scalars(found.order_by(*order).limit(MOST_ALIKE)).all()


def _lists(tree: Tree) -> list[tuple[Tree, str]]:
    divisions = [(each, "units") for each in items_of(tree, "divisions") if isinstance(each, dict)]
    places = [(tree, "audience.units"), *divisions]
    return [(mapping, path) for mapping, path in places if isinstance(value_at(mapping, path), list)]


def _coded(texts: Sequence[str], by: Person) -> Iterable[str]:
    known = _names(word for text in texts for word in (text, *text.split()))
    for text in texts:
        if text in known:
            yield text
        elif all(word in known for word in text.split()):
            yield from text.split()
        else:
            found = alike(text, by)
            same = [each for each in found if each.name_folded == " ".join(fold(text).split())]
            meant = same if len(same) == 1 else found
            yield meant[0].code if len(meant) == 1 else text


def _names(codes: Iterable[str]) -> Mapping[str, str]:
    asked = select(TradeUnion.code, TradeUnion.name).where(TradeUnion.code.in_(set(codes)))
    return dict(session.execute(asked).tuples().all())


def _told(found: Sequence[TradeUnion]) -> str:
    if not found:
        return "không có đơn vị nào có tên hay mã này"
    names = "; ".join(f"{each.name} (mã {each.code})" for each in found)
    return f"có thể là {names}. Xin ghi rõ tên hơn hoặc ghi mã"
