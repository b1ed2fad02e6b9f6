"""A contest that some have sat, its organiser's browser, and two accounts that may be one person's."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from quizapp.attempts import actions
from quizapp.db import session, transaction
from quizapp.models import Attempt, AuditEvent, Contest, Disqualification, DuplicateDecision, Person, Round
from quizapp.vocabulary import Role
from tests.attempts.conftest import begin

URL = "/organise/contests/cuoc-thi"


class Desk:
    def __init__(self, app: Any, cast: Any, clock: Any):
        self.app, self.cast, self.clock = app, cast, clock
        self.province = cast.union("LĐLĐ tỉnh Mẫu")
        self.sewing = cast.union("CĐCS May Mẫu", parent=self.province)
        self.shoes = cast.union("CĐCS Giày Mẫu", parent=self.province)
        cast.bank()
        self.contest = cast.contest(organiser=self.province)
        self.organiser = cast.person("Đỗ Tổ Chức", union=self.province, roles=[(Role.ORGANISER, self.province)])
        self.browser = cast.log_in(app.test_client(), self.organiser)

    def worker(self, name="Nguyễn Thị Ánh", *, union=None, attempts=1, **facts) -> Person:
        """Somebody who has handed in so many attempts of the contest."""
        person = self.cast.person(name, union=union or self.sewing)
        for _ in range(attempts):
            attempt_id = begin(person, now=self.clock.instant)
            with transaction():
                actions.hand_in(session.get_one(Attempt, attempt_id), now=self.clock.instant)
        with transaction():
            for name, value in facts.items():
                setattr(session.get_one(Person, person.id), name, value)
        return person

    def twins(self) -> tuple[Person, Person]:
        """Two accounts of one name and birth date in two unions."""
        born = {"birth_date": date(1988, 5, 6)}
        return self.worker("Trần Văn Đôi", **born), self.worker("TRAN VAN DOI", union=self.shoes, **born)

    def page(self, path: str, status=200) -> str:
        reply = self.browser.get(URL + path)
        assert reply.status_code == status
        return reply.get_data(as_text=True)

    def submit(self, path: str, **data):
        return self.browser.submit(URL + path, data)

    def refuse(self, person, reason="Nhờ người khác thi hộ", attempt=""):
        return self.submit(f"/entrants/{person.id}/disqualify", attempt=attempt, reason=reason)

    def lift(self, reason="Đã xác minh lại"):
        standing = next(each for each in self.stored(Disqualification) if each.lifted_at is None)
        return self.submit(f"/entrants/disqualified/{standing.id}/lift", reason=reason)

    def decide(self, pair, verdict, out=None, reason="Công đoàn cơ sở xác nhận"):
        named = {"out": str(out.id) if out else "0"} if verdict == "same" else {}
        return self.submit(self.address(pair), verdict=verdict, reason=reason, **named)

    def address(self, pair):
        return f"/duplicates/{pair[0].id}/{pair[1].id}"

    def attempts(self, person) -> list[int]:
        with transaction(writes=False):
            return list(session.scalars(select(Attempt.id).where(Attempt.person_id == person.id).order_by(Attempt.id)))

    def stored(self, kind):
        assert kind in (Disqualification, DuplicateDecision, Person)
        with transaction(writes=False):
            return session.scalars(select(kind).order_by(kind.id)).all()

    def remarkings(self) -> int:
        with transaction(writes=False):
            return session.scalars(select(Contest.remarkings)).one()

    def events(self):
        with transaction(writes=False):
            asked = select(AuditEvent.action, AuditEvent.details).where(AuditEvent.subject == "contest:cuoc-thi")
            return session.execute(asked.order_by(AuditEvent.id)).tuples().all()

    def rehearse(self):
        """Turn the contest's round into one that is sat for practice."""
        with transaction():
            session.scalars(select(Round)).one().purpose = "practice"


@pytest.fixture
def desk(app, cast, clock):
    return Desk(app, cast, clock)
