"""The server is killed while it saves, again and again: what it acknowledged is on disk, and nothing is there twice."""

import http.client
import json
import random
import secrets
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from quizapp import create_app, db
from quizapp.db import session, transaction
from quizapp.models import Attempt, LogInSession, Response
from quizapp.web.login import hash_token
from tests.cast import Cast
from tests.serving import SECRET, Server

PHONES = 6
SLOTS = 5
KILLS = {"sqlite": 20, "postgresql": 4}
MOST_SAVES_OF_A_LIFE = 60
START = "/contests/cuoc-thi/rounds/tuan-1/attempts"


@pytest.fixture
def ground(database_url, tmp_path):
    """The server, not yet started, of a contest that is open now, and an app on the same database."""
    app = create_app(DATABASE_URL=database_url, SECRET_KEY=SECRET, INSTANCE=tmp_path)
    with app.app_context():
        now = datetime.now(UTC)
        cast = Cast(lambda: now)
        cast.bank()
        rules = cast.round_rules(opens_at=now - timedelta(hours=1), closes_at=now + timedelta(days=1))
        union = cast.union("Công đoàn cơ sở May Mẫu")
        cast.contest(organiser=union, rounds=[rules])
        with Server(tmp_path, database_url) as server:
            yield server, [log_in(app, cast.person(union=union), now) for _ in range(PHONES)]
        db.database().dispose()


def log_in(app, person, now):
    """Return the headers of a phone that is logged in."""
    token, csrf = secrets.token_urlsafe(32), "0" * 40
    with transaction():
        until = now + timedelta(days=1)
        row = LogInSession(
            token_hash=hash_token(token), person_id=person.id, opened_at=now, expires_at=until, device=""
        )
        session.add(row)
    cookie = app.session_interface.get_signing_serializer(app).dumps({"_user_id": token, "csrf_token": csrf})
    form = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(csrf)
    return {"Cookie": f"quiz={cookie}", "X-CSRFToken": form}


class Phones:
    """Threads that begin and save without pause, and the ledger of what the server said it has."""

    def __init__(self, server, logged_in):
        self.server = server
        self.acknowledged = {}
        self.saves = 0
        self.wanted = 0
        self.news = threading.Condition()
        self.is_dead = self.is_over = False
        self.refusals = []
        self.threads = [threading.Thread(target=self._live, args=(headers,)) for headers in logged_in]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        with self.news:
            self.is_over = True
            self.news.notify_all()
        for thread in self.threads:
            thread.join()

    def save(self, count):
        """Let the phones go on, and return when they have saved so many times more; they stay in the middle of it."""
        with self.news:
            self.wanted = self.saves + count
            self.news.notify_all()
            assert self.news.wait_for(lambda: self.saves >= self.wanted or self.refusals, timeout=60)
            assert self.refusals == []

    @contextmanager
    def without_server(self):
        """Kill it; it lives again after the block."""
        self.is_dead = True
        self.server.kill()
        yield
        self.server.start()
        with self.news:
            self.is_dead = False
            self.news.notify_all()

    def _live(self, headers):
        number = 0
        while self._may_go_on():
            line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
            try:
                attempt = self._begin(line, headers)
                while self._may_go_on():
                    number += 1
                    self._save(line, headers, attempt, number)
            except (OSError, http.client.HTTPException):
                self._died()
            finally:
                line.close()

    def _may_go_on(self):
        with self.news:
            self.news.wait_for(lambda: self.is_over or self.saves < self.wanted)
            return not self.is_over

    def _died(self):
        """Whoever finds the server gone waits for the next life."""
        with self.news:
            self.news.wait_for(lambda: self.is_over or not self.is_dead)

    def _begin(self, line, headers):
        """The button is pressed anew in each life."""
        line.request("POST", START, headers=headers)
        reply = line.getresponse()
        reply.read()
        if reply.status != 302:
            self._refused(START, reply.status)
        return int(reply.headers["Location"].rpartition("/")[2])

    def _save(self, line, headers, attempt, number):
        slot, answer = 1 + number % SLOTS, str(1 + random.randrange(4))
        body = {"opening": 0, "changes": [{"slot": slot, "number": number, "answer": answer}]}
        line.request(
            "PUT", f"/attempts/{attempt}/responses", json.dumps(body), headers | {"Content-Type": "application/json"}
        )
        reply = line.getresponse()
        said = json.loads(reply.read())
        if reply.status != 200 or said["acknowledged"] != number:
            self._refused(said, reply.status)
        with self.news:
            self.acknowledged[attempt, slot] = (number, answer)
            self.saves += 1
            self.news.notify_all()

    def _refused(self, *facts):
        with self.news:
            self.refusals.append(facts)
            self.is_over = True
            self.news.notify_all()


def lost(acknowledged):
    """Return what was acknowledged and is neither stored nor followed by something newer."""
    with transaction(writes=False):
        rows = session.execute(select(Response.attempt_id, Response.slot, Response.number, Response.answer)).all()
    stored = {(attempt, slot): (number, answer) for attempt, slot, number, answer in rows}
    return {
        place: (said, stored.get(place))
        for place, said in acknowledged.items()
        if stored.get(place, (0, "")) != said and stored.get(place, (0, ""))[0] <= said[0]
    }


def test_no_acknowledged_answer_is_lost_when_the_server_is_killed(ground, database_url):
    server, logged_in = ground
    kills = KILLS[database_url.partition(":")[0]]
    with Phones(server, logged_in) as phones:
        for _ in range(kills):
            phones.save(random.randint(1, MOST_SAVES_OF_A_LIFE))
            with phones.without_server():
                assert lost(dict(phones.acknowledged)) == {}
        phones.save(PHONES)
    assert len(phones.acknowledged) > PHONES
    with transaction(writes=False):
        assert session.scalar(select(func.count()).select_from(Attempt)) == PHONES
