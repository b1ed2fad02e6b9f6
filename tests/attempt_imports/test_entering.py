"""Who may enter by paper: the contest's own rules of roles, ages, divisions and of its officials."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Attempt, Contest, Entrant, JudgeSeat, QuestionVersion
from quizapp.rules.contest_rules import DivisionRules, EntrantsRule
from quizapp.rules.round_rules import AttemptsRule, EssayRule, Sittings
from quizapp.vocabulary import EntrantRole, Excluded, LimitPer, Role, Weekday
from tests.attempt_imports.conftest import imported, refused
from tests.conftest import NOON

HEADINGS = "round;phone;full_name;birth_date;unit;role;division;started_at;submitted_at;mark;essay_mark"
TUESDAY = "2026-12-01"


def line(*, phone="0912345678", born="2/9/1990", unit="MAY", role="", division="", day=TUESDAY, at="13:00", essay=""):
    return f"tuan-1;{phone};Lê Văn An;{born};{unit};{role};{division};{day} {at};{day} {at[:3]}19;4;{essay}"


def with_rules(place, **changed):
    with transaction():
        contest = session.get_one(Contest, place.contest.id)
        contest.rules = replace(contest.rules, **changed)


def with_round(place, **changed):
    with transaction():
        round_ = session.get_one(Contest, place.contest.id).rounds[0]
        round_.rules = replace(round_.rules, **changed)


def columns(*lines):
    return [(row, column) for row, column, _ in refused(*lines, headings=HEADINGS)]


def entrants():
    with transaction(writes=False):
        return [(each.role, each.division) for each in session.scalars(select(Entrant).order_by(Entrant.person_id))]


def test_a_role_that_the_contest_is_not_for(place):
    with_rules(place, entrants=EntrantsRule(roles=(EntrantRole.WORKER,)))
    assert columns(line(), line(phone="0912345679", role="Công nhân")) == [(2, "Đối tượng")]


@pytest.mark.parametrize("born", ["2/12/2011", ""])
def test_an_age_that_is_too_low_or_not_known(place, born):
    with_rules(place, entrants=EntrantsRule(least_age=15))
    assert columns(line(born=born)) == [(2, "Ngày sinh")]


def test_organisers_are_excluded_where_the_rules_say_so(place, cast):
    cast.person("Lê Văn An", union=place.sewing, phone="0912345678", roles=[(Role.ORGANISER, place.province)])
    with_rules(place, entrants=EntrantsRule(excluded=(Excluded.ORGANISERS,)))
    assert columns(line(), line(phone="0912345679")) == [(2, "Họ và tên")]


def test_people_without_a_union_come_in_where_the_rules_let_them(place):
    with_rules(place, entrants=EntrantsRule(without_unit=True))
    imported(line(unit=""), headings=HEADINGS)
    with transaction(writes=False):
        assert session.scalars(select(Attempt.union_id)).all() == [None]


def test_a_division_is_that_of_the_rules_and_stands(place):
    with_rules(place, divisions=(DivisionRules("A", "Bảng A", units=("may",)), DivisionRules("B", "Bảng B")))
    imported(line(), line(phone="0912345679", unit="CĐCS Giày Mẫu", division="bảng b"), headings=HEADINGS)
    assert entrants() == [("doan_vien", "A"), ("doan_vien", "B")]
    assert columns(line(phone="0912345670", division="B")) == [(2, "Bảng thi")]
    assert columns(line(at="15:00", division="B")) == [(2, "Bảng thi")]


def test_a_division_that_entrants_choose_must_be_written(place):
    with_rules(place, divisions=(DivisionRules("A", "Bảng A", chosen=True), DivisionRules("B", "Bảng B", chosen=True)))
    assert columns(line()) == [(2, "Bảng thi")]
    imported(line(division="Bảng B"), line(phone="0912345679", division="Không"), headings=HEADINGS)
    assert entrants() == [("doan_vien", "B"), ("doan_vien", None)]
    imported(line(phone="0912345679", at="15:00", division="không"), headings=HEADINGS)


def test_outside_the_sittings_nobody_starts(place):
    with_round(place, sittings=Sittings(weekdays=(Weekday.TUESDAY,), hours=((780, 840),)))
    imported(line(), headings=HEADINGS)
    assert columns(line(phone="0912345679", at="14:00")) == [(2, "Bắt đầu")]
    assert columns(line(phone="0912345679", day="2026-12-02")) == [(2, "Bắt đầu")]


def test_a_limit_by_day_is_counted_by_day(place):
    with_round(place, attempts=AttemptsRule(limit=1, per=LimitPer.DAY))
    imported(line(), line(day="2026-12-02"), headings=HEADINGS)
    assert columns(line(at="16:00")) == [(2, "Bắt đầu")]


def test_the_wait_between_attempts_holds(place):
    with_round(place, attempts=AttemptsRule(limit=None, wait=timedelta(minutes=30)))
    early, late = line().replace("13:19", "13:48"), line().replace("13:00", "13:49").replace("13:19", "13:55")
    assert columns(line(), early.replace("13:00", "13:40")) == [(3, "Bắt đầu")]
    imported(line(), late, headings=HEADINGS)


def test_an_essay_has_a_mark_of_its_own(place):
    with_round(place, essay=EssayRule(prompt="Viết", max_mark=500))
    imported(line(essay="3,5"), line(phone="0912345679"), headings=HEADINGS)
    with transaction(writes=False):
        found = session.scalars(select(Attempt).order_by(Attempt.id)).all()
    assert [(each.mark, each.essay_mark, each.max_mark) for each in found] == [(400, 350, 1000), (400, 0, 1000)]
    assert columns(line(phone="0912345670", essay="5,1")) == [(2, "Điểm tự luận")]


def test_an_essay_mark_without_an_essay_is_refused(place):
    assert columns(line(essay="1")) == [(2, "Điểm tự luận")]


def test_who_sits_in_a_jury_is_excluded_without_a_role(place, cast):
    judge = cast.person("Lê Văn An", union=place.sewing, phone="0912345678")
    imported(line(at="15:00"), headings=HEADINGS)  # an entrant before
    with_rules(place, entrants=EntrantsRule(excluded=(Excluded.JUDGES,)))
    with transaction():
        round_id = session.get_one(Contest, place.contest.id).rounds[1].id
        session.add(JudgeSeat(round_id=round_id, person_id=judge.id, seated_at=NOON))
    assert columns(line(), line(phone="0912345679")) == [(2, "Họ và tên")]


def test_who_wrote_or_reviewed_questions_of_the_round_is_excluded(place, cast):
    writer = cast.person("Lê Văn An", union=place.sewing, phone="0912345678")
    reviewer = cast.person("Lê Văn An", union=place.sewing, phone="0912345679")
    cast.bank("khac")
    elsewhere = cast.person("Lê Văn An", union=place.sewing, phone="0912345670")
    with_rules(place, entrants=EntrantsRule(excluded=(Excluded.AUTHORS,)))
    with transaction():
        versions = session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)).all()
        versions[0].made_by_id, versions[0].reviewed_by_id = writer.id, reviewer.id
        versions[0].reviewed_at = NOON
        versions[-1].made_by_id = elsewhere.id
    found = columns(line(), line(phone="0912345679"), line(phone="0912345670"), line(phone="0912345671"))
    assert found == [(2, "Họ và tên"), (3, "Họ và tên")]
