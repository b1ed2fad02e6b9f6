"""Who may see and change a member: nobody may become somebody who has more."""

from dataclasses import dataclass, field

import pytest

from quizapp.rules import permissions
from quizapp.vocabulary import Role


@dataclass
class Node:
    path: str


@dataclass
class Grant:
    role: str
    union: Node


@dataclass
class Someone:
    union: Node | None = None
    grants: list = field(default_factory=list)
    id: int = 0


ROOT, PROVINCE, FACTORY, OTHER = Node("/1/"), Node("/1/2/"), Node("/1/2/3/"), Node("/1/4/")


def having(role, node, union=None):
    return Someone(union=union, grants=[Grant(role.value, node)])


ORGANISER = having(Role.ORGANISER, PROVINCE)
ADMIN = having(Role.ADMIN, PROVINCE)


@pytest.mark.parametrize(("union", "seen"), [(PROVINCE, True), (FACTORY, True), (ROOT, False), (OTHER, False)])
def test_members_are_seen_in_the_own_subtree_only(union, seen):
    assert permissions.may_see_person(ORGANISER, Someone(union)) is seen
    assert permissions.may_change_person(ORGANISER, Someone(union)) is seen


def test_an_id_that_begins_alike_is_another_union():
    assert not permissions.may_see_person(ORGANISER, Someone(Node("/1/20/")))


def test_people_without_a_union_belong_to_admins_of_the_whole_tree():
    assert permissions.may_see_person(having(Role.ADMIN, ROOT), Someone())
    assert not permissions.may_see_person(having(Role.ORGANISER, PROVINCE), Someone())
    assert not permissions.may_see_person(ADMIN, Someone())


@pytest.mark.parametrize(
    ("actor", "role", "over", "may"),
    [
        (ORGANISER, Role.ORGANISER, FACTORY, True),
        (ORGANISER, Role.ORGANISER, PROVINCE, True),
        (ORGANISER, Role.ORGANISER, ROOT, False),
        (ORGANISER, Role.ORGANISER, OTHER, False),
        (ORGANISER, Role.JUDGE, FACTORY, False),
        (ORGANISER, Role.ADMIN, FACTORY, False),
        (ADMIN, Role.ADMIN, FACTORY, True),
        (ADMIN, Role.ADMIN, PROVINCE, True),
        (ADMIN, Role.JUDGE, FACTORY, True),
        (ADMIN, Role.ORGANISER, OTHER, False),
        (ADMIN, Role.ADMIN, ROOT, False),
    ],
)
def test_a_member_with_a_role_is_changed_only_by_who_has_that_role_over_as_much(actor, role, over, may):
    member = having(role, over, union=FACTORY)
    assert permissions.may_see_person(actor, member)
    assert permissions.may_change_person(actor, member) is may


def test_one_role_that_is_not_covered_is_enough_to_refuse():
    member = Someone(FACTORY, [Grant(Role.ORGANISER.value, FACTORY), Grant(Role.ADMIN.value, ROOT)])
    assert not permissions.may_change_person(ORGANISER, member)
    assert not permissions.may_give_roles(ADMIN, member)


def test_only_admins_give_roles():
    assert permissions.may_give_roles(ADMIN, Someone(FACTORY))
    assert not permissions.may_give_roles(ORGANISER, Someone(FACTORY))
    assert not permissions.may_give_roles(ADMIN, Someone(OTHER))


@dataclass
class Bank:
    union: Node | None


@pytest.mark.parametrize(
    ("actor", "union", "may_use", "may_change"),
    [
        (ORGANISER, PROVINCE, True, True),
        (ORGANISER, FACTORY, True, True),
        (ORGANISER, ROOT, True, False),
        (ORGANISER, OTHER, False, False),
        (ORGANISER, None, True, False),
        (ADMIN, None, True, False),
        (having(Role.ORGANISER, ROOT), None, True, False),
        (having(Role.ADMIN, ROOT), None, True, True),
        (having(Role.JUDGE, ROOT), None, False, False),
        (having(Role.JUDGE, ROOT), ROOT, False, False),
    ],
)
def test_a_bank_serves_one_line_of_unions_and_is_changed_by_those_who_organise_it(actor, union, may_use, may_change):
    assert permissions.may_use_bank(actor, Bank(union)) is may_use
    assert permissions.may_change_bank(actor, Bank(union)) is may_change
