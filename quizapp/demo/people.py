"""The people of the demo: 2,000 made-up members, and those who show each role, with passwords made for this install."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from quizapp.db import session
from quizapp.demo.names import people
from quizapp.demo.unions import Tree
from quizapp.models import Person, RoleGrant, TradeUnion
from quizapp.rules.vietnamese import fold, name_key
from quizapp.vocabulary import EntrantRole, Role
from quizapp.web.passwords import hash_password

MEMBERS = 2000
WORDS = "biển bưởi chè cau cầu dừa đồi gạo gió hồ lúa mai mía mưa nắng núi quế rừng sen sông suối tre trúc vườn"


@dataclass(frozen=True)
class LogIn:
    """One line of the table that `make run` prints."""

    role: Role
    name: str
    password: str

    def __str__(self) -> str:
        return f"{self.role.value} {self.name} {self.password}"


@dataclass(frozen=True)
class Cast:
    members: list[Person]
    contestants: list[Person]  # those who can log in
    organiser: Person
    judges: list[Person]  # the first one can log in
    log_ins: list[LogIn]


def gather(rng: Random, tree: Tree, now: datetime) -> Cast:
    """Make everybody; return who there is and how to log in."""
    phones = (f"0999{number:06d}" for number in count(100_001))
    made = _people(rng, phones, now)
    members = [next(made) for _ in range(MEMBERS)]
    # One officer in every union, then as many as the draw gives, never more than the union has members.
    rest = [union.id for union in tree.grassroots for _ in range(round(tree.members[union.id] * 0.9) - 1)]
    homes = [union.id for union in tree.grassroots] + rng.sample(rest, MEMBERS - len(tree.grassroots))
    for place, (member, home) in enumerate(zip(members, homes, strict=True)):
        member.union_id = home
        member.entrant_role = (EntrantRole.OFFICER if place < len(tree.grassroots) else EntrantRole.MEMBER).value
    contestants = members[200:203]
    organiser, zone_organiser, judge, admin, colleague = (next(made) for _ in range(5))
    log_ins = [_log_in(each, Role.CONTESTANT) for each in contestants]
    session.add_all([*members, organiser, zone_organiser, judge, admin, colleague])
    for person, role, union in (
        (organiser, Role.ORGANISER, tree.province),
        (zone_organiser, Role.ORGANISER, tree.zone),
        (judge, Role.JUDGE, tree.province),
        (admin, Role.ADMIN, tree.province),
    ):
        log_ins.append(_log_in(person, role))
        _grant(person, role, union)
    _grant(colleague, Role.JUDGE, tree.province)
    session.flush()
    return Cast(members, contestants, organiser, [judge, colleague], log_ins)


def _people(rng: Random, phones: Iterator[str], now: datetime) -> Iterator[Person]:
    for name, phone in zip(people(rng), phones, strict=False):
        yield Person(
            full_name=name,
            name_folded=fold(name),
            name_key=name_key(name),
            birth_date=date(1966, 1, 1) + timedelta(days=rng.randrange(40 * 365)),
            phone=phone,
            member_number=f"SL{phone[4:]}",
            created_at=now - timedelta(days=40),
        )


def _log_in(person: Person, role: Role) -> LogIn:
    words = [secrets.choice(fold(WORDS).split()) for _ in range(4)]
    password = f"{'-'.join(words)}-{secrets.randbelow(900) + 100}"
    person.password_hash = hash_password(password)
    return LogIn(role, person.phone or "", password)


def _grant(person: Person, role: Role, union: TradeUnion) -> None:
    person.union_id = union.id
    person.entrant_role = EntrantRole.OFFICER.value
    person.grants.append(RoleGrant(role=role.value, union_id=union.id))
