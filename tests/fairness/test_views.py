"""The pages of a jury's figures: what they show is what an independent calculation from the tables gives."""

import io
import re

import numpy as np
import openpyxl
import pandas as pd
import pytest
from sqlalchemy import event, select

from quizapp.db import database, session, transaction
from quizapp.models import Allocation, Assessment, Essay, JudgeSeat, Person, TrialAssessment, TrialEssay
from tests.judging.conftest import OPENED, jury, new_jury

__all__ = ["jury", "new_jury"]
URL = "/organise/contests/cuoc-thi/essays/bai-viet/fairness"
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODES = [f"PH{one}{other}22" for one in LETTERS[:4] for other in LETTERS[:9]]  # 36


def decimal(value, places=2):
    return f"{value:.{places}f}".replace("-", "−").replace(".", ",")


@pytest.fixture
def marked(jury):
    """36 essays by three judges in pairs, and the third where two are more than a mark apart."""
    rng = np.random.default_rng(5)
    for code in CODES[1:]:
        jury.write(code, jury.cdcs)
    jury.allocate()
    people = {each.full_name: each for each in (jury.an, jury.binh, jury.chi)}
    severity = {"Lê An": 0, "Vũ Bình": -40, "Đỗ Chi": 30}

    def finish(code, name):
        worth = 130 + 3 * (hash_of(code) % 50)
        idea = int(rng.choice([0, 100, 200], p=[0.1, 0.5, 0.4]))
        style = int(np.clip(25 * round((worth + severity[name] + rng.normal(0, 30)) / 25), 0, 300))
        jury.finish(code, people[name], idea, style)

    done = set()
    for _ in range(2):  # the second time the third judges
        for each in jury.given():
            if each not in done:
                jury.clock.at(minutes=len(done))
                done.add(each)
                finish(*each)
    return jury


def hash_of(code):
    return sum(map(ord, code)) * 7


@pytest.fixture
def frame(marked):
    asked = (
        select(Person.full_name, Allocation.seat_id, Allocation.attempt_id, Allocation.turn, Assessment.total)
        .join(JudgeSeat, JudgeSeat.person_id == Person.id)
        .join(Allocation, Allocation.seat_id == JudgeSeat.id)
        .join(Assessment)
        .order_by(Assessment.finished_at)
    )
    with transaction(writes=False):
        table = pd.DataFrame(session.execute(asked).all(), columns=["name", "seat", "essay", "turn", "total"])
    together = table.groupby("essay")["total"]
    table["difference"] = table["total"] - (together.transform("sum") - table["total"]) / (
        together.transform("count") - 1
    )
    return table


def page(jury, path=""):
    reply = jury.browser(jury.organiser).get(URL + path)
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def value_of(html, heading):
    [found] = re.findall(rf"<h[23]>{re.escape(heading)}</h[23]>\s*<p class=\"figure__value num\">(.*?)</p>", html)
    return re.sub("<[^>]*>", "", found).strip()


def cells(html, first):
    [row] = [row for row in re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL) if f">{first}</strong>" in row]
    return [" ".join(re.sub("<[^>]*>", " ", cell).split()) for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.DOTALL)]


def test_the_figures_of_the_jury_are_those_of_an_independent_calculation(marked, frame):
    html = page(marked)
    pairs = frame[frame["turn"] == "first"].groupby("essay")["total"].agg(["min", "max"]) / 100
    apart = pairs["max"] - pairs["min"]
    assert len(apart) == 36
    assert value_of(html, "Trùng điểm") == f"{decimal(100 * (apart == 0).mean(), 1)} %"
    assert value_of(html, "Lệch không quá 1 điểm") == f"{decimal(100 * (apart <= 1).mean(), 1)} %"
    assert value_of(html, "Lệch quá quy định") == f"{decimal(100 * (apart > 1).mean(), 1)} %"
    observed = np.mean((pairs["max"] - pairs["min"]) ** 2)
    assert value_of(html, "Kappa có trọng số") == decimal(1 - observed / (2 * pairs.to_numpy().var()))
    assert re.fullmatch(r"−?0,\d\d", value_of(html, "Tin cậy của một giám khảo: ICC(2,1)"))
    assert html.count("Tính trên 36 bài.") == 6


def test_each_judge_has_a_row_with_the_own_figures(marked, frame):
    html = page(marked)
    for name, own in frame.groupby("name"):
        row = cells(html, name)
        mean = own["difference"].mean() / 100
        assert row[:4] == [name, str(len(own)), decimal(own["total"].mean() / 100), decimal(own["total"].std() / 100)]
        assert row[4].startswith(f"{'+' if mean > 0 else ''}{decimal(mean)} ± ")
    assert html.count('class="plot__dot"') == 3


def test_the_page_of_a_judge_tells_the_histogram_and_the_drift(marked, frame):
    seat = int(frame[frame["name"] == "Vũ Bình"]["seat"].iloc[0])
    own = frame[frame["name"] == "Vũ Bình"]
    html = page(marked, f"/{seat}")
    counts = re.findall(r'data-label="Số bài">(\d+)</td>', html)[:10]
    assert [int(each) for each in counts] == list(np.histogram(own["total"], 10, (0, 500))[0])
    slope, _ = np.polyfit(range(len(own)), own["difference"], 1)
    change = slope * (len(own) - 1) / 100
    sign = "+" if change > 0 else ""
    assert value_of(html, "Thay đổi trong quá trình chấm").startswith(f"{sign}{decimal(change)} ± ")


def test_a_judge_can_be_seen_beside_each_of_the_others(marked, frame):
    seats = dict(frame.groupby("name")["seat"].first())
    html = page(marked, f"/{seats['Lê An']}?beside={seats['Đỗ Chi']}")
    wide = frame.pivot_table(index="essay", columns="name", values="total")
    both = wide[["Lê An", "Đỗ Chi"]].dropna()
    assert '<title id="beside-title">Điểm của Lê An và Đỗ Chi</title>' in html
    assert html.count("plot__dot--many") == len(both.drop_duplicates())
    assert cells(html, "Đỗ Chi")[1] == str(len(both))


@pytest.fixture
def once(jury):
    """One essay, marked by two judges alike."""
    jury.allocate()
    for person in first_judges(jury):
        jury.finish("PH2222", person, 100, 100)
    return jury


def first_judges(jury):
    names = {name for _, name in jury.given()}
    return [each for each in (jury.an, jury.binh, jury.chi) if each.full_name in names]


def test_a_few_essays_are_too_few_and_the_page_says_how_many_are_needed(once):
    html = page(once)
    assert value_of(html, "Trùng điểm") == "Chưa đủ số liệu (1/10 bài)"
    assert value_of(html, "Kappa có trọng số") == "Chưa đủ số liệu (1/30 bài)"
    assert "Chưa giám khảo nào có đủ 10 bài" in html


def test_before_anything_was_marked_every_page_opens(jury):
    html = page(jury)
    assert "Chưa giám khảo nào có đủ 10 bài" in html
    for seat in re.findall(r"/fairness/(\d+)\"", html):
        assert "Chưa chấm xong bài nào." in page(jury, f"/{seat}")


def test_who_left_after_marking_stays_in_the_figures_and_is_named_so(once):
    gone = first_judges(once)[0]
    once.unseat(gone)
    assert cells(page(once), gone.full_name)[:2] == [f"{gone.full_name} Đã rời", "1"]


def test_seeds_are_listed_and_change_nothing_else(once):
    before = page(once)
    with transaction():
        first = session.scalars(select(Allocation).order_by(Allocation.id)).first()
        seat, essay, total = first.seat_id, first.attempt_id, session.get(Assessment, first.id).total
        again = Allocation(
            attempt_id=essay, seat_id=seat, rubric_id=first.rubric_id, turn="seed", alias="ZZZZ22", position=99,
            allocated_at=once.clock.instant,
        )  # fmt: skip
        session.add(again)
        session.flush()
        kept = {"marks": {"y-tuong": 0, "cach-viet": 25}, "comments": {}, "total": 25}
        instant = once.clock.instant
        session.add(Assessment(allocation_id=again.id, saved_at=instant, finished_at=instant, **kept))
        code = session.get(Essay, essay).code
    assert page(once) == before
    html = page(once, f"/{seat}")
    assert "1 bài được giao lại" in html
    row = re.search(rf">{code}</a></td>(.*?)</tr>", html, re.DOTALL)[1]
    assert decimal((total - 25) / 100) in re.search("lệch trung bình <strong>(.*?)</strong>", html)[1]
    assert 'data-label="Lần sau">0,25<' in row


def test_trial_marks_stand_beside_the_agreed_ones(jury):
    with transaction():
        seat = session.scalars(select(JudgeSeat).where(JudgeSeat.person_id == jury.an.id)).one()
        made = {"round_id": seat.round_id, "text": "Mẫu", "marks": {}, "reasons": "", "made_at": OPENED}
        trial = TrialEssay(position=1, total=300, made_by_id=jury.organiser.id, **made)
        session.add(trial)
        session.flush()
        session.add(TrialAssessment(trial_id=trial.id, seat_id=seat.id, marks={}, total=250, finished_at=OPENED))
        path = f"/{seat.id}"
    assert re.search(r"Bài 1</td>.*>3</td>.*>2,5</td>.*>−0,5</td>", page(jury, path))


def test_the_workbook_holds_the_same_figures(marked, frame):
    with marked.browser(marked.organiser).get(f"{URL}/judges.xlsx") as reply:
        assert reply.headers["Cache-Control"] == "no-store"
        book = openpyxl.load_workbook(io.BytesIO(reply.data))
    rows = {row[0]: row for row in book["Giám khảo"].iter_rows(min_row=2, values_only=True)}
    for name, own in frame.groupby("name"):
        assert rows[name][2:5] == (
            len(own),
            pytest.approx(own["total"].mean() / 100, abs=0.006),
            pytest.approx(own["total"].std() / 100, abs=0.006),
        )
        assert rows[name][6] == pytest.approx(own["difference"].mean() / 100, abs=0.006)


def test_more_essays_ask_no_more_of_the_database(once):
    browser, asked = once.browser(once.organiser), []
    with once.app.app_context():
        event.listen(database().engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))

    def count(path):
        asked.clear()
        assert browser.get(URL + path).status_code == 200
        return len(asked)

    with transaction(writes=False):
        paths = ("", f"/{session.scalars(select(Allocation.seat_id)).first()}")
    before = [count(path) for path in paths]
    for code in CODES[1:4]:
        once.write(code, once.cdcs)
    once.allocate()
    for code, name in once.given():
        person = next(each for each in (once.an, once.binh, once.chi) if each.full_name == name)
        if code != "PH2222":
            once.finish(code, person, 100, 200)
    assert [count(path) for path in paths] == before


def test_a_judge_of_another_round_is_not_there(jury):
    assert jury.browser(jury.organiser).get(f"{URL}/999").status_code == 404
    assert jury.browser(jury.organiser).get(URL.replace("bai-viet", "tuan-1")).status_code == 404
