"""The jury of appeals, with works: its essay is settled; the writer wrote down name, phone and union."""

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import EssayFile, ShownWork
from tests.appeals.conftest import Appealing

DESK = "/organise/contests/cuoc-thi/essays/bai-viet/works"
PUBLIC = "/contests/cuoc-thi/works"
TEXT = "Tôi là Phạm Thị Hồng Nhung, Công đoàn cơ sở Dệt Bình Minh, số 0912345678. Nên họp ngắn mỗi tuần."


class Showing(Appealing):
    def __init__(self, app, cast, clock, **rule):
        super().__init__(app, cast, clock, **rule)
        self.rewrite(TEXT)
        self.settle()
        self.stranger = app.test_client()

    def rewrite(self, text, *, photos=()):
        with transaction():
            essay = session.merge(self.essay())
            essay.text, essay.words, essay.files = text, len(text.split()), len(photos)
            for place, content in enumerate(photos, start=1):
                facts = {"position": place, "kind": "photo", "name": "nhung.jpg", "digest": str(place), "size": 1}
                shape = {"width": 1, "height": 1, "added_at": self.clock.instant, "content": content}
                session.add(EssayFile(attempt_id=self.attempt, **facts, **shape))

    @property
    def own_url(self):
        return f"/attempts/{self.attempt}/work"

    @property
    def public_url(self):
        return f"{PUBLIC}/{self.attempt}"

    def choose(self, title="Họp ngắn mỗi tuần", code="PH2222"):
        return self.desk.submit(DESK, {"code": code, "title": title})

    def agree(self, name="no"):
        return self.phone.submit(self.own_url, {"action": "agree", "name": name})

    def decline(self):
        return self.phone.submit(self.own_url, {"action": "decline"})

    def change(self, action, code="PH2222"):
        return self.desk.submit(f"{DESK}/{code}", {"action": action})

    def publish(self):
        return self.change("publish")

    def seen_by_strangers(self):
        """All that somebody without a log-in finds of the works, as one text."""
        urls = ("/contests/cuoc-thi", PUBLIC, self.public_url, f"{self.public_url}/photos/1")
        return "".join(self.stranger.get(url).get_data(as_text=True) for url in urls)

    def order(self):
        with transaction(writes=False):
            return session.scalars(select(ShownWork.attempt_id).order_by(ShownWork.position)).all()

    def work(self):
        with transaction(writes=False):
            return session.get(ShownWork, self.attempt)


@pytest.fixture
def jury(app, cast, clock):
    return Showing(app, cast, clock)
