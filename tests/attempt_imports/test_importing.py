"""Importing results: the same rules as for those who sit here, nobody twice, all or nothing."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from quizapp.attempt_imports import actions, queries
from quizapp.contests.queries import contest_of
from quizapp.db import session, transaction
from quizapp.errors import ChangedMeanwhile
from quizapp.models import (
    Attempt,
    AuditEvent,
    Contest,
    Disqualification,
    Entrant,
    Paper,
    Person,
    PredictionTruth,
    Round,
)
from quizapp.refusals import AlreadyTakenBack, SameFileAgain
from quizapp.rules.round_rules import PredictionRule, ShowRule
from quizapp.vocabulary import PredictionTarget, ShownWhen
from tests.attempt_imports.conftest import SLUG, imported, planned, refused
from tests.conftest import NOON

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
AN = "tuan-1;0912345678;Lê Văn An;2/9/1990;MAY;2026-12-01 13:00;2026-12-01 13:10:30;4"


def attempts():
    with transaction(writes=False):
        return session.scalars(select(Attempt).order_by(Attempt.id)).all()


def count(table):
    with transaction(writes=False):
        return session.scalar(select(func.count()).select_from(table))


def line(phone="0912345678", name="Lê Văn An", *, week="tuan-1", start="13:00", end="13:10", mark="4", unit="MAY"):
    return f"{week};{phone};{name};;{unit};2026-12-01 {start};2026-12-01 {end};{mark}"


def test_a_row_becomes_an_attempt_of_somebody_new(place):
    import_id = imported(AN)
    [made] = attempts()
    with transaction(writes=False):
        person = session.get_one(Person, made.person_id)
        entrant = session.get_one(Entrant, (place.contest.id, person.id))
    assert (person.full_name, person.phone, person.birth_date) == ("Lê Văn An", "0912345678", date(1990, 9, 2))
    assert (person.union_id, person.password_hash, person.first_code_hash) == (place.sewing.id, None, None)
    assert (made.mark, made.max_mark, made.number, made.union_id) == (400, 500, 1, place.sewing.id)
    assert made.started_at == datetime(2026, 12, 1, 13, tzinfo=HANOI)
    assert made.submitted_at - made.started_at == timedelta(minutes=10, seconds=30)
    assert (made.source, made.import_id) == ("imported", import_id)
    assert entrant.role == "doan_vien"
    assert len(made.receipt) == 10


def test_somebody_who_is_there_is_found_by_phone_and_not_made_again(place, cast):
    there = cast.person("Lê Văn An", union=place.sewing, phone="0912345678")
    imported(line(name="LE VAN AN"))
    assert attempts()[0].person_id == there.id


def test_a_phone_that_is_somebody_elses_names_both(place, cast):
    cast.person("Phạm Thị Bình", union=place.sewing, phone="0912345678")
    [(row, column, text)] = refused(line())
    assert (row, column) == (2, "Số điện thoại")
    assert "Phạm Thị Bình" in text
    assert "Lê Văn An" in text


def test_an_organiser_is_not_told_who_has_a_phone_elsewhere(place, cast):
    cast.person("Phạm Thị Bình", union=place.elsewhere, phone="0912345678")
    [(_, _, text)] = refused(line(), by=place.organiser)
    assert "Phạm Thị Bình" not in text


def test_without_a_phone_name_birth_date_and_unit_together_tell_who_it_is(place, cast):
    there = cast.person("Lê Văn An", union=place.sewing)
    imported("tuan-1;;Lê Văn An;1/1/1990;CĐCS may mẫu;2026-12-01 13:00;2026-12-01 13:10;4")
    assert attempts()[0].person_id == there.id


def test_two_people_with_one_name_and_birth_date_and_two_phones_stay_two(place):
    imported(AN, AN.replace("0912345678", "0912345679"))
    assert len({each.person_id for each in attempts()}) == 2


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"week": "tuan-9"}, "Đợt thi"),
        ({"unit": "XA"}, "Đơn vị"),
        ({"unit": "khong-co"}, "Đơn vị"),
        ({"unit": ""}, "Đơn vị"),
        ({"phone": ""}, "Số điện thoại"),
        ({"start": "10:59"}, "Bắt đầu"),  # the round opens at 11:00
        ({"end": "12:59"}, "Nộp bài"),
        ({"end": "13:22"}, "Nộp bài"),  # twenty minutes and one for the resolution
        ({"end": "13:20:02"}, "Nộp bài"),
        ({"end": ""}, "Nộp bài"),
        ({"mark": "5,01"}, "Điểm"),
        ({"mark": ""}, "Điểm"),
    ],
)
def test_what_the_rules_do_not_let_is_named_by_row_and_column(place, changed, column):
    [(row, where, text)] = refused(line(phone="0987654321", name="Phạm Bình"), line(**changed))
    assert (row, where) == (3, column)
    assert len(text) > 20


@pytest.mark.parametrize("end", ["13:21", "13:20:01"])
def test_what_was_written_down_a_little_late_counts_as_handed_in_at_the_close(place, end):
    imported(line(end=end))
    [made] = attempts()
    assert made.submitted_at == made.closes_at == made.started_at + timedelta(minutes=20)


def test_nothing_is_kept_when_one_row_is_wrong(place):
    refused(AN, line("0987654321", "Phạm Bình", mark="9"))
    assert (count(Attempt), count(Person)) == (0, 1)


def test_the_limit_counts_rows_before_and_attempts_that_are_there(place):
    imported(line())
    second, third = line(start="14:00", end="14:10"), line(start="15:00", end="15:10")
    [(row, column, text)] = refused(second, third)
    assert (row, column) == (3, "Bắt đầu")
    assert "đã đủ 2 lượt mỗi đợt" in text
    imported(second)
    assert [each.number for each in attempts()] == [1, 2]


def test_numbers_follow_the_time_and_not_the_order_of_the_file(place):
    imported(line(start="15:00", end="15:10", mark="5"), line())
    assert {each.number: each.mark for each in attempts()} == {1: 400, 2: 500}


def test_nobody_sits_twice_at_the_same_time(place):
    [(row, _, text)] = refused(line(), line(start="13:09", end="13:15"))
    assert row == 3
    assert "trùng giờ" in text


def test_seconds_stand_for_the_hand_in(place):
    imported("tuan-1;0912345678;Lê An;MAY;2026-12-01 13:00;95;4", headings="Đợt;SĐT;Họ tên;Đơn vị;Bắt đầu;Số giây;Điểm")
    assert attempts()[0].submitted_at - attempts()[0].started_at == timedelta(seconds=95)


def test_the_round_may_be_named_for_the_whole_file_by_title(place):
    imported(line(week="").replace("2026-12-01", "2026-12-09"), round_key="Tuần 2")
    with transaction(writes=False):
        assert session.scalar(select(Attempt).limit(1)).round.key == "tuan-2"


def test_people_are_not_made_when_that_is_not_wished(place):
    [(_, column, text)] = refused(line(), register=False)
    assert column == "Số điện thoại"
    assert "tài khoản" in text


def test_bare_marks_of_a_round_share_one_empty_paper(place):
    imported(AN, line("0987654321", "Phạm Bình"))
    with transaction(writes=False):
        [paper] = session.scalars(select(Paper)).all()
    assert paper.shape == ""


def test_an_import_is_written_into_the_audit_and_makes_boards_old(place):
    imported(AN)
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "import_attempts")).one()
        assert (event.details["attempts"], event.details["new_people"]) == (1, 1)
        assert session.get_one(Contest, place.contest.id).remarkings == 1


def test_the_same_file_is_refused_until_it_was_taken_back(place):
    import_id = imported(AN, digest="abc")
    with transaction(writes=False), pytest.raises(SameFileAgain, match="1 lượt thi"):
        actions.check_new_file(contest_of(SLUG), "abc")
    undone(import_id)
    with transaction(writes=False):
        actions.check_new_file(contest_of(SLUG), "abc")


def undone(import_id):
    with transaction():
        contest = contest_of(SLUG)
        return actions.undo(queries.import_of(contest, import_id), contest, by=None, now=NOON)


def test_taking_back_disqualifies_each_attempt_and_deletes_none(place):
    import_id = imported(AN, line("0987654321", "Phạm Bình"))
    assert undone(import_id) == 2
    with transaction(writes=False):
        found = session.scalars(select(Disqualification)).all()
    assert {each.attempt_id for each in found} == {each.id for each in attempts()}
    assert found[0].reason.startswith("Rút lại lần nhập “ket-qua.csv”")
    with pytest.raises(AlreadyTakenBack):
        undone(import_id)


def test_what_was_taken_back_uses_up_no_attempts(place):
    undone(imported(line(), line(start="14:00", end="14:10")))
    imported(line(), line(start="14:00", end="14:10"))
    assert [each.number for each in attempts()] == [1, 2, 3, 4]


def test_what_was_taken_back_leaves_the_limit_of_online_attempts_alone(place, cast, client, clock):
    an = cast.person("Lê Văn An", union=place.sewing, phone="0912345678")
    cast.log_in(client, an)
    ids = imported(line(), line(start="14:00", end="14:10"))
    clock.at(hours=4)
    assert client.submit("/contests/cuoc-thi/rounds/tuan-1/attempts").status_code == 409
    undone(ids)
    assert "Bạn đã dùng hết" not in client.get("/contests/cuoc-thi").get_data(as_text=True)
    assert client.submit("/contests/cuoc-thi/rounds/tuan-1/attempts").status_code == 302
    assert attempts()[-1].number == 3


def test_somebody_who_was_made_meanwhile_stops_the_import(place, cast):
    with transaction(writes=False):
        made = planned(AN)
    cast.person("Lê Văn An", union=place.sewing, phone="0912345678")
    facts = {"by": None, "now": NOON, "file_name": "", "file_digest": ""}
    with pytest.raises(ChangedMeanwhile), transaction():
        actions.import_attempts(made, contest_of(SLUG), **facts)
    assert count(Attempt) == 0


def test_who_sat_on_paper_lets_a_prediction_be_counted_again(place):
    with transaction():
        round_id = session.scalar(select(Round.id).where(Round.key == "tuan-1"))
        session.add(PredictionTruth(round_id=round_id, target="participants", people=7, frozen_at=NOON))
    imported(AN)
    assert count(PredictionTruth) == 0
    with transaction(writes=False):
        [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "import_attempts"))
        assert event.details["truths"] == {"tuan-1": 7}


def test_a_bare_mark_shows_no_empty_paper_and_is_not_called_invalid(place, cast, client, clock):
    an = cast.person("Lê Văn An", union=place.sewing, phone="0912345678")
    with transaction():
        for each in session.get_one(Contest, place.contest.id).rounds:
            show = ShowRule(answers=ShownWhen.AT_ONCE)
            each.rules = replace(
                each.rules, show=show, must_answer_all=True, prediction=PredictionRule(PredictionTarget.ALL_RIGHT, "?")
            )
    imported(line())
    clock.at(hours=4)
    page = cast.log_in(client, an).get(f"/attempts/{attempts()[0].id}/result").get_data(as_text=True)
    assert "hệ thống chỉ có điểm" in page
    assert "Bài làm và đáp án" not in page
    assert "không hợp lệ" not in page
