"""A round whose essays were handed in, its organiser's browser, and the worker."""

import pytest
from sqlalchemy import select

from quizapp.cli import jobs
from quizapp.db import session, transaction
from quizapp.models import AuditEvent, GivenText, Job, LikenessPair, LikenessSearch
from tests.judging.conftest import Jury

URL = "/organise/contests/cuoc-thi/essays/bai-viet/likeness"


def numbered(start, count):
    return " ".join(f"chữ{number}" for number in range(start, start + count))


class Desk:
    """The organisers' desk; `find` asks for a search and has it done."""

    def __init__(self, jury):
        self.jury, self.clock = jury, jury.clock
        self.browser = jury.browser(jury.organiser)

    def ask(self, least=12):
        return self.browser.submit(URL, {"least": least})

    def work(self):
        return jobs.work_one(jobs.HANDLERS)

    def find(self, least=12):
        assert self.ask(least).status_code == 302
        assert self.work()
        return self.pairs()

    def give(self, title, text="", **more):
        return self.browser.submit(f"{URL}/texts", {"title": title, "text": text, **more})

    def decide(self, pair_id, verdict, note=""):
        return self.browser.submit(f"{URL}/pairs/{pair_id}", {"verdict": verdict, "note": note})

    def page(self, path=""):
        reply = self.browser.get(URL + path)
        assert reply.status_code == 200
        return reply.get_data(as_text=True)

    def pairs(self):
        """Codes, or code and title, of all pairs that are kept, with their share."""
        with transaction(writes=False):
            asked = select(LikenessPair).order_by(LikenessPair.share.desc(), LikenessPair.id)
            return {
                (each.essay.code, each.other.code if each.other else each.given.title): each
                for each in session.scalars(asked)
            }

    def stored(self, kind):
        assert kind in (Job, LikenessSearch, GivenText, LikenessPair)
        with transaction(writes=False):
            return session.scalars(select(kind).order_by(kind.id)).all()

    def events(self):
        with transaction(writes=False):
            asked = select(AuditEvent.action, AuditEvent.details).order_by(AuditEvent.id)
            return [(action, details) for action, details in session.execute(asked)]


@pytest.fixture
def desk(app, cast, clock):
    jury = Jury(app, cast, clock)
    jury.cdcs = cast.union("CĐCS Dệt Mẫu", parent=jury.province)
    jury.far = cast.union("CĐCS Thép Xa", parent=jury.province)
    return Desk(jury)
