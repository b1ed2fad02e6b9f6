"""Imports, adds and mends unions, keeps their member counts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from quizapp.db import session
from quizapp.formats.union_list import UnionList
from quizapp.models import AuditEvent, MemberCount, Person, TradeUnion
from quizapp.rules.union_tree import key_of, paths
from quizapp.rules.vietnamese import fold
from quizapp.unions import queries
from quizapp.unions.planning import Plan, Planned, plan

FACTS = ("name", "kind", "workplace", "valid_from", "valid_to")


def import_unions(
    listing: UnionList, *, by: Person | None, now: datetime, expected: str | None = None, file_name: str = ""
) -> Plan:
    """Take in a list of unions and return what was done, all or nothing.

    expected: the digest of the plan that was confirmed; when the tree has changed since, nothing is written and the
    returned plan has another digest. Raises BadFile with every problem.
    """
    queries.lock_tree()
    made = plan(listing, by=by)
    if expected is not None and made.digest != expected:
        return made
    if len(made.those("unchanged")) < len(made.rows):
        _write_unions(made)
        _write_counts(made)
    counts = {what: len(made.those(what)) for what in ("new", "changed", "unchanged")}
    _audit("import_unions", "unions", by, now, {"file": file_name, **counts})
    return made


def add_union(parent: TradeUnion, code: str, facts: dict[str, Any], *, by: Person, now: datetime) -> TradeUnion:
    """Add a union under another and return it. facts: name, kind, valid_from, valid_to; the code must be free."""
    made = TradeUnion(code=code, name_folded=fold(facts["name"]), parent_id=parent.id, **facts)
    session.add(made)
    session.flush()
    made.path = f"{parent.path}{made.id}/"
    _audit("add_union", f"union:{code}", by, now, {"name": made.name, "parent": parent.code})
    return made


def change_union(union: TradeUnion, facts: dict[str, Any], *, by: Person, now: datetime) -> bool:
    """Give a union another name, kind or dates of validity; return whether anything changed."""
    before = {fact: getattr(union, fact) for fact in FACTS}
    changed = {fact: [str(before[fact]), str(facts[fact])] for fact in FACTS if facts[fact] != before[fact]}
    if not changed:
        return False
    for fact in FACTS:
        setattr(union, fact, facts[fact])
    union.name_folded = fold(union.name)
    _audit("change_union", f"union:{union.code}", by, now, changed)
    return True


def keep_count(union: TradeUnion, *, counted_on: date, members: int, by: Person, now: datetime) -> None:
    """Store how many members a union had on a day, in place of what was stored for that day."""
    stored = session.get(MemberCount, (union.id, counted_on))
    details = {"day": counted_on.isoformat(), "members": members, "before": stored.members if stored else None}
    session.merge(MemberCount(union_id=union.id, counted_on=counted_on, members=members))
    _audit("count_members", f"union:{union.code}", by, now, details)


def _write_unions(made: Plan) -> None:
    if new := made.those("new"):
        session.execute(insert(TradeUnion), [_facts(each) | {"code": each.row.code, "path": ""} for each in new])
    rows = session.execute(select(TradeUnion.id, TradeUnion.code, TradeUnion.parent_id, TradeUnion.path)).all()
    ids = {key_of(row.code): row.id for row in rows}
    parents = {row.id: row.parent_id for row in rows}
    for each in made.rows:
        if each.row.code and each.row.parent_code:
            parents[ids[key_of(each.row.code)]] = ids[key_of(each.row.parent_code)]
    written = paths(parents)
    moved = [row for row in rows if written[row.id] != row.path or parents[row.id] != row.parent_id]
    _update([{"id": row.id, "parent_id": parents[row.id], "path": written[row.id]} for row in moved])
    _update([_facts(each) | {"id": each.known.id} for each in made.those("changed") if each.known])


def _facts(each: Planned) -> dict[str, Any]:
    """Return what a row says; where it says nothing, what is known."""
    facts = {fact: getattr(each.row, fact) or getattr(each.known, fact, None) for fact in FACTS}
    return facts | {"name_folded": fold(facts["name"] or "")}


def _update(rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.execute(update(TradeUnion), rows)


def _write_counts(made: Plan) -> None:
    ids = {key_of(row.code): row.id for row in session.execute(select(TradeUnion.id, TradeUnion.code))}
    columns = (MemberCount.union_id, MemberCount.counted_on, MemberCount.members)
    stored = {(union_id, day): members for union_id, day, members in session.execute(select(*columns)).tuples()}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in (each.row for each in made.rows):
        if row.members is None or row.counted_on is None:
            continue
        key = ids[key_of(row.code)], row.counted_on
        if stored.get(key) != row.members:
            count = {"union_id": key[0], "counted_on": key[1], "members": row.members}
            (changed if key in stored else new).append(count)
    if new:
        session.execute(insert(MemberCount), new)
    if changed:
        session.execute(update(MemberCount), changed)


def _audit(action: str, subject: str, by: Person | None, now: datetime, details: dict[str, Any]) -> None:
    session.add(AuditEvent(at=now, actor_id=by.id if by else None, action=action, subject=subject, details=details))
    session.flush()
