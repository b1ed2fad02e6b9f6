"""Organisers sit the real thing before anybody else; nothing of it stays."""

from sqlalchemy import func, select

from quizapp.contests.queries import contest_of
from quizapp.db import session, transaction
from quizapp.models import Attempt, AuditEvent, Base, Response, Round
from quizapp.reports.queries import Count, contest_count
from quizapp.vocabulary import Purpose
from tests.contests.conftest import FILE
from tests.releasing.conftest import RELEASE, SLUG, load

START = f"/contests/{SLUG}/rounds/tuan-1-dien-tap/attempts"
ESSAY = "      essay: {prompt: Viết gì?, marks: 5, files: {kinds: [photo]}, judges: 1}\n"
BESIDE = ("audit_events", "people", "log_in_sessions", "role_grants")  # what lives apart from contests


def rehearsal():
    with transaction(writes=False):
        return session.scalars(select(Round).where(Round.purpose == Purpose.REHEARSAL)).all()


def counts():
    with transaction(writes=False):
        tables = [each for each in Base.metadata.sorted_tables if each.name not in BESIDE]
        return {each.name: session.scalar(select(func.count()).select_from(each)) for each in tables}


def sit(client):
    """Begin an attempt, answer one question and hand in; return where."""
    where = client.submit(START).location
    client.submit(f"{where}/form", {"answer-1": "1", "action": "save"})
    assert client.submit(f"{where}/submission").status_code == 302
    return where


def put(client, where, *, slot):
    change = {"slot": slot, "number": 1, "answer": "1"}
    return client.put(f"{where}/responses", json={"opening": 0, "changes": [change]})


def test_a_rehearsal_opens_every_round_now_whenever_it_really_opens(place, organiser, clock):
    load(FILE.replace("2026-12-01T11:00", "2026-12-05T07:00"))
    assert organiser.submit(f"{RELEASE}/rehearsal", {"hours": "4"}).status_code == 302
    [made] = rehearsal()
    assert (made.key, made.opens_at, made.closes_at) == ("tuan-1-dien-tap", clock.instant, clock.at(hours=4))


def test_only_organisers_sit_it_and_see_it(hidden, organiser, worker, neighbour, lower, cast, place):
    organiser.submit(f"{RELEASE}/rehearsal", {"hours": "1"})
    for client in (worker, neighbour, lower):
        assert client.submit(START, {"code": "280729"}).status_code == 404
    assert organiser.get(sit(organiser) + "/result").status_code == 200
    assert place.organiser.full_name in organiser.get(RELEASE).get_data(as_text=True)


def test_it_is_in_no_total_and_fixes_no_rule(hidden, organiser, clock):
    organiser.submit(f"{RELEASE}/rehearsal", {"hours": "1"})
    sit(organiser)
    with transaction(writes=False):
        assert contest_count(contest_of(SLUG), clock.instant) == Count()
    load(FILE.replace("count: 5", "count: 8"))


def test_it_is_thrown_away_whole(place, organiser):
    load(FILE + ESSAY)
    before = counts()
    organiser.submit(f"{RELEASE}/rehearsal", {"hours": "1"})
    where = sit(organiser)
    assert counts() != before
    organiser.submit(f"{RELEASE}/rehearsal/end")
    assert counts() == before
    assert organiser.get(where).status_code == 404
    with transaction(writes=False):
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert (last.action, last.details) == ("end_rehearsal", {"attempts": 1})


def test_a_second_rehearsal_takes_the_place_of_the_first(hidden, organiser):
    organiser.submit(f"{RELEASE}/rehearsal", {"hours": "1"})
    sit(organiser)
    organiser.submit(f"{RELEASE}/rehearsal", {"hours": "24"})
    assert len(rehearsal()) == 1
    with transaction(writes=False):
        assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_publishing_throws_it_away_and_then_there_is_none(hidden, organiser):
    organiser.submit(f"{RELEASE}/rehearsal", {"hours": "1"})
    sit(organiser)
    organiser.submit(f"{RELEASE}/publication", {"read": "y"})
    assert rehearsal() == []
    organiser.submit(f"{RELEASE}/rehearsal", {"hours": "1"})
    assert rehearsal() == []


def test_ending_never_touches_what_is_sat_for_real(hidden, organiser, worker):
    organiser.submit(f"{RELEASE}/publication", {"read": "y"})
    worker.submit(f"/contests/{SLUG}/rounds/tuan-1/attempts", {"code": "280729"})
    before = counts()
    organiser.submit(f"{RELEASE}/rehearsal/end")
    assert counts() == before


def test_hours_that_are_not_offered_are_refused(hidden, organiser):
    assert organiser.submit(f"{RELEASE}/rehearsal", {"hours": "9000"}).status_code == 422
    assert rehearsal() == []


def test_answers_of_an_attempt_that_got_the_id_of_a_rehearsed_one_are_kept(hidden, organiser, worker):
    organiser.submit(f"{RELEASE}/rehearsal", {"hours": "1"})
    rehearsed = organiser.submit(START).location
    assert put(organiser, rehearsed, slot=1).status_code == 200
    organiser.submit(f"{RELEASE}/rehearsal/end")
    load(FILE.replace("count: 5", "count: 8"))
    organiser.submit(f"{RELEASE}/publication", {"read": "y"})
    for_real = worker.submit(f"/contests/{SLUG}/rounds/tuan-1/attempts", {"code": "280729"}).location
    assert put(worker, for_real, slot=8).status_code == 200
    assert put(organiser, for_real, slot=1).status_code == 404
    with transaction(writes=False):
        assert session.scalars(select(Response.slot)).all() == [8]


def test_nobody_is_told_to_wait_for_the_marks_of_a_rehearsed_essay(place, organiser):
    load(FILE + ESSAY)
    organiser.submit(f"{RELEASE}/rehearsal", {"hours": "4"})
    where = organiser.submit(START).location
    organiser.submit(f"{where}/form", {"essay": "Một ý hay", "action": "save"})
    organiser.submit(f"{where}/submission")
    page = organiser.get(f"{where}/result").get_data(as_text=True)
    assert "không có giám khảo chấm" in page
    assert "đang chấm" not in page
