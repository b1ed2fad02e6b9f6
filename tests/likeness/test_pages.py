"""Two texts side by side, without names and without harm; what organisers say of them; strangers see nothing."""

import html
import re
from unicodedata import normalize

import pytest

from quizapp.models import GivenText
from quizapp.vocabulary import Role, UnionKind
from tests.likeness.conftest import URL, numbered

SHARED = "Mỗi tổ họp đứng mười phút đầu tuần, ai cũng được nói, tổ trưởng ghi lại và trả lời trong ba ngày"
ODD = "👩\u200d🏭 chào các bạn \u202eđảo ngược\u202c"


def passages(page):
    """The marked passages of both texts, by number, as they were written."""
    texts = page.split('<div class="manuscript"')[1:]
    return [
        {int(number): html.unescape(text) for number, text in re.findall(r">(\d+)</a><mark[^>]*>([^<]*)</mark>", each)}
        for each in texts
    ]


def shown(page):
    """Both texts as a reader sees them, without the numbers."""
    texts = [each.partition("</div>")[0].partition(">")[2] for each in page.split('<div class="manuscript"')[1:]]
    return [html.unescape(re.sub(r"<a [^>]*>\d+</a>|</?mark[^>]*>", "", each)) for each in texts]


@pytest.fixture
def pair(desk):
    one = f"{ODD}. {SHARED}. {numbered(0, 10)}"
    other = f"{numbered(50, 12)}\n\n<script>alert(1)</script> {normalize('NFD', SHARED.upper())} – hết {ODD}"
    desk.jury.write("PHAAAA", desk.jury.cdcs, text=one)
    desk.jury.write("PHBBBB", desk.jury.far, text=other)
    found = desk.find()["PHAAAA", "PHBBBB"]
    found.texts = [one, other]
    return found


def test_the_passages_of_both_are_marked_as_they_were_written(desk, pair):
    page = desk.page(f"/pairs/{pair.id}")
    one, other = passages(page)
    greeting = ODD[ODD.index("chào") :]
    assert one == {1: greeting, 2: SHARED}
    assert other == {1: greeting, 2: normalize("NFD", SHARED.upper())}
    assert shown(page) == pair.texts
    assert 'id="a-1" href="#b-1"' in page
    assert 'id="b-1" href="#a-1"' in page


def test_a_script_in_an_essay_is_text(desk, pair):
    page = desk.page(f"/pairs/{pair.id}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_names_are_shown_only_when_asked_for(desk, pair):
    page = desk.page(f"/pairs/{pair.id}")
    assert "Người Viết" not in page
    assert "Thép Xa" not in page
    assert "thuộc hai công đoàn khác nhau" in page
    asked = desk.page(f"/pairs/{pair.id}?names=1")
    assert "Người Viết PHBBBB, CĐCS Thép Xa" in asked
    assert "Người Viết" not in desk.page()


def test_what_tells_the_writer_in_the_text_is_covered(desk):
    for code in ("PHCCCC", "PHDDDD"):
        desk.jury.write(code, desk.jury.cdcs, text=f"{SHARED}. Gọi tôi 0912345678, {code}, CĐCS Dệt Mẫu.")
    (found,) = desk.find().values()
    page = desk.page(f"/pairs/{found.id}")
    assert "0912345678" not in page
    assert "Dệt Mẫu" not in page
    assert "cùng một công đoàn" in page


def test_of_a_long_law_only_the_surroundings_are_shown(desk):
    law = f"{numbered(1000, 2000)} {SHARED} {numbered(4000, 2000)}"
    desk.jury.write("PHAAAA", desk.jury.cdcs, text=f"{SHARED} {numbered(0, 20)}")
    desk.give("Nghị quyết", law)
    (found,) = desk.find().values()
    _, text = shown(desk.page(f"/pairs/{found.id}"))
    assert SHARED in text
    assert text.count("[…]") == 2
    assert len(text) < 2000
    assert text.startswith("chữ1000 ")
    assert text.endswith("chữ5999")


def test_a_verdict_is_given_found_changed_and_taken_back(desk, pair):
    assert desk.decide(pair.id, "copied", "Chép cả đoạn").status_code == 302
    page = desk.page(f"/pairs/{pair.id}")
    assert "Đã ghi: Chép nhau." in page
    assert "Trần Thị Tổ Chức" in page
    assert 'value="Chép cả đoạn"' in page
    assert "PHBBBB" not in desk.page()
    assert "PHBBBB" in desk.page("?show=copied")
    desk.decide(pair.id, "harmless")
    assert "PHBBBB" not in desk.page("?show=copied")
    assert "PHBBBB" in desk.page("?show=harmless")
    desk.decide(pair.id, "", "bỏ")
    assert "PHBBBB" in desk.page()
    (kept,) = desk.pairs().values()
    assert (kept.verdict, kept.note, kept.decided_by_id, kept.decided_at) == (None, "", None, None)
    decided = [details["verdict"] for action, details in desk.events() if action == "decide_likeness"]
    assert decided == ["copied", "harmless", None]
    assert desk.events()[-3][1]["essay"] == "PHAAAA"
    assert desk.events()[-3][1]["note"] == "Chép cả đoạn"


def test_a_verdict_changes_no_mark(desk, pair):
    desk.decide(pair.id, "copied")
    assert [desk.jury.essay_mark(code) for code in ("PHAAAA", "PHBBBB")] == [None, None]
    assert desk.jury.settlements() == []


def test_what_is_no_verdict_is_refused(desk, pair):
    reply = desk.decide(pair.id, "thief", "Ghi chú đã gõ")
    assert reply.status_code == 422
    assert "Ghi chú đã gõ" in reply.get_data(as_text=True)
    assert desk.decide(pair.id, "copied", "x" * 501).status_code == 422
    assert desk.pairs()["PHAAAA", "PHBBBB"].verdict is None


def test_the_page_leads_on_to_the_next_pair(desk, pair):
    desk.jury.write("PHEEEE", desk.jury.far, text=f"{SHARED} {numbered(300, 40)}")
    found = desk.find()
    ids = [each.id for each in found.values()]
    assert len(ids) == 3
    assert f"/pairs/{ids[1]}" in desk.page(f"/pairs/{ids[0]}")
    assert f"/pairs/{ids[0]}" in desk.page(f"/pairs/{ids[2]}")
    for each in ids[1:]:
        desk.decide(each, "harmless")
    assert "Cặp tiếp theo" not in desk.page(f"/pairs/{ids[0]}")


def test_every_act_is_written_down(desk):
    desk.give("Luật", "một hai ba")
    desk.ask()
    desk.browser.submit(f"{URL}/texts/{desk.stored(GivenText)[0].id}/withdraw")
    acts = [action for action, _ in desk.events()]
    assert acts == ["add_given_text", "search_likeness", "withdraw_given_text"]


@pytest.mark.parametrize("path", ["", "/pairs/{pair}", "/pairs/{pair}?names=1"])
def test_for_organisers_of_others_there_is_nothing(desk, pair, path):
    cast = desk.jury.cast
    foreign = cast.union("LĐLĐ tỉnh Khác", kind=UnionKind.PROVINCE)
    stranger = cast.person(union=foreign, roles=[(Role.ORGANISER, foreign)])
    assert desk.jury.browser(stranger).get(URL + path.format(pair=pair.id)).status_code == 404


def test_a_pair_of_another_round_is_not_there(desk, pair):
    assert desk.browser.get(f"{URL}/pairs/{pair.id + 1}").status_code == 404
    other = URL.replace("bai-viet", "dot-khac")
    assert desk.browser.get(f"{other}/pairs/{pair.id}").status_code == 404
    assert desk.browser.submit(f"{URL}/texts/99/withdraw").status_code == 404


def test_a_list_without_a_search_asks_for_one(desk):
    page = desk.page()
    assert "So các bài</button>" in page
    assert "Lần so mới nhất" not in page
