"""A worker with a phone, in an attempt of the cast's contest."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from quizapp.attempts import actions
from quizapp.db import session, transaction
from quizapp.models import Attempt, Paper, Response, Round
from quizapp.rules.grading import GradedSlot


@dataclass
class Phone:
    """One browser of the worker, in one attempt."""

    client: Any
    attempt_id: int
    number: int = 0

    @property
    def url(self) -> str:
        return f"/attempts/{self.attempt_id}/responses"

    def change(self, slot: int, answer: str | None, **more: Any) -> dict[str, Any]:
        self.number += 1
        return {"slot": slot, "number": self.number, "answer": answer, **more}

    def put(self, *changes: dict[str, Any], opening: int = 0) -> Any:
        return self.client.put(self.url, json={"opening": opening, "changes": list(changes)})

    def stored(self) -> dict[int, str | None]:
        with transaction(writes=False):
            rows = session.execute(select(Response.slot, Response.answer).where(Response.attempt_id == self.attempt_id))
            return dict(rows.tuples().all())

    def attempt(self) -> Attempt:
        with transaction(writes=False):
            return session.get(Attempt, self.attempt_id)

    def right_places(self) -> dict[int, str]:
        """The right answer to each slot, as the places that this paper shows."""
        with transaction(writes=False):
            attempt = session.get(Attempt, self.attempt_id)
            return {slot.number: _places(slot) for slot in actions.queries.graded_slots(attempt.paper_id)}


def _places(slot: GradedSlot) -> str:
    if slot.key.typed:
        return slot.key.typed.accepted[0]
    return ",".join(str(place) for place in sorted(1 + slot.option_order.index(at) for at in slot.key.options))


@pytest.fixture
def province(cast):
    return cast.union("Liên đoàn Lao động tỉnh Mẫu")


@pytest.fixture
def cdcs(cast, province):
    return cast.union("Công đoàn cơ sở May Mẫu", parent=province, members=10)


@pytest.fixture
def worker(cast, cdcs):
    return cast.person(union=cdcs)


@pytest.fixture
def contest(cast, province):
    cast.bank(single=8, multiple=2)
    return cast.contest(organiser=province)


def begin(person, key: str = "tuan-1", *, code: str = "", now) -> int:
    with transaction():
        found = session.scalar(select(Round).where(Round.key == key))
        return actions.start(session.merge(person), found, entry_code=code, now=now).id


@pytest.fixture
def phone(cast, client, worker, contest, clock):
    return Phone(cast.log_in(client, worker), begin(worker, now=clock.instant))


@pytest.fixture
def paper(phone):
    with transaction(writes=False):
        return session.get(Paper, phone.attempt().paper_id)
