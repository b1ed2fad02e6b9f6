"""A guess beside the paper, in a round where everything must be answered."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from quizapp.rules.round_rules import PredictionRule
from quizapp.vocabulary import PredictionTarget
from tests.flows.sitting import answer, start

pytestmark = pytest.mark.browser


def test_a_guess_is_kept_and_a_paper_without_it_is_not_handed_in(phone, live):
    now = datetime.now(UTC)
    rules = live.cast.round_rules(opens_at=now, closes_at=now + timedelta(days=1))
    guess = PredictionRule(PredictionTarget.PARTICIPANTS, "Có bao nhiêu người dự thi đợt này?")
    draws = (replace(rules.draws[0], count=5, section="Phần I. Hiểu biết chung"),)
    rules = replace(rules, draws=draws, prediction=guess, must_answer_all=True)
    live.contest = live.cast.contest("du-doan", organiser=live.union, rounds=[rules])
    start(phone, live)
    for slot in range(1, 6):
        answer(phone, slot, 1)
    phone.locator("#hand-in").click()
    expect(phone.locator("#check-trouble")).to_contain_text("Còn thiếu câu dự đoán")
    expect(phone.locator("#check-yes")).to_be_hidden()
    phone.locator("#check-no").click()
    phone.locator("#prediction").fill("1250")
    expect(phone.locator("#prediction-state")).to_have_text("Đã lưu dự đoán.")
    assert live.attempts()[0].prediction == 1250
    phone.reload()
    expect(phone.locator("#prediction")).to_have_value("1250")
    phone.locator("#hand-in").click()
    phone.locator("#check-yes").click()
    expect(phone.locator(".facts").first).to_contain_text("1.250")
