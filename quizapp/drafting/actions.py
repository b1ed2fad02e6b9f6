"""Makes, saves and deletes drafts of contests."""

from copy import deepcopy
from datetime import datetime

from sqlalchemy import select

from quizapp.db import session
from quizapp.drafting import queries
from quizapp.drafting.arranging import fill_names
from quizapp.errors import ChangedMeanwhile
from quizapp.formats.contest_tree import Tree, tree_of
from quizapp.models import AuditEvent, Contest, ContestDraft, Person, TradeUnion
from quizapp.rules.permissions import may_manage_union


def make(
    organiser: TradeUnion, tree: Tree, *, by: Person, now: datetime, contest: Contest | None = None
) -> ContestDraft:
    """Make a draft of a new contest, or of changes to one that is there; return it."""
    made = ContestDraft(organiser=organiser, contest=contest, tree=tree, version=1, made_at=now, changed_at=now)
    made.made_by_id = made.changed_by_id = by.id
    _take_tree(made, tree, by)
    session.add(made)
    session.flush()
    _note("make_draft", made, by, now)
    return made


def draft_changes(contest: Contest, *, by: Person, now: datetime) -> ContestDraft:
    """Return the draft of changes to a contest, made from its rules where there is none."""
    session.refresh(contest, with_for_update={"of": Contest})  # of two who press at once the second finds the draft
    found = queries.draft_of(contest)
    return found or make(contest.organiser, tree_of(contest.rules), by=by, now=now, contest=contest)


def save(draft: ContestDraft, tree: Tree, *, seen: int, by: Person, now: datetime) -> None:
    """Keep a draft as it was typed. seen: the version that was read. Raises ChangedMeanwhile."""
    _hold_as_seen(draft, seen)
    _take_tree(draft, tree, by)
    draft.version, draft.changed_by_id, draft.changed_at = seen + 1, by.id, now
    session.flush()


def delete(draft: ContestDraft, *, seen: int, by: Person, now: datetime) -> None:
    """Delete a draft as it was seen; a contest that was made of it stays. Raises ChangedMeanwhile."""
    _hold_as_seen(draft, seen)
    _note("delete_draft", draft, by, now)
    session.delete(draft)
    session.flush()


def hold(draft: ContestDraft) -> None:
    """Read a draft anew and hold it: nobody saves between this reading and the save."""
    session.refresh(draft, with_for_update=True)


def _hold_as_seen(draft: ContestDraft, seen: int) -> None:
    hold(draft)
    if draft.version != seen:
        raise ChangedMeanwhile()


def _take_tree(draft: ContestDraft, tree: Tree, by: Person) -> None:
    tree = deepcopy(tree)
    fill_names(tree, queries.taken_slugs(draft))
    draft.tree = tree
    union = session.scalar(select(TradeUnion).where(TradeUnion.code == str(tree.get("organiser", ""))))
    if union is not None and may_manage_union(by, union):
        draft.organiser = union


def _note(action: str, draft: ContestDraft, by: Person, now: datetime) -> None:
    details = {"title": str(draft.tree.get("title", "")), "union": draft.organiser.code}
    session.add(AuditEvent(at=now, actor_id=by.id, action=action, subject=f"draft:{draft.id}", details=details))
