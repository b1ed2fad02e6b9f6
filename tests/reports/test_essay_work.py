"""The organisers' desk says what about essays waits for them."""

from quizapp.db import session, transaction
from quizapp.models import Allocation, Appeal, Attempt
from quizapp.vocabulary import Resolution
from tests.conftest import NOON
from tests.judging.conftest import jury, new_jury

__all__ = ["jury", "new_jury"]  # fixtures


def page(jury):
    return " ".join(jury.browser(jury.organiser).get("/organise").get_data(as_text=True).split())


def finish_both(jury, code, marks):
    for (_, name), mark in zip([each for each in jury.given() if each[0] == code], marks, strict=True):
        person = next(each for each in (jury.an, jury.binh, jury.chi) if each.full_name == name)
        jury.finish(code, person, mark, mark)


def test_essays_without_judges_are_told_until_they_are_given(jury):
    assert "1 bài chưa phân cho giám khảo" in page(jury)
    jury.allocate()
    assert "Cần làm, bài viết" not in page(jury)


def test_essays_for_the_chair_are_told(new_jury):
    made = new_jury(resolution=Resolution.CHAIR)
    units = [made.cast.union(f"CĐCS {name}", parent=made.province) for name in ("Một", "Hai", "Ba")]
    made.an, made.binh = (made.judge(name, unit) for name, unit in zip(("Lê An", "Vũ Bình"), units, strict=False))
    made.chi = None
    made.write("PH2222", units[2])
    made.allocate()
    made.finish("PH2222", made.an, 0, 0)
    made.finish("PH2222", made.binh, 200, 300)
    assert "1 bài chờ quyết định: chưa có Trưởng Ban" in page(made)


def test_essays_that_no_third_judge_can_have_are_told(jury):
    jury.unseat(jury.chi)
    jury.allocate()
    finish_both(jury, "PH2222", (0, 200))
    assert "1 bài lệch điểm mà không còn giám khảo nào" in page(jury)


def test_appeals_are_told_until_they_are_answered(jury):
    jury.allocate()
    finish_both(jury, "PH2222", (200, 200))
    with transaction():
        attempt = session.query(Attempt).one()
        session.add(Appeal(attempt_id=attempt.id, reason="Xin xem lại", asked_at=NOON, mark_before=400))
    assert "1 đề nghị phúc khảo chờ xử lý" in page(jury)
    with transaction():
        session.query(Appeal).one().allocation_id = session.query(Allocation).first().id
    assert "1 đề nghị phúc khảo chờ xử lý" in page(jury)  # it is finished, and to be decided
    with transaction():
        appeal = session.query(Appeal).one()
        appeal.decided_at, appeal.answer = NOON, "Điểm giữ nguyên."
    assert "phúc khảo" not in page(jury)
