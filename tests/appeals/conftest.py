"""A jury whose essay PH2222 is settled at 3,5 by two judges and may be appealed about for ten days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.judging import actions as judging
from quizapp.judging import drafts
from quizapp.models import Allocation, Appeal, Assessment, Essay, JudgeSeat, Settlement
from quizapp.vocabulary import FeedbackWhen
from tests.conftest import NOON
from tests.judging.conftest import Jury

UNTIL = NOON + timedelta(days=10)


class Appealing(Jury):
    """`an` and `binh` have marked; `chi` has never had the essay. `writer` has a browser: `phone`."""

    def __init__(self, app, cast, clock, **rule):
        super().__init__(app, cast, clock, **{"feedback": FeedbackWhen.SETTLED, "appeals_until": UNTIL, **rule})
        self.cdcs = cast.union("Công đoàn cơ sở Dệt Bình Minh", parent=self.province)
        others = [cast.union(f"CĐCS {name}", parent=self.province) for name in ("May Hai", "Gỗ Ba", "Thép Bốn")]
        self.an = self.judge("Lê An", others[0])
        self.binh = self.judge("Vũ Bình", others[1])
        self.writer = cast.person("Phạm Thị Hồng Nhung", union=self.cdcs, phone="0912345678")
        self.attempt = self.write("PH2222", self.cdcs, person=self.writer, text="Tổ công đoàn nên họp ngắn mỗi tuần.")
        self.allocate()
        self.chi = self.judge("Đỗ Chi", others[2])
        self.phone = self.browser(self.writer)
        self.desk = self.browser(self.organiser)

    def settle(self):
        """3 by one, 4 by the other: 3,5."""
        self.comment("PH2222", self.an, idea=100, style=200, comment="Ý tưởng cần rõ hơn.", notes="Ghi chú kín.")
        self.comment("PH2222", self.binh, idea=200, style=200, comment="Viết tốt.", notes="")

    def comment(self, code, person, *, idea, style, comment, notes):
        allocation_id = self.allocation(code, person)
        with transaction():
            allocation = session.get_one(Allocation, allocation_id)
            fields = {"mark-y-tuong": str(idea / 100), "mark-cach-viet": f"{style / 100:.2f}", "doubt": "1"}
            fields |= {"comment": comment, "notes": notes, "comment-y-tuong": f"Về ý: {comment}"}
            judging.finish(allocation, drafts.read(fields, allocation), by=person, now=self.clock.instant)

    @property
    def appeal_url(self):
        return f"/attempts/{self.attempt}/appeal"

    @property
    def desk_url(self):
        return "/organise/contests/cuoc-thi/essays/bai-viet/appeals"

    def ask(self, reason="Bài của tôi có nêu kinh phí ở cuối."):
        return self.phone.submit(self.appeal_url, {"reason": reason})

    def give(self):
        return self.desk.submit(f"{self.desk_url}/PH2222/judge")

    def mark_again(self, idea=200, style=300):
        self.finish("PH2222", self.chi, idea, style)

    def answer(self, choice, *, mark="", answer="Đã xem xét kỹ và quyết định.", **seen):
        fields = {"choice": choice, "mark": mark, "answer": answer, **self.seen(), **seen}
        return self.desk.submit(f"{self.desk_url}/PH2222", fields)

    def seen(self):
        with transaction(writes=False):
            stands = session.scalar(select(Settlement.id).where(Settlement.superseded_at.is_(None)))
            asked = select(Assessment.total).join(Allocation).where(Allocation.turn == "appeal")
            return {"seen": stands or 0, "seen_mark": session.scalar(asked) or 0}

    def appeal(self):
        with transaction(writes=False):
            return session.get(Appeal, self.attempt)

    def who_has_it(self):
        with transaction(writes=False):
            asked = select(JudgeSeat.person_id).join(Allocation, Allocation.seat_id == JudgeSeat.id)
            return session.scalars(asked.where(Allocation.turn == "appeal", Allocation.withdrawn_at.is_(None))).all()

    def essay(self):
        with transaction(writes=False):
            return session.get_one(Essay, self.attempt)


@pytest.fixture
def new_appealing(app, cast, clock):
    return lambda **rule: Appealing(app, cast, clock, **rule)


@pytest.fixture
def jury(new_appealing):
    made = new_appealing()
    made.settle()
    return made


def html(browser, url, status=200):
    reply = browser.get(url)
    assert reply.status_code == status
    return reply.get_data(as_text=True)
