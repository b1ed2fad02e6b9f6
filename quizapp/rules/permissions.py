"""Who may do what: `may_*(person, thing)`; a person's roles hold for the subtrees of the unions they were given for."""

from collections.abc import Iterable
from typing import Any, Protocol

from quizapp.vocabulary import Role

_SLASHES_OF_A_ROOT = 2  # '/1/'


class Node(Protocol):
    @property
    def path(self) -> str: ...


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


def is_one_line(path: str, other: str) -> bool:
    """Return whether one of two unions is the other or lies above it."""
    return path.startswith(other) or other.startswith(path)


def has_whole_tree(held: Iterable[str]) -> bool:
    return any(path.count("/") == _SLASHES_OF_A_ROOT for path in held)


def may_work(person: Actor, role: Role) -> bool:
    """Return whether a person has a role anywhere: enough to see that role's desk, not what lies on it."""
    return bool(paths(person, role))


def may_answer(person: Actor, attempt: Any) -> bool:
    return bool(attempt.person_id == person.id)


def may_end_log_in(person: Actor, log_in: Any) -> bool:
    return bool(log_in.person_id == person.id)


def may_organise(person: Actor, contest: Any) -> bool:
    return covers(paths(person, Role.ORGANISER), contest.organiser)


def may_follow(person: Actor, contest: Any) -> bool:
    """Return whether a person sees how unions take part: its organiser all of them, others those of the own subtree.

    A contest that is not public is there for its organisers alone.
    """
    held = paths(person, Role.ORGANISER)
    taking_part = (union.path for union in contest.audience if contest.published_at)
    return covers(held, contest.organiser) or any(is_one_line(each, path) for each in taking_part for path in held)


def may_manage_union(person: Actor, union: Node) -> bool:
    return covers(paths(person, Role.ORGANISER), union)


def may_draft(person: Actor, draft: Any) -> bool:
    return may_manage_union(person, draft.organiser)


def may_administer(person: Actor, union: Node) -> bool:
    return covers(paths(person, Role.ADMIN), union)


def may_see_person(person: Actor, member: Any) -> bool:
    """Organisers see the members of their subtrees; people without a union belong to admins of the whole tree."""
    if member.union is None:
        return sees_people_without_union(person)
    return covers(paths(person, Role.ORGANISER), member.union)


def sees_people_without_union(person: Actor) -> bool:
    return has_whole_tree(paths(person))


def may_change_person(person: Actor, member: Any) -> bool:
    """Who changes a log-in can become that person: so nobody may who has less, anywhere, than that person has."""
    return may_see_person(person, member) and all(
        covers(paths(person, Role(grant.role)), grant.union) for grant in member.grants
    )


def may_place(person: Actor, entrant: Any) -> bool:
    """Return whether an organiser of a contest may write down the union of somebody who takes part in it without one.

    Where that person has a role only those who have as much may: a union brings power over its people's log-ins.
    """
    return entrant.union is None and all(covers(paths(person, Role(each.role)), each.union) for each in entrant.grants)


def may_give_roles(person: Actor, member: Any) -> bool:
    """Return whether a person may give this member roles; over which unions, `may_administer` says.

    A role may bring a new first-time code, so giving one asks for as much as changing the log-in.
    """
    return may_work(person, Role.ADMIN) and may_change_person(person, member)


def may_use_rubric(person: Actor, rubric: Any) -> bool:
    """A rubric serves the contests of its union and of those below: their organisers see it."""
    return any(is_one_line(rubric.union.path, path) for path in paths(person, Role.ORGANISER))


def may_change_rubric(person: Actor, rubric: Any) -> bool:
    return may_manage_union(person, rubric.union)


def may_use_bank(person: Actor, bank: Any) -> bool:
    """A bank serves the contests of its union and of those above and below; a shipped one has no union, serves all."""
    if bank.union is None:
        return may_work(person, Role.ORGANISER)
    return any(is_one_line(bank.union.path, path) for path in paths(person, Role.ORGANISER))


def may_change_bank(person: Actor, bank: Any) -> bool:
    """Return whether a person may change a bank and its questions; a shipped one only admins of the whole tree may."""
    if bank.union is None:
        return has_whole_tree(paths(person))
    return may_manage_union(person, bank.union)


def may_change_laws(person: Actor) -> bool:
    """The register of laws serves everybody: organisers and admins of a whole tree keep it."""
    return any(path.count("/") == _SLASHES_OF_A_ROOT for path in paths(person, Role.ORGANISER))


def may_sit(person: Actor, seat: Any) -> bool:
    """Return whether a seat of a jury is this person's and was not left."""
    return bool(seat.person_id == person.id) and seat.left_at is None


def may_judge(person: Actor, allocation: Any) -> bool:
    """Return whether a judge has an essay, or had it until the time for it ran out: what was written stays readable."""
    return may_sit(person, allocation.seat) and (allocation.withdrawn_at is None or allocation.is_lapsed)


def may_chair(person: Actor, seat: Any) -> bool:
    return may_sit(person, seat) and bool(seat.is_chair)
