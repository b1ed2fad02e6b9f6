"""Ranks worked out anew from the sheet of attempts alone, with pandas and without the project's rules."""

import random
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pandas as pd
import pytest
from sqlalchemy import insert, select

from quizapp.db import session, transaction
from quizapp.models import Attempt, Paper, Round
from quizapp.reports.exporting import export
from quizapp.rules.contest_rules import BoardRules
from quizapp.rules.round_rules import AttemptsRule, EssayRule
from quizapp.vocabulary import Counting, Measure, StandingsOf, TieBreak, UnionKind
from tests.conftest import NOON

ALL = (TieBreak.MARKS, TieBreak.SECONDS, TieBreak.SUBMITTED_AT)
CASES = [
    (1, ("best", "first"), "sum", "rate", ALL),
    (2, ("last", "mean"), "mean", "mean", ALL[:2]),
    (3, ("sum", "best"), "best", "entrants", ALL[:1]),
    (4, ("mean", "mean"), "last", "attempts", (ALL[1], ALL[0])),
    (5, ("first", "last"), "first", "rate", ALL),
]
ESSAY = EssayRule("Viết", 100)
TEXT = {"Số điện thoại": str, "Mã đơn vị": str, "Mã đợt": str}


def make(cast, place, dice, ways, combine, measure, order):
    """A contest of two rounds with some hundred attempts, many of them alike."""
    rounds = [
        cast.round_rules(key, attempts=AttemptsRule(limit=None, counted=Counting(way)), essay=essay)
        for key, way, essay in zip(("tuan-1", "tuan-2"), ways, (None, ESSAY), strict=True)
    ]
    boards = [
        BoardRules(key="p", title="P", of=StandingsOf.PEOPLE, combine=Counting(combine), order=order),
        BoardRules(key="p1", title="P1", of=StandingsOf.PEOPLE, rounds=("tuan-1",), order=order),
        BoardRules(key="u", title="U", of=StandingsOf.UNIONS, combine=Counting(combine), measure=Measure(measure)),
    ]
    contest = cast.contest(organiser=place.province, rounds=rounds, boards=boards)
    section = cast.union("Tổ sản xuất 1", parent=place.units[0], kind=UnionKind.SECTION)
    unknown = cast.union("CĐCS chưa có số liệu", parent=place.communes[1])
    people = [cast.person(f"Nguyễn Văn A{n}", union=dice.choice([*place.units, section, unknown])) for n in range(40)]
    with transaction():
        ids = list(session.scalars(select(Round.id).where(Round.contest_id == contest.id).order_by(Round.position)))
        paper = Paper(round_id=ids[0], seed="s", shape="s4", made_at=NOON)
        session.add(paper)
        session.flush()
        session.execute(insert(Attempt), list(attempts(dice, people, ids, [*place.units, section], paper.id)))
    return contest


def attempts(dice, people, rounds, unions, paper):
    for serial in range(350):
        person, round_id = dice.choice(people), dice.choice(rounds)
        essay = dice.choice([None, 0, 25, 75]) if round_id == rounds[1] else None
        started = NOON + timedelta(seconds=dice.randrange(400), milliseconds=dice.choice([0, 0, 250]))
        union = person.union_id if dice.random() < 0.9 else dice.choice(unions).id
        yield {
            "person_id": person.id,
            "round_id": round_id,
            "paper_id": paper,
            "union_id": union,
            "number": serial + 1,
            "started_at": started,
            "closes_at": started + timedelta(minutes=20),
            "submitted_at": started + timedelta(seconds=dice.choice([60, 61, 90])),
            "mark": dice.choice([350, 425, 450, 500]),
            "max_mark": 600,
            "essay_mark": essay,
            "receipt": f"R{serial}",
        }


def hundredths(value):
    return int((Decimal(str(value)) * 100).quantize(Decimal(1)))


def half_even(total, parts):
    return int((Decimal(int(total)) / parts).quantize(Decimal(1), ROUND_HALF_EVEN))


def put_together(rows, way):
    """One row of several: mark, seconds, submitted, number, attempts."""
    if way in ("sum", "mean"):
        parts = 1 if way == "sum" else len(rows)
        mark, seconds = half_even(rows["mark"].sum(), parts), half_even(rows["seconds"].sum(), parts)
        return pd.Series([mark, seconds, rows["at"].max(), 1, rows["attempts"].sum()], rows.columns)
    columns, ascending = {
        "best": (["mark", "seconds", "at"], [False, True, True]),
        "first": (["at", "number"], True),
        "last": (["at", "number"], False),
    }[way]
    chosen = rows.sort_values(columns, ascending=ascending).iloc[0].copy()
    chosen["attempts"] = rows["attempts"].sum()
    return chosen


def people_of(sheet, ways, combine):
    parts = {}
    for (phone, key), rows in sheet.groupby(["Số điện thoại", "Mã đợt"]):
        plain = pd.DataFrame(
            {
                "mark": rows["Điểm"].map(hundredths),
                "seconds": rows["Thời gian (giây)"],
                "at": rows["Nộp lúc"],
                "number": rows["Lượt"],
                "attempts": 1,
            }
        )
        parts.setdefault(phone, []).append(put_together(plain, ways[key]))
    return {phone: put_together(pd.DataFrame(rows), combine) for phone, rows in parts.items()}


def ranks(keys):
    """1 + how many are strictly better."""
    return {name: 1 + sum(other < mine for other in keys.values()) for name, mine in keys.items()}


def check_people(board, people, order):
    key = {
        "marks": lambda row: -row["mark"],
        "seconds": lambda row: row["seconds"],
        "submitted_at": lambda row: row["at"],
    }
    expected = ranks({phone: tuple(key[link](row) for link in order) for phone, row in people.items()})
    assert dict(zip(board["Số điện thoại"], board["Hạng"], strict=True)) == expected
    assert list(board["Hạng"]) == sorted(expected.values())
    for _, row in board.iterrows():
        own = people[row["Số điện thoại"]]
        assert (hundredths(row["Điểm"]), row["Thời gian (giây)"]) == (own["mark"], own["seconds"])
        assert (row["Nộp lúc"], row["Số lượt thi"]) == (own["at"], own["attempts"])


def units_of(sheet, board):
    """Phone → code of the unit on the board: of the latest attempt, through the unit above where it is a section."""
    code_of = dict(zip(board["Đơn vị"], board["Mã đơn vị"], strict=True))
    latest = sheet.sort_values(["Nộp lúc", "Lượt"]).groupby("Số điện thoại").tail(1)
    return {
        row["Số điện thoại"]: code_of.get(row["Đơn vị"]) or code_of[row["Công đoàn cấp trên"]]
        for _, row in latest.iterrows()
    }


def check_unions(board, people, home, measure):
    keys = {}
    for _, row in board.iterrows():
        own = [people[phone] for phone, code in home.items() if code == row["Mã đơn vị"]]
        marks, members = [each["mark"] for each in own], row["Đoàn viên"]
        rate = None if pd.isna(members) else min(Fraction(1), Fraction(len(own), int(members)))
        mean = Fraction(int(sum(marks)), len(marks)) if marks else Fraction(0)
        measured = {"entrants": len(own), "attempts": sum(each["attempts"] for each in own), "mean": mean}
        measured["rate"] = -1 if rate is None else rate
        keys[row["Mã đơn vị"]] = -measured[measure]
        assert (row["Người dự thi"], row["Lượt thi"]) == (measured["entrants"], measured["attempts"])
        assert pd.isna(row["Điểm trung bình"]) if not marks else hundredths(row["Điểm trung bình"]) == round(mean)
        if rate is None:
            assert pd.isna(row["Tỷ lệ tham gia"])
        else:
            assert hundredths(row["Tỷ lệ tham gia"] * 100) == int(rate * 10_000)
    assert dict(zip(board["Mã đơn vị"], board["Hạng"], strict=True)) == ranks(keys)


@pytest.mark.parametrize(("seed", "ways", "combine", "measure", "order"), CASES, ids=[case[2] for case in CASES])
def test_the_boards_follow_from_the_attempts(cast, place, clock, tmp_path, seed, ways, combine, measure, order):
    contest = make(cast, place, random.Random(seed), ways, combine, measure, order)
    export(contest.slug, tmp_path / "x.xlsx", now=clock.at(hours=1))
    sheets = pd.read_excel(tmp_path / "x.xlsx", sheet_name=None, dtype=TEXT, engine="openpyxl")
    sheet = sheets["Tất cả lượt thi"]
    assert len(sheet) == 350
    assert (sheet["Điểm câu hỏi"] + sheet["Điểm bài viết"].fillna(0) == sheet["Điểm"]).all()
    counted = dict(zip(("tuan-1", "tuan-2"), ways, strict=True))
    people = people_of(sheet, counted, combine)
    check_people(sheets["Xếp hạng cá nhân – Chung cuộc"], people, order)
    first = sheet[sheet["Mã đợt"] == "tuan-1"]
    check_people(sheets["Xếp hạng cá nhân – Tuần 1"], people_of(first, counted, "sum"), order)
    board = sheets["Xếp hạng đơn vị"]
    check_unions(board, people, units_of(sheet, board), measure)
