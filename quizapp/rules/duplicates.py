"""Accounts that look like one person's: which pairs a human should look at, and why."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from quizapp.rules.vietnamese import canonical_phone, fold
from quizapp.vocabulary import DuplicateSign

YEARS_NEAR = 2
WEAK = frozenset({DuplicateSign.NAME_AND_UNIT})


@dataclass(frozen=True)
class Account:
    """What an account says of its person, as it was written."""

    id: int
    full_name: str
    birth_date: date | None
    phone: str | None
    member_number: str | None
    union_id: int | None


@dataclass(frozen=True)
class Pair:
    """Two accounts, the lower id first, and what makes them look like one person's."""

    first_id: int
    second_id: int
    signs: frozenset[DuplicateSign]

    @property
    def is_weak(self) -> bool:
        return self.signs <= WEAK


def pairs(accounts: Iterable[Account]) -> tuple[Pair, ...]:
    """Return the pairs that look like one person's: the strongest first, then by ids; the accounts' order is nothing.

    Names are compared without marks, numbers without blanks, dots and dashes. A name and a union alone are a sign only
    when the years of birth are near or one is not known: many people are called alike.
    """
    found: dict[tuple[int, int], set[DuplicateSign]] = defaultdict(set)
    known = list(accounts)
    for sign, groups in _groups(known).items():
        for group in groups.values():
            for one, other in combinations(sorted(group, key=lambda each: each.id), 2):
                if one.id != other.id and (sign not in WEAK or _are_near(one.birth_date, other.birth_date)):
                    found[one.id, other.id].add(sign)
    made = [Pair(*ids, frozenset(signs - WEAK or signs)) for ids, signs in found.items()]
    return tuple(sorted(made, key=lambda each: (each.is_weak, -len(each.signs), each.first_id, each.second_id)))


def bare_number(written: str | None) -> str | None:
    """Return a member number as it is compared: 'dv-000.123' → 'DV000123'; None for none."""
    return re.sub(r"[^0-9A-Z]", "", fold(written).upper()) or None if written else None


def _groups(accounts: Iterable[Account]) -> dict[DuplicateSign, dict[Hashable, list[Account]]]:
    groups: dict[DuplicateSign, dict[Hashable, list[Account]]] = {each: defaultdict(list) for each in DuplicateSign}
    for account in accounts:
        for sign, key in _keys(account):
            groups[sign][key].append(account)
    return groups


def _keys(account: Account) -> Iterator[tuple[DuplicateSign, Hashable]]:
    """Give what an account must share with another one, for each sign that it can have."""
    name = fold(account.full_name)
    if account.phone:
        yield DuplicateSign.PHONE, canonical_phone(account.phone) or account.phone
    if number := bare_number(account.member_number):
        yield DuplicateSign.MEMBER_NUMBER, number
    if account.birth_date:
        yield DuplicateSign.NAME_AND_BIRTH, (name, account.birth_date)
    if account.union_id is not None:
        yield DuplicateSign.NAME_AND_UNIT, (name, account.union_id)


def _are_near(one: date | None, other: date | None) -> bool:
    return one is None or other is None or abs(one.year - other.year) <= YEARS_NEAR
