"""A wrong key is put right in one contest: first looked at, then applied, and taken back."""

import pytest
from sqlalchemy import func, select

from quizapp.attempts import actions as sitting
from quizapp.db import session, transaction
from quizapp.models import Attempt, AuditEvent, Contest, KeyCorrection, PaperSlot, QuestionVersion, Response, Round
from quizapp.rules.contest_rules import BoardRules
from quizapp.standings.making import make
from quizapp.vocabulary import Role, StandingsOf

URL = "/organise/contests/cuoc-thi/corrections"
REASON = "Điều luật đã sửa đổi"


@pytest.fixture
def sat(cast, clock):
    """A contest of two people who both had question 1: An chose its key, Bình another option; a bank of five."""
    clock.at()
    province = cast.union("Liên đoàn Lao động tỉnh Mẫu")
    cast.bank(single=5)
    board = BoardRules("ca-nhan", "Cá nhân", StandingsOf.PEOPLE)
    contest = cast.contest(organiser=province, boards=[board])
    people = [cast.person(name, union=province) for name in ("Nguyễn Văn An", "Trần Thị Bình")]
    for minutes, (person, position) in enumerate(zip(people, (0, 1), strict=True), start=1):
        answer(contest, person, position, clock, minutes)
    return contest, province


def answer(contest, person, position, clock, minutes):
    """Sit the round: of question 1 choose the option at a position of the bank, of the others the right one."""
    with transaction():
        round_ = session.scalar(select(Round).where(Round.contest_id == contest.id))
        attempt = sitting.start(session.merge(person), round_, entry_code="", now=clock.at(minutes=minutes))
        slots = session.scalars(select(PaperSlot).where(PaperSlot.paper_id == attempt.paper_id)).all()
        first = first_version()
        for slot in slots:
            wanted = position if slot.version_id == first else 0
            place = slot.option_order.split(",").index(str(wanted)) + 1
            kept = {"attempt_id": attempt.id, "paper_id": attempt.paper_id, "slot": slot.number, "number": 1}
            session.add(Response(answer=str(place), saved_at=clock.instant, **kept))
        session.flush()
        sitting.hand_in(attempt, now=clock.at(minutes=minutes + 5))


def first_version():
    return session.scalar(select(func.min(QuestionVersion.id)))


@pytest.fixture
def boss(cast, app, sat):
    person = cast.person("Lê Văn Chủ", union=sat[1], roles=[(Role.ORGANISER, sat[1])])
    return cast.log_in(app.test_client(), person)


def page(boss):
    with transaction(writes=False):
        return f"{URL}/questions/{first_version()}"


def marks():
    with transaction(writes=False):
        return list(session.scalars(select(Attempt.mark).order_by(Attempt.person_id)))


def ranks(contest, clock):
    with transaction(writes=False):
        made = make(session.get_one(Contest, contest.id), now=clock.instant)
        return [(made.names.of(person=who)[0], rank) for rank, who in made.boards[0].places()]


def test_a_question_is_found_without_accents_and_shows_its_key(boss, sat):
    assert "Câu hỏi số 1 của luat?" in boss.get(URL, query_string={"q": "cau hoi so 1"}).get_data(as_text=True)
    assert "Không có câu nào khớp" in boss.get(URL, query_string={"q": "khong co"}).get_data(as_text=True)
    shown = boss.get(page(boss)).get_data(as_text=True)
    assert "2 lượt thi đã chấm có câu hỏi này" in shown
    assert shown.count("Đáp án hiện nay") == 1


def test_a_preview_tells_marks_and_ranks_and_changes_nothing(boss, sat, clock):
    assert marks() == [500, 400]
    wish = {"verdict": "new_key", "options": ["1"], "reason": REASON, "action": "preview"}
    shown = boss.submit(page(boss), wish).get_data(as_text=True)
    assert "<strong>2</strong> trong 2 lượt thi đổi điểm: 1 lượt tăng, 1 lượt giảm" in shown
    assert "Trần Thị Bình: hạng 2 → <strong>hạng 1</strong>" in shown
    assert "Nguyễn Văn An: hạng 1 → <strong>hạng 2</strong>" in shown
    assert "Ban tổ chức sửa đáp án của câu hỏi này; đáp án đúng: Sai 1.1" in shown
    assert marks() == [500, 400]
    with transaction(writes=False):
        assert session.scalar(select(func.count()).select_from(KeyCorrection)) == 0
        assert session.scalar(select(Contest.remarkings)) == 0


@pytest.mark.parametrize(
    ("verdict", "options", "after"),
    [
        ("new_key", ["1"], [400, 500]),
        ("new_key", ["0", "1"], [400, 400]),  # now both must be chosen
        ("all_right", [], [500, 500]),
        ("void", [], [500, 500]),  # the four others carry its mark
    ],
)
def test_a_correction_marks_anew_and_undoing_it_brings_the_marks_back(boss, sat, clock, verdict, options, after):
    wish = {"verdict": verdict, "options": options, "reason": REASON, "action": "apply", "notice": "Thông báo."}
    assert boss.submit(page(boss), wish).status_code == 302
    assert marks() == after
    with transaction(writes=False):
        made = session.scalars(select(KeyCorrection)).one()
        assert made.attempts == sum(was != now for was, now in zip([500, 400], after, strict=True))
        assert made.notice == "Thông báo."
        assert session.scalar(select(Contest.remarkings)) > 0
        assert "correct_key" in session.scalars(select(AuditEvent.action)).all()
    assert boss.submit(f"{URL}/{made.id}/undo", {"reason": "Sửa nhầm câu"}).status_code == 302
    assert marks() == [500, 400]
    assert ranks(sat[0], clock)[0] == ("Nguyễn Văn An", 1)


def test_an_attempt_that_is_handed_in_afterwards_is_marked_by_the_corrected_key(boss, sat, cast, clock):
    wish = {"verdict": "all_right", "reason": REASON, "action": "apply"}
    boss.submit(page(boss), wish)
    answer(sat[0], cast.person("Phạm Văn Dũng", union=sat[1]), 2, clock, 30)
    assert marks()[-1] == 500


def test_a_question_is_corrected_once_at_a_time(boss, sat):
    wish = {"verdict": "void", "reason": REASON, "action": "apply"}
    assert boss.submit(page(boss), wish).status_code == 302
    assert boss.submit(page(boss), wish).status_code == 409
    assert "Muốn sửa cách khác, xin hoàn tác lần sửa trước" in boss.get(page(boss)).get_data(as_text=True)
    with transaction(writes=False):
        assert session.scalar(select(func.count()).select_from(KeyCorrection)) == 1


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"verdict": "new_key", "reason": REASON}, "Xin đánh dấu ít nhất một phương án đúng."),
        ({"verdict": "void", "reason": ""}, "reason"),
        ({"reason": REASON}, "verdict"),
    ],
)
def test_what_is_missing_is_told_and_nothing_changes(boss, sat, wish, told):
    answered = boss.submit(page(boss), {**wish, "action": "apply"})
    assert answered.status_code == 422
    assert told in answered.get_data(as_text=True)
    assert marks() == [500, 400]


def test_a_question_that_the_contest_did_not_ask_is_not_there(boss, sat, cast):
    cast.bank("khac", single=1)
    with transaction(writes=False):
        other = session.scalar(select(func.max(QuestionVersion.id)))
    assert boss.get(f"{URL}/questions/{other}").status_code == 404
