"""Builds the demo on an empty database: a province with its unions, people, and contests open, finished and to come."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select

from quizapp.contests.actions import load_contest
from quizapp.db import session
from quizapp.demo import essays
from quizapp.demo.attempts import Sitter, sit
from quizapp.demo.people import Cast, LogIn, gather
from quizapp.demo.unions import plant
from quizapp.formats.contest_file import read_contest
from quizapp.models import Contest, Person, TradeUnion
from quizapp.standings import actions as standings
from quizapp.standings.making import make

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CONTESTS = Path(__file__).parent / "contests"
SEED = 2026


def is_empty() -> bool:
    """Return whether nobody and nothing is in the database yet."""
    return session.scalar(select(TradeUnion.id).limit(1)) is None and session.scalar(select(Person.id).limit(1)) is None


def build(*, now: datetime) -> list[LogIn]:
    """Make everything of the demo but the question banks, which must be there; return how to log in."""
    rng = Random(SEED)  # noqa: S311
    tree = plant(rng, now.astimezone(VIETNAM).date())
    cast = gather(rng, tree, now)
    essays.rubric(tree.province, now=now)
    finished, running, _, judged = (_contest(name, now) for name in ("finished", "open", "coming", "judging"))
    others = [member for member in cast.members if member not in cast.contestants]
    sitters = rng.sample(others, 1150)
    _sit(rng, finished, [*sitters, *cast.contestants[1:]], now)
    _sit(rng, running, rng.sample(sitters, 420), now)
    _publish(finished, cast, now)
    essays.write(rng, judged, rng.sample(sitters, essays.ESSAYS))
    essays.judge(rng, judged.rounds[0], cast.judges, by=cast.organiser, now=now)
    return cast.log_ins


def _contest(name: str, now: datetime) -> Contest:
    today = now.astimezone(VIETNAM).date()
    text = re.sub(
        r"\{day([+-]\d+)\}",
        lambda found: f"{today + timedelta(days=int(found[1])):%Y-%m-%d}",
        (CONTESTS / f"{name}.yaml").read_text(encoding="utf-8"),
    )
    return load_contest(read_contest(text.encode()), now=now)


def _sit(rng: Random, contest: Contest, people: Sequence[Person], now: datetime) -> None:
    first = contest.rounds[0]
    days = (min(now, first.closes_at) - first.opens_at).days + 1
    sitters = [
        Sitter(
            person=person,
            times=rng.choice((1, 1, 2)),
            skill=min(0.98, max(0.25, rng.gauss(0.72, 0.17))),
            # Rounds open at seven; most sit early in the round and in a break or after the shift.
            begins_at=first.opens_at + timedelta(days=int(rng.random() ** 1.6 * days), hours=rng.triangular(0, 15, 5)),
        )
        for person in people
    ]
    sit(rng, first, sitters, now=now)


def _publish(contest: Contest, cast: Cast, now: datetime) -> None:
    ended = contest.rules.closes_at + timedelta(hours=12)
    snapshot = standings.keep(contest, make(contest, now=ended))
    standings.publish(contest, snapshot, by=cast.organiser, now=ended + timedelta(days=1))
