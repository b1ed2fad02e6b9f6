"""Takes members in, changes them, hands out first-time codes and roles; each act leaves its audit event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.exc import IntegrityError

from quizapp.db import session
from quizapp.errors import ChangedMeanwhile, LastAdmin
from quizapp.members import queries
from quizapp.members.planning import Plan, Planned, differences
from quizapp.members.queries import Facts
from quizapp.models import AuditEvent, LogInSession, Person, RoleGrant, TradeUnion
from quizapp.rules.vietnamese import fold, name_key
from quizapp.vocabulary import Role
from quizapp.web.identity import locked_by, locks_of
from quizapp.web.passwords import hash_code, new_code, shown_code

AT_ONCE = 500  # ids in one statement


@dataclass(frozen=True)
class Card:
    """A first-time code as it is handed to a person, this once; the server keeps only its hash."""

    unit_code: str
    unit_name: str
    full_name: str
    phone: str | None
    member_number: str | None
    code: str


def import_members(
    plan: Plan, *, by: Person | None, now: datetime, file_name: str, with_codes: bool, reason: str = ""
) -> list[Card]:
    """Do what was planned; return the cards of the new people, by union and name, or none when no codes are wanted.

    reason: why facts are changed that contests have locked. Passwords of those who are there already stay.
    Raises ChangedMeanwhile when somebody else took a number just now.
    """
    codes = [new_code() if with_codes else None for _ in plan.new]
    made = [
        _columns(each) | {"first_code_hash": hash_code(code) if code else None, "created_at": now}
        for each, code in zip(plan.new, codes, strict=True)
    ]
    changed = [_columns(each) | {"key": each.person_id} for each in plan.changed]
    try:
        if made:
            session.execute(insert(Person), made)
        if changed:
            session.connection().execute(update(Person).where(Person.id == bindparam("key")), changed)
    except IntegrityError as error:
        raise ChangedMeanwhile() from error
    counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": len(plan.unchanged)}
    why = {"reason": reason} if reason else {}
    told = {"by_file": file_name, **why}
    events = [_event("import_members", f"file:{file_name}", counts | why | {"digest": plan.digest}, by, now)]
    events += [
        _event("change_member", f"person:{each.person_id}", told | _plain(each.changes), by, now)
        for each in plan.changed
    ]
    session.add_all(events)
    session.flush()
    return sorted(_planned_cards(plan.new, codes), key=_by_union_and_name)


def change_member(
    member: Person, facts: Facts, union: TradeUnion | None, *, by: Person, now: datetime, reason: str = ""
) -> bool:
    """Write the facts of a member; return whether any was new. Raises ChangedMeanwhile when a number is taken.

    reason: needed for what contests have locked (`locked_changes`).
    """
    changes = differences(queries.facts_of(member), facts)
    if not changes:
        return False
    for key in facts.keys() - {"unit"}:
        setattr(member, key, facts[key])
    member.name_folded, member.name_key = fold(member.full_name), name_key(member.full_name)
    member.union = union
    _note("change_member", member, ({"reason": reason} if reason else {}) | _plain(changes), by, now)
    try:
        session.flush()
    except IntegrityError as error:
        raise ChangedMeanwhile() from error
    return True


def locked_changes(member: Person, facts: Facts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of the facts would change what is locked, in words, and the contests that lock it."""
    return locked_by(locks_of([member.id]).get(member.id, ()), differences(queries.facts_of(member), facts))


def disable(member: Person, *, reason: str, by: Person, now: datetime) -> None:
    """Shut a member out at once; what they did stays."""
    member.disabled_at = now
    _end_log_ins([member.id])
    _note("disable_member", member, {"reason": reason}, by, now)


def enable(member: Person, *, reason: str, by: Person, now: datetime) -> None:
    member.disabled_at = None
    _note("enable_member", member, {"reason": reason}, by, now)


def issue_code(member: Person, *, by: Person | None, now: datetime) -> Card:
    """Give a member a new first-time code in place of password and old code, and end the member's log-ins."""
    code = new_code()
    member.password_hash, member.first_code_hash = None, hash_code(code)
    _end_log_ins([member.id])
    _note("issue_code", member, {}, by, now)
    return _card(member, code)


def issue_codes(people: Sequence[Person], union: TradeUnion, *, by: Person, now: datetime) -> list[Card]:
    """Give each of these people of a union's subtree a new first-time code, in one statement for however many."""
    codes = [new_code() for _ in people]
    kept = [{"key": each.id, "first_code_hash": hash_code(code)} for each, code in zip(people, codes, strict=True)]
    if kept:
        forget = update(Person).where(Person.id == bindparam("key")).values(password_hash=None)
        session.connection().execute(forget.values(first_code_hash=bindparam("first_code_hash")), kept)
    _end_log_ins([each.id for each in people])
    details = {"people": [each.id for each in people]}
    session.add(_event("issue_codes", f"union:{union.code}", details, by, now))
    session.flush()
    return [_card(each, code) for each, code in zip(people, codes, strict=True)]


def grant(member: Person, role: Role, union: TradeUnion, *, by: Person | None, now: datetime) -> Card | None:
    """Give a member a role over a union's subtree; return a card when the member must choose a password anew.

    A password that was chosen without a role may be too short for one; one that was chosen with a role is not.
    """
    if any(each.role == role.value and each.union_id == union.id for each in member.grants):
        return None
    is_first = not member.grants
    member.grants.append(RoleGrant(role=role.value, union=union))
    _note("grant_role", member, {"role": role.value, "union": union.code}, by, now)
    has_neither = member.password_hash is None and member.first_code_hash is None
    return issue_code(member, by=by, now=now) if has_neither or (is_first and member.password_hash) else None


def revoke(member: Person, held: RoleGrant, *, by: Person | None, now: datetime) -> None:
    """Take a role from a member. Raises LastAdmin when nobody would be left to administer that union."""
    if held.role == Role.ADMIN.value and not queries.other_admin(held):
        raise LastAdmin(union=held.union.name)
    _note("revoke_role", member, {"role": held.role, "union": held.union.code}, by, now)
    member.grants.remove(held)
    session.delete(held)
    session.flush()


def _columns(planned: Planned) -> dict[str, Any]:
    facts = {key: value for key, value in planned.facts.items() if key != "unit"}
    return facts | {
        "union_id": planned.unit.id if planned.unit else None,
        "name_folded": fold(planned.facts["full_name"]),
        "name_key": name_key(planned.facts["full_name"]),
    }


def _planned_cards(new: Iterable[Planned], codes: Iterable[str | None]) -> Iterable[Card]:
    for each, code in zip(new, codes, strict=True):
        if code and each.unit:
            facts = each.facts
            yield Card(
                each.unit.code,
                each.unit.name,
                facts["full_name"],
                facts["phone"],
                facts["member_number"],
                shown_code(code),
            )


def _by_union_and_name(card: Card) -> tuple[str, str, str]:
    return fold(card.unit_name), card.unit_code, name_key(card.full_name)


def _card(member: Person, code: str) -> Card:
    union = member.union
    return Card(
        union.code if union else "",
        union.name if union else "Chưa ghi đơn vị",
        member.full_name,
        member.phone,
        member.member_number,
        shown_code(code),
    )


def _end_log_ins(ids: Sequence[int]) -> None:
    for start in range(0, len(ids), AT_ONCE):
        session.execute(delete(LogInSession).where(LogInSession.person_id.in_(ids[start : start + AT_ONCE])))


def _note(action: str, member: Person, details: dict[str, Any], by: Person | None, now: datetime) -> None:
    session.add(_event(action, f"person:{member.id}", details, by, now))
    session.flush()


def _event(action: str, subject: str, details: dict[str, Any], by: Person | None, now: datetime) -> AuditEvent:
    return AuditEvent(at=now, actor_id=by.id if by else None, action=action, subject=subject, details=details)


def _plain(changes: Any) -> dict[str, list[str | None]]:
    """Old and new as JSON can keep them."""
    return {key: [None if each is None else str(each) for each in old_and_new] for key, old_and_new in changes.items()}
