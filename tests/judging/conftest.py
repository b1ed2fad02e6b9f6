"""A jury: a round that is only an essay and is over, essays of known codes, judges and their browsers."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.attempts.actions import new_receipt
from quizapp.db import session, transaction
from quizapp.essays import actions as desk
from quizapp.judging import actions, drafts
from quizapp.models import (
    Allocation,
    Assessment,
    Attempt,
    AuditEvent,
    Essay,
    JudgeSeat,
    Paper,
    Person,
    Round,
    Rubric,
    Settlement,
)
from quizapp.rules.round_rules import EssayRule
from quizapp.rules.rubrics import Criterion, RubricContent, RubricLevel
from quizapp.vocabulary import Role, UnionKind
from tests.conftest import NOON

LEVELS = (RubricLevel("Chưa đạt", "Không có ý", 0), RubricLevel("Đạt", "Có ý", 100), RubricLevel("Tốt", "Ý mới", 200))
CONTENT = RubricContent(
    (Criterion("y-tuong", "Ý tưởng", "Mới, cụ thể", 200, LEVELS), Criterion("cach-viet", "Cách viết", "", 300))
)
OPENED = NOON - timedelta(days=3)
CLOSED = NOON - timedelta(hours=1)


class Jury:
    """One round of essays with its judges; marks are out of 5."""

    def __init__(self, app, cast, clock, *, slug="cuoc-thi", **rule):
        self.app, self.cast, self.clock = app, cast, clock
        self.province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)
        self.organiser = cast.person("Trần Thị Tổ Chức", union=self.province, roles=[(Role.ORGANISER, self.province)])
        essay = EssayRule(prompt="Một ý tưởng đổi mới.", max_mark=500, rubric="sang-kien", **{"gap": 100, **rule})
        rules = cast.round_rules("bai-viet", opens_at=OPENED, closes_at=CLOSED, draws=(), essay=essay, time_limit=None)
        self.contest = cast.contest(slug, organiser=self.province, rounds=[rules])
        with transaction():
            shape = {"code": "sang-kien", "version": 1, "title": "Sáng kiến", "made_at": OPENED}
            session.add(Rubric(union_id=self.province.id, content=CONTENT, **shape))

    def round(self) -> Round:
        return session.scalars(select(Round).where(Round.contest_id == self.contest.id)).one()

    def write(self, code, union, *, text="Bài viết về công đoàn.", person=None) -> int:
        person = person or self.cast.person(f"Người Viết {code}", union=union)
        with transaction():
            paper = Paper(round_id=self.round().id, seed="0", shape="", made_at=OPENED)
            session.add(paper)
            session.flush()
            times = {"started_at": OPENED, "closes_at": CLOSED, "submitted_at": CLOSED}
            made = Attempt(
                person_id=person.id, round_id=self.round().id, paper_id=paper.id, union_id=union.id, number=1,
                mark=0, max_mark=500, receipt=new_receipt(), **times,
            )  # fmt: skip
            session.add(made)
            session.flush()
            words = len(text.split())
            session.add(Essay(attempt_id=made.id, code=code, number=1, text=text, words=words, saved_at=CLOSED))
        return made.id

    def judge(self, name, union, **seat) -> Person:
        person = self.cast.person(name, union=union, roles=[(Role.JUDGE, union)])
        self.seat(person, **seat)
        return person

    def seat(self, person, *, capacity=None, is_chair=False):
        with transaction():
            desk.seat(
                self.round(), person, capacity=capacity, is_chair=is_chair, by=self.organiser, now=self.clock.instant
            )

    def unseat(self, person):
        with transaction():
            kept = session.scalars(select(JudgeSeat).where(JudgeSeat.person_id == person.id)).one()
            return desk.unseat(self.round(), kept, by=self.organiser, now=self.clock.instant)

    def allocate(self, early=False):
        with transaction():
            return desk.allocate(self.round(), early=early, by=self.organiser, now=self.clock.instant)

    def given(self, person=None):
        """Code and name of each judge who has it now."""
        with transaction(writes=False):
            asked = select(Essay.code, Person.full_name).join(Allocation, Allocation.attempt_id == Essay.attempt_id)
            asked = asked.join(JudgeSeat, JudgeSeat.id == Allocation.seat_id).join(
                Person, Person.id == JudgeSeat.person_id
            )
            rows = session.execute(asked.where(Allocation.withdrawn_at.is_(None))).tuples().all()
        return sorted((code, name) for code, name in rows if person is None or name == person.full_name)

    def allocation(self, code, person) -> int:
        with transaction(writes=False):
            asked = select(Allocation.id).join(Essay).join(JudgeSeat)
            return session.scalars(asked.where(Essay.code == code, JudgeSeat.person_id == person.id)).one()

    def finish(self, code, person, idea, style):
        """Give marks out of 2 by level and out of 3 freely, in hundredths."""
        allocation_id = self.allocation(code, person)
        with transaction():
            allocation = session.get_one(Allocation, allocation_id)
            fields = {"mark-y-tuong": str(idea / 100), "mark-cach-viet": f"{style / 100:.2f}"}
            draft = drafts.read(fields, allocation)
            assert not draft.problems
            actions.finish(allocation, draft, by=person, now=self.clock.instant)

    def settlements(self):
        """Code, mark and whether it stands, of all layers."""
        with transaction(writes=False):
            asked = select(Essay.code, Settlement.mark, Settlement.superseded_at).join(
                Settlement, Settlement.attempt_id == Essay.attempt_id
            )
            rows = session.execute(asked.order_by(Settlement.id)).tuples().all()
        return [(code, mark, gone is None) for code, mark, gone in rows]

    def essay_mark(self, code):
        with transaction(writes=False):
            asked = select(Attempt.essay_mark).join(Essay, Essay.attempt_id == Attempt.id)
            return session.scalar(asked.where(Essay.code == code))

    def totals(self, code):
        with transaction(writes=False):
            asked = select(Assessment.total).join(Allocation).join(Essay)
            return sorted(session.scalars(asked.where(Essay.code == code, Assessment.total.is_not(None))))

    def events(self):
        with transaction(writes=False):
            return [each.action for each in session.scalars(select(AuditEvent).order_by(AuditEvent.id))]

    def browser(self, person):
        return self.cast.log_in(self.app.test_client(), person)


@pytest.fixture
def new_jury(app, cast, clock):
    return lambda **rule: Jury(app, cast, clock, **rule)


@pytest.fixture
def jury(new_jury):
    """Two judges of two unions, one essay of a third: PH2222."""
    made = new_jury()
    made.cdcs = made.cast.union("Công đoàn cơ sở Dệt Bình Minh", parent=made.province)
    others = [made.cast.union(f"CĐCS {name}", parent=made.province) for name in ("May Hai", "Gỗ Ba", "Thép Bốn")]
    made.an, made.binh, made.chi = (
        made.judge(name, union) for name, union in zip(("Lê An", "Vũ Bình", "Đỗ Chi"), others, strict=True)
    )
    made.write("PH2222", made.cdcs)
    return made
