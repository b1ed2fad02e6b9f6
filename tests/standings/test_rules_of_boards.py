"""Divisions, thresholds, predictions, prizes and the freeze: from attempts to the rows that are printed."""

import json
from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select, update

from quizapp.db import session, transaction
from quizapp.models import (
    Attempt,
    Contest,
    Disqualification,
    Entrant,
    PredictionTruth,
    PrizeAward,
    PrizeTie,
    Round,
    WindowChange,
)
from quizapp.reports.exporting import export
from quizapp.rules.contest_rules import (
    BoardRules,
    DivisionRules,
    OnlyIf,
    PrizeRules,
    PublishRule,
    Weight,
)
from quizapp.rules.round_rules import PredictionRule
from quizapp.standings import queries
from quizapp.vocabulary import (
    BoardWhen,
    EntrantRole,
    Measure,
    Names,
    PredictionTarget,
    Purpose,
    StandingsOf,
    TieBreak,
    UnionKind,
    WindowChangeKind,
)
from tests.standings.test_standings import board, made, sit

GUESSING = PredictionRule(PredictionTarget.ALL_RIGHT, "Có bao nhiêu người trả lời đúng tất cả?")
LIVE = PublishRule(board=BoardWhen.LIVE, names=Names.FULL)
NOW = timedelta()


@pytest.fixture
def tree(cast):
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)
    communes = [cast.union(f"Công đoàn xã {n}", parent=province, kind=UnionKind.COMMUNE, code=f"XA{n}") for n in (1, 2)]
    cast.bank()
    units = [
        cast.union(f"CĐCS {n}{m}", parent=commune, members=10) for n, commune in enumerate(communes, 1) for m in "ab"
    ]
    return province, units


def people_board(**more):
    return BoardRules(**{"key": "ca-nhan", "title": "Cá nhân", "of": StandingsOf.PEOPLE} | more)


def union_board(**more):
    return BoardRules(**{"key": "don-vi", "title": "Đơn vị", "of": StandingsOf.UNIONS} | more)


def enter(contest, person, division):
    with transaction():
        session.add(
            Entrant(
                contest_id=contest.id,
                person_id=person.id,
                role=EntrantRole.MEMBER.value,
                division=division,
                entered_at=contest.loaded_at,
            )
        )


def is_stale(contest, clock):
    with transaction(writes=False):
        return queries.is_stale(session.get(Contest, contest.id), queries.newest_snapshot(contest), clock.instant)


def guess(person, number):
    with transaction():
        for attempt in session.scalars(select(Attempt).where(Attempt.person_id == person.id)):
            attempt.prediction = number


@pytest.fixture
def shown(app):
    def rows(*words):
        result = app.test_cli_runner().invoke(args=["standings", "show", "cuoc-thi", *words, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.output)

    return rows


DIVISIONS = (DivisionRules("A", "Bảng A", units=("XA1",)), DivisionRules("B", "Bảng B"))


def by_division(cast, tree, clock, **more):
    province, units = tree
    boards = [people_board(by_division=True), union_board(by_division=True, measure=Measure.ENTRANTS)]
    contest = cast.contest(organiser=province, boards=boards, divisions=DIVISIONS, publish=LIVE, **more)
    for name, unit, division, mark in [
        ("Lê An", 0, "A", 1900),
        ("Lê Bình", 2, "B", 1800),
        ("Lê Cường", 3, "B", 2000),
        ("Lê Dũng", 3, None, 2000),
    ]:
        person = cast.person(name, union=units[unit])
        sit(person, "tuan-1", mark, 60, NOW, clock)
        enter(contest, person, division)
    return made(contest, clock)


def test_each_division_is_ranked_apart_and_who_is_in_none_is_on_no_board(cast, tree, clock, shown):
    by_division(cast, tree, clock)
    assert [(row["rank"], row["person"]) for row in shown("--division", "A")] == [(1, "Lê An")]
    assert [(row["rank"], row["person"]) for row in shown("--division", "B")] == [(1, "Lê Cường"), (2, "Lê Bình")]
    assert [row["division"] for row in shown()] == ["A", "B", "B"]


def test_units_are_listed_in_the_division_to_which_they_belong(cast, tree, clock, shown):
    by_division(cast, tree, clock)

    def units(division):
        return {row["unit"]: row["score"] for row in shown("--collective", "don-vi", "--division", division)}

    assert units("A") == {"CĐCS 1a": 1, "CĐCS 1b": 0}
    assert units("B") == {"CĐCS 2a": 1, "CĐCS 2b": 1}


def test_a_division_that_is_not_there_is_said(cast, tree, clock, app):
    by_division(cast, tree, clock)
    result = app.test_cli_runner().invoke(args=["standings", "show", "cuoc-thi", "--division", "C", "--json"])
    assert result.exit_code == 1
    assert "Không có bảng nào như vậy" in result.output


def test_a_page_shows_one_division_and_leads_to_the_others(cast, tree, clock, client):
    by_division(cast, tree, clock)
    page = client.get("/contests/cuoc-thi/standings/ca-nhan?division=B").get_data(as_text=True)
    assert "Lê Cường" in page
    assert "Lê An" not in page
    assert "/contests/cuoc-thi/standings/ca-nhan?division=A" in page
    assert client.get("/contests/cuoc-thi/standings/ca-nhan?division=C").status_code == 404


def test_a_person_sees_the_own_division_first(cast, tree, clock, client):
    contest = by_division(cast, tree, clock)
    person = cast.person("Lê Em", union=tree[1][2])
    sit(person, "tuan-1", 1000, 60, NOW, clock)
    enter(contest, person, "B")
    made(contest, clock)
    cast.log_in(client, person)
    page = client.get("/contests/cuoc-thi/standings/ca-nhan").get_data(as_text=True)
    assert "Bạn đứng hạng <strong>3</strong> trong 3 người" in page
    why = client.get("/contests/cuoc-thi/standings/ca-nhan/me").get_data(as_text=True)
    assert "Hạng 3 trong 3 người" in why


def test_only_people_with_everything_right_are_on_such_a_board(cast, tree, clock):
    province, units = tree
    boards = [people_board(only_if=OnlyIf(all_right=True)), people_board(key="tu-15", only_if=OnlyIf(least_mark=1500))]
    contest = cast.contest(organiser=province, boards=boards)
    for name, mark in [("Lê An", 2000), ("Lê Bình", 1900), ("Lê Cường", 1500), ("Lê Dũng", 1499)]:
        sit(cast.person(name, union=units[0]), "tuan-1", mark, 60, NOW, clock)
    made(contest, clock)
    assert [row.name for row in board(contest, "ca-nhan")] == ["Lê An"]
    assert [row.name for row in board(contest, "tu-15")] == ["Lê An", "Lê Bình", "Lê Cường"]


def test_who_moves_between_rounds_stays_where_each_round_was_sat(cast, tree, clock):
    province, units = tree
    rounds = [cast.round_rules("tuan-1"), cast.round_rules("tuan-2", title="Tuần 2")]
    boards = [
        *(people_board(key=f"cn-{n}", rounds=(f"tuan-{n}",)) for n in (1, 2)),
        *(union_board(key=f"dv-{n}", rounds=(f"tuan-{n}",), measure=Measure.ENTRANTS) for n in (1, 2)),
        union_board(key="dv", measure=Measure.ENTRANTS),
    ]
    contest = cast.contest(organiser=province, rounds=rounds, boards=boards)
    person = cast.person(union=units[0])
    sit(person, "tuan-1", 1000, 60, NOW, clock)
    with transaction():
        session.merge(person).union_id = units[3].id
    person.union_id = units[3].id
    sit(person, "tuan-2", 1000, 60, timedelta(minutes=5), clock)
    made(contest, clock)
    assert [board(contest, f"cn-{n}")[0].unit_name for n in (1, 2)] == ["CĐCS 1a", "CĐCS 2b"]
    assert [board(contest, key)[0].name for key in ("dv-1", "dv-2", "dv")] == ["CĐCS 1a", "CĐCS 2b", "CĐCS 2b"]


def test_units_below_a_threshold_are_not_on_the_board(cast, tree, clock):
    province, units = tree
    boards = [union_board(measure=Measure.MEAN, only_if=OnlyIf(rate_over=1000, mean_over=1500))]
    contest = cast.contest(organiser=province, boards=boards)
    for unit, marks in zip(units, [[1600, 1600], [1600], [1500, 1500], [2000, 1900]], strict=True):
        for mark in marks:
            sit(cast.person(union=unit), "tuan-1", mark, 60, NOW, clock)
    made(contest, clock)
    assert [row.name for row in board(contest, "don-vi")] == ["CĐCS 2b", "CĐCS 1a"]


def test_a_score_by_weights_is_told(cast, tree, clock, shown):
    province, units = tree
    weights = (Weight(Measure.SUM, 100), Weight(Measure.ENTRANTS, 1000))
    contest = cast.contest(organiser=province, boards=[union_board(weights=weights)])
    for unit, marks in zip(units, [[1000, 1000], [2000, 1050], [], []], strict=True):
        for mark in marks:
            sit(cast.person(union=unit), "tuan-1", mark, 60, NOW, clock)
    made(contest, clock)
    assert [(row["rank"], row["unit"], row["score"], row["total"]) for row in shown("--collective", "don-vi")] == [
        (1, "CĐCS 1b", 50.5, 30.5),
        (2, "CĐCS 1a", 40, 20),
        (3, "CĐCS 2a", 0, 0),
        (3, "CĐCS 2b", 0, 0),
    ]


def test_who_was_disqualified_is_nowhere_until_it_is_lifted(cast, tree, clock):
    province, units = tree
    contest = cast.contest(organiser=province)
    out, once, fair = (cast.person(name, union=units[0]) for name in ("Lê An", "Lê Bình", "Lê Cường"))
    for person, mark in [(out, 2000), (once, 2000), (once, 1000), (fair, 1500)]:
        sit(person, "tuan-1", mark, 60, NOW, clock)
    with transaction():
        best = session.scalar(select(Attempt).where(Attempt.person_id == once.id, Attempt.mark == 2000))
        barred = [
            Disqualification(contest_id=contest.id, person_id=person.id, attempt_id=attempt, reason="Thi hộ")
            for person, attempt in [(out, None), (once, best.id)]
        ]
        for each in barred:
            each.made_at = clock.instant
        session.add_all(barred)
    made(contest, clock)
    assert [(row.name, row.marks) for row in board(contest, "ca-nhan")] == [("Lê Cường", 1500), ("Lê Bình", 1000)]
    assert not is_stale(contest, clock)
    with transaction():
        for each in session.scalars(select(Disqualification)):
            each.lifted_at, each.lifted_reason = clock.instant, "Nhầm người"
    assert is_stale(contest, clock)
    made(contest, clock)
    assert {row.name: row.marks for row in board(contest, "ca-nhan")}["Lê An"] == 2000


def test_practice_is_in_no_total(cast, tree, clock):
    province, units = tree
    contest = cast.contest(organiser=province, rounds=[cast.round_rules(), cast.round_rules("tuan-1-thi-thu")])
    with transaction():
        practice = session.scalar(select(Round).where(Round.key == "tuan-1-thi-thu"))
        practice.purpose = Purpose.PRACTICE.value
    sit(cast.person(union=units[0]), "tuan-1-thi-thu", 2000, 60, NOW, clock)
    assert board(made(contest, clock), "ca-nhan") == []


def guessing_contest(cast, tree, clock):
    """Three with everything right, of whom one has a second such attempt; two guess two people too many or too few."""
    province, units = tree
    chain = (TieBreak.MARKS, TieBreak.PREDICTION, TieBreak.SUBMITTED_AT)
    contest = cast.contest(
        organiser=province,
        rounds=[cast.round_rules(prediction=GUESSING)],
        boards=[people_board(only_if=OnlyIf(all_right=True), order=chain)],
        publish=LIVE,
    )
    people = [cast.person(name, union=units[0]) for name in ("Lê An", "Lê Bình", "Lê Cường", "Lê Dũng")]
    for person, mark, after in zip(people, [2000, 2000, 2000, 1900], range(4), strict=True):
        sit(person, "tuan-1", mark, 60, timedelta(seconds=after), clock)
    sit(people[0], "tuan-1", 2000, 60, timedelta(seconds=9), clock)
    for person, number in zip(people, [30, 5, 3, 3], strict=True):
        guess(person, number)
    return contest, people


def test_before_the_truth_is_known_guesses_decide_nothing(cast, tree, clock, shown, client):
    made(guessing_contest(cast, tree, clock)[0], clock)
    assert [(row["person"], row["prediction"], row["distance"]) for row in shown()] == [
        ("Lê An", 30, None),
        ("Lê Bình", 5, None),
        ("Lê Cường", 3, None),
    ]
    assert "Hiện chưa có số đúng" in client.get("/contests/cuoc-thi/standings/ca-nhan").get_data(as_text=True)


def test_after_the_close_people_are_counted_once_and_the_nearest_guess_leads(cast, tree, clock, shown, client):
    contest, people = guessing_contest(cast, tree, clock)
    clock.at(days=7, seconds=2)
    made(contest, clock)
    assert [(row["rank"], row["person"], row["distance"]) for row in shown()] == [
        (1, "Lê Cường", 0),
        (2, "Lê Bình", 2),
        (3, "Lê An", 27),
    ]
    page = client.get("/contests/cuoc-thi/standings/ca-nhan").get_data(as_text=True)
    assert "Số đúng: <strong>3</strong> người" in page
    why = cast.log_in(client, people[1]).get("/contests/cuoc-thi/standings/ca-nhan/me").get_data(as_text=True)
    assert "dự đoán gần đúng hơn" in why


def test_the_truth_of_a_round_that_nobody_sat_is_not_written_down(cast, tree, clock):
    contest, _ = guessing_contest(cast, tree, clock)
    with transaction():
        for attempt in session.scalars(select(Attempt)):
            session.delete(attempt)
    clock.at(days=7, seconds=2)
    made(contest, clock)
    with transaction(writes=False):
        assert session.scalars(select(PredictionTruth)).all() == []


def test_the_truth_never_changes_by_itself(cast, tree, clock):
    contest, people = guessing_contest(cast, tree, clock)
    clock.at(days=7, seconds=2)
    made(contest, clock)
    with transaction():
        for attempt in session.scalars(select(Attempt).where(Attempt.person_id == people[1].id)):
            attempt.mark = 1000
    clock.at(days=8)
    made(contest, clock)
    with transaction(writes=False):
        found = session.scalars(select(PredictionTruth)).one()
        assert (found.people, found.target, found.frozen_by_id) == (3, "all_right", None)
        assert found.frozen_at < clock.instant


@pytest.mark.parametrize("held_up_by", ["somebody sits", "later hours"])
def test_the_truth_waits_for_whoever_may_still_hand_in(cast, tree, clock, held_up_by):
    contest, people = guessing_contest(cast, tree, clock)
    with transaction():
        if held_up_by == "somebody sits":
            attempt = session.scalar(select(Attempt).where(Attempt.person_id == people[3].id))
            attempt.submitted_at = attempt.mark = None
            attempt.closes_at = clock.instant + timedelta(days=7, minutes=20)
        else:
            change = {"contest_id": contest.id, "person_id": people[0].id, "made_by_id": people[0].id, "reason": "Ốm"}
            kind = WindowChangeKind.EXTENSION.value
            session.add(WindowChange(**change, kind=kind, minutes=30, made_at=clock.instant))
    clock.at(days=7, seconds=2)
    made(contest, clock)
    with transaction(writes=False):
        assert session.scalars(select(PredictionTruth)).all() == []
    with transaction():
        for attempt in session.scalars(select(Attempt).where(Attempt.submitted_at.is_(None))):
            attempt.submitted_at, attempt.mark = attempt.closes_at, 0
    clock.at(days=7, minutes=30, seconds=2)
    assert is_stale(contest, clock)
    made(contest, clock)
    with transaction(writes=False):
        assert session.scalars(select(PredictionTruth)).one().people == 3


def test_prizes_of_people_make_winners_of_units_and_then_prizes_of_units(cast, tree, clock, shown):
    province, units = tree
    contest = cast.contest(
        organiser=province,
        boards=[union_board(measure=Measure.WINNERS), people_board()],
        prizes=(
            PrizeRules("nhat", "Giải Nhất", "ca-nhan"),
            PrizeRules("nhi", "Giải Nhì", "ca-nhan", count=2),
            PrizeRules("tap-the", "Giải tập thể", "don-vi"),
        ),
    )
    for name, unit, seconds in [("Lê An", 0, 60), ("Lê Bình", 1, 61), ("Lê Cường", 1, 62), ("Lê Dũng", 0, 63)]:
        sit(cast.person(name, union=units[unit]), "tuan-1", 2000, seconds, NOW, clock)
    made(contest, clock)
    assert [(row["person"], row["prize"]) for row in shown("--board", "ca-nhan")] == [
        ("Lê An", "Giải Nhất"),
        ("Lê Bình", "Giải Nhì"),
        ("Lê Cường", "Giải Nhì"),
        ("Lê Dũng", None),
    ]
    assert [(row["unit"], row["winners"], row["prize"]) for row in shown("--collective", "don-vi")][:2] == [
        ("CĐCS 1b", 2, "Giải tập thể"),
        ("CĐCS 1a", 1, None),
    ]
    with transaction(writes=False):
        awards = session.scalars(select(PrizeAward).order_by(PrizeAward.number)).all()
        assert [(each.prize_key, each.name, each.unit_name) for each in awards] == [
            ("nhat", "Lê An", "CĐCS 1a"),
            ("nhi", "Lê Bình", "CĐCS 1b"),
            ("nhi", "Lê Cường", "CĐCS 1b"),
            ("tap-the", "CĐCS 1b", "Công đoàn xã 1"),
        ]


def test_an_open_tie_is_kept_with_the_snapshot(cast, tree, clock):
    province, units = tree
    contest = cast.contest(organiser=province, prizes=(PrizeRules("nhat", "Giải Nhất", "ca-nhan"),))
    for _ in range(2):
        sit(cast.person(union=units[0]), "tuan-1", 2000, 60, NOW, clock)
    made(contest, clock)
    with transaction(writes=False):
        assert session.scalars(select(PrizeAward)).all() == []
        tie = session.scalars(select(PrizeTie)).one()
        assert (tie.prize_key, tie.rank, tie.remaining, tie.contending) == ("nhat", 1, 1, 2)


def test_from_the_freeze_on_the_public_board_stands_still(cast, tree, clock):
    province, units = tree
    frozen = PublishRule(board=BoardWhen.LIVE, freeze_at=clock.instant + timedelta(minutes=10))
    contest = cast.contest(organiser=province, publish=frozen)

    def attempts_shown():
        with transaction(writes=False):
            return queries.published(session.get(Contest, contest.id))[0].attempts

    for minutes, expected in [(9, 1), (10, 1), (11, 1)]:
        clock.at(minutes=minutes)
        sit(cast.person(union=units[0]), "tuan-1", 1900, 60, NOW, clock)
        made(contest, clock)
        assert attempts_shown() == expected


def test_the_workbook_has_division_guess_and_prize_where_the_contest_has_them(cast, tree, clock, tmp_path):
    prizes = (PrizeRules("nhat", "Giải Nhất", "ca-nhan"),)
    contest = by_division(cast, tree, clock, prizes=prizes, rounds=[cast.round_rules(prediction=GUESSING)])
    with transaction():
        session.execute(update(Attempt).values(prediction=5))
    export(contest.slug, tmp_path / "x.xlsx", now=clock.instant + timedelta(days=8))
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["Xếp hạng cá nhân"]
    heads = [cell.value for cell in sheet[1]]
    wanted = [heads.index(each) for each in ("Bảng thi", "Hạng", "Họ và tên", "Dự đoán", "Chênh với số đúng")]
    prize = heads.index("Giải thưởng")
    assert [
        tuple(row[place] for place in (*wanted, prize)) for row in sheet.iter_rows(min_row=2, values_only=True)
    ] == [
        ("Bảng A", 1, "Lê An", 5, 3, "Giải Nhất"),
        ("Bảng B", 1, "Lê Cường", 5, 3, "Giải Nhất"),
        ("Bảng B", 2, "Lê Bình", 5, 3, None),
    ]
