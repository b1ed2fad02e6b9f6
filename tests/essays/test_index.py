"""The page of all that is to be done about a contest's essays: it says what comes next and leads there."""

import pytest

from quizapp.vocabulary import Resolution
from tests.appeals.conftest import Appealing
from tests.judging.conftest import LEVELS

CONTEST = "/organise/contests/cuoc-thi/essays"
ROUND = f"{CONTEST}/bai-viet"
PRIMARY = '<button class="button">Phân bài</button>'
NOTHING, BEST = LEVELS[0].mark, LEVELS[-1].mark


def html(browser, url=CONTEST):
    return " ".join(browser.get(url).get_data(as_text=True).split())


@pytest.fixture
def desk(jury):
    return jury.browser(jury.organiser)


def test_a_jury_that_is_too_small_is_to_be_made_larger(new_jury):
    page = html((made := new_jury()).browser(made.organiser))
    assert f'<a href="{ROUND}/jury">thêm giám khảo</a>, cần ít nhất 2 người' in page


def test_giving_out_stands_out_only_while_something_is_to_be_given_out(jury, desk):
    assert "bấm “Phân bài”: 1 bài chưa đủ giám khảo" in html(desk)
    assert PRIMARY in html(desk)
    jury.allocate()
    assert "chờ giám khảo chấm 1 bài" in html(desk)
    assert PRIMARY not in html(desk)


def test_when_all_essays_have_a_mark_the_results_may_be_published(jury, desk):
    jury.unseat(jury.chi)
    jury.allocate()
    for judge in (jury.an, jury.binh):
        jury.finish("PH2222", judge, BEST, 300)
    assert '<a href="/organise/contests/cuoc-thi/publish">công bố kết quả</a>' in html(desk)


@pytest.mark.parametrize("has_chair", [True, False])
def test_a_jury_without_a_chair_who_shall_decide_is_told(new_jury, has_chair):
    jury = new_jury(resolution=Resolution.CHAIR)
    unions = [jury.cast.union(parent=jury.province) for _ in range(4)]
    jury.write("PH2222", unions[3])
    jury.an, jury.binh = (jury.judge(name, union) for name, union in zip(("Lê An", "Vũ Bình"), unions, strict=False))
    mark_apart(jury)
    if has_chair:
        jury.seat(jury.an, is_chair=True)
    page = html(jury.browser(jury.organiser))
    assert "quyết định 1 bài</a>" in page
    assert ("chưa có Trưởng Ban" in page) is not has_chair


def mark_apart(jury):
    jury.allocate()
    jury.finish("PH2222", jury.an, BEST, 300)
    jury.finish("PH2222", jury.binh, NOTHING, 0)


def test_an_appeal_waits_for_its_answer_before_anything_else_is_told(app, cast, clock):
    jury = Appealing(app, cast, clock)
    jury.settle()
    assert "chờ trả lời" not in html(jury.desk)
    jury.ask()
    page = html(jury.desk)
    assert f'<a href="{ROUND}/appeals">trả lời 1 đề nghị phúc khảo</a>' in page
    assert "1 chờ trả lời" in page
    jury.phone.submit(f"{jury.appeal_url}/withdraw")
    assert "đề nghị phúc khảo</a>" not in html(jury.desk)


def test_the_list_of_essays_without_a_third_judge_leads_to_the_jury_and_not_to_itself(jury, desk):
    jury.unseat(jury.chi)
    mark_apart(jury)
    assert ">Xem các bài này</a>" in html(desk)
    page = html(desk, f"{ROUND}?state=stuck")
    assert "Xem các bài này" not in page
    assert f'<a href="{ROUND}/jury">Mở Ban Giám khảo</a>' in page
