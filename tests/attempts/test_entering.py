"""Who is let into a round, when and how often, in which division; and practice, which is in no total."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from quizapp.attempts import actions
from quizapp.contests.practice import write_practice
from quizapp.db import session, transaction
from quizapp.errors import NoAttemptsLeft, NotFound, RoundClosed
from quizapp.models import Attempt, Contest, Entrant, JudgeSeat, Person, QuestionVersion, Round, TradeUnion
from quizapp.refusals import DivisionNotChosen, OutsideSittings, WaitForNextAttempt
from quizapp.rules.contest_rules import DivisionRules, EntrantsRule
from quizapp.rules.round_rules import AttemptsRule, PracticeRule, Sittings
from quizapp.vocabulary import EntrantRole, Excluded, LimitPer, Purpose, Role, Weekday, Workplace
from tests.attempts.conftest import begin
from tests.conftest import NOON

PAGE = "/contests/cuoc-thi"
START = "/contests/cuoc-thi/rounds/tuan-1/attempts"
PRACTICE = "/contests/cuoc-thi/rounds/tuan-1-thi-thu/attempts"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def html(reply):
    return reply.get_data(as_text=True)


def shown(client):
    return html(client.get(PAGE))


@pytest.fixture
def make(cast, province):
    """A contest of the rules that are given: `rounds` of changed round rules, whatever else of the contest."""
    cast.bank(single=8, multiple=2)

    def made(*rounds, **more):
        rules = [cast.round_rules(**each) for each in rounds or [{}]]
        contest = cast.contest(organiser=province, rounds=rules, **more)
        with transaction():
            write_practice(session.merge(contest), now=NOON)
        return contest

    return made


@pytest.fixture
def phone_of(cast, client):
    return lambda person: cast.log_in(client, person)


def sit(person, key="tuan-1", *, at, until=None, division=""):
    """Begin an attempt at an instant and hand it in a minute later."""
    with transaction():
        round_ = session.scalars(select(Round).where(Round.key == key)).one()
        attempt = actions.start(session.get_one(Person, person.id), round_, entry_code="", division=division, now=at)
        actions.hand_in(attempt, now=until or at + timedelta(minutes=1))
    return attempt


def entrant(person):
    with transaction(writes=False):
        return session.scalar(select(Entrant).where(Entrant.person_id == person.id))


# Hours


def test_outside_a_sitting_one_is_told_when_the_next_begins(make, worker, phone_of, clock):
    make({"sittings": Sittings((Weekday.THURSDAY,), ((420, 1260),))})  # noon is a Tuesday's
    phone = phone_of(worker)
    page = shown(phone)
    assert "Ngoài ca thi" in page
    assert "ca sau mở lúc 07:00 ngày 03/12/2026" in page
    assert "Bắt đầu thi" not in page
    assert "Vào thi" not in html(phone.get("/"))
    reply = phone.submit(START)
    assert reply.status_code == 409
    assert "Ca sau mở lúc 07:00 ngày 03/12/2026" in html(reply)
    clock.at(days=2)
    assert "Bắt đầu thi" in shown(phone)
    assert "Vào thi" in html(phone.get("/"))
    assert phone.submit(START).status_code == 302


def test_after_the_last_sitting_no_next_one_is_promised(make, worker):
    make({"sittings": Sittings((Weekday.TUESDAY,), ((0, 60),)), "closes_at": NOON + 2 * DAY})
    with pytest.raises(OutsideSittings, match="không còn ca nào"):
        begin(worker, now=NOON)


def test_an_attempt_goes_on_when_its_sitting_is_over(make, worker, phone_of, clock):
    make({"sittings": Sittings((Weekday.TUESDAY,), ((720, 721),))})
    attempt = begin(worker, now=NOON)
    clock.at(minutes=5)
    assert "Tiếp tục làm bài" in shown(phone_of(worker))
    assert phone_of(worker).get(f"/attempts/{attempt}").status_code == 200


# How often


@pytest.mark.parametrize(
    ("per", "again_after"),
    [
        (LimitPer.DAY, 12 * HOUR),  # at the next midnight
        (LimitPer.WEEK, 5 * DAY + 12 * HOUR),  # on the next Monday
        (LimitPer.SITTING, 19 * HOUR),  # at seven the next morning
    ],
)
def test_a_limit_begins_anew_with_its_span(make, worker, per, again_after):
    hours = Sittings(hours=((420, 1260),)) if per is LimitPer.SITTING else None
    make({"attempts": AttemptsRule(limit=1, per=per), "sittings": hours})
    sit(worker, at=NOON)
    with pytest.raises((NoAttemptsLeft, OutsideSittings)):
        begin(worker, now=NOON + again_after - timedelta(seconds=1))
    sit(worker, at=NOON + again_after)
    with pytest.raises(NoAttemptsLeft):
        begin(worker, now=NOON + again_after + HOUR)


def test_the_page_says_when_a_used_up_limit_begins_anew(make, worker, phone_of, clock):
    make({"attempts": AttemptsRule(limit=1, per=LimitPer.DAY)})
    sit(worker, at=NOON)
    clock.at(hours=1)
    page = shown(phone_of(worker))
    assert "Bạn đã dùng hết lượt thi của hôm nay" in page
    assert "bắt đầu được từ 00:00 ngày 02/12/2026" in page
    assert "Bắt đầu thi" not in page


def test_a_contests_limit_counts_all_its_rounds(make, worker):
    limit = {"attempts": AttemptsRule(limit=2, per=LimitPer.CONTEST)}
    make({"key": "tuan-1", **limit}, {"key": "tuan-2", **limit})
    sit(worker, "tuan-1", at=NOON)
    sit(worker, "tuan-2", at=NOON)
    with pytest.raises(NoAttemptsLeft, match="cả cuộc thi"):
        begin(worker, "tuan-1", now=NOON + HOUR)


def test_between_two_attempts_one_waits_from_the_end_of_the_first(make, worker, phone_of, clock):
    make({"attempts": AttemptsRule(limit=None, wait=HOUR)})
    sit(worker, at=NOON, until=NOON + timedelta(minutes=10))
    clock.at(minutes=69)
    phone = phone_of(worker)
    assert "Bạn được bắt đầu lượt tiếp theo từ 13:10" in shown(phone)
    assert "cách nhau 1 giờ" in html(phone.submit(START))
    with pytest.raises(WaitForNextAttempt):
        begin(worker, now=NOON + timedelta(minutes=70, seconds=-1))
    sit(worker, at=NOON + timedelta(minutes=70))


@pytest.mark.parametrize("per", [LimitPer.DAY, LimitPer.CONTEST])
def test_a_limit_holds_however_often_the_button_is_pressed_at_once(app, cast, make, worker, client, per):
    limit = {"attempts": AttemptsRule(limit=1, per=per)}
    make({"key": "tuan-1", **limit}, {"key": "tuan-2", **limit})
    cast.log_in(client, worker)
    token, answers, ready = client.token(), [], threading.Barrier(6)
    browsers = [app.test_client() for _ in range(6)]
    for browser in browsers:
        browser.set_cookie("quiz", client.get_cookie("quiz").value)

    def press(browser, key):
        ready.wait()
        url = f"/contests/cuoc-thi/rounds/{key}/attempts"
        answers.append(browser.post(url, data={"csrf_token": token}).status_code)

    threads = [
        threading.Thread(target=press, args=(each, f"tuan-{1 + number % 2}")) for number, each in enumerate(browsers)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    with transaction(writes=False):
        counted = session.scalar(select(func.count()).select_from(Attempt))
    assert counted == (1 if per is LimitPer.CONTEST else 2)
    assert set(answers) <= {302, 409}


# Who


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        (EntrantsRule(roles=(EntrantRole.OFFICER,)), "dành cho cán bộ công đoàn"),
        (EntrantsRule(most_age=35), "không quá 35 tuổi, tính đến ngày khai mạc 01/12/2026"),
    ],
)
def test_the_page_and_the_start_refuse_with_the_same_sentence(make, worker, phone_of, rule, told):
    make(entrants=rule)
    phone = phone_of(worker)
    page, reply = shown(phone), phone.submit(START)
    assert told in page
    assert "Bắt đầu thi" not in page
    assert reply.status_code == 409
    assert told in html(reply)


def test_what_is_missing_of_the_identity_is_named(make, worker, phone_of):
    make(entrants=EntrantsRule(least_age=15))
    with transaction():
        session.execute(update(Person).where(Person.id == worker.id).values(birth_date=None))
    assert "chưa ghi ngày sinh" in html(phone_of(worker).submit(START))
    assert "chưa ghi ngày sinh" in shown(phone_of(worker))


def test_people_without_a_union_enter_where_the_rules_let_them(cast, make, phone_of):
    make(entrants=EntrantsRule(without_unit=True))
    alone = cast.person("Lê Văn Tự Do")
    assert phone_of(alone).submit(START).status_code == 302
    with transaction(writes=False):
        assert session.scalars(select(Attempt)).one().union_id is None


def organiser(cast, contest, province, cdcs):
    return cast.person(union=cdcs, roles=[(Role.ORGANISER, province)])


def author(cast, contest, province, cdcs):
    made = cast.person(union=cdcs)
    with transaction():
        version = session.scalars(select(QuestionVersion).limit(1)).one()
        version.reviewed_by_id, version.reviewed_at = made.id, NOON
    return made


def seated_judge(cast, contest, province, cdcs):
    made = cast.person(union=cdcs)
    with transaction():
        round_ = session.scalars(select(Round)).one()
        session.add(JudgeSeat(round_id=round_.id, person_id=made.id, seated_at=NOON))
    return made


def judge_of_the_province(cast, contest, province, cdcs):
    return cast.person(union=cdcs, roles=[(Role.JUDGE, province)])


@pytest.mark.parametrize(
    ("maker", "excluded"),
    [
        (organiser, Excluded.ORGANISERS),
        (author, Excluded.AUTHORS),
        (seated_judge, Excluded.JUDGES),
        (judge_of_the_province, Excluded.JUDGES),
    ],
)
def test_who_works_for_a_contest_is_excluded_where_its_rules_say_so(
    cast, make, province, cdcs, worker, phone_of, maker, excluded
):
    contest = make(entrants=EntrantsRule(excluded=(excluded,)))
    person = maker(cast, contest, province, cdcs)
    assert f"Theo thể lệ, {excluded.label} không dự thi" in html(phone_of(person).submit(START))
    assert phone_of(worker).submit(START).status_code == 302


def test_an_organiser_of_a_union_below_is_no_organiser_of_the_contest(cast, make, cdcs, phone_of):
    make(entrants=EntrantsRule(excluded=(Excluded.ORGANISERS,)))
    below = cast.person(union=cdcs, roles=[(Role.ORGANISER, cdcs)])
    assert phone_of(below).submit(START).status_code == 302


def test_nobody_starts_in_a_contest_that_is_not_public(make, worker, phone_of):
    make()
    with transaction():
        session.execute(update(Contest).values(published_at=None))
    assert phone_of(worker).submit(START).status_code == 404


# Divisions

ENTERPRISES = DivisionRules("dn", "Khối doanh nghiệp", workplaces=(Workplace.ENTERPRISE,))
OTHERS = DivisionRules("khac", "Khối khác")
OLD, YOUNG = (DivisionRules(key, title, chosen=True) for key, title in (("a", "Bảng A"), ("b", "Bảng B")))


def test_an_entrants_division_is_that_of_the_first_attempt(make, worker, cdcs):
    make(divisions=(ENTERPRISES, OTHERS))
    with transaction():
        session.get_one(TradeUnion, cdcs.id).workplace = Workplace.ENTERPRISE.value
    sit(worker, at=NOON)
    assert entrant(worker).division == "dn"
    with transaction():
        session.get_one(TradeUnion, cdcs.id).workplace = Workplace.AGENCY.value
    sit(worker, at=NOON + HOUR)
    assert (entrant(worker).division, entrant(worker).entered_at) == ("dn", NOON)


def test_a_division_that_is_chosen_is_asked_once(make, worker, phone_of, clock):
    make(divisions=(OLD, YOUNG))
    phone = phone_of(worker)
    page = shown(phone)
    assert page.count('name="division"') == 3
    assert "Bảng A" in page
    for missing in ({}, {"division": "c"}):
        reply = phone.submit(START, missing)
        assert reply.status_code == 409
        assert "Xin chọn bảng thi của bạn" in html(reply)
    assert phone.submit(START, {"division": "b"}).status_code == 302
    assert entrant(worker).division == "b"
    clock.at(hours=1)
    assert 'name="division"' not in shown(phone)
    assert phone.submit(START, {"division": "a"}).status_code == 302
    assert entrant(worker).division == "b"


def test_who_belongs_to_no_division_says_so_where_none_takes_the_rest(make, worker, phone_of):
    make(divisions=(OLD, YOUNG))
    phone = phone_of(worker)
    assert "Tôi không thuộc bảng nào" in shown(phone)
    assert phone.submit(START, {"division": "-"}).status_code == 302
    assert entrant(worker).division is None


def test_where_a_division_takes_the_rest_nobody_is_in_none(make, worker, phone_of):
    make(divisions=(OLD, OTHERS))
    phone = phone_of(worker)
    assert "Tôi không thuộc bảng nào" not in shown(phone)
    assert phone.submit(START, {"division": "-"}).status_code == 409


def test_a_start_that_is_refused_enters_nobody(make, worker):
    make(divisions=(OLD, YOUNG))
    with pytest.raises(DivisionNotChosen):
        sit(worker, at=NOON, division="c")
    assert entrant(worker) is None


# Practice


@pytest.fixture
def practised(make):
    return make({"practice": PracticeRule(attempts=2), "attempts": AttemptsRule(limit=1, per=LimitPer.CONTEST)})


def test_a_round_is_practised_without_taking_part(practised, worker, phone_of, clock):
    phone = phone_of(worker)
    page = shown(phone)
    assert "Bắt đầu thi thử" in page
    assert f'action="{PRACTICE}"' in page
    reply = phone.submit(PRACTICE)
    assert reply.status_code == 302
    assert "không tính vào kết quả" in html(phone.get(reply.location))
    phone.submit(f"{reply.location}/submission")
    assert "không tính vào kết quả" in html(phone.get(f"{reply.location}/result"))
    assert entrant(worker) is None
    page = shown(phone)
    assert "Bạn còn 1 lượt thi thử." in page
    assert "Bạn còn 1 lượt thi." in page
    assert phone.submit(START).status_code == 302  # the only attempt of the contest is still there


def test_practice_has_a_limit_of_its_own(practised, worker):
    for hours in (0, 1):
        sit(worker, "tuan-1-thi-thu", at=NOON + hours * HOUR)
    with pytest.raises(NoAttemptsLeft):
        sit(worker, "tuan-1-thi-thu", at=NOON + 2 * HOUR)


def test_before_the_round_opens_one_may_practise(make, worker, phone_of, clock):
    make({"practice": PracticeRule(), "opens_at": NOON + DAY, "closes_at": NOON + 2 * DAY})
    clock.at(minutes=1)
    phone = phone_of(worker)
    page = shown(phone)
    assert "Bắt đầu thi thử" in page
    assert "Bắt đầu thi<" not in page
    assert phone.submit(PRACTICE).status_code == 302
    assert phone.submit(START).status_code == 409


def rounds(contest, purpose):
    with transaction(writes=False):
        asked = select(Round.key).where(Round.contest_id == contest.id, Round.purpose == purpose)
        return list(session.scalars(asked))


def reload(contest, practice):
    """Write the contest's rounds anew, with another rule of practice."""
    with transaction():
        stored = session.get_one(Contest, contest.id)
        changed = tuple(replace(each, practice=practice) for each in stored.rules.rounds)
        stored.rules = replace(stored.rules, rounds=changed)
        write_practice(stored, now=NOON + HOUR)


def test_practice_that_nobody_sat_goes_with_its_rule(practised):
    reload(practised, None)
    assert rounds(practised, Purpose.PRACTICE) == []
    reload(practised, PracticeRule())
    assert rounds(practised, Purpose.PRACTICE) == ["tuan-1-thi-thu"]


def test_practice_that_was_sat_is_closed_but_kept(practised, worker):
    sit(worker, "tuan-1-thi-thu", at=NOON)
    reload(practised, None)
    assert rounds(practised, Purpose.PRACTICE) == ["tuan-1-thi-thu"]
    with pytest.raises(RoundClosed):
        sit(worker, "tuan-1-thi-thu", at=NOON + HOUR)


def test_practice_that_was_sat_keeps_the_paper_and_takes_the_new_limit(cast, practised, worker):
    sit(worker, "tuan-1-thi-thu", at=NOON)
    reload(practised, PracticeRule(attempts=1, draws=(cast.draw("luat", 3),)))
    with transaction(writes=False):
        kept = session.scalars(select(Round).where(Round.purpose == Purpose.PRACTICE)).one()
        assert (kept.rules.questions, kept.rules.attempts.limit) == (5, 1)


def test_a_contests_own_rounds_are_never_its_practice(practised):
    with transaction(writes=False):
        contest = session.get_one(Contest, practised.id)
        assert [each.key for each in contest.rounds] == ["tuan-1"]
    assert rounds(practised, Purpose.PRACTICE) == ["tuan-1-thi-thu"]


def test_a_rehearsal_is_for_organisers_alone(cast, practised, province, worker):
    with transaction():
        session.execute(update(Round).where(Round.purpose == "practice").values(purpose=Purpose.REHEARSAL.value))
    with pytest.raises(NotFound):
        begin(worker, "tuan-1-thi-thu", now=NOON)
    assert begin(cast.person(roles=[(Role.ORGANISER, province)]), "tuan-1-thi-thu", now=NOON)
