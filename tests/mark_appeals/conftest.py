"""A contest of five questions, over since noon: An has all right, Bình one wrong; appeals for ten days."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.attempts import actions as sitting
from quizapp.db import session, transaction
from quizapp.models import Attempt, Contest, MarkAppeal, PaperSlot, Question, QuestionVersion, Response, Round
from quizapp.rules.contest_rules import BoardRules
from quizapp.vocabulary import Role, StandingsOf
from tests.conftest import NOON

CLOSES, UNTIL = NOON + timedelta(days=7), NOON + timedelta(days=10)
REASON = "Tôi thấy câu này có hai phương án đúng."
ANSWER = "Đã xem lại từng câu và đáp án."


class Sat:
    """`an` and `binh` sat; `boss` organises. Bình's browser is `phone`, the organiser's `desk`."""

    def __init__(self, app, cast, clock, *, slug="cuoc-thi", bank="luat", appeals_until=UNTIL, **rule):
        self.app, self.cast, self.clock, self.slug, self.bank = app, cast, clock, slug, bank
        self.province = cast.union("Liên đoàn Lao động tỉnh Mẫu")
        cast.bank(bank, single=5)
        board = BoardRules("ca-nhan", "Cá nhân", StandingsOf.PEOPLE)
        self.contest = cast.contest(
            slug,
            organiser=self.province,
            boards=[board],
            rounds=[cast.round_rules(draws=(cast.draw(bank, 5),), **rule)],
            appeals_until=appeals_until,
        )
        self.an, self.binh = (cast.person(name, union=self.province) for name in ("Nguyễn Văn An", "Trần Thị Bình"))
        self.boss = cast.person("Lê Văn Chủ", union=self.province, roles=[(Role.ORGANISER, self.province)])
        self.first = self.sit(self.an, position=0, minutes=1)
        self.attempt = self.sit(self.binh, position=1, minutes=2)
        clock.instant = CLOSES
        self.phone, self.desk = (cast.log_in(app.test_client(), each) for each in (self.binh, self.boss))

    def sit(self, person, *, position, minutes):
        """Choose the option at this position of the bank in the first question, in the others the right one."""
        with transaction():
            round_ = session.scalar(select(Round).where(Round.contest_id == self.contest.id))
            attempt = sitting.start(session.merge(person), round_, entry_code="", now=self.clock.at(minutes=minutes))
            for slot in session.scalars(select(PaperSlot).where(PaperSlot.paper_id == attempt.paper_id)).all():
                wanted = position if slot.version_id == self.first_version() else 0
                place = slot.option_order.split(",").index(str(wanted)) + 1
                kept = {"attempt_id": attempt.id, "paper_id": attempt.paper_id, "slot": slot.number, "number": 1}
                session.add(Response(answer=str(place), saved_at=self.clock.instant, **kept))
            session.flush()
            sitting.hand_in(attempt, now=self.clock.at(minutes=minutes + 5))
            return attempt.id

    @property
    def url(self):
        return f"/attempts/{self.attempt}/mark-appeal"

    @property
    def desk_url(self):
        return f"/organise/contests/{self.slug}/mark-appeals"

    def slot(self):
        """The number that the first question of the bank has in Bình's paper."""
        with transaction(writes=False):
            asked = select(PaperSlot.number).join(Attempt, Attempt.paper_id == PaperSlot.paper_id)
            return session.scalar(asked.where(Attempt.id == self.attempt, PaperSlot.version_id == self.first_version()))

    def first_version(self):
        asked = select(QuestionVersion.id).join(Question, Question.id == QuestionVersion.question_id)
        return session.scalars(asked.where(Question.ref == f"{self.bank}-001")).one()

    def ask(self, reason=REASON, slot=""):
        return self.phone.submit(self.url, {"reason": reason, "slot": slot})

    def answer(self, answer=ANSWER, choice="keep", **seen):
        with transaction(writes=False):
            mark = session.get_one(Attempt, self.attempt).mark
        fields = {"seen": mark, "seen_again": mark, "choice": choice, "answer": answer, **seen}
        return self.desk.submit(f"{self.desk_url}/{self.attempt}", fields)

    def put_right(self):
        """Find the key of the first question wrong: right is what Bình chose."""
        with transaction(writes=False):
            page = f"/organise/contests/{self.slug}/corrections/questions/{self.first_version()}"
        wish = {"verdict": "new_key", "options": ["1"], "reason": "Luật đã sửa", "action": "apply"}
        assert self.desk.submit(page, wish).status_code == 302

    def appeal(self):
        with transaction(writes=False):
            return session.get(MarkAppeal, self.attempt)

    def mark(self):
        with transaction(writes=False):
            return session.get_one(Attempt, self.attempt).mark

    def remarkings(self):
        with transaction(writes=False):
            return session.get_one(Contest, self.contest.id).remarkings


@pytest.fixture
def new_sat(app, cast, clock):
    return lambda **rule: Sat(app, cast, clock, **rule)


@pytest.fixture
def sat(new_sat):
    return new_sat()


def html(browser, url, status=200):
    reply = browser.get(url)
    assert reply.status_code == status
    return reply.get_data(as_text=True)
