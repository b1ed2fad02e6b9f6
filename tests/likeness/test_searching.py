"""What a search finds, and what it keeps of what was found before."""

import threading
from io import BytesIO
from random import Random

import docx
import pytest
from sqlalchemy import update

from quizapp.db import session, transaction
from quizapp.jobs.working import JobLost, claim
from quizapp.likeness import actions, searching
from quizapp.models import Attempt, Essay, GivenText, Job, LikenessSearch
from tests.likeness.conftest import URL, numbered

ORIGINAL = numbered(0, 300)


def edited(text, share):
    """The text with this share of its words changed, one by one."""
    words, chance = text.split(), Random(7)
    for place in chance.sample(range(len(words)), round(share * len(words))):
        words[place] = f"khác{place}"
    return " ".join(words)


def test_a_copy_with_three_words_of_ten_changed_is_found_among_others(desk):
    jury = desk.jury
    jury.write("PHAAAA", jury.cdcs, text=ORIGINAL)
    jury.write("PHBBBB", jury.far, text=edited(ORIGINAL, 0.3))
    for number in range(5):
        jury.write(f"PHCCC{number}", jury.far, text=numbered(1000 * (number + 1), 300))
    found = desk.find()
    assert list(found) == [("PHAAAA", "PHBBBB")]
    assert 1200 <= found["PHAAAA", "PHBBBB"].share < 3000
    (search,) = desk.stored(LikenessSearch)
    assert (search.essays, search.texts, search.least) == (7, 0, 1200)
    assert search.finished_at == desk.clock.instant
    assert desk.stored(Job)[0].progress == 10_000


def test_what_is_no_essay_of_others_is_not_compared(desk):
    jury = desk.jury
    twice = jury.cast.person("Viết Hai Lần", union=jury.cdcs)
    jury.write("PHAAAA", jury.cdcs, text=ORIGINAL, person=twice)
    jury.write("PHPPPP", jury.cdcs, text="")
    jury.write("PHDDDD", jury.cdcs, text=ORIGINAL + " nháp")
    with transaction():
        again = session.get_one(Attempt, jury.write("PHBBBB", jury.cdcs, text=ORIGINAL))
        again.person_id, again.number = twice.id, 2
        session.execute(update(Essay).where(Essay.code == "PHPPPP").values(files=2))
        draft = session.query(Essay).filter_by(code="PHDDDD").one()
        draft.attempt.submitted_at = draft.attempt.mark = None
    assert desk.find() == {}
    assert desk.stored(LikenessSearch)[0].essays == 2
    page = desk.page()
    assert "1 bài chỉ có ảnh thì không so được" in page
    assert "2 bài có chữ sẽ được so" in page


def test_a_given_text_finds_what_more_than_twenty_took_from_it(desk):
    jury, law = desk.jury, numbered(5000, 200)
    for number in range(25):
        text = f"{numbered(5050, 60)} {numbered(10_000 + 100 * number, 60)}"
        jury.write(f"PH{number:04d}", jury.cdcs, text=text)
    jury.write("PHXXXX", jury.cdcs, text=numbered(9000, 100))
    assert desk.find() == {}
    assert desk.give("Bộ luật", law).status_code == 302
    found = desk.find()
    assert sorted(found) == [(f"PH{number:04d}", "Bộ luật") for number in range(25)]
    assert {each.share for each in found.values()} == {round(10_000 * 56 / 116)}
    assert desk.stored(LikenessSearch)[-1].texts == 1


def test_a_text_that_was_withdrawn_is_compared_no_more(desk):
    desk.jury.write("PHAAAA", desk.jury.cdcs, text=ORIGINAL)
    desk.give("Bài báo", ORIGINAL)
    desk.find()
    assert "văn bản “Bài báo”" in desk.page()
    assert desk.browser.submit(f"{URL}/texts/{desk.stored(GivenText)[0].id}/withdraw").status_code == 302
    assert "Bài báo" not in desk.page().replace("Không so với “Bài báo” nữa.", "")
    desk.find()
    assert desk.stored(LikenessSearch)[-1].texts == 0
    assert "PHAAAA" not in desk.page()


def test_a_verdict_outlives_the_next_search_and_the_pair_is_kept_once(desk):
    jury = desk.jury
    for code in ("PHAAAA", "PHBBBB"):
        jury.write(code, jury.cdcs, text=ORIGINAL)
    jury.write("PHCCCC", jury.cdcs, text=f"{ORIGINAL} {numbered(900, 60)}")
    found = desk.find()
    assert desk.decide(found["PHAAAA", "PHBBBB"].id, "copied", "Giống từng chữ.").status_code == 302
    with transaction():
        session.query(Essay).filter_by(code="PHCCCC").one().text = numbered(2000, 200)
        session.query(Essay).filter_by(code="PHBBBB").one().text = ORIGINAL + " thêm " + numbered(700, 20)
    again = desk.find()
    assert len(again) == 3
    kept = again["PHAAAA", "PHBBBB"]
    assert (kept.id, kept.verdict, kept.note) == (found["PHAAAA", "PHBBBB"].id, "copied", "Giống từng chữ.")
    assert kept.search_id > found["PHAAAA", "PHBBBB"].search_id
    assert "Chưa kết luận (0)" in desk.page()  # the others are alike no more
    assert "PHBBBB" in desk.page("?show=copied")


def test_whoever_asks_while_a_search_runs_gets_that_one(desk):
    desk.jury.write("PHAAAA", desk.jury.cdcs, text=ORIGINAL)
    desk.ask()
    claim(now=desk.clock.instant)
    desk.ask(least=50)
    assert len(desk.stored(Job)) == len(desk.stored(LikenessSearch)) == 1
    page = desk.page()
    assert "đang được so rồi" in page
    assert 'data-job="/jobs/1"' in page
    assert '<meta http-equiv="refresh" content="2">' in page


def test_two_who_press_the_button_at_once_start_one_search(app, desk):
    browsers = [desk.jury.browser(desk.jury.organiser) for _ in range(6)]
    together, seen = threading.Barrier(6), []

    def press(browser):
        together.wait()
        seen.append(browser.submit(URL, {"least": 12}).status_code)

    threads = [threading.Thread(target=press, args=(each,)) for each in browsers]
    [each.start() for each in threads]
    [each.join() for each in threads]
    assert set(seen) <= {302, 409}
    assert len(desk.stored(Job)) == len(desk.stored(LikenessSearch)) == 1


def test_a_search_that_was_begun_by_two_workers_stores_each_pair_once(desk):
    jury = desk.jury
    for code in ("PHAAAA", "PHBBBB"):
        jury.write(code, jury.cdcs, text=ORIGINAL)
    desk.ask()
    lost = claim(now=desk.clock.instant)
    assert not desk.work()
    desk.clock.at(minutes=2)
    assert desk.work()
    assert len(desk.pairs()) == 1

    def tell(progress):
        raise JobLost()

    with pytest.raises(JobLost):
        searching.search(lost, tell)
    assert len(desk.stored(LikenessSearch)) == 1


def test_a_failed_search_is_told_and_may_be_repeated(desk, monkeypatch, caplog):
    desk.jury.write("PHAAAA", desk.jury.cdcs, text=ORIGINAL)
    desk.ask()
    with monkeypatch.context() as planted:
        planted.setattr(searching, "runs_of", lambda text: 1 / 0)
        desk.work()
    page = desk.page()
    assert "Lần so gần nhất không xong. Máy chủ gặp lỗi" in page
    assert "So các bài</button>" in page
    desk.find()
    assert "Lần so gần nhất không xong" not in desk.page()
    assert "ZeroDivisionError" in caplog.text


def test_of_very_many_pairs_the_most_alike_are_kept_and_a_law_crowds_out_no_copy(desk, monkeypatch):
    for number in range(4):
        desk.jury.write(f"PH{number}", desk.jury.cdcs, text=f"{ORIGINAL} {numbered(400 + 50 * number, 10 * number)}")
    desk.jury.write("PH8", desk.jury.cdcs, text=f"{numbered(0, 100)} {numbered(4000, 200)}")
    desk.give("Luật", ORIGINAL)
    monkeypatch.setattr(searching, "MOST_PAIRS", 4)
    found = desk.find()
    assert len(found) == 8
    assert [pair for pair in found if "PH8" in pair] == []
    assert sum("Luật" in pair for pair in found) == 4


def test_texts_come_from_files_too(desk):
    written = docx.Document()
    written.add_paragraph(ORIGINAL)
    file = BytesIO()
    written.save(file)
    for name, data in (("luat.docx", file.getvalue()), ("luat.txt", ("\ufeff" + ORIGINAL).encode())):
        assert desk.give(name, file=(BytesIO(data), name)).status_code == 302
    desk.jury.write("PHAAAA", desk.jury.cdcs, text=ORIGINAL)
    assert {pair: each.share for pair, each in desk.find().items()} == {
        ("PHAAAA", "luat.docx"): 10_000,
        ("PHAAAA", "luat.txt"): 10_000,
    }


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"title": "", "text": "a"}, "Xin điền mục này"),
        ({"title": "Luật", "text": "  "}, "Xin dán nội dung văn bản"),
        ({"title": "Luật", "text": "a " * 250_001}, "dài quá 500.000 ký tự"),
        ({"title": "Luật", "text": "a", "file": (b"b", "b.txt")}, "không dùng cả hai"),
        ({"title": "Luật", "file": (b"%PDF-1.7 \xff", "b.pdf")}, "không phải .txt (UTF-8) hay .docx"),
    ],
)
def test_a_text_that_cannot_be_compared_is_refused_with_what_was_typed(desk, form, said):
    files = {"file": (BytesIO(form["file"][0]), form["file"][1])} if "file" in form else {}
    reply = desk.browser.submit(f"{URL}/texts", form | files)
    page = reply.get_data(as_text=True)
    assert reply.status_code == 422
    assert said in page
    if form["title"]:
        assert 'value="Luật"' in page
    assert desk.stored(GivenText) == []


def test_no_more_texts_than_can_be_compared(desk, monkeypatch):
    monkeypatch.setattr(actions, "MOST_TEXTS", 1)
    desk.give("Một", "a b c")
    reply = desk.give("Hai", "a b c")
    assert reply.status_code == 409
    assert "đã có 1 văn bản" in reply.get_data(as_text=True)


def test_the_limit_is_one_of_those_offered(desk):
    assert desk.ask(least=1).status_code == 422
    assert desk.stored(Job) == []
