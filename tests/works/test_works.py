"""Works: nothing public before consent and publishing; the consent is withdrawn at once; unnamed means unnamed."""

import pytest

from quizapp.db import session, transaction
from quizapp.models import GivenText, Job, LikenessPair, LikenessSearch
from quizapp.vocabulary import Role
from tests.appeals.conftest import html
from tests.works.conftest import DESK, PUBLIC

IDENTITY = ("Nhung", "0912345678", "Bình Minh")


def text(reply):
    return reply.get_data(as_text=True)


def copied(jury):
    """A human found that the essay stands in a law."""
    with transaction():
        facts = {"asked_at": jury.clock.instant, "details": {}}
        job = Job(kind="likeness", subject="round", **facts)
        given = GivenText(round_id=jury.round().id, title="Luật", text="…", added_by_id=jury.organiser.id)
        given.added_at = jury.clock.instant
        session.add_all((job, given))
        session.flush()
        search = LikenessSearch(round_id=jury.round().id, job_id=job.id, least=3000)
        session.add(search)
        session.flush()
        pair = LikenessPair(search_id=search.id, attempt_id=jury.attempt, text_id=given.id, share=9000)
        pair.verdict, pair.decided_at, pair.decided_by_id = "copied", jury.clock.instant, jury.organiser.id
        session.add(pair)


def test_nothing_is_public_before_consent_and_publication(jury):
    for step in (jury.choose, jury.publish, jury.agree):
        step()
        found = jury.seen_by_strangers()
        for part in ("họp ngắn mỗi tuần", "Họp ngắn mỗi tuần", "Bài viết hay</a>", *IDENTITY):
            assert part not in found, step
        assert jury.stranger.get(jury.public_url).status_code == 404
    jury.publish()
    assert "Bài viết hay</a>" in html(jury.stranger, "/contests/cuoc-thi")
    assert "họp ngắn mỗi tuần" in html(jury.stranger, jury.public_url)
    assert '<meta property="og:title" content="Họp ngắn mỗi tuần">' in html(jury.stranger, jury.public_url)


def test_a_writer_without_name_is_found_nowhere(jury):
    jury.choose()
    jury.agree("no")
    jury.publish()
    found = jury.seen_by_strangers()
    assert "họp ngắn mỗi tuần" in found
    for part in (*IDENTITY, "PH2222"):
        assert part not in found


def test_a_writer_with_name_has_name_and_union_but_no_phone(jury):
    jury.choose()
    jury.agree("yes")
    jury.publish()
    found = jury.seen_by_strangers()
    assert "Phạm Thị Hồng Nhung – Công đoàn cơ sở Dệt Bình Minh" in found
    assert "0912345678" not in found


def test_the_writer_reads_both_ways_before_agreeing(jury):
    html(jury.phone, jury.own_url, 404)
    jury.choose()
    assert "Ban tổ chức muốn giới thiệu" in html(jury.phone, "/me/attempts")
    assert "Ban tổ chức muốn giới thiệu" in html(jury.phone, f"/attempts/{jury.attempt}/result")
    page = html(jury.phone, jury.own_url)
    for part in ("Khi không ghi tên", "Khi ghi tên", "▇▇▇", "Phạm Thị Hồng Nhung – Công đoàn cơ sở"):
        assert part in page


def test_agreeing_needs_a_word_about_the_name(jury):
    jury.choose()
    assert jury.agree("").status_code == 422
    assert jury.work().consented_at is None


def test_a_withdrawn_consent_takes_the_work_away_at_once(jury):
    jury.choose()
    jury.agree("yes")
    jury.publish()
    assert jury.decline().status_code == 302
    assert jury.stranger.get(jury.public_url).status_code == 404
    for part in ("Họp ngắn", *IDENTITY):
        assert part not in jury.seen_by_strangers()
    assert "chưa đồng ý hoặc đã rút đồng ý" in text(
        jury.desk.submit(f"{DESK}/PH2222", {"action": "publish"}, follow_redirects=True)
    )
    jury.agree("no")
    assert jury.stranger.get(jury.public_url).status_code == 404  # published again by an organiser only


def test_a_name_goes_at_once_when_the_writer_takes_it_back(jury):
    jury.choose()
    jury.agree("yes")
    jury.publish()
    jury.agree("no")
    assert "họp ngắn mỗi tuần" in jury.seen_by_strangers()
    assert "Nhung" not in jury.seen_by_strangers()


def test_a_work_is_taken_down_and_dropped(jury):
    jury.choose()
    jury.agree()
    jury.publish()
    jury.change("take_down")
    assert jury.stranger.get(jury.public_url).status_code == 404
    jury.publish()
    jury.change("drop")
    assert jury.work() is None
    assert jury.stranger.get(jury.public_url).status_code == 404
    wanted = ["choose_work", "agree_to_show", "publish_work", "take_down_work", "publish_work", "drop_work"]
    assert jury.events()[-6:] == wanted


def test_works_stand_in_the_order_of_the_organisers(jury):
    second = jury.write("PH3333", jury.cdcs)
    jury.allocate()
    for judge in (jury.an, jury.binh, jury.chi):
        if ("PH3333", judge.full_name) in jury.given():
            jury.finish("PH3333", judge, 200, 300)
    jury.choose()
    assert jury.choose(code="PH3333").status_code == 302
    assert jury.order() == [jury.attempt, second]
    jury.change("up", code="PH3333")
    assert jury.order() == [second, jury.attempt]
    jury.change("down", code="PH3333")
    jury.change("down", code="PH3333")
    assert jury.order() == [jury.attempt, second]


def test_copies_are_not_shown(jury):
    copied(jury)
    page = html(jury.desk, DESK)
    assert "Kết luận là bài chép" in page
    assert 'aria-label="Chọn bài PH2222"' not in page
    reply = jury.choose()
    assert reply.status_code == 409
    assert "bài chép" in text(reply)
    assert jury.work() is None


def test_a_copy_that_is_found_late_is_not_published(jury):
    jury.choose()
    jury.agree()
    copied(jury)
    assert "Không công bố được" in html(jury.desk, DESK)
    jury.publish()
    assert jury.work().published_at is None


def test_only_settled_essays_are_chosen_and_found_by_code(jury):
    jury.write("PH4444", jury.cdcs)
    assert jury.choose(code="PH4444").status_code == 409
    assert jury.choose(code="PH9999").status_code == 422
    assert "PH2222</a>" in html(jury.desk, f"{DESK}?q=h22")
    assert "PH2222</a>" not in html(jury.desk, f"{DESK}?q=999")
    jury.choose()
    assert jury.choose().status_code == 409


def test_photos_are_shown_where_there_is_no_text_only(jury):
    jury.rewrite("", photos=[b"RIFF1", b"RIFF2"])
    jury.choose()
    photo = f"{jury.public_url}/photos/2"
    assert jury.stranger.get(photo).status_code == 404
    assert jury.phone.get(photo).data == b"RIFF2"
    jury.agree()
    jury.publish()
    shown = jury.stranger.get(photo)
    assert (shown.data, shown.headers["Cache-Control"]) == (b"RIFF2", "no-store")
    assert f"{jury.public_url}/photos/1" in html(jury.stranger, jury.public_url)
    assert "nhung.jpg" not in html(jury.stranger, jury.public_url)
    jury.rewrite("Đã có chữ.")
    assert jury.stranger.get(photo).status_code == 404


@pytest.mark.parametrize("who", ["judge", "foreign organiser", "stranger's phone"])
def test_others_have_no_say(jury, who):
    jury.choose()
    foreign = jury.cast.union("LĐLĐ tỉnh Khác")
    people = {
        "judge": jury.an,
        "foreign organiser": jury.cast.person("Ngô Xa", union=foreign, roles=[(Role.ORGANISER, foreign)]),
        "stranger's phone": jury.cast.person("Người Lạ", union=jury.cdcs),
    }
    browser = jury.browser(people[who])
    html(browser, jury.own_url, 404)
    html(browser, DESK, 404)
    assert browser.submit(jury.own_url, {"action": "agree", "name": "yes"}).status_code == 404
    assert browser.submit(f"{DESK}/PH2222", {"action": "drop"}).status_code == 404
    assert (jury.work().consented_at, jury.work().declined_at) == (None, None)


def test_an_empty_page_says_so(jury):
    assert "Chưa có bài nào" in html(jury.stranger, PUBLIC)


def test_what_was_written_is_shown_harmless(jury):
    jury.rewrite("<script>alert(1)</script> \u202eđảo")
    jury.choose("<b>Tên</b>")
    jury.agree()
    jury.publish()
    page = html(jury.stranger, jury.public_url)
    assert "<script>alert" not in page
    assert "&lt;b&gt;Tên" in page
