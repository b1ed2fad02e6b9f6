"""The ground of a benchmark: a migrated database with a contest, people who are logged in and have begun."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from quizapp import create_app
from quizapp.attempts import actions
from quizapp.db import database, session, transaction
from quizapp.models import LogInSession, Round, schema
from quizapp.web.login import hash_token
from tests.cast import Cast

SECRET = "bench"


@dataclass
class Ground:
    url: str
    cookies: list[str]
    attempts: list[int]


def prepare(url: str, *, people: int) -> Ground:
    """Fill an empty database; every person has an attempt of 20 questions that has just begun."""
    app = create_app(DATABASE_URL=url, SECRET_KEY=SECRET)
    now = datetime.now(UTC)
    with app.app_context():
        schema.migrate(database().engine)
        cast = Cast(lambda: now)
        province = cast.union("Liên đoàn Lao động tỉnh")
        cast.bank(single=120)
        window = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=1)}
        rules = cast.round_rules(**window, draws=(cast.draw("luat", 20),), time_limit=timedelta(hours=12))
        cast.contest(organiser=province, rounds=[rules])
        cookies, attempts = [], []
        serializer = app.session_interface.get_signing_serializer(app)
        for _ in range(people):
            person = cast.person(union=province)
            token = secrets.token_urlsafe(32)
            with transaction():
                session.add(
                    LogInSession(
                        token_hash=hash_token(token),
                        person_id=person.id,
                        opened_at=now,
                        expires_at=now + timedelta(days=2),
                        device="bench",
                    )
                )
                round_ = session.query(Round).one()
                attempts.append(actions.start(session.merge(person), round_, entry_code="", now=now).id)
            cookies.append("quiz=" + serializer.dumps({"_user_id": token, "_fresh": True}))
        database().engine.dispose()
    return Ground(url, cookies, attempts)
