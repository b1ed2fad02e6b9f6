"""Who may do what: `may_*(person, thing)`; a person's roles hold for the subtrees of the unions they were given for."""

from collections.abc import Iterable
from typing import Any, Protocol

from quizapp.vocabulary import Role


class Node(Protocol):
    path: str


class Grant(Protocol):
    role: str
    union: Any


class Actor(Protocol):
    id: int
    grants: Any


def paths(person: Actor, *roles: Role) -> tuple[str, ...]:
    """Return the paths of the subtrees over which a person has one of the roles; an admin has every role."""
    return tuple(grant.union.path for grant in person.grants if grant.role in (*roles, Role.ADMIN))


def covers(held: Iterable[str], node: Node | None) -> bool:
    """Return whether a node lies in one of the subtrees."""
    return node is not None and any(node.path.startswith(path) for path in held)


def may_work(person: Actor, role: Role) -> bool:
    """Return whether a person has a role anywhere: enough to see that role's desk, not what lies on it."""
    return bool(paths(person, role))


def may_answer(person: Actor, attempt: Any) -> bool:
    return bool(attempt.person_id == person.id)


def may_organise(person: Actor, contest: Any) -> bool:
    return covers(paths(person, Role.ORGANISER), contest.organiser)


def may_manage_union(person: Actor, union: Node) -> bool:
    return covers(paths(person, Role.ORGANISER), union)


def may_administer(person: Actor, union: Node) -> bool:
    return covers(paths(person, Role.ADMIN), union)
