"""Loading contest files: what they name must be there, and what is begun does not change."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from quizapp.attempts.actions import start
from quizapp.attempts.drawing_papers import prepare_papers
from quizapp.contests import queries
from quizapp.contests.actions import check_contest, load_contest
from quizapp.db import session, transaction
from quizapp.errors import BadFile
from quizapp.formats.contest_file import read_contest
from quizapp.models import (
    AuditEvent,
    Contest,
    JudgeSeat,
    Person,
    QuestionBank,
    QuestionVersion,
    Round,
    Rubric,
    Snapshot,
    TradeUnion,
)
from quizapp.rules.rubrics import Criterion, RubricContent
from quizapp.vocabulary import Role, UnionKind
from tests.conftest import NOON
from tests.contests.conftest import FILE

SECOND_ROUND = FILE[FILE.index("    - key") :].replace("tuan-1", "tuan-2").replace("Tuần 1", "Tuần 2")


def load(text=FILE, by=None):
    with transaction():
        return load_contest(read_contest(text), now=NOON, by=by)


def refused(text, by=None):
    with pytest.raises(BadFile) as error, transaction():
        load_contest(read_contest(text), now=NOON, by=by)
    return [(each.row, each.column, each.text) for each in error.value.problems]


def begin(cast, place):
    person = cast.person(union=place.grassroots)
    with transaction():
        round_ = session.scalars(select(Round)).first()
        start(session.get_one(Person, person.id), round_, entry_code="280729", now=NOON)


def test_a_file_makes_a_contest_with_rounds_audience_and_an_audit_event(place):
    load(FILE + SECOND_ROUND)
    with transaction(writes=False):
        contest = queries.contest_of("tim-hieu")
        assert contest.organiser.code == "LDLD"
        assert [union.code for union in contest.audience] == ["LDLD"]
        assert [(each.key, each.position, each.rules) for each in contest.rounds] == [
            ("tuan-1", 0, contest.rules.rounds[0]),
            ("tuan-2", 1, contest.rules.rounds[1]),
        ]
        assert contest.source == FILE + SECOND_ROUND
        event = session.scalars(select(AuditEvent)).one()
        assert (event.action, event.subject, event.actor_id) == ("load_contest", "contest:tim-hieu", None)


EVERY_RULE = """\
      sittings: {weekdays: [tue, sun], hours: ["07:00-21:00"]}
      avoid_seen: true
      marks: {right: 1, wrong: -0.25, scale_to: 10, multiple: partial}
      prediction: {target: participants}
      practice: {attempts: 2, paper: [{bank: luat, count: 3, section: "Phần I", marks: 0.5}]}
  audience: {roles: [doan_vien], age: {min: 15}, excluded: [judges]}
  divisions: [{key: A, units: [MAY], kinds: [doanh_nghiep, co_so]}, {key: B}]
  standings:
    - {key: a, by_division: true, only_if: {all_right: true}, order: [marks, prediction]}
    - {key: b, of: unions, weights: {sum: 1, rate: 10}, order: [entrants], only_if: {rate_over: 80%}}
  prizes: [{title: Giải Nhất, standings: a, count: {A: 3, B: 4}, value_vnd: 2000000, by: lot}]
  target_rate: 95%
  appeals: {until: 2026-12-20T24:00}
  publish: {freeze_at: 2026-12-05T17:00}
"""


def test_a_contest_comes_back_from_the_database_with_every_rule(place):
    load(FILE + EVERY_RULE)
    with transaction(writes=False):
        assert queries.contest_of("tim-hieu").rules == read_contest(FILE + EVERY_RULE).rules


def test_checking_changes_nothing(place):
    with transaction():
        check_contest(read_contest(FILE))
    with transaction(writes=False):
        assert session.scalar(select(func.count(Contest.id))) == 0


@pytest.mark.parametrize(
    ("old", "new", "place_of", "said"),
    [
        ("organiser: LDLD", "organiser: KHONG", (4, "organiser"), "không có công đoàn mã “KHONG”"),
        ("  entry", "  audience: {units: [MAY, LA]}\n  entry", (5, "audience.units"), "“LA”"),
        ("bank: luat", "bank: la", (13, "rounds.1.paper.1.bank"), "hiện có: luat"),
        ("count: 5", "count: 11", (13, "rounds.1.paper.1.count"), "chỉ còn 10 câu"),
        ("count: 5", "count: 5, topic: la", (13, "rounds.1.paper.1.topic"), "các chủ đề: chung"),
        ("count: 5", "count: 5, level: kho", (13, "rounds.1.paper.1.count"), "chỉ còn 0 câu"),
    ],
)
def test_what_the_file_names_must_be_there(place, old, new, place_of, said):
    ((row, column, text),) = refused(FILE.replace(old, new))
    assert (row, column) == place_of
    assert said in text


def test_only_questions_that_are_valid_when_the_round_opens_are_counted(place):
    opening_day = (NOON + timedelta(hours=7)).date()
    with transaction():
        versions = session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)).all()
        versions[0].valid_to = opening_day - timedelta(days=1)
        versions[1].valid_from = opening_day + timedelta(days=1)
        versions[2].valid_from = versions[2].valid_to = opening_day
    assert "chỉ còn 8 câu" in refused(FILE.replace("count: 5", "count: 9"))[0][2]
    load(FILE.replace("count: 5", "count: 8"))


PAPER = "      paper: [{bank: luat, count: 5}]\n"


@pytest.mark.parametrize(
    ("text", "place_of", "said"),
    [
        (FILE.replace("count: 5", "count: 3, tag: cu"), (13, "rounds.1.paper.1.tag"), "các nhãn: moi"),
        (FILE.replace("count: 5", "count: 3, tag: moi"), (13, "rounds.1.paper.1.count"), "chỉ còn 2 câu"),
        (FILE + "      practice: {paper: [{bank: luat, count: 11}]}\n", (14, "rounds.1.practice.paper.1.count"), "10"),
        (
            FILE.replace(PAPER, "      papers: [{key: a, bank: luat, questions: [luat-001, luat-011]}]\n"),
            (13, "rounds.1.papers.1.questions"),
            "“luat-011”",
        ),
        (
            FILE.replace(PAPER, "      papers: [{key: a, bank: la, questions: [luat-001]}]\n"),
            (13, "rounds.1.papers.1.questions"),
            "hiện có: luat",
        ),
        (FILE + "  divisions: [{key: A, units: [MAY, LA]}]\n", (14, "divisions.1.units"), "“LA”"),
        (FILE + "  divisions: [{key: A, units: [BEN]}]\n", (14, "divisions.1.units"), "audience.units"),
    ],
)
def test_tags_named_questions_and_units_of_divisions_must_be_there(cast, place, text, place_of, said):
    cast.union("LĐLĐ tỉnh Bên", code="BEN")
    with transaction():
        for version in session.scalars(select(QuestionVersion).order_by(QuestionVersion.id).limit(2)):
            version.tags = ["moi"]
    ((row, column, sentence),) = refused(text)
    assert (row, column) == place_of
    assert said in sentence


def test_questions_that_are_named_must_be_valid_when_the_round_opens(place):
    named = FILE.replace(PAPER, "      papers: [{key: a, bank: luat, questions: [luat-001, luat-002]}]\n")
    load(named)
    with transaction():
        first = session.scalars(select(QuestionVersion).order_by(QuestionVersion.id)).first()
        first.valid_to = (NOON + timedelta(hours=7)).date() - timedelta(days=1)
    assert "“luat-001”" in refused(named)[0][2]


def test_names_are_known_of_the_banks_of_named_questions_and_the_units_of_divisions(place):
    text = FILE.replace(PAPER, "      papers: [{key: a, bank: luat, questions: [luat-001]}]\n")
    contest = load(text + "  divisions: [{key: A, units: [MAY]}]\n")
    with transaction(writes=False):
        names = queries.known_names(contest.rules)
    assert names.banks == {"luat": "Ngân hàng luat"}
    assert names.unions["MAY"] == "CĐCS May Mẫu"


ESSAY = "      essay: {prompt: Viết, marks: 5, rubric: sang-kien}\n"


@pytest.mark.parametrize(("owner", "may"), [("own", True), ("above", True), ("below", True), ("beside", False)])
def test_a_contest_draws_from_banks_of_its_unions_line(cast, place, owner, may):
    root = cast.union("Tổng Liên đoàn", kind=UnionKind.PROVINCE)
    with transaction():
        province = session.get_one(TradeUnion, place.province.id)
        province.parent_id, province.path = root.id, f"{root.path}{province.id}/"
        session.get_one(TradeUnion, place.grassroots.id).path = f"{province.path}{place.grassroots.id}/"
    unions = {"own": place.province, "above": root, "below": place.grassroots, "beside": cast.union(parent=root)}
    with transaction():
        session.get_one(QuestionBank, place.bank.id).union_id = unions[owner].id
    if may:
        load()
    else:
        assert "không có ngân hàng câu hỏi “luat”" in str(refused(FILE))


def test_the_rubric_of_an_essay_must_be_there_for_the_organising_union(cast, place):
    def rubric(code, union):
        content = RubricContent((Criterion("y", "Ý tưởng", "", 400),))
        session.add(Rubric(code=code, version=1, union_id=union.id, title=code, content=content, made_at=NOON))

    neighbour = cast.union("LĐLĐ tỉnh Bạn")
    with transaction():
        rubric("cap-duoi", place.grassroots)
        rubric("tinh-ban", neighbour)
    ((row, column, text),) = refused(FILE + ESSAY)
    assert (row, column) == (14, "rounds.1.essay.rubric")
    assert "không có phiếu chấm “sang-kien”; hiện có: cap-duoi." in text
    assert refused(FILE + ESSAY.replace("sang-kien", "tinh-ban"))
    load(FILE + ESSAY.replace("sang-kien", "cap-duoi"))
    with transaction():
        rubric("sang-kien", place.province)
    load(FILE + ESSAY)


def test_until_somebody_begins_a_file_replaces_the_contest(place):
    old = load(FILE + SECOND_ROUND)
    with transaction():
        session.add(Snapshot(contest_id=old.id, made_at=NOON, entrants=0, attempts=0))
    load(FILE.replace("tuan-1", "vong-1").replace("minutes: 20", "minutes: 30"))
    with transaction(writes=False):
        contest = queries.contest_of("tim-hieu")
        assert contest.id == old.id
        assert [(each.key, each.rules.time_limit) for each in contest.rounds] == [("vong-1", timedelta(minutes=30))]
        assert session.scalar(select(func.count(Snapshot.id))) == 0


def test_a_round_keeps_its_row_when_others_come_before_it(place):
    load()
    with transaction(writes=False):
        before = session.scalar(select(Round.id).where(Round.key == "tuan-1"))
    load(FILE[: FILE.index("    - key")] + SECOND_ROUND + FILE[FILE.index("    - key") :])
    with transaction(writes=False):
        rounds = queries.contest_of("tim-hieu").rounds
        assert [each.key for each in rounds] == ["tuan-2", "tuan-1"]
        assert rounds[1].id == before


def test_papers_that_were_made_ahead_go_with_their_round(place):
    load()
    with transaction():
        prepare_papers(session.scalars(select(Round)).one(), 3, now=NOON)
    load(FILE.replace("tuan-1", "tuan-2"))
    with transaction(writes=False):
        assert session.scalars(select(Round.key)).all() == ["tuan-2"]


def test_a_round_whose_judges_are_named_does_not_go(place):
    load()
    with transaction():
        round_id = session.scalars(select(Round.id)).one()
        session.add(JudgeSeat(round_id=round_id, person_id=place.organiser.id, seated_at=NOON))
    [(_, column, text)] = refused(FILE.replace("tuan-1", "tuan-2"))
    assert column == "rounds"
    assert "giám khảo" in text
    load(FILE + SECOND_ROUND)


def test_after_somebody_began_only_what_harms_nobody_may_change(cast, place):
    load()
    begin(cast, place)
    changed = FILE.replace("minutes: 20", "minutes: 25").replace("limit: 2", "limit: 3").replace("12-06", "12-05")
    found = refused(changed)
    assert [(row, column) for row, column, _ in found] == [
        (10, "rounds.1.closes"),
        (11, "rounds.1.attempts"),
        (12, "rounds.1.time"),
    ]
    assert all("đã có người bắt đầu thi" in text for _, _, text in found)
    load(FILE.replace("Tuần 1", "Tuần lễ 1").replace("12-06", "12-07") + "      show: {answers: never}\n")
    with transaction(writes=False):
        round_ = queries.contest_of("tim-hieu").rounds[0]
        assert round_.title == "Tuần lễ 1"
        assert round_.closes_at == round_.rules.closes_at == NOON + timedelta(days=6, hours=12)


def test_an_organiser_loads_only_for_own_unions(cast, place):
    neighbour = cast.union("LĐLĐ tỉnh Bên", code="BEN")
    stranger = cast.person("Lê Văn Bên", roles=[(Role.ORGANISER, neighbour)])
    with transaction():
        organiser, other = (session.get_one(Person, who.id) for who in (place.organiser, stranger))
        assert [column for _, column, _ in refused_in(other, FILE)] == ["organiser"]
        wide = FILE.replace("  entry", "  audience: {units: [MAY, BEN]}\n  entry")
        assert [column for _, column, _ in refused_in(organiser, wide)] == ["audience.units"]
        load_contest(read_contest(FILE), now=NOON, by=organiser)
        own = FILE.replace("organiser: LDLD", "organiser: BEN")
        assert [column for _, column, _ in refused_in(other, own)] == ["slug"]


def refused_in(person, text):
    with pytest.raises(BadFile) as error:
        check_contest(read_contest(text), by=person)
    return [(each.row, each.column, each.text) for each in error.value.problems]
