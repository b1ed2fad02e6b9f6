"""A worker whose phone was without network at the close, and an organiser."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.attempts import actions
from quizapp.attempts.late import changes_of
from quizapp.db import session, transaction
from quizapp.late.queries import Count, count
from quizapp.models import Attempt, AuditEvent, Contest, LateDecision, Response
from quizapp.vocabulary import Role
from tests.attempts.conftest import Phone, cdcs, contest, phone, province, worker
from tests.conftest import NOON

__all__ = ["cdcs", "contest", "phone", "province", "worker"]  # fixtures
CLOSE = timedelta(minutes=20)


class Desk:
    """An organiser's browser, before the late answers of one attempt."""

    def __init__(self, client, phone: Phone):
        self.client, self.phone = client, phone
        self.list = "/organise/contests/cuoc-thi/late"
        self.url = f"{self.list}/{phone.attempt_id}"

    def page(self):
        return self.client.get(self.url).get_data(as_text=True)

    def decide(self, action, *picked, reason="Mất mạng ở xưởng", seen=None):
        seen = len(self.late()) if seen is None else seen
        return self.client.submit(self.url, {"action": action, "pick": list(picked), "reason": reason, "seen": seen})

    def undo(self, reason="Bấm nhầm người", decision=None):
        with transaction(writes=False):
            standing = session.scalar(select(LateDecision.id).where(LateDecision.undone_at.is_(None)))
        return self.client.submit(f"{self.url}/undo", {"decision": decision or standing, "reason": reason})

    def late(self):
        """The keys of all late changes, as the page ticks them."""
        with transaction(writes=False):
            return [f"{each.slot}-{each.number}" for each in changes_of(self.phone.attempt())]

    def counted(self) -> Count:
        with transaction(writes=False):
            return count(session.scalars(select(Contest)).one())

    def events(self):
        with transaction(writes=False):
            asked = select(AuditEvent).where(AuditEvent.subject == f"attempt:{self.phone.attempt_id}")
            return list(session.scalars(asked.order_by(AuditEvent.id)))

    def rows(self):
        """What is stored of the attempt, whole."""
        with transaction(writes=False):
            asked = select(Response.slot, Response.number, Response.answer, Response.flagged, Response.saved_at).where(
                Response.attempt_id == self.phone.attempt_id
            )
            attempt = session.get_one(Attempt, self.phone.attempt_id)
            return attempt.mark, attempt.submitted_at, set(session.execute(asked).tuples())


@pytest.fixture
def boss(cast, province):
    return cast.person("Trần Thị Tổ Chức", roles=[(Role.ORGANISER, province)])


@pytest.fixture
def desk(app, cast, boss, phone):
    return Desk(cast.log_in(app.test_client(), boss), phone)


@pytest.fixture
def written(clock):
    """Give an instant of the phone's clock, counted from the close, as the phone sends it."""

    def at(seconds: float) -> int:
        return int((NOON + CLOSE + timedelta(seconds=seconds)).timestamp() * 1000)

    return at


@pytest.fixture
def late(phone, clock, written):
    """Slot 1 is saved wrong, slot 3 right; late come 1 and 2 right and in time, 3 cleared after the close."""
    right = phone.right_places()
    wrong = next(place for place in "1234" if place != right[1])
    phone.put(phone.change(1, wrong), phone.change(3, right[3], flagged=True))
    clock.at(minutes=20, seconds=2)
    with transaction():
        actions.close_overdue(now=clock.instant)
    clock.at(minutes=35)
    changes = [
        phone.change(1, right[1], written_at=written(-12)),
        phone.change(2, right[2], written_at=written(1)),
        phone.change(3, None, written_at=written(30)),
    ]
    phone.put(*changes)
    clock.at(minutes=60)
    return [f"{each['slot']}-{each['number']}" for each in changes]
