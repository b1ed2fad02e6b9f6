"""The desk and the page of a contest; who may see them."""

from datetime import timedelta

import pytest

from quizapp.reports.refreshing import refresh
from quizapp.rules.contest_rules import PublishRule
from quizapp.vocabulary import BoardWhen, Role
from tests.conftest import NOON
from tests.reports.ground import sit

HERE = "/organise/contests/cuoc-thi"
PAGES = [HERE, f"{HERE}/standings", f"{HERE}/standings/ca-nhan", f"{HERE}/publish", f"{HERE}/withdraw"]
ACTS = [f"{HERE}/publish/prepare", f"{HERE}/publish", f"{HERE}/withdraw", f"{HERE}/results.xlsx"]


@pytest.fixture
def boss(client, cast, place):
    return cast.log_in(client, place.boss)


def hour(cast):
    return cast.round_rules(closes_at=NOON + timedelta(hours=1))


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.get_data(as_text=True).split())


def test_an_empty_desk_teaches_how_to_begin(boss):
    page = text(boss.get("/organise"))
    assert "chưa tổ chức cuộc thi nào" in page
    assert 'href="/organise/contests/new"' in page


def test_the_desk_tells_people_from_attempts(boss, cast, place, clock):
    contest = cast.contest(organiser=place.province)
    an = cast.person(union=place.units[0])
    for minute in (0, 2):
        sit(an, contest, started=NOON + timedelta(minutes=minute))
    sit(cast.person(union=place.units[0]), contest, started=NOON, seconds=None)
    clock.at(minutes=5)
    page = text(boss.get("/organise"))
    assert '<strong class="num">1</strong> người dự thi' in page
    assert '<strong class="num">2</strong> lượt thi đã nộp' in page
    assert '<strong class="num">1</strong> lượt đang làm' in page
    assert "Cần làm" not in page


def test_the_desk_asks_for_publishing_when_a_round_is_over(boss, cast, place, clock):
    cast.contest(organiser=place.province, rounds=[hour(cast)])
    clock.at(hours=1, seconds=1)
    assert "kết quả chưa công bố" not in text(boss.get("/organise"))
    clock.at(hours=1, seconds=2)
    assert "Cần làm: Tuần 1 đã kết thúc" in text(boss.get("/organise"))
    boss.submit(f"{HERE}/publish/prepare")
    boss.submit(f"{HERE}/publish", {"snapshot": held(boss)})
    assert "Cần làm" not in text(boss.get("/organise"))


def test_the_desk_asks_to_publish_again_what_was_published_too_early(boss, cast, place, clock):
    cast.contest(organiser=place.province, rounds=[hour(cast)])
    boss.submit(f"{HERE}/publish/prepare")
    snapshot = held(boss)
    boss.submit(f"{HERE}/publish", {"snapshot": snapshot, "early": "y"})
    assert "Cần làm" not in text(boss.get("/organise"))
    clock.at(hours=1, seconds=2)
    assert "được tính trước khi Tuần 1 kết thúc" in text(boss.get("/organise"))


def held(client):
    page = text(client.get(f"{HERE}/publish"))
    return page.split('name="snapshot"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def test_the_page_of_a_contest_shows_each_unit(boss, cast, place, clock):
    contest = cast.contest(organiser=place.province)
    sit(cast.person(union=place.units[0]), contest, started=NOON)
    clock.at(minutes=5)
    page = text(boss.get(HERE))
    for words in ("CĐCS May Đại Thành", "Công đoàn xã Tân Hòa", "Chưa có ai thi", "10 %", "12:05:00 ngày 01/12/2026"):
        assert words in page
    page = text(boss.get(f"{HERE}?q=anh+duong"))
    assert "CĐCS Giày Ánh Dương" in page
    assert "CĐCS May Đại Thành" not in page


@pytest.mark.parametrize(
    "query", ["page=-1", "page=x", "page=99999999999999999999", "sort=%00", "above='", "idle=7", "q=%F0%9F"]
)
def test_no_query_breaks_the_page(boss, cast, place, query):
    cast.contest(organiser=place.province)
    assert boss.get(f"{HERE}?{query}").status_code == 200


def test_an_unknown_round_or_board_is_not_found(boss, cast, place, clock):
    contest = cast.contest(organiser=place.province)
    refresh(contest.id, clock.instant)
    for path in (f"{HERE}?round=tuan-9", f"{HERE}/standings/khac", f"{HERE}/standings/ca-nhan?snapshot=999"):
        assert boss.get(path).status_code == 404


def test_the_organiser_sees_unpublished_boards_with_full_names(boss, cast, place, clock):
    contest = cast.contest(organiser=place.province)
    sit(cast.person("Phạm Thị Hạnh Phúc", union=place.units[0]), contest, started=NOON)
    assert "Chưa có bảng nào" in text(boss.get(f"{HERE}/standings"))
    refresh(contest.id, clock.at(minutes=5))
    assert "Phạm Thị Hạnh Phúc" in text(boss.get(f"{HERE}/standings"))
    assert "CĐCS May Đại Thành" in text(boss.get(f"{HERE}/standings/cdcs"))
    assert "Phạm Thị Hạnh Phúc" in text(boss.get(f"{HERE}/standings/ca-nhan?q=hanh+phuc"))


@pytest.mark.parametrize("who", ["contestant", "judge", "foreign organiser", "organiser of a unit"])
def test_strangers_find_nothing(client, cast, place, clock, who):
    contest = cast.contest(organiser=place.province)
    refresh(contest.id, clock.instant)
    elsewhere = cast.union("LĐLĐ tỉnh khác")
    roles = {
        "contestant": [],
        "judge": [(Role.JUDGE, place.province)],
        "foreign organiser": [(Role.ORGANISER, elsewhere)],
        "organiser of a unit": [(Role.ORGANISER, place.units[0])],
    }[who]
    cast.log_in(client, cast.person(union=place.units[0], roles=roles))
    follows = who == "organiser of a unit"
    assert [client.get(path).status_code for path in PAGES] == [200 if follows else 404, 404, 404, 404, 404]
    assert [client.submit(path).status_code for path in ACTS] == [404] * 4
    assert client.get("/organise").status_code == (404 if who in ("contestant", "judge") else 200)
    if who == "foreign organiser":
        assert "Tìm hiểu pháp luật" not in text(client.get("/organise"))


def test_who_is_not_logged_in_is_asked_to(client, cast, place):
    cast.contest(organiser=place.province)
    for path in ["/organise", *PAGES]:
        assert client.get(path).status_code == 302
    for path in ACTS:
        assert client.submit(path).status_code == 302


def test_an_organiser_below_sees_how_the_own_subtree_takes_part(client, cast, place, clock):
    contest = cast.contest(organiser=place.province)
    sit(cast.person("Bệnh Nhân", union=place.units[2]), contest, started=NOON)
    below = cast.person(roles=[(Role.ORGANISER, place.communes[0])])
    cast.log_in(client, below)
    assert "Cuộc thi có đơn vị của bạn tham gia" in text(client.get("/organise"))
    page = text(client.get(HERE))
    assert "CĐCS May Đại Thành" in page
    assert "CĐCS Bệnh viện" not in page
    assert "Tải tệp Excel" not in page
    assert "Bình Minh" not in page


def test_boards_that_the_rules_show_need_no_publishing(boss, cast, place, clock):
    contest = cast.contest(organiser=place.province, publish=PublishRule(board=BoardWhen.AFTER_ROUND))
    refresh(contest.id, clock.instant)
    page = text(boss.get(f"{HERE}/publish"))
    assert "sau khi đợt thi kết thúc" in page
    assert "Tính kết quả để xem trước" not in page
