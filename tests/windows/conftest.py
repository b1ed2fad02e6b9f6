"""An organiser who changes hours while a worker sits."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Attempt, AuditEvent, Contest, Person, Round, WindowChange
from quizapp.vocabulary import Role, WindowChangeKind
from quizapp.windows import actions
from quizapp.windows.actions import Asked
from tests.attempts.conftest import begin, cdcs, contest, phone, province, worker
from tests.conftest import NOON

__all__ = ["cdcs", "contest", "phone", "province", "worker"]  # fixtures
WEEK = 7 * 24 * 60  # the round closes then, in minutes after noon


def minute(number):
    return NOON + timedelta(minutes=number)


class Hours:
    """The organiser's hand on the hours, and a look at what they became; instants in minutes after noon."""

    def __init__(self, clock, organiser):
        self.clock, self.organiser = clock, organiser

    def _act(self, act, *args, at, **facts):
        with transaction():
            contest = session.scalars(select(Contest)).one()
            by = session.get_one(Person, self.organiser.id)
            return act(contest, *args, by=by, now=self.clock.at(minutes=at), **facts)

    def change(self, kind, *, at=5, reason="Mất điện toàn khu", **facts):
        return self._act(actions.change, Asked(WindowChangeKind(kind), reason, **facts), at=at).id

    def outage(self, start, end, *, at):
        return self.change("outage", starts_at=minute(start), ends_at=minute(end), at=at)

    def preview(self, kind, *, at=5, reason="Mất điện toàn khu", **facts):
        return self._act(actions.preview, Asked(WindowChangeKind(kind), reason, **facts), at=at)

    def pause(self, *, at, reason="Máy chủ bảo trì"):
        return self._act(actions.pause, reason=reason, at=at).id

    def resume(self, *, at):
        self._act(actions.resume, at=at)

    def undo(self, change_id, *, at):
        self._act(actions.undo, change_id, at=at)

    def round_closes(self, key="tuan-1"):
        with transaction(writes=False):
            return _minutes(session.scalar(select(Round.closes_at).where(Round.key == key)))

    def closes(self, attempt_id):
        with transaction(writes=False):
            return _minutes(session.get_one(Attempt, attempt_id).closes_at)

    def standing(self):
        with transaction(writes=False):
            return session.scalars(select(WindowChange).where(WindowChange.undone_at.is_(None))).all()

    def audited(self):
        with transaction(writes=False):
            asked = select(AuditEvent.action).where(AuditEvent.subject == "contest:cuoc-thi")
            return list(session.scalars(asked.order_by(AuditEvent.id)))


def _minutes(instant):
    return (instant - NOON).total_seconds() / 60


@pytest.fixture
def organiser(cast, province):
    return cast.person("Đỗ Tổ Chức", union=province, roles=[(Role.ORGANISER, province)])


@pytest.fixture
def hours(clock, contest, organiser):
    return Hours(clock, organiser)


@pytest.fixture
def sit(clock):
    """Let somebody begin so many minutes after noon; return the attempt's id."""

    def begin_at(person, number=0):
        return begin(person, now=clock.at(minutes=number))

    return begin_at
