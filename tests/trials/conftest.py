"""A jury whose judges have samples to try on; the samples are made by the organiser's form."""

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import JudgeSeat, TrialEssay
from tests.judging.conftest import jury, new_jury  # noqa: F401  (fixtures)

WING = "/organise/contests/cuoc-thi/essays/bai-viet/trials"


class Trial:
    """The jury of `tests/judging`, its essays given out; `organiser` and `judge` are browsers, the judge is Lê An."""

    def __init__(self, jury):  # noqa: F811
        self.jury = jury
        self.organiser, self.judge = jury.browser(jury.organiser), jury.browser(jury.an)
        jury.unseat(jury.chi)
        jury.allocate()

    def add(self, idea="2", style="1,5", *, text="Mẫu: họp ngắn mỗi tuần.", reasons="Ý rõ."):
        fields = {"text": text, "reasons": reasons, "mark-y-tuong": idea, "mark-cach-viet": style}
        reply = self.organiser.submit(f"{WING}/new", fields)
        assert reply.status_code == 302, reply.get_data(as_text=True)
        return self.samples()[-1].id

    def samples(self):
        with transaction(writes=False):
            return list(session.scalars(select(TrialEssay).order_by(TrialEssay.id)))

    def seat(self, person):
        with transaction(writes=False):
            return session.scalars(select(JudgeSeat.id).where(JudgeSeat.person_id == person.id)).one()

    def url(self, sample, person=None):
        return f"/judge/seats/{self.seat(person or self.jury.an)}/trials/{sample}"

    def mark(self, sample, idea, style, person=None):
        browser = self.jury.browser(person) if person else self.judge
        url = self.url(sample, person)
        with transaction(writes=False):
            seen = session.get_one(TrialEssay, sample).made_at.isoformat()
        return browser.submit(url, {"seen": seen, "mark-y-tuong": idea, "mark-cach-viet": style})

    def real(self, person=None):
        """The address of the real essay at a judge's desk."""
        return f"/judge/essays/{self.jury.allocation('PH2222', person or self.jury.an)}"

    def elsewhere(self, slug, organiser):
        """Another contest with the same round."""
        with transaction(writes=False):
            rules = self.jury.round().rules
        return self.jury.cast.contest(slug, organiser=organiser, rounds=[rules])

    def index(self):
        return self.organiser.get(WING).get_data(as_text=True)


@pytest.fixture
def trial(jury):  # noqa: F811
    return Trial(jury)
