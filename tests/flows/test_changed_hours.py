"""Organisers change the hours while somebody sits: the countdown follows, and the page says why."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Contest, Person
from quizapp.vocabulary import WindowChangeKind
from quizapp.windows import actions
from tests.flows.sitting import answer, expect_saved, start

pytestmark = pytest.mark.browser


def organise(act, *args, **facts):
    with transaction():
        contest = session.scalars(select(Contest)).one()
        by = session.scalars(select(Person)).first()
        act(contest, *args, by=by, now=datetime.now(UTC), **facts)


def test_the_countdown_follows_what_organisers_change(phone, live, eyes):
    start(phone, live)
    answer(phone, 1, 1)
    expect_saved(phone)
    more = actions.Asked(WindowChangeKind.EXTENSION, "mất điện toàn khu", minutes=10, to_sitting=True)
    organise(actions.change, more)
    answer(phone, 2, 1)
    expect(phone.locator("#told")).to_have_text("Bạn được thêm 10 phút: mất điện toàn khu")
    expect(phone.locator("#spoken")).to_have_text("Bạn được thêm 10 phút: mất điện toàn khu")
    expect(phone.locator("#clock-time")).to_contain_text("29:")
    organise(actions.pause, reason="máy chủ bảo trì")
    answer(phone, 3, 1)
    expect(phone.locator("#clock-time")).to_have_text("Tạm dừng")
    expect(phone.locator("#told")).to_contain_text("Cuộc thi đang tạm dừng: máy chủ bảo trì.")
    phone.reload()
    expect(phone.locator("#clock-time")).to_have_text("Tạm dừng")
    organise(actions.resume)
    answer(phone, 4, 1)
    expect(phone.locator("#clock-time")).to_contain_text("29:")
    expect(phone.locator("#told")).to_contain_text("máy chủ bảo trì")
    expect_saved(phone)
    assert live.stored() == {1: "1", 2: "1", 3: "1", 4: "1"}
