"""Publishing takes two looks; before it, and after it was withdrawn, nobody outside learns a result."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.db import session, transaction
from quizapp.models import AuditEvent, Snapshot
from quizapp.reports.refreshing import refresh
from quizapp.rules.contest_rules import PublishRule
from quizapp.vocabulary import BoardWhen, Names, Role
from tests.conftest import NOON
from tests.reports.ground import sit

HERE = "/organise/contests/cuoc-thi"
PUBLIC = [
    "/",
    "/contests/cuoc-thi",
    "/contests/cuoc-thi/rules",
    "/contests/cuoc-thi/standings",
    "/contests/cuoc-thi/standings/ca-nhan",
    "/contests/cuoc-thi/standings/cdcs",
    "/contests/cuoc-thi/standings/ca-nhan/me",
    "/contests/cuoc-thi/standings?q=hanh",
]


@pytest.fixture
def boss(client, cast, place):
    return cast.log_in(client, place.boss)


@pytest.fixture
def contest(cast, place, clock):
    """One that is over: two people sat it, one attempt was left open."""
    made = cast.contest(organiser=place.province, publish=PublishRule(names=Names.FULL), rounds=[hour(cast)])
    sit(cast.person("Phạm Thị Hạnh Phúc", union=place.units[0]), made, started=NOON, mark=425)
    sit(cast.person("Lê Văn Muộn", union=place.units[2]), made, started=NOON, seconds=None)
    clock.at(hours=2)
    return made


def hour(cast):
    return cast.round_rules(closes_at=NOON + timedelta(hours=1))


def text(answer):
    return " ".join(answer.get_data(as_text=True).split())


def prepared(client):
    """Prepare, and return the snapshot that the page offers for publishing, None when it offers none."""
    assert client.submit(f"{HERE}/publish/prepare").status_code == 302
    return offered(client)


def offered(client):
    page = text(client.get(f"{HERE}/publish"))
    if 'name="snapshot"' not in page:
        return None
    return int(page.split('name="snapshot"', 1)[1].split('value="', 1)[1].split('"', 1)[0])


def publish(client, snapshot, **more):
    return client.submit(f"{HERE}/publish", {"snapshot": snapshot, **more}, follow_redirects=True)


def seen(app, path="/contests/cuoc-thi/standings"):
    return text(app.test_client().get(path))


def events():
    with transaction(writes=False):
        return [
            (event.action, event.details.get("reason"))
            for event in session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        ]


def test_what_was_looked_at_is_published_and_can_be_withdrawn(app, boss, contest, clock):
    snapshot = prepared(boss)
    assert "chưa được công bố" in seen(app)
    page = text(boss.get(f"{HERE}/publish"))
    assert "Công bố kết quả của 2 người" in page  # the overdue attempt was closed first
    assert "Ghi đầy đủ" in page
    assert "Đã công bố kết quả" in text(publish(boss, snapshot))
    assert "Phạm Thị Hạnh Phúc" in seen(app)
    with transaction(writes=False):
        assert session.get(Snapshot, snapshot).published_at == clock.instant

    refused = boss.submit(f"{HERE}/withdraw", {"reason": " "})
    assert refused.status_code == 422
    assert "Phạm Thị Hạnh Phúc" in seen(app)
    clock.at(hours=3)
    assert "Đã gỡ công bố" in text(
        boss.submit(f"{HERE}/withdraw", {"reason": "Câu 12 sai đáp án"}, follow_redirects=True)
    )
    assert "chưa được công bố" in seen(app)
    assert events() == [("prepare_publication", None), ("publish", None), ("withdraw", "Câu 12 sai đáp án")]
    page = text(boss.get(f"{HERE}/publish"))
    assert "Câu 12 sai đáp án" in page
    assert page.count("Trần Thị Tổ Chức") == 2


def test_no_result_leaks_before_publishing_nor_after_withdrawing(app, cast, boss, contest, place):
    """Not a name, not a mark: to strangers, to one who takes part, to an organiser of a unit."""
    watchers = [app.test_client(), app.test_client(), app.test_client()]
    cast.log_in(watchers[1], cast.person("Người Xem", union=place.units[1]))
    cast.log_in(watchers[2], cast.person("Tổ Chức Dưới", roles=[(Role.ORGANISER, place.units[1])]))

    def leaks():
        """Words of the results that somebody can read."""
        paths = [*PUBLIC, "/organise", HERE, f"{HERE}/standings/ca-nhan", f"{HERE}/publish", f"{HERE}/results.xlsx"]
        pages = [text(watcher.get(path)) for watcher in watchers for path in paths]
        return [word for page in pages for word in ("Hạnh Phúc", "H. P***", "4,25", "CĐCS Bệnh viện") if word in page]

    refresh(contest.id, contest.rules.closes_at + timedelta(hours=1))
    assert leaks() == []
    snapshot = prepared(boss)
    assert leaks() == []
    publish(boss, snapshot)
    assert "Hạnh Phúc" in leaks()
    boss.submit(f"{HERE}/withdraw", {"reason": "Chấm lại"})
    assert leaks() == []


def test_publishing_needs_the_page_before_it(app, boss, contest):
    for sent in ({}, {"snapshot": "999"}, {"snapshot": "x"}, {"snapshot": "²"}):
        assert "Bản xem trước này không còn" in text(boss.submit(f"{HERE}/publish", sent, follow_redirects=True))
    assert boss.post(f"{HERE}/publish").status_code == 400  # no CSRF token
    assert boss.get(f"{HERE}/publish/prepare").status_code == 405
    assert "chưa được công bố" in seen(app)


def test_a_snapshot_that_was_not_looked_at_is_not_published(app, boss, contest, clock):
    first = prepared(boss)
    clock.at(hours=2, minutes=1)
    second = prepared(boss)
    assert second != first
    assert "Bản xem trước này không còn" in text(publish(boss, first))
    assert "chưa được công bố" in seen(app)
    assert "Đã công bố" in text(publish(boss, second))
    assert offered(boss) is None


def test_one_organiser_does_not_publish_what_another_looked_at(app, cast, boss, contest, place):
    other = cast.log_in(app.test_client(), cast.person("Bà Khác", roles=[(Role.ORGANISER, place.province)]))
    snapshot = prepared(boss)
    assert offered(other) is None
    assert "Bản xem trước này không còn" in text(publish(other, snapshot))
    assert prepared(other) != snapshot
    assert offered(boss) == snapshot


def test_housekeeping_leaves_what_an_organiser_looks_at(cast, boss, contest, place, clock):
    snapshot = prepared(boss)
    for hour in (1, 2):
        refresh(contest.id, clock.at(hours=2 + hour))
    assert offered(boss) == snapshot
    with transaction(writes=False):
        assert session.scalar(select(func.count()).select_from(Snapshot)) == 2


def test_results_that_came_in_meanwhile_are_told(cast, boss, place, clock):
    contest = cast.contest(organiser=place.province, rounds=[hour(cast)])
    prepared(boss)
    assert "tình hình đã thay đổi" not in text(boss.get(f"{HERE}/publish"))
    sit(cast.person(union=place.units[0]), contest, started=NOON)
    assert "tình hình đã thay đổi" in text(boss.get(f"{HERE}/publish"))


def test_publishing_while_a_round_is_open_needs_a_tick(app, cast, boss, place, clock):
    cast.contest(organiser=place.province, rounds=[hour(cast)])
    snapshot = prepared(boss)
    refused = publish(boss, snapshot)
    assert refused.status_code == 422
    assert "Nếu vẫn muốn công bố, xin đánh dấu" in text(refused)
    assert "chưa được công bố" in seen(app)
    clock.at(hours=1, seconds=2)  # the round is over, but what was looked at is from before
    assert publish(boss, snapshot).status_code == 422
    assert "Đã công bố" in text(publish(boss, snapshot, early="y"))


@pytest.mark.parametrize("when", [BoardWhen.LIVE, BoardWhen.AFTER_ROUND])
def test_boards_shown_by_rule_can_be_withdrawn_and_published_again(app, cast, boss, place, clock, when):
    contest = cast.contest(organiser=place.province, publish=PublishRule(board=when), rounds=[hour(cast)])
    sit(cast.person(union=place.units[0]), contest, started=NOON)
    refresh(contest.id, clock.at(hours=2))
    assert "1 người dự thi" in seen(app)
    assert prepared(boss) is None
    boss.submit(f"{HERE}/withdraw", {"reason": "Sai đáp án"})
    refresh(contest.id, clock.at(hours=3))
    assert "chưa được công bố" in seen(app)
    publish(boss, prepared(boss))
    assert "1 người dự thi" in seen(app)
    sit(cast.person(union=place.units[0]), contest, started=NOON)
    refresh(contest.id, clock.at(hours=4))
    assert "2 người dự thi" in seen(app)
