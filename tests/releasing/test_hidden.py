"""A contest that is not public is there for its organisers and for nobody else."""

import pytest

from quizapp.db import session, transaction
from quizapp.models import Attempt, Paper, Question, Round
from tests.contests.conftest import FILE
from tests.releasing.conftest import RELEASE, SLUG, load

PAGES = [
    f"/contests/{SLUG}",
    f"/contests/{SLUG}/rules",
    f"/contests/{SLUG}/standings",
    f"/contests/{SLUG}/prizes",
    f"/contests/{SLUG}/works",
    f"/organise/contests/{SLUG}",
    RELEASE,
    f"{RELEASE}/publication",
    f"{RELEASE}/rounds/tuan-1",
    f"/organise/contests/new?like={SLUG}",
]
OTHERS = ("worker", "neighbour", "lower")


@pytest.fixture
def others(request, app):
    return [app.test_client(), *(request.getfixturevalue(each) for each in OTHERS)]


def test_no_page_of_it_is_there_for_others(hidden, others):
    stranger, *known = others
    seen = {
        (page, who): client.get(page).status_code for page in PAGES for who, client in zip(OTHERS, known, strict=True)
    }
    assert set(seen.values()) == {404}
    told = {page: stranger.get(page) for page in PAGES}
    assert {answer.status_code for answer in told.values()} <= {302, 404}
    assert [
        page for page, answer in told.items() if answer.status_code == 302 and not page.startswith("/organise")
    ] == []


@pytest.mark.parametrize("page", ["/", "/organise", "/me/attempts", "/organise/drafts"])
def test_no_list_names_it(hidden, others, page):
    for client in others:
        assert "Tìm hiểu pháp luật" not in client.get(page, follow_redirects=True).get_data(as_text=True)


def test_nobody_registers_for_it_or_asks_for_its_unions(hidden, app):
    page = app.test_client().get(f"/register?contest={SLUG}", follow_redirects=True)
    assert "Tìm hiểu pháp luật" not in page.get_data(as_text=True)
    assert "May Mẫu" not in app.test_client().get(f"/unions/search?contest={SLUG}&q=may+mau").get_data(as_text=True)


@pytest.mark.parametrize("key", ["tuan-1", "tuan-1-thi-thu", "tuan-1-dien-tap"])
def test_nobody_sits_it_not_even_its_organiser(hidden, others, organiser, key):
    for client in (*others[1:], organiser):
        answer = client.submit(f"/contests/{SLUG}/rounds/{key}/attempts", {"code": "280729"})
        assert answer.status_code == 404
    with transaction(writes=False):
        assert session.query(Attempt).count() == 0


def test_a_question_of_a_shared_bank_does_not_tell_of_it(hidden, place, organiser, neighbour):
    with transaction(writes=False):
        page = f"/organise/banks/luat/questions/{session.query(Question).first().id}"
    assert "Tìm hiểu pháp luật" in organiser.get(page).get_data(as_text=True)
    shown = neighbour.get(page)
    assert shown.status_code == 200
    assert "Tìm hiểu pháp luật" not in shown.get_data(as_text=True)


def test_it_has_no_practice_yet(hidden):
    with transaction(writes=False):
        assert [each.key for each in session.query(Round)] == ["tuan-1"]


def test_the_paper_of_a_trial_has_what_one_types_and_the_essay_and_leaves_nothing(cast, place, organiser):
    cast.bank("go", single=0, typed={"Năm nào?": "1929", "Ai?": "Nguyễn Đức Cảnh"})
    paper = "paper: [{bank: luat, count: 3, section: Phần chung}, {bank: go, count: 2}]"
    essay = "      essay: {prompt: Viết về công đoàn., marks: 5, words: {max: 300}, judges: 1}\n"
    load(FILE.replace("paper: [{bank: luat, count: 5}]", paper) + essay)
    shown = organiser.get(f"{RELEASE}/rounds/tuan-1").get_data(as_text=True)
    assert shown.count('placeholder="Ghi') == 2
    assert "Phần chung" in shown
    assert "Viết về công đoàn." in shown
    assert "300" in shown
    with transaction(writes=False):
        assert session.query(Paper).count() == session.query(Attempt).count() == 0


def test_its_organiser_sees_its_pages_as_a_trial(hidden, organiser):
    for page in PAGES[:2]:
        assert "chưa công bố" in organiser.get(page).get_data(as_text=True)
    shown = organiser.get(f"{RELEASE}/rounds/tuan-1").get_data(as_text=True)
    assert shown.count('class="question card"') == 5
    assert "nhập mã dự thi và bấm" in shown
    assert "Xem đề mẫu" in organiser.get(PAGES[0]).get_data(as_text=True)
