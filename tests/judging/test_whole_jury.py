"""A whole jury at work over HTTP: 300 essays, 7 judges of 5 unions; every mark is reckoned anew from what was typed.

The reckoning below knows nothing of `quizapp.rules`: two marks at most a point apart make their mean, else the two
nearest of three do, of two equally near pairs the higher.
"""

import random
import re
from collections import Counter, defaultdict
from datetime import timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Attempt, Essay, JudgeSeat
from quizapp.vocabulary import Role
from tests.conftest import NOON

ESSAYS, UNIONS = 300, 5
DESK = "/organise/contests/cuoc-thi/essays/bai-viet"
CODE = re.compile(r"<h1>Bài (\w+)</h1>")
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng")
MIDDLES = ("Thị Ánh", "Văn Quốc", "Hữu", "Ngọc Bảo", "Thanh", "Đình")
GIVEN = ("Tuyết", "Dũng", "Hạnh", "Khánh", "Phượng", "Sửu", "Thịnh")


class Judge:
    """A judge with a browser and a hand of the own: severe or mild, and never quite sure."""

    def __init__(self, jury, person, union, rng):
        self.person, self.union, self.rng = person, union, rng
        self.browser = jury.browser(person)
        self.bias = rng.choice((-75, -25, 0, 25, 75))
        self.pages = []

    def queue(self):
        html = self.browser.get("/judge").get_data(as_text=True)
        found = re.search(r'href="/judge/essays/(\d+)"', html)
        return int(found[1]) if found else None

    def mark_next(self, worth):
        """Mark one essay; return its code and total in hundredths, or None when nothing waits."""
        allocation = self.queue()
        if allocation is None:
            return None
        html = self.browser.get(f"/judge/essays/{allocation}").get_data(as_text=True)
        self.pages.append(html)
        code = CODE.search(html)[1]
        wanted = min(max(worth[code] + self.bias + self.rng.randrange(-100, 101, 25), 0), 500)
        idea = self.rng.choice([each for each in (0, 100, 200) if 0 <= wanted - each <= 300])
        fields = {"mark-y-tuong": f"{idea // 100}", "mark-cach-viet": f"{(wanted - idea) / 100:.2f}".replace(".", ",")}
        done = self.browser.submit(f"/judge/essays/{allocation}", {**fields, "action": "finish"})
        assert done.status_code == 302, done.get_data(as_text=True)
        return code, wanted


def expected_mark(totals):
    """Two or three totals in the order in which they were given → hundredths, halves to the even neighbour."""
    first, second, *third = totals
    if abs(first - second) <= 100:
        assert not third, "a third judge was called although two agreed"
        pair = (first, second)
    else:
        [last] = third
        pairs = [(first, second), (first, last), (second, last)]
        nearest = min(abs(one - other) for one, other in pairs)
        pair = max((pair for pair in pairs if abs(pair[0] - pair[1]) == nearest), key=sum)
    return round(Fraction(sum(pair), 2))


@pytest.fixture
def house(new_jury):
    """The jury of the fixture with 5 unions of 60 writers each, who all write down who they are."""
    jury, rng = new_jury(appeals_until=NOON + timedelta(days=9)), random.Random(20261125)
    jury.unions = [jury.cast.union(f"Công đoàn cơ sở Xí nghiệp Sao Mai {n}", parent=jury.province) for n in range(1, 6)]
    jury.identities, jury.worth, jury.writer_union, jury.writers = set(), {}, {}, {}
    for number in range(ESSAYS):
        union = jury.unions[number % UNIONS]
        name = f"{rng.choice(FAMILIES)} {rng.choice(MIDDLES)} {rng.choice(GIVEN)}"
        person = jury.cast.person(name, union=union)
        code = f"PB{number:04d}"
        text = f"Tôi là {name} ở {union.name}, số điện thoại {person.phone}. Tôi đề xuất họp ngắn đầu ca, lần {number}."
        jury.writers[code] = person, jury.write(code, union, text=text, person=person)
        jury.identities |= {name, union.name, person.phone}
        jury.worth[code], jury.writer_union[code] = rng.randrange(100, 426, 25), union.id
    jury.desk = jury.browser(jury.organiser)
    return jury


def seat(house, number, rng):
    union = house.unions[number % UNIONS]
    person = house.cast.person(f"Giám Khảo {number}", union=union, roles=[(Role.JUDGE, union)])
    assert house.desk.submit(f"{DESK}/jury", {"person": str(person.id), "capacity": ""}).status_code == 302
    return Judge(house, person, union, rng)


def mark_until(house, judges, given, *, most=None, rng):
    """Let the judges mark one essay each in changing order until nothing waits, or `most` marks are given."""
    while True:
        rng.shuffle(judges)
        marks = [(judge, judge.mark_next(house.worth)) for judge in judges]
        for judge, mark in marks:
            if mark:
                given[mark[0]].append((judge, mark[1]))
        if not any(mark for _, mark in marks) or (most and sum(map(len, given.values())) >= most):
            return


def test_a_jury_marks_three_hundred_essays_and_one_judge_leaves_in_the_middle(house):
    rng = random.Random(7)
    judges = [seat(house, number, random.Random(number)) for number in range(7)]
    assert house.desk.submit(f"{DESK}/allocate").status_code == 302
    loads = Counter(name for _, name in house.given())
    assert sum(loads.values()) == 2 * ESSAYS
    assert max(loads.values()) - min(loads.values()) <= 1

    given = defaultdict(list)
    mark_until(house, judges, given, most=250, rng=rng)
    leaving = next(judge for judge in judges if judge.person.full_name == "Giám Khảo 3")
    seat_id = seat_of(leaving.person)
    left_done = sum(judge is leaving for marks in given.values() for judge, _ in marks)
    assert house.desk.submit(f"{DESK}/jury/{seat_id}/leave").status_code == 302
    assert leaving.queue() is None
    staying = [judge for judge in judges if judge is not leaving]
    mark_until(house, staying, given, rng=rng)

    assert {judge for marks in given.values() for judge, _ in marks} == set(judges)
    assert sum(judge is leaving for marks in given.values() for judge, _ in marks) == left_done > 0
    for code, marks in given.items():
        assert len({judge for judge, _ in marks}) == len(marks), code
        assert house.writer_union[code] not in {judge.union.id for judge, _ in marks}, code
    expected = {code: expected_mark([total for _, total in marks]) for code, marks in given.items()}
    assert len(expected) == ESSAYS
    assert sum(len(marks) == 3 for marks in given.values()) > 20
    assert essay_marks(house) == expected
    appeal(house, staying, given, "PB0123", expected)
    assert essay_marks(house) == expected
    assert_blind(house, judges)


def appeal(house, judges, given, code, expected):
    """The writer asks once more; a judge who has not marked the essay does, and the organisers take that mark."""
    writer, attempt = house.writers[code]
    phone, desk = house.browser(writer), f"{DESK}/appeals/{code}"
    asked = phone.submit(f"/attempts/{attempt}/appeal", {"reason": "Bài có nêu kinh phí ở đoạn cuối."})
    assert asked.status_code == 302
    assert house.desk.submit(f"{desk}/judge").status_code == 302
    [(judge, mark)] = [(judge, mark) for judge in judges if (mark := judge.mark_next(house.worth))]
    assert mark[0] == code
    assert judge not in {each for each, _ in given[code]}
    assert essay_marks(house) == expected
    page = house.desk.get(desk).get_data(as_text=True)
    seen = {name: re.search(rf'name="{name}"[^>]* value="(\d+)"', page)[1] for name in ("seen", "seen_mark")}
    answer = {"choice": "take", "mark": "", "answer": "Đã chấm lại, lấy điểm lần này."}
    assert house.desk.submit(desk, {**seen, **answer}).status_code == 302
    expected[code] = mark[1]
    assert "lấy điểm lần này" in phone.get(f"/attempts/{attempt}/appeal").get_data(as_text=True)


def seat_of(person):
    with transaction(writes=False):
        return session.scalars(select(JudgeSeat.id).where(JudgeSeat.person_id == person.id)).one()


def essay_marks(house):
    with transaction(writes=False):
        asked = select(Essay.code, Attempt.essay_mark).join(Attempt, Attempt.id == Essay.attempt_id)
        return dict(session.execute(asked).tuples().all())


def assert_blind(house, judges):
    """No page that a judge was shown has a writer's name, union or phone, nor another judge's name."""
    names = {judge.person.full_name for judge in judges}
    for judge in judges:
        hidden = (house.identities | names) - {judge.person.full_name}
        for html in judge.pages:
            shown = {each for each in hidden if each in html}
            assert shown == set(), shown
