"""The organisers' pages of question banks."""

import re
from dataclasses import replace

import pytest

from quizapp.banks.queries import ON_A_PAGE
from quizapp.vocabulary import Role, UnionKind
from tests.banks.conftest import DRAFT, changed, load

BANK = "/organise/banks/luat"


@pytest.fixture
def desk(cast, client, clock):
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)
    return cast.log_in(client, cast.person("Trần Thị Tổ Chức", roles=[(Role.ORGANISER, province)]))


def html(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def refs(page):
    return re.findall(r'<article class="card" id="([^"]+)"', page)


@pytest.mark.parametrize("url", ["/organise/banks", BANK])
def test_keys_are_for_organisers_only(cast, client, bank, url):
    assert client.get(url).status_code == 302
    worker = cast.person("Nguyễn Văn An", union=cast.union("CĐCS"))
    assert cast.log_in(client, worker).get(url).status_code == 404
    judge = cast.person("Lê Giám Khảo", roles=[(Role.JUDGE, cast.union("CĐ"))])
    assert cast.log_in(client, judge).get(url).status_code == 404


def test_no_bank_is_said(desk):
    assert "Chưa có ngân hàng câu hỏi nào" in html(desk, "/organise/banks")


def test_banks_are_listed_with_what_is_in_them_now(desk, bank):
    load(replace(DRAFT, questions=DRAFT.questions[:2]))
    page = html(desk, "/organise/banks")
    assert "Luật Mẫu" in page
    assert "2 câu hỏi, 2 chủ đề" in page
    assert "24/11/2026" in page
    assert f'href="{BANK}"' in page


def test_an_organiser_finds_the_banks_in_the_head(desk, bank):
    assert 'href="/organise/banks"' in html(desk, "/")


def test_a_bank_that_is_not_there_is_not_found(desk):
    assert desk.get("/organise/banks/khong-co").status_code == 404


def test_a_question_is_shown_with_key_reason_source_and_version(desk, bank):
    load(changed("thu-viec", explanation="Vì khoản 1, bản mới."))
    page = html(desk, BANK)
    assert refs(page) == ["thu-viec", "luong", "giao-ket"]
    first = page[page.index('id="thu-viec"') : page.index('id="luong"')]
    right = re.findall(r'<li class="is-right">\s*(.*?)\s*<small>✓ Đáp án</small>', first, re.DOTALL)
    assert [" ".join(each.split()) for each in right] == ["B. 180 ngày"]
    for words in ("Hợp đồng", "Dễ", "Vì khoản 1, bản mới.", "Luật Mẫu, Điều 25 khoản 1", "phiên bản 2"):
        assert words in first
    second = page[page.index('id="luong"') : page.index('id="giao-ket"')]
    assert second.count("is-right") == 2
    assert "đáp án đúng từ 01/01/2021 đến 31/12/2027" in second
    assert "Nguồn thứ cấp" in second


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=thu viec", ["thu-viec"]),
        ("q=THỬ   việc", ["thu-viec"]),
        ("q=khoan tien", ["luong"]),
        ("q=180", ["thu-viec"]),
        ("q=dieu 13", ["giao-ket"]),
        ("q=khong co dau", []),
        ("topic=hop-dong", ["thu-viec", "giao-ket"]),
        ("topic=hop-dong&q=giao", ["giao-ket"]),
        ("level=kho", ["luong"]),
        ("level=kho&topic=hop-dong", []),
        ("level=gi-do&topic=gi-do", ["thu-viec", "luong", "giao-ket"]),
        ("q=%&page=abc", []),
    ],
)
def test_questions_are_found_by_words_topic_and_level(desk, bank, asked, found):
    page = html(desk, f"{BANK}?{asked}")
    assert refs(page) == found
    assert ("Không có câu hỏi nào khớp" in page) == (not found)


def test_what_was_asked_stays_in_the_form(desk, bank):
    page = html(desk, f'{BANK}?q="<b>&topic=luong')
    assert 'value="&#34;&lt;b&gt;"' in page
    assert '<option selected value="luong">' in page


def many():
    one = DRAFT.questions[0]
    numbers = range(1, ON_A_PAGE + 6)
    questions = tuple(replace(one, ref=f"cau-{n}", prompt=f"Câu hỏi {n}?", topic="luong") for n in numbers)
    return replace(DRAFT, questions=questions)


def test_a_long_bank_comes_in_pages_that_keep_what_was_asked(desk, bank):
    load(many())
    page = html(desk, f"{BANK}?topic=luong&page=2")
    assert refs(page) == [f"cau-{n}" for n in range(ON_A_PAGE + 1, ON_A_PAGE + 6)]
    assert f"Câu {ON_A_PAGE + 1} " in page
    assert re.search(r'rel="prev" href="[^"]*topic=luong', page)
    assert "quay lại trang đầu" in html(desk, f"{BANK}?page=99")
    assert html(desk, f"{BANK}?page=-3").count("<article") == ON_A_PAGE


def test_all_questions_can_stand_on_one_page_to_print(desk, bank):
    load(many())
    page = html(desk, f"{BANK}?print=1&q=cau")
    assert len(refs(page)) == ON_A_PAGE + 5
    assert "rel=" not in page[page.index("<main") : page.index("</main>")]
