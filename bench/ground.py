"""The ground of a benchmark: a migrated database with a contest, people who are logged in and have begun."""

import secrets
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from quizapp import create_app
from quizapp.attempts import actions
from quizapp.db import database, session, transaction
from quizapp.models import LogInSession, Round, schema
from quizapp.web.login import hash_token
from quizapp.web.passwords import hash_password
from tests.cast import Cast

SECRET = "bench"
PASSWORD = "mat khau du dai 123"
FLOOR_TABLE = (
    "CREATE TABLE floor_answers (person TEXT, slot INTEGER, answer TEXT, saved_at BIGINT, PRIMARY KEY (person, slot))"
)


@dataclass
class Ground:
    url: str
    instance: Path
    phones: list[str]
    cookies: list[str]
    attempts: list[int]


def prepare(url: str, *, people: int, begun: int | None = None) -> Ground:
    """Fill an empty database; the first `begun` people, or all, are logged in with an attempt that has just begun."""
    app = create_app(DATABASE_URL=url, SECRET_KEY=SECRET)
    now = datetime.now(UTC)
    with app.app_context():
        schema.migrate(database().engine)
        with transaction():
            session.execute(text(FLOOR_TABLE))
        cast = Cast(lambda: now)
        province = cast.union("Liên đoàn Lao động tỉnh")
        cast.bank(single=120)
        window = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=1)}
        rules = cast.round_rules(**window, draws=(cast.draw("luat", 20),), time_limit=timedelta(hours=12))
        cast.contest(organiser=province, rounds=[rules])
        phones: list[str] = []
        cookies, attempts = [], []
        serializer = app.session_interface.get_signing_serializer(app)
        password_hash = hash_password(PASSWORD)
        for number in range(people):
            person = cast.person(union=province, password_hash=password_hash)
            phones.append(person.phone or "")
            if begun is not None and number >= begun:
                continue
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
        database().dispose()
    instance = Path(tempfile.mkdtemp(prefix="quiz-bench-"))
    begun_phones = phones if begun is None else phones[begun:]
    return Ground(url, instance, begun_phones, cookies, attempts)
