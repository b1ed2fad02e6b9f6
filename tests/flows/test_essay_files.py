"""Photos of an essay on a phone: made smaller, sent one by one, told truthfully; then seen by a judge."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select, update

from quizapp.db import session, transaction
from quizapp.models import Allocation, Attempt, Essay, EssayFile, JudgeSeat, Round
from quizapp.rules.round_rules import EssayRule, FilesRule
from quizapp.vocabulary import FileKind, Role
from tests.attachments import samples
from tests.flows.conftest import DESK
from tests.flows.sitting import OFFLINE, expect_saved, hand_in, start
from tests.flows.test_writing import barriers

pytestmark = pytest.mark.browser

FILES = FilesRule(tuple(FileKind), count=3, most_mebibytes=2)
RULE = EssayRule(prompt="Bạn đề xuất đổi mới điều gì?", max_mark=500, judges=1, files=FILES)
BUSY = "status of 503"


@pytest.fixture
def page(phone, live, eyes):
    eyes.expect(*OFFLINE)
    now = datetime.now(UTC)
    window = {"opens_at": now - timedelta(hours=1), "closes_at": now + timedelta(days=1)}
    rules = live.cast.round_rules("bai-viet", essay=RULE, draws=(), **window)
    live.contest = live.cast.contest("viet", organiser=live.union, rounds=[rules])
    return start(phone, live)


def noisy(width=3200, height=2400, orientation=None):
    """A photo of some megabytes, as a phone takes it."""
    image = Image.effect_noise((width // 4, height // 4), 60).resize((width, height)).convert("RGB")
    exif = Image.Exif()
    if orientation:
        exif[0x112] = orientation
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=97, exif=exif)
    return stream.getvalue()


def choose(page, *files):
    page.locator("#files-input").set_input_files(
        [{"name": name, "mimeType": kind, "buffer": data} for name, kind, data in files]
    )


def jpeg(name, data=None):
    return name, "image/jpeg", data or samples.photo(600, 800, "navy")


def stored():
    with transaction(writes=False):
        return [
            (each.name, each.width, each.height)
            for each in session.scalars(select(EssayFile).order_by(EssayFile.position))
        ]


def count(page, text):
    expect(page.locator("#files-title")).to_contain_text(text)


def test_a_photo_is_made_smaller_on_the_phone_and_stands_upright(page):
    large = noisy(orientation=6)
    assert len(large) > 2 * 1024 * 1024
    choose(page, jpeg("to.jpg", large))
    count(page, "1/3")
    assert stored() == [("to.jpg", 1500, 2000)]
    expect(page.locator("#files-queue li")).to_have_count(0)


def test_files_are_put_in_order_taken_out_and_handed_in(page):
    colors = zip(("a.jpg", "b.jpg"), ("navy", "maroon"), strict=True)
    choose(page, *(jpeg(name, samples.photo(600, 800, color)) for name, color in colors))
    count(page, "2/3")
    page.get_by_role("button", name="Chuyển trang 2 lên trước").click()
    expect(page.locator(".pictures__name").first).to_contain_text("b.jpg")
    page.get_by_label("Bỏ trang 2").click()
    page.get_by_role("button", name="Bỏ hẳn trang 2").click()
    count(page, "1/3")
    assert [name for name, *_ in stored()] == ["b.jpg"]
    page.locator("#hand-in").click()
    expect(page.locator("#check-essay")).to_have_text("1 trang ảnh")
    page.locator("#check-no").click()
    hand_in(page)
    expect(page.get_by_role("heading", name="Ảnh đã gửi cùng bài viết")).to_be_visible()
    expect(page.locator("main")).to_contain_text("đang chấm")


def test_without_network_nothing_is_called_received_and_it_goes_by_itself(page):
    page.context.set_offline(True)
    choose(page, jpeg("mat-mang.jpg"))
    expect(page.locator("#files-queue")).to_contain_text("mất mạng – chưa gửi được")
    count(page, "0/3")
    assert stored() == []
    page.context.set_offline(False)
    count(page, "1/3")
    assert [name for name, *_ in stored()] == ["mat-mang.jpg"]


def test_what_is_refused_says_why_and_does_not_hold_up_the_next(page, eyes):
    eyes.expect("status of 422")
    choose(page, ("la.jpg", "image/jpeg", b"<svg/>"), jpeg("duoc.jpg"))
    count(page, "1/3")
    expect(page.locator("#files-queue .is-refused")).to_contain_text("không phải ảnh JPEG")
    page.get_by_role("button", name="Bỏ khỏi danh sách").click()
    hand_in(page)


def test_the_text_of_a_word_file_stands_in_the_field_and_is_saved(page):
    page.locator("#essay").fill("Đã viết.")
    expect_saved(page)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    choose(page, ("bai.docx", kind, samples.docx("Từ Word.")))
    expect(page.locator("#essay")).to_have_value("Đã viết.\n\nTừ Word.")
    expect_saved(page)
    with transaction(writes=False):
        assert session.scalar(select(Essay.text)) == "Đã viết.\n\nTừ Word."


def test_without_scripts_the_pictures_have_a_page_of_their_own(page, device, live):
    plain = device(live.worker, java_script_enabled=False)
    plain.goto(page.url)
    plain.locator("#essay").fill("chữ đang viết")
    plain.get_by_role("button", name="Thêm ảnh, tệp").click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Ảnh và tệp của bài viết")
    choose(plain, jpeg("giay.jpg"))
    plain.get_by_role("button", name="Gửi tệp này").click()
    expect(plain.locator("body")).to_contain_text("Đã nhận “giay.jpg”.")
    plain.get_by_role("link", name="Về bài viết").click()
    expect(plain.locator("#essay")).to_have_value("chữ đang viết")


@pytest.mark.parametrize("size", [{}, DESK], ids=["phone", "desk"])
def test_a_judge_sees_and_turns_the_pictures_and_no_page_has_a_barrier(page, device, live, size):
    choose(page, jpeg("Nguyen Thi Hoa.jpg", samples.photo_with_place(600, 400)))
    count(page, "1/3")
    barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    hand_in(page)
    judge = live.cast.person("Vũ Giám Khảo", union=live.union, roles=[(Role.JUDGE, live.union)])
    with transaction():
        session.execute(update(Attempt).values(closes_at=datetime.now(UTC)))
        round_ = session.scalars(select(Round).where(Round.key == "bai-viet")).one()
        seat = JudgeSeat(round_id=round_.id, person_id=judge.id, seated_at=datetime.now(UTC))
        session.add(seat)
        session.flush()
        facts = {"turn": "first", "position": 1, "allocated_at": datetime.now(UTC)}
        given = Allocation(attempt_id=session.scalars(select(Essay.attempt_id)).one(), seat_id=seat.id, **facts)
        session.add(given)
    desk = device(judge, **size)
    desk.goto(f"{live.url}/judge/essays/{given.id}")
    image = desk.locator(".sheet__view img")
    image.scroll_into_view_if_needed()
    expect(desk.locator(".sheets")).to_contain_text("có thể cho biết người viết là ai")
    assert "Hoa" not in desk.content()
    # The picture comes only when it is looked at: before that it has no height.
    image.evaluate("image => image.decode()")
    before = image.bounding_box()
    assert before["height"] > before["width"]
    desk.get_by_role("button", name="Xoay trang 1").focus()
    desk.keyboard.press("Enter")
    after = image.bounding_box()
    assert after["width"] > after["height"]
    desk.get_by_role("button", name="Phóng to trang 1").press("Enter")
    assert image.bounding_box()["width"] > after["width"]
    barriers(desk)
