"""Who may enter, and which attempts count against the limit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from quizapp.rules.contest_rules import EntrantsRule
from quizapp.rules.entering import Begun, PersonFacts, attempts_used, may_start_from, refusal
from quizapp.vocabulary import EntrantRole, Excluded, IdentityField, LimitPer

OPENING = date(2026, 12, 1)
NOON = datetime(2026, 12, 1, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)
ADULT = PersonFacts(
    full_name="Nguyễn Văn An",
    birth_date=date(1990, 1, 1),
    is_reachable=True,
    role=EntrantRole.MEMBER,
    unit="CĐCS May Mẫu",
    is_in_audience=True,
)
ALL = tuple(IdentityField)


def why(rule=None, identity=ALL, **changed):
    """The sentence that refuses the adult with what is changed, '' when nothing does."""
    person = replace(ADULT, **changed)
    return str(refusal(rule or EntrantsRule(), identity, person, audience="LĐLĐ tỉnh Mẫu", on=OPENING) or "")


def test_without_rules_the_audience_enters():
    assert why() == ""
    assert "thuộc CĐCS Khác" in why(unit="CĐCS Khác", is_in_audience=False)


def test_people_without_a_unit_enter_only_where_the_rules_let_them():
    alone = {"unit": None, "is_in_audience": False}
    assert "không đơn vị nào" in why(**alone)
    assert why(EntrantsRule(without_unit=True), **alone) == ""
    assert why(EntrantsRule(without_unit=True), unit="CĐCS Khác", is_in_audience=False) != ""


def test_only_the_roles_of_the_rules_enter():
    officers = EntrantsRule(roles=(EntrantRole.OFFICER,))
    assert "dành cho cán bộ công đoàn" in why(officers)
    assert why(officers, role=EntrantRole.OFFICER) == ""


@pytest.mark.parametrize(
    ("born", "may"),
    [
        (date(2008, 12, 1), True),  # eighteen on the very day
        (date(2008, 12, 2), False),
        (date(1990, 12, 2), True),  # thirty-five until the day after
        (date(1990, 12, 1), False),
    ],
)
def test_ages_are_full_years_on_the_day_of_opening(born, may):
    assert (why(EntrantsRule(least_age=18, most_age=35), birth_date=born) == "") is may


def test_an_age_that_is_refused_is_told_with_its_remedy():
    sentence = why(EntrantsRule(least_age=18), birth_date=date(2010, 5, 9))
    assert "từ 18 tuổi trở lên" in sentence
    assert "09/05/2010, hôm đó bạn 16 tuổi" in sentence
    assert "không quá 35 tuổi" in why(EntrantsRule(most_age=35), birth_date=date(1980, 1, 1))


def test_where_an_age_is_asked_a_birth_date_must_be_known():
    assert "chưa ghi ngày sinh" in why(EntrantsRule(most_age=35), identity=(), birth_date=None)
    assert why(identity=(), birth_date=None) == ""


def test_what_the_contest_asks_of_the_identity_must_be_there():
    assert "chưa ghi số điện thoại" in why(is_reachable=False)
    assert why(identity=(IdentityField.FULL_NAME,), is_reachable=False) == ""


def test_whom_a_union_lists_is_known_without_a_birth_date_unless_an_age_is_asked():
    assert why(birth_date=None) == ""
    assert "chưa ghi ngày sinh" in why(EntrantsRule(least_age=18), birth_date=None)


@pytest.mark.parametrize("work", Excluded)
def test_who_works_for_the_contest_is_excluded_by_its_rules_alone(work):
    assert why(works_as=frozenset(Excluded)) == ""
    assert work.label in why(EntrantsRule(excluded=(work,)), works_as=frozenset({work}))
    others = frozenset(Excluded) - {work}
    assert why(EntrantsRule(excluded=(work,)), works_as=others) == ""


def begun(*hours, round_id=1):
    return [Begun(round_id, NOON + each * HOUR, NOON + (each + 0.5) * HOUR) for each in hours]


@pytest.mark.parametrize(
    ("per", "span", "used"),
    [
        (LimitPer.ROUND, None, 3),
        (LimitPer.CONTEST, None, 5),
        (LimitPer.DAY, (NOON, NOON + 2 * HOUR), 2),  # from its first instant, up to its last
        (LimitPer.SITTING, (NOON + HOUR, NOON + 2 * HOUR), 1),
    ],
)
def test_attempts_count_in_the_span_of_the_limit(per, span, used):
    own = [*begun(0, 1, 2), *begun(0, 1, round_id=2)]
    assert attempts_used(own, per=per, round_id=1, span=span) == used


def test_the_wait_runs_from_the_end_of_the_last_attempt_in_the_round():
    own = [*begun(1, 0), *begun(7, round_id=2)]
    assert may_start_from(own, round_id=1, wait=HOUR) == NOON + 2.5 * HOUR
    assert may_start_from(own, round_id=1, wait=None) is None
    assert may_start_from(own, round_id=3, wait=HOUR) is None
