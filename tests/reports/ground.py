"""A province with units and an organiser, and attempts as the hand-in leaves them."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select

from quizapp.db import session, transaction
from quizapp.models import Attempt, Contest, Paper, PaperSlot, Person, QuestionVersion, Response, Round, TradeUnion
from quizapp.vocabulary import Role, UnionKind
from tests.cast import Cast

_serial = itertools.count(1)


@dataclass
class Ground:
    province: TradeUnion
    communes: list[TradeUnion]
    units: list[TradeUnion]  # two of the first commune, one of the second
    boss: Person


def ground(cast: Cast) -> Ground:
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)
    communes = [
        cast.union(f"Công đoàn xã {name}", parent=province, kind=UnionKind.COMMUNE) for name in ("Tân Hòa", "Bình Minh")
    ]
    units = [
        cast.union("CĐCS May Đại Thành", parent=communes[0], members=10, code="MAY"),
        cast.union("CĐCS Giày Ánh Dương", parent=communes[0], members=4, code="GIAY"),
        cast.union("CĐCS Bệnh viện", parent=communes[1], members=20, code="BV"),
    ]
    cast.bank("luat", single=4, multiple=1)
    return Ground(province, communes, units, cast.person("Trần Thị Tổ Chức", roles=[(Role.ORGANISER, province)]))


def sit(
    person: Person,
    contest: Contest,
    *,
    started: datetime,
    seconds: float | None = 60,
    mark: int = 500,
    key: str = "tuan-1",
    union: TradeUnion | None = None,
    closes: datetime | None = None,
    answers: dict[str, str | None] | None = None,
) -> Attempt:
    """An attempt; `seconds` None: not handed in. answers: raw, by the ref of a question of which the paper is made."""
    with transaction():
        round_ = session.scalars(select(Round).where(Round.contest_id == contest.id, Round.key == key)).one()
        paper = Paper(round_id=round_.id, seed="s", shape="s4", made_at=started)
        session.add(paper)
        session.flush()
        sat = select(Attempt.id).where(Attempt.person_id == person.id, Attempt.round_id == round_.id)
        attempt = Attempt(
            person_id=person.id,
            round_id=round_.id,
            paper_id=paper.id,
            union_id=union.id if union else person.union_id,
            number=1 + len(session.scalars(sat).all()),
            started_at=started,
            closes_at=closes or started + timedelta(minutes=20),
            submitted_at=None if seconds is None else started + timedelta(seconds=seconds),
            mark=None if seconds is None else mark,
            max_mark=500,
            receipt=f"R{next(_serial)}",
        )
        session.add(attempt)
        session.flush()
        _answer(attempt, answers or {})
    return attempt


def _answer(attempt: Attempt, answers: dict[str, str | None]) -> None:
    """Options of the first question are shown as the bank has them, of all others the other way round."""
    for slot, (ref, answer) in enumerate(answers.items(), start=1):
        version = session.scalars(select(QuestionVersion).where(QuestionVersion.digest == ref)).one()
        place: dict[str, Any] = {"paper_id": attempt.paper_id}
        order = "0,1,2,3" if slot == 1 else "3,2,1,0"
        session.execute(insert(PaperSlot).values(number=slot, version_id=version.id, option_order=order, **place))
        if answer is not None:
            session.execute(
                insert(Response).values(
                    attempt_id=attempt.id, slot=slot, number=1, answer=answer, saved_at=attempt.started_at, **place
                )
            )
