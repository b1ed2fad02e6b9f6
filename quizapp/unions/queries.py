"""Finds unions: the parts of the tree that a person looks after, and those that a contestant may pick."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, or_, select, true
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.models import Contest, MemberCount, Person, TradeUnion
from quizapp.models.unions import lies_within, people_belong_to, stands_on
from quizapp.rules import permissions
from quizapp.rules.paging import page_count
from quizapp.rules.union_tree import ids_on, key_of, rolled_up
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Role

ON_A_PAGE = 50
MOST_FOUND = 20


@dataclass(frozen=True)
class ListedUnion:
    """A union in a list: its members at a day, counted there or summed from below; and how many lie right under it."""

    union: TradeUnion
    members: int | None
    is_sum: bool
    below: int
    is_ended: bool


@dataclass(frozen=True)
class Page:
    rows: list[ListedUnion]
    number: int
    pages: int
    count: int


def roots(person: Person) -> list[TradeUnion]:
    """Return the unions whose subtrees a person looks after, none below another, by name."""
    held = [grant.union for grant in person.grants if grant.role in (Role.ORGANISER, Role.ADMIN)]
    unique = {union.id: union for union in held}
    tops = [one for one in unique.values() if not any(_is_below(one, other) for other in unique.values())]
    return sorted(tops, key=lambda union: union.name_folded)


def children(union: TradeUnion, *, today: date, page: int) -> Page:
    """Return a page, from 1, of the unions right under one, those that ended last."""
    return _page(TradeUnion.parent_id == union.id, today=today, page=page)


def found(person: Person, search: str, *, today: date, page: int) -> Page:
    """Return a page of the unions looked after whose name or code has all words of the search."""
    words = [TradeUnion.name_folded.contains(word, autoescape=True) for word in fold(search).split()]
    code = func.lower(TradeUnion.code).startswith(search.strip().lower(), autoescape=True)
    wanted = or_(code, *([] if not words else [_all(words)]))
    return _page(lies_within(permissions.paths(person, Role.ORGANISER)), wanted, today=today, page=page)


def listed(unions: Sequence[TradeUnion], *, today: date) -> list[ListedUnion]:
    """Return unions with what a list shows of each."""
    ids = [union.id for union in unions]
    below = dict(
        session.execute(
            select(TradeUnion.parent_id, func.count())
            .where(TradeUnion.parent_id.in_(ids))
            .group_by(TradeUnion.parent_id)
        )
        .tuples()
        .all()
    )
    own, total = _members(unions, today)
    return [
        ListedUnion(
            union=union,
            members=total.get(union.id),
            is_sum=union.id not in own and union.id in total,
            below=below.get(union.id, 0),
            is_ended=is_ended(union, today),
        )
        for union in unions
    ]


def above(union: TradeUnion, person: Person | None = None) -> list[TradeUnion]:
    """Return the unions above one, from the root; with a person, only those that the person looks after."""
    ids = [each for each in ids_on(union.path) if each != union.id]
    by_id = {each.id: each for each in session.scalars(select(TradeUnion).where(TradeUnion.id.in_(ids)))}
    chain = [by_id[each] for each in ids if each in by_id]
    return [each for each in chain if person is None or permissions.may_manage_union(person, each)]


def member_counts(union: TradeUnion) -> Sequence[MemberCount]:
    """Return the counts of a union, the latest first."""
    return session.scalars(
        select(MemberCount).where(MemberCount.union_id == union.id).order_by(MemberCount.counted_on.desc())
    ).all()


def people_in(union: TradeUnion) -> tuple[int, int]:
    """Return how many people are registered in the union itself and in its whole subtree."""
    own = session.scalar(select(func.count()).where(Person.union_id == union.id)) or 0
    tree = (
        select(func.count())
        .select_from(Person)
        .join(TradeUnion, TradeUnion.id == Person.union_id)
        .where(TradeUnion.path.startswith(union.path))
    )
    return own, session.scalar(tree) or 0


def pickable(slug: str, search: str, *, today: date) -> list[TradeUnion]:
    """Return at most 20 unions that a contestant of the contest may name as theirs, the best matches first.

    Every word of the search stands in the name, in any order, with or without marks; fewer than two letters find none.
    """
    contest = session.scalar(select(Contest).where(Contest.slug == slug, Contest.published_at.is_not(None)))
    phrase = fold(search)[:100]
    words = phrase.split()[:10]
    if contest is None or len(phrase) < 2:
        return []
    name = TradeUnion.name_folded
    statement = (
        select(TradeUnion)
        .where(people_belong_to([union.path for union in contest.audience], today))
        .where(*(name.contains(word, autoescape=True) for word in words))
        .order_by(_likeness(phrase, words), func.length(name), name, TradeUnion.id)
        .limit(MOST_FOUND)
        .options(joinedload(TradeUnion.parent))
    )
    return list(session.scalars(statement))


def lock_tree() -> None:
    """Hold the tree until the transaction ends: two who move unions at once would write paths that contradict."""
    session.execute(select(TradeUnion.id).order_by(TradeUnion.id).with_for_update(key_share=True))


def is_taken(code: str) -> bool:
    """Return whether a union has the code, in whatever case: lists would take one for the other."""
    wanted = key_of(code)  # made here: the database's lower() knows no Đ
    return any(key_of(each) == wanted for each in session.scalars(select(TradeUnion.code)))


def is_ended(union: TradeUnion, today: date) -> bool:
    return union.valid_to is not None and union.valid_to < today


def _page(*conditions: ColumnElement[bool], today: date, page: int) -> Page:
    count = session.scalar(select(func.count(TradeUnion.id)).where(*conditions)) or 0
    pages = page_count(count, ON_A_PAGE)
    number = min(max(1, page), pages)
    ended = case((TradeUnion.valid_to < today, 1), else_=0)
    unions = session.scalars(
        select(TradeUnion)
        .where(*conditions)
        .order_by(ended, TradeUnion.name_folded, TradeUnion.id)
        .offset((number - 1) * ON_A_PAGE)
        .limit(ON_A_PAGE)
        .options(joinedload(TradeUnion.parent))
    ).all()
    return Page(listed(unions, today=today), number, pages, count)


def _members(unions: Sequence[TradeUnion], today: date) -> tuple[set[int], dict[int, int]]:
    """Return which unions have a count of their own, and the count or sum of each; ended ones below count no more."""
    if not unions:
        return set(), {}
    latest = (
        select(MemberCount.union_id, func.max(MemberCount.counted_on).label("day"))
        .where(MemberCount.counted_on <= today)
        .group_by(MemberCount.union_id)
        .subquery()
    )
    shown = [union.id for union in unions]
    counts_now = or_(stands_on(TradeUnion, today), TradeUnion.id.in_(shown))
    rows = session.execute(
        select(TradeUnion.id, TradeUnion.parent_id, case((counts_now, MemberCount.members)).label("members"))
        .outerjoin(latest, latest.c.union_id == TradeUnion.id)
        .outerjoin(MemberCount, (MemberCount.union_id == latest.c.union_id) & (MemberCount.counted_on == latest.c.day))
        .where(lies_within([union.path for union in unions]))
    ).all()
    counts = {row.id: row.members for row in rows if row.members is not None}
    return set(counts), rolled_up({row.id: row.parent_id for row in rows}, counts)


def _is_below(union: TradeUnion, other: TradeUnion) -> bool:
    return union.id != other.id and union.path.startswith(other.path)


def _all(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    whole: ColumnElement[bool] = true()
    for each in conditions:
        whole &= each
    return whole


def _likeness(phrase: str, words: Sequence[str]) -> ColumnElement[int]:
    """Order: the name begins with the search, has it at the begin of a word, has each word at the begin of one."""
    spaced = " " + TradeUnion.name_folded
    return case(
        (TradeUnion.name_folded.startswith(phrase, autoescape=True), 0),
        (spaced.contains(" " + phrase, autoescape=True), 1),
        (_all(spaced.contains(" " + word, autoescape=True) for word in words), 2),
        else_=3,
    )
