"""Two judges, a gap, a third judge, the chair: what becomes of an essay, worked out by hand."""

import threading

import pytest

from quizapp.db import transaction
from quizapp.errors import AllocationWithdrawn, AssessmentLocked
from quizapp.judging import states
from quizapp.vocabulary import EssayState, Resolution


def judges_of(jury, code="PH2222"):
    people = {each.full_name: each for each in (jury.an, jury.binh, jury.chi)}
    return [people[name] for given, name in jury.given() if given == code]


def state_of(jury, code="PH2222"):
    with transaction(writes=False):
        return states.of_essay(jury.round(), code).state


def test_the_second_judge_to_finish_settles_the_essay(jury):
    assert state_of(jury) is EssayState.UNALLOCATED
    jury.allocate()
    first, second = judges_of(jury)
    jury.finish("PH2222", first, 200, 150)
    assert (jury.settlements(), jury.essay_mark("PH2222")) == ([], None)
    assert state_of(jury) is EssayState.BEING_MARKED
    jury.finish("PH2222", second, 100, 150)
    assert jury.settlements() == [("PH2222", 300, True)]
    assert jury.essay_mark("PH2222") == 300
    assert state_of(jury) is EssayState.SETTLED


def test_a_gap_calls_a_third_judge_in_the_same_moment_and_the_nearest_two_count(jury):
    jury.allocate()
    first, second = judges_of(jury)
    jury.finish("PH2222", first, 200, 300)
    jury.finish("PH2222", second, 100, 100)
    assert state_of(jury) is EssayState.FAR_APART
    assert len(jury.given()) == 3
    [third] = {jury.an, jury.binh, jury.chi} - {first, second}
    jury.finish("PH2222", third, 200, 200)
    assert jury.settlements() == [("PH2222", 450, True)]


def test_where_nobody_is_left_for_a_third_marking_the_next_allocation_finds_one(new_jury):
    jury = new_jury()
    jury.cdcs = jury.cast.union(parent=jury.province)
    jury.an, jury.binh = (jury.judge(name, jury.cast.union(parent=jury.province)) for name in ("Lê An", "Vũ Bình"))
    jury.write("PH2222", jury.cdcs)
    jury.allocate()
    jury.finish("PH2222", jury.an, 200, 300)
    jury.finish("PH2222", jury.binh, 0, 0)
    assert state_of(jury) is EssayState.FAR_APART
    chi = jury.judge("Đỗ Chi", jury.cast.union(parent=jury.province))
    jury.allocate()
    assert jury.given(chi) == [("PH2222", "Đỗ Chi")]


def test_a_judge_changes_the_own_mark_until_the_second_has_finished(jury):
    jury.allocate()
    first, second = judges_of(jury)
    jury.finish("PH2222", first, 0, 0)
    jury.finish("PH2222", first, 200, 100)
    jury.finish("PH2222", second, 200, 200)
    assert jury.settlements() == [("PH2222", 350, True)]
    for judge in (first, second):
        with pytest.raises(AssessmentLocked):
            jury.finish("PH2222", judge, 0, 0)


def test_two_judges_who_finish_at_the_same_moment_settle_once(jury):
    jury.allocate()
    failures = []
    ready = threading.Barrier(2)

    def finish(judge, style):
        with jury.app.app_context():
            ready.wait()
            try:
                jury.finish("PH2222", judge, 200, style)
            except Exception as error:
                failures.append(error)

    first, second = judges_of(jury)
    threads = [threading.Thread(target=finish, args=pair) for pair in ((first, 100), (second, 200))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert jury.settlements() == [("PH2222", 350, True)]


def test_a_judge_who_leaves_gives_back_what_is_not_finished(jury):
    jury.write("PH3333", jury.cdcs)
    jury.allocate()
    leaving = judges_of(jury)[0]
    jury.finish("PH2222", leaving, 200, 100)
    jury.unseat(leaving)
    assert jury.given(leaving) == [("PH2222", leaving.full_name)]
    assert len(jury.given()) == 4
    for code, name in jury.given():
        judge = next(each for each in (jury.an, jury.binh, jury.chi) if each.full_name == name)
        if judge is not leaving:
            jury.finish(code, judge, 200, 200)
    assert sorted(jury.settlements()) == [("PH2222", 350, True), ("PH3333", 400, True)]


def test_what_was_given_back_can_no_longer_be_finished(jury):
    jury.allocate()
    leaving = judges_of(jury)[0]
    jury.unseat(leaving)
    with pytest.raises(AllocationWithdrawn):
        jury.finish("PH2222", leaving, 0, 0)


def test_the_chair_decides_where_the_rule_says_so(new_jury):
    jury = new_jury(resolution=Resolution.CHAIR)
    union = jury.cast.union(parent=jury.province)
    jury.an = jury.judge("Lê An", jury.cast.union(parent=jury.province), is_chair=True)
    jury.binh = jury.judge("Vũ Bình", jury.cast.union(parent=jury.province))
    jury.chi = None
    jury.write("PH2222", union)
    jury.allocate()
    jury.finish("PH2222", jury.an, 200, 300)
    jury.finish("PH2222", jury.binh, 0, 0)
    assert state_of(jury) is EssayState.FOR_THE_CHAIR
    chair = jury.browser(jury.an)
    page = chair.get("/judge").get_data(as_text=True)
    assert "/decisions/PH2222" in page
    url = "/judge/seats/1/decisions/PH2222"
    assert chair.submit(url, {"mark": "5,5", "reason": "Bài có ý mới", "seen": "0"}).status_code == 422
    assert chair.submit(url, {"mark": "4", "reason": "Bài có ý mới", "seen": "0"}).status_code == 302
    assert jury.settlements() == [("PH2222", 400, True)]
    assert chair.get(url).status_code == 404
    assert jury.browser(jury.binh).get("/judge/seats/2/decisions/PH2222").status_code == 404


def test_a_whole_jury_of_three_unions(new_jury):
    """Twelve essays, four judges, one of whom leaves after six markings; each gives one and the same total."""
    jury = new_jury()
    homes = [jury.cast.union(f"CĐCS {number}", parent=jury.province) for number in range(3)]
    people = [jury.judge(f"Giám Khảo {number}", homes[number % 3]) for number in range(4)]
    for number in range(12):
        jury.write(f"PH{number:04d}", homes[number % 3])
    assert jury.allocate().short == ()
    # Judges 0 and 3 are of the first union, so the essays of that one go to 1 and 2 only.
    by_name = {each.full_name: each for each in people}
    for code, name in jury.given():
        assert people.index(by_name[name]) % 3 != int(code[2:]) % 3
    marks = {people[0]: (200, 200), people[1]: (200, 150), people[2]: (200, 100), people[3]: (0, 100)}
    for code, _ in jury.given(people[3])[:2]:
        jury.finish(code, people[3], *marks[people[3]])
    kept = {code for code, _ in jury.given(people[3])[:2]}
    jury.unseat(people[3])
    for _ in range(2):  # the second time round for those who were called third
        for code, name in jury.given():
            judge = by_name[name]
            if judge is not people[3] and marks[judge][0] + marks[judge][1] not in jury.totals(code):
                jury.finish(code, judge, *marks[judge])
    expected = {}
    for number in range(12):
        home, code = number % 3, f"PH{number:04d}"
        able = [400, 350, 300]  # totals of judges 0, 1, 2
        del able[home]
        # Two of the three may have it: with the one who left, the third marking brings the nearest two.
        expected[code] = sum(able) // 2
    assert {code: mark for code, mark, _ in jury.settlements()} == expected
    assert kept <= set(expected)


def test_a_correction_is_a_layer_above_and_the_old_one_is_kept(jury):
    jury.allocate()
    for judge in judges_of(jury):
        jury.finish("PH2222", judge, 200, 100)
    desk = jury.browser(jury.organiser)
    url = "/organise/contests/cuoc-thi/essays/bai-viet/PH2222"
    assert desk.submit(url, {"mark": "3,5", "reason": "Chấm sót một ý", "seen": "1"}).status_code == 302
    assert jury.settlements() == [("PH2222", 300, False), ("PH2222", 350, True)]
    assert jury.essay_mark("PH2222") == 350
    desk.submit(url, {"mark": "5", "reason": "Trang cũ còn mở", "seen": "1"})
    assert jury.essay_mark("PH2222") == 350
    assert jury.events()[-1] == "settle_essay"
    assert "Chấm sót một ý" in desk.get(url).get_data(as_text=True)
