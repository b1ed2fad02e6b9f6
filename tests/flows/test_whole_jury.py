"""Seven judges of five unions mark by keyboard in seven browsers; what two of them disagree about a third one marks."""

import random
import re
from collections import defaultdict

import pytest

from tests.flows.conftest import DESK, at_the_desk
from tests.flows.test_judging import After
from tests.judging import conftest as judging
from tests.judging.test_whole_jury import essay_marks, expected_mark

pytestmark = pytest.mark.browser
ESSAYS, UNIONS, JUDGES = 14, 5, 7


class Desk:
    """A judge before a screen, who knows the own mind: a level by its digit, the other criterion typed."""

    def __init__(self, page, rng):
        self.page, self.rng = page, rng

    def mark_all(self, url, given, *, most=None):
        """Mark what waits, at most so many essays; note code and total in hundredths."""
        self.page.goto(f"{url}/judge")
        start = self.page.get_by_role("link", name=re.compile("Bắt đầu chấm|Chấm tiếp"))
        if start.count() == 0:
            return 0
        start.first.click()
        done = 0
        while (heading := self.page.locator("h1")).inner_text().startswith("Bài ") and done != most:
            code = heading.inner_text().removeprefix("Bài ").strip()
            idea, style = self.rng.randrange(3), self.rng.randrange(0, 301, 25)
            at_the_desk(self.page)
            self.page.keyboard.press(str(idea + 1))
            self.page.locator("[name=mark-cach-viet]").fill(f"{style / 100:.2f}".replace(".", ","))
            with self.page.expect_navigation():
                self.page.keyboard.press("Control+Enter")
            given[code].append(idea * 100 + style)
            done += 1
        return done


def test_a_jury_marks_by_keyboard_and_one_judge_leaves(live, device):
    jury = judging.Jury(live.app, live.cast, After(), slug="ca-ban-giam-khao")
    unions = [live.cast.union(f"CĐCS Số {number}", parent=jury.province) for number in range(UNIONS)]
    for number in range(ESSAYS):
        jury.write(f"PK{number:04d}", unions[number % UNIONS], text=f"Đề xuất số {number}: họp ngắn đầu ca. " * 20)
    people = [jury.judge(f"Giám Khảo {number}", unions[number % UNIONS]) for number in range(JUDGES)]
    jury.allocate()
    desks = [Desk(device(person, **DESK), random.Random(number)) for number, person in enumerate(people)]
    given = defaultdict(list)
    assert desks[3].mark_all(live.url, given, most=1) == 1
    jury.unseat(people[3])
    while any(desk.mark_all(live.url, given) for desk in desks):
        pass
    assert essay_marks(jury) == {code: expected_mark(totals) for code, totals in given.items()}
    assert len(given) == ESSAYS
    assert any(len(totals) == 3 for totals in given.values())
