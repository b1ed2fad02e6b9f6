"""Essays that a judge marks twice unknowingly: which, where, and that nothing tells him."""

import re

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.errors import NothingToRepeat
from quizapp.judging import giving, queries, seeds, states, taking
from quizapp.models import Allocation, Essay, JudgeSeat
from quizapp.vocabulary import EssayState, Giving, Turn

DESK = "/organise/contests/cuoc-thi/essays/bai-viet"


@pytest.fixture
def marked(new_jury):
    """One judge for each essay, so two judges; each has 15 essays and has finished 12."""
    return fill(new_jury(judges=1, gap=None))


def fill(jury, essays=30, done=12):
    jury.cdcs = jury.cast.union("Công đoàn cơ sở Dệt Bình Minh", parent=jury.province)
    jury.an, jury.binh = (jury.judge(name, jury.cast.union(parent=jury.province)) for name in ("Lê An", "Vũ Bình"))
    for number in range(essays):
        jury.write(f"PB{number:04d}", jury.cdcs, text=f"Ý số {number} về công đoàn.")
    jury.allocate()
    for judge in (jury.an, jury.binh):
        for minute, code in enumerate(order(jury, judge)[:done]):
            jury.clock.at(minutes=minute)
            jury.finish(code, judge, 200, 100)
    return jury


def order(jury, judge):
    """The codes in a judge's queue as the list shows them."""
    with transaction(writes=False):
        seat = session.scalars(select(JudgeSeat).where(JudgeSeat.person_id == judge.id)).one()
        return [each.code for each in queries.listed(seat)]


def plant(jury, count=3):
    with transaction():
        return seeds.plant(jury.round(), count, by=jury.organiser, now=jury.clock.instant)


def planted(jury, judge):
    """Original code and alias of what a judge marks twice."""
    with transaction(writes=False):
        asked = select(Essay.code, Allocation.alias).join(Allocation).join(JudgeSeat)
        asked = asked.where(Allocation.turn == Turn.SEED.value, JudgeSeat.person_id == judge.id)
        return dict(session.execute(asked).tuples().all())


def test_each_judge_gets_own_essays_of_some_time_ago_again(marked):
    before = order(marked, marked.an)
    assert plant(marked, 2) == 4
    assert set(planted(marked, marked.an)) == set(before[:2])  # 12 finished, so two lie ten essays back


def test_where_few_were_finished_any_may_come_again(new_jury):
    jury = fill(new_jury(judges=1, gap=None), essays=8, done=2)
    before = order(jury, jury.an)
    plant(jury, 5)
    assert set(planted(jury, jury.an)) == set(before[:2])


def test_nothing_finished_nothing_to_repeat(new_jury):
    jury = fill(new_jury(judges=1, gap=None), essays=4, done=0)
    with pytest.raises(NothingToRepeat):
        plant(jury)


def test_no_essay_comes_a_third_time(marked):
    plant(marked, 2)
    first = planted(marked, marked.an)
    plant(marked, 12)
    assert len(planted(marked, marked.an)) == 12
    assert first.items() <= planted(marked, marked.an).items()


def test_what_comes_again_lies_among_what_waits_and_not_in_front(marked):
    before = order(marked, marked.an)
    plant(marked, 3)
    after, aliases = order(marked, marked.an), set(planted(marked, marked.an).values())
    assert [code for code in after if code not in aliases] == before
    assert len(aliases) == 3
    assert min(after.index(each) for each in aliases) > 12


def test_no_page_tells_that_an_essay_was_seen_before(marked):
    plant(marked, 3)
    browser = marked.browser(marked.an)
    [(original, alias), *_] = planted(marked, marked.an).items()
    with transaction(writes=False):
        twice = session.scalars(select(Allocation).where(Allocation.alias == alias)).one()
        url, seat_id = f"/judge/essays/{twice.id}", twice.seat_id
    desk = browser.get(url).get_data(as_text=True)
    assert f"Bài {alias}" in desk
    assert original not in desk
    listed = browser.get(f"/judge/seats/{seat_id}").get_data(as_text=True)
    assert listed.count(original) == 1  # the first marking alone
    rows = re.findall(r'<li class="row">.*?</li>', listed, re.S)
    [fresh, *_] = [row for row in rows if "Chưa chấm" in row and alias not in row]
    [seed] = [row for row in rows if alias in row]
    assert re.sub(r"PB\d{4}|\d+", "…", fresh) == re.sub(rf"{alias}|\d+", "…", seed)
    kept = browser.put(f"{url}/draft", json={"mark-y-tuong": "1"})
    assert original not in kept.get_data(as_text=True)
    for path in ("/judge", f"/judge/seats/{seat_id}/criteria", f"{url}/return", f"{url}/criteria/y-tuong"):
        assert original not in browser.get(path).get_data(as_text=True), path


def test_a_second_marking_changes_no_mark_and_no_state(marked):
    plant(marked, 2)
    [(original, alias), *_] = planted(marked, marked.an).items()
    settled = marked.settlements()
    with transaction(writes=False):
        allocation = session.scalars(select(Allocation.id).where(Allocation.alias == alias)).one()
        before = states.of_essay(marked.round(), original)
    fields = {"mark-y-tuong": "0", "mark-cach-viet": "0"}
    assert marked.browser(marked.an).submit(f"/judge/essays/{allocation}", fields).status_code == 302
    assert marked.settlements() == settled
    assert marked.essay_mark(original) == 300
    with transaction(writes=False):
        assert states.of_essay(marked.round(), original) == before
        assert before.state is EssayState.SETTLED


def test_repeated_essays_are_no_load(marked):
    with transaction(writes=False):
        before = giving.seats_taking(marked.round())
    plant(marked, 3)
    with transaction(writes=False):
        assert giving.seats_taking(marked.round()) == before


def test_a_judge_who_leaves_gives_no_repeated_essay_to_others(marked):
    plant(marked, 3)
    marked.unseat(marked.an)
    assert len(planted(marked, marked.binh)) == 3
    with transaction(writes=False):
        left = session.scalars(select(Allocation).where(Allocation.turn == Turn.SEED.value, queries.ACTIVE)).all()
    assert len(left) == 3


def test_where_judges_take_essays_one_comes_with_what_they_take(new_jury):
    jury = fill(new_jury(judges=1, gap=None, giving=Giving.PULL), essays=20, done=9)
    for number in range(10):
        jury.write(f"PC{number:04d}", jury.cdcs)
    before = order(jury, jury.an)
    plant(jury, 2)
    assert order(jury, jury.an) == before
    aliases = set(planted(jury, jury.an).values())
    with transaction():
        seat = session.scalars(select(JudgeSeat).where(JudgeSeat.person_id == jury.an.id)).one()
        taken = taking.take(seat, 4, by=jury.an, now=jury.clock.instant)
        assert len(taken) == 4
        assert len({each.code for each in taken} & aliases) == 1
        assert len({each.leased_until for each in taken}) == 1


def test_organisers_plant_with_a_button(marked):
    desk = marked.browser(marked.organiser)
    assert desk.submit(f"{DESK}/seeds", {"count": "0"}).status_code == 422
    assert desk.submit(f"{DESK}/seeds", {"count": "2"}, page=f"{DESK}/jury").status_code == 302
    assert marked.events()[-1] == "plant_seeds"
    assert "đã chấm 0/2" in desk.get(f"{DESK}/jury").get_data(as_text=True)
    [(original, alias), *_] = planted(marked, marked.an).items()
    page = desk.get(f"{DESK}/{original}").get_data(as_text=True)
    assert f"Giám khảo thấy số phách {alias}" in page
