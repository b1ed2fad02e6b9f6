"""Makes contests from drafts, publishes them, and takes that back while nobody has sat."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from quizapp.contests import checking
from quizapp.contests.actions import load_contest
from quizapp.contests.practice import write_practice
from quizapp.contests.queries import contest_of
from quizapp.db import session
from quizapp.errors import BadFile, RowProblem
from quizapp.formats.contest_file import ContestFile
from quizapp.models import Attempt, Contest, ContestDraft, Person, Round
from quizapp.refusals import NotReadyToPublish, PublishedAndSat
from quizapp.releasing import queries, rehearsing
from quizapp.releasing.audit import note
from quizapp.vocabulary import Purpose


def check(draft: ContestDraft, file: ContestFile, *, by: Person) -> None:
    """Raise BadFile when `save` would; change nothing."""
    if found := [*_of_slug(draft, file), *checking.problems(file, draft.contest, by)]:
        raise BadFile(found)


def save(draft: ContestDraft, file: ContestFile, *, by: Person, now: datetime) -> Contest:
    """Let the contest of a draft be what the draft says: a new one is seen by its organisers alone. Raises BadFile."""
    check(draft, file, by=by)
    if draft.contest is not None and draft.contest.slug != file.rules.slug:
        draft.contest.slug = file.rules.slug  # which nobody has been told yet
        session.flush()
    contest = load_contest(file, now=now, by=by, is_public=False)
    draft.contest_id = contest.id
    session.flush()
    return contest


def publish(contest: Contest, *, by: Person, now: datetime) -> None:
    """Let everybody see a contest, with its practice; what was rehearsed is thrown away. Raises NotReadyToPublish."""
    _hold(contest)
    if contest.published_at is not None:
        return
    if queries.problems(contest):
        raise NotReadyToPublish()
    rehearsing.forget(contest)
    contest.published_at = now
    session.flush()
    write_practice(contest, now=now)
    note("publish_contest", contest, by, now)


def take_back(contest: Contest, *, reason: str, by: Person, now: datetime) -> None:
    """Let only organisers see a contest again. Raises PublishedAndSat when anybody has begun, be it for practice."""
    _hold(contest)
    if contest.published_at is None:
        return
    if is_sat(contest):
        raise PublishedAndSat()
    published_at, contest.published_at = contest.published_at, None
    session.flush()
    write_practice(contest, now=now)
    note("take_back_contest", contest, by, now, reason=reason, published_at=published_at.isoformat())


def is_sat(contest: Contest) -> bool:
    """Return whether anybody has begun an attempt, for real or for practice."""
    begun = exists().where(
        Attempt.round_id == Round.id, Round.contest_id == contest.id, Round.purpose != Purpose.REHEARSAL
    )
    return bool(session.scalar(select(begun)))


def _of_slug(draft: ContestDraft, file: ContestFile) -> Sequence[RowProblem]:
    """A draft never changes another contest, nor the address that everybody was told."""
    slug, text = file.rules.slug, ""
    other = contest_of(slug)
    if other is not None and other.id != draft.contest_id:
        text = f"“{slug}” đã là tên của một cuộc thi khác; xin chọn tên khác"
    elif draft.contest and draft.contest.published_at and slug != draft.contest.slug:
        text = f"cuộc thi đã công bố ở địa chỉ “{draft.contest.slug}”; xin giữ nguyên tên này"
    return [RowProblem(row=file.line_of("slug"), column="slug", text=text)] if text else []


def _hold(contest: Contest) -> None:
    """Two who press at once come one after the other; a first attempt that begins meanwhile waits, or is seen."""
    session.refresh(contest, with_for_update={"of": Contest})
    session.execute(select(Round.id).where(Round.contest_id == contest.id).with_for_update())
