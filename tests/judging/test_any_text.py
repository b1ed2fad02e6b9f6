"""Whatever is written: kept as it was, harmless on the judge's desk, the writer's pages and in Excel, and blind."""

import html
import random
import unicodedata

import openpyxl
import pytest

from quizapp.db import session, transaction
from quizapp.models import Essay
from quizapp.reports.exporting import export
from quizapp.reports.refreshing import refresh
from tests.rules.test_blinding import BLANKS, FAMILIES, GIVENS, MIDDLES, SPELLINGS, WAYS

STRANGE = [
    "<script>alert(1)</script> & \"'",
    "</div></main><h1>hết</h1>",
    "\u202eTừ phải sang\u202c \u2067مرحبا שלום\u2069 \u200f",
    "👩\u200d🏭🇻🇳 \U0001f9ff ﬁ ① e\u0301\u0323\u031b",
    "\x01\x08\x0b\x1f\x7f\x85\ufffe\ufdd0 điều khiển",
    "=1+1\n@SUM(A1)\n-2+3",
    "chữ " * 5000,
    "\U0001f9ff" * 20_000,
]


def desk_of(jury, code):
    """The page of an essay on the desk of the first judge who has it, and that judge."""
    judges = {each.full_name: each for each in (jury.an, jury.binh, jury.chi)}
    judge = next(judges[name] for each, name in jury.given() if each == code)
    return jury.browser(judge).get(f"/judge/essays/{jury.allocation(code, judge)}").get_data(as_text=True), judge


def shown(page):
    return html.unescape(page.split('<div class="manuscript"')[1].split(">", 1)[1].split("</div>")[0])


@pytest.mark.parametrize("text", STRANGE)
def test_a_text_is_shown_to_the_judge_as_it_was_written_and_does_nothing(jury, text):
    jury.write("PH3333", jury.cdcs, text=text)
    jury.allocate()
    page, _ = desk_of(jury, "PH3333")
    assert "<script>alert" not in page
    assert "<h1>hết" not in page
    assert 'class="manuscript" lang="vi" dir="auto"' in page  # set apart: what runs to the left turns nothing around it
    assert shown(page).strip() == text.strip()


@pytest.mark.parametrize("text", STRANGE)
def test_the_results_of_any_text_can_be_read_and_exported(jury, cast, tmp_path, text):
    person = cast.person("Phan Thị Mơ", union=jury.cdcs)
    attempt = jury.write("PH3333", jury.cdcs, text=text, person=person)
    with transaction(writes=False):
        assert session.get_one(Essay, attempt).text == text
    browser = jury.browser(person)
    assert browser.get(f"/attempts/{attempt}/result").status_code == 200
    page = browser.get(f"/attempts/{attempt}/essay/revisions").get_data(as_text=True)
    assert "<script>alert" not in page
    assert '<div class="essay__shown" dir="auto">' in page
    refresh(jury.contest.id, jury.clock.instant)
    export(jury.contest.slug, tmp_path / "x.xlsx", now=jury.clock.instant)
    assert openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets


def test_no_page_of_a_judge_has_a_part_of_the_writers_name_however_it_is_written(jury, cast):
    chance, names = random.Random(3), []
    for place in range(6):
        middle = chance.choice(MIDDLES).split("|")
        name = [chance.choice(FAMILIES), *middle, chance.choice(GIVENS)]
        names.append(" ".join(name))
        written = [
            spell(chance.choice(BLANKS).join(way(name))) for way in WAYS for spell in chance.sample(SPELLINGS, k=2)
        ]
        text = " xin góp ý, ".join(f"bạn {each}, tổ may" for each in written) + f"\nTôi là {name[-1]}, cảm ơn."
        jury.write(f"PH33{place}3", jury.cdcs, text=text, person=cast.person(names[-1], union=jury.cdcs))
    jury.allocate()
    for place in range(6):
        page, judge = desk_of(jury, f"PH33{place}3")
        said = _plain(html.unescape(page).replace(judge.full_name, ""))
        person = names[place]
        family, *_, given = _plain(person).split()
        body = _plain(shown(page)).split()
        assert not {given, f"{given},", f"{given}."} & set(body), (person, shown(page))
        assert family not in body, (person, shown(page))
        assert _plain(person) not in said


def _plain(text):
    kept = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(each for each in kept if unicodedata.category(each) not in ("Mn", "Cf"))
