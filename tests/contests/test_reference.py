"""Three real contests as files, run whole from the opening to the prizes; what is expected was computed by hand."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from quizapp.attempts import actions as sitting
from quizapp.contests.actions import load_contest
from quizapp.db import session, transaction
from quizapp.errors import NoAttemptsLeft, RoundClosed, RoundNotOpen
from quizapp.formats.contest_file import read_contest
from quizapp.models import Attempt, Contest, Essay, PaperSlot, PrizeAward, Response, Round
from quizapp.reports.refreshing import refresh
from quizapp.rules.deadlines import phase
from quizapp.standings import queries
from quizapp.vocabulary import Phase, UnionKind, Workplace

FILES = Path(__file__).parent / "reference"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def vn(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


class Run:
    """A reference contest that was loaded before it opens."""

    def __init__(self, name, clock, before):
        clock.instant = before
        self.clock = clock
        with transaction():
            self.id = load_contest(read_contest((FILES / f"{name}.yaml").read_bytes()), now=before).id

    def round(self, key):
        return session.scalars(select(Round).where(Round.contest_id == self.id, Round.key == key)).one()

    def start(self, person, key, at):
        self.clock.instant = at
        return sitting.start(session.merge(person), self.round(key), entry_code="", now=at)

    def sit(self, person, key, at, *, right=0, seconds=60, essay=None):
        """Sit a round: the first `right` questions right, the others wrong, handed in after so many seconds."""
        with transaction():
            attempt = self.start(person, key, at)
            for slot in session.scalars(select(PaperSlot).where(PaperSlot.paper_id == attempt.paper_id)):
                place = slot.option_order.split(",").index("0" if slot.number <= right else "1") + 1
                kept = {"attempt_id": attempt.id, "paper_id": attempt.paper_id, "slot": slot.number}
                session.add(Response(number=1, answer=str(place), saved_at=at, **kept))
            if essay:
                session.add(
                    Essay(attempt_id=attempt.id, code=f"{attempt.id:06d}", number=1, text=essay, words=3, saved_at=at)
                )
            session.flush()
            sitting.hand_in(attempt, now=at + timedelta(seconds=seconds))
            return attempt.id

    def finish(self, at):
        self.clock.instant = at
        refresh(self.id, at)

    def board(self, key, division=""):
        with transaction(writes=False):
            snapshot = queries.newest_snapshot(session.get_one(Contest, self.id))
            found = next(each for each in snapshot.boards if (each.key, each.division) == (key, division))
            return [(row.rank, row.name, row) for row in queries.rows_of(found, most=1000)]

    def awards(self):
        """Who got what: prize, division, name."""
        with transaction(writes=False):
            snapshot = queries.newest_snapshot(session.get_one(Contest, self.id))
            asked = select(PrizeAward).where(PrizeAward.snapshot_id == snapshot.id).order_by(PrizeAward.number)
            return [(each.prize_key, each.division, each.name) for each in session.scalars(asked)]


# R4: Gia Lai, 2025


@pytest.fixture
def gia_lai(cast, clock):
    """Three schools of 13, 15 and 17 pupils; pupil i is the (i + 1)-th best: five by five one question less."""
    province = cast.union("Gia Lai", code="GL", kind=UnionKind.PROVINCE)
    cast.bank(single=25)
    run = Run("r4", clock, vn("2025-11-08T12:00"))
    schools = [cast.union(f"Trường {letter}", parent=province) for letter in "ABC"]
    of = [0] * 13 + [1] * 15 + [2] * 17
    run.people = [cast.person(f"Em {number:02d}", union=schools[school]) for number, school in enumerate(of, start=1)]
    return run


def test_gia_lai_from_opening_to_prizes(gia_lai):
    for i, person in enumerate(gia_lai.people):
        # The last of them sit first, so that the order of sitting decides nothing.
        gia_lai.sit(person, "thi", vn("2025-11-12T08:00") - timedelta(hours=i), right=20 - i // 5, seconds=300 + i)
    gia_lai.finish(vn("2025-11-19T00:05"))
    rows = gia_lai.board("ca-nhan")
    assert [(rank, name) for rank, name, _ in rows] == [(n, f"Em {n:02d}") for n in range(1, 46)]
    assert (rows[0][2].marks, rows[7][2].marks, rows[44][2].marks) == (20_00, 19_00, 12_00)
    assert [(rank, name, row.entrants) for rank, name, row in gia_lai.board("dong-nhat")] == [
        (1, "Trường C", 17),
        (2, "Trường B", 15),
        (3, "Trường A", 13),
    ]
    # 29 prizes for people: Em 01–13 of A, Em 14–28 of B, Em 29 of C.
    assert [(name, row.winners) for _, name, row in gia_lai.board("nhieu-giai")] == [
        ("Trường B", 15),
        ("Trường A", 13),
        ("Trường C", 1),
    ]
    awards = gia_lai.awards()
    names = [name for *_, name in awards]
    assert names == [f"Em {n:02d}" for n in range(1, 30)] + ["Trường C", "Trường B"]
    assert [row.prize for _, _, row in rows[:5]] == ["Giải Nhất", "Giải Nhì", "Giải Nhì", "Giải Nhì", "Giải Ba"]
    assert rows[29][2].prize is None


def test_gia_lai_lets_everybody_sit_once(gia_lai):
    person = gia_lai.people[0]
    gia_lai.sit(person, "thi", vn("2025-11-09T00:00"))
    with transaction(), pytest.raises(NoAttemptsLeft):
        gia_lai.start(person, "thi", vn("2025-11-10T00:00"))


def test_24h00_in_gia_lai_is_the_next_midnight(gia_lai):
    with transaction(), pytest.raises(RoundNotOpen):
        gia_lai.start(gia_lai.people[0], "thi", vn("2025-11-08T23:59:59"))
    with transaction():
        begun = gia_lai.start(gia_lai.people[0], "thi", vn("2025-11-18T23:59:59"))
        assert begun.closes_at == vn("2025-11-19T00:00")
    with transaction(), pytest.raises(RoundClosed):
        gia_lai.start(gia_lai.people[1], "thi", vn("2025-11-19T00:00"))


# R2: Hồ Chí Minh City, 2025


PEOPLE_OF_A_DIVISION = 40


@pytest.fixture
def city(cast, clock):
    """Four divisions of 40 people; A, B and C have twelve unions each, D has people without a union."""
    top = cast.union("LĐLĐ TP. Hồ Chí Minh", code="HCM", kind=UnionKind.PROVINCE)
    cast.bank(single=25)
    uppers = {
        "A": cast.union("Công đoàn phường", parent=top, kind=UnionKind.COMMUNE),
        "B": cast.union("Khối trường học", parent=top, kind=UnionKind.INDUSTRIAL_ZONE),
        "C": cast.union("Tổng công ty", parent=top, kind=UnionKind.SECTOR),
    }
    with transaction():
        session.merge(uppers["B"]).workplace = Workplace.PUBLIC_SERVICE.value
    run = Run("r2", clock, vn("2025-08-24T12:00"))
    run.people = {}
    for key, upper in uppers.items():
        unions = [cast.union(f"CĐCS {key}{number:02d}", parent=upper) for number in range(1, 13)]
        # The first union has 18 people, the others two each: 18 + 11 × 2 = 40.
        homes = [unions[0]] * 18 + [union for union in unions[1:] for _ in range(2)]
        run.people[key] = [cast.person(f"{key} {n:02d}", union=home) for n, home in enumerate(homes, start=1)]
    run.people["D"] = [cast.person(f"D {n:02d}") for n in range(1, PEOPLE_OF_A_DIVISION + 1)]
    return run


def test_the_city_gives_its_288_prizes_by_division_and_round(city):
    for people in city.people.values():
        for i, person in enumerate(people):
            at = vn("2025-08-25T16:00") + timedelta(minutes=i)
            city.sit(person, "dot-1", at, right=20 - i // 2, seconds=100 + i)
            # In the second round the order is turned round.
            city.sit(person, "dot-2", at + timedelta(days=6), right=20 - (39 - i) // 2, seconds=200 - i)
        # The best of two attempts counts: a worse second one changes nothing.
        city.sit(people[0], "dot-1", vn("2025-08-27T08:00"), right=1)
    city.finish(vn("2025-09-04T00:05"))
    for key in "ABCD":
        first, second = city.board("dot-1-ca-nhan", key), city.board("dot-2-ca-nhan", key)
        assert [(rank, name) for rank, name, _ in first] == [(n, f"{key} {n:02d}") for n in range(1, 41)]
        assert [(rank, name) for rank, name, _ in second] == [(n, f"{key} {41 - n:02d}") for n in range(1, 41)]
        assert first[0][2].marks == 20_00
        assert first[0][2].attempts == 2
    awards = city.awards()
    people = [each for each in awards if each[0] != "tap-the"]
    assert len(people) == 288
    assert [name for prize, _, name in people if prize == "nhat-2"] == ["A 40", "B 40", "C 40", "D 40"]
    assert [name for prize, _, name in people if prize == "ba-1" and name.startswith("C")] == ["C 04", "C 05", "C 06"]
    assert ("kk-1", "A", "A 36") in people
    assert not any(name == "A 37" for prize, _, name in people if prize == "kk-1")


def test_the_citys_prizes_for_unions_go_by_division_and_never_to_d(city):
    for key, people in city.people.items():
        for i, person in enumerate(people[: 40 if key == "A" else 30]):
            city.sit(person, "dot-1", vn("2025-08-26T16:00") + timedelta(minutes=i), right=5)
    city.finish(vn("2025-09-04T00:05"))
    boards = {key: city.board("tap-the", key) for key in "ABC"}
    assert [(rank, name, row.entrants) for rank, name, row in boards["A"][:2]] == [
        (1, "CĐCS A01", 18),
        (2, "CĐCS A02", 2),
    ]
    given = [(division, name) for prize, division, name in city.awards() if prize == "tap-the"]
    # A: eleven unions of two people share the second rank at the tenth prize, and the rules give it to all of them.
    assert sorted(name for division, name in given if division == "A") == [f"CĐCS A{n:02d}" for n in range(1, 13)]
    # B and C: 18 people, then six unions of two; all others had nobody, and nobody gets no prize.
    assert [name for division, name in given if division == "B"] == [f"CĐCS B{n:02d}" for n in range(1, 8)]
    assert not any(division == "D" for division, _ in given)


def test_the_citys_round_ends_at_23_59(city):
    with transaction(), pytest.raises(RoundClosed):
        city.start(city.people["A"][0], "dot-1", vn("2025-08-29T23:59"))
    with transaction():
        begun = city.start(city.people["A"][0], "dot-1", vn("2025-08-29T23:50"))
        assert begun.closes_at == vn("2025-08-29T23:59")


# R1: the confederation, 2023


@pytest.fixture
def confederation(cast, clock):
    top = cast.union("Tổng Liên đoàn", code="TLD", kind=UnionKind.CONFEDERATION)
    units = [cast.union(f"CĐCS {letter}", parent=top) for letter in "AB"]
    cast.bank(single=25)
    run = Run("r1", clock, vn("2023-11-12T12:00"))
    run.people = [cast.person(f"Người {n}", union=units[n % 2]) for n in range(1, 8)]
    run.people.append(cast.person("Người ở nước ngoài"))
    return run


WEEKS = {"tuan-1": "2023-11-14T08:00", "tuan-2": "2023-11-21T08:00", "tuan-3": "2023-11-28T08:00"}


def test_a_total_of_the_confederation_is_provisional_until_its_essay_is_settled(confederation):
    attempt = confederation.sit(confederation.people[0], "tuan-1", vn(WEEKS["tuan-1"]), right=18, essay="Tôi mong.")
    confederation.finish(vn("2023-11-15T08:00"))
    assert confederation.board("tuan-1")[0][2].marks == 18_00
    with transaction(writes=False):
        kept = session.get_one(Attempt, attempt)
        assert kept.waits_for_essay
        assert kept.max_mark == 25_00
        assert queries.newest_snapshot(session.get_one(Contest, confederation.id)).provisional == 1
    with transaction():
        sitting.set_essay_mark(session.get_one(Attempt, attempt), 4_50, now=vn("2023-11-16T08:00"))
    confederation.finish(vn("2023-11-16T08:00"))
    assert confederation.board("tuan-1")[0][2].marks == 22_50
    with transaction(writes=False):
        assert queries.newest_snapshot(session.get_one(Contest, confederation.id)).provisional == 0


def test_a_third_attempt_in_a_week_of_the_confederation_is_refused_and_the_next_week_allows_two_again(confederation):
    person, monday = confederation.people[0], vn("2023-11-13T00:00")
    for hours in (0, 1):
        confederation.sit(person, "tuan-1", monday + timedelta(hours=hours))
    with transaction(), pytest.raises(NoAttemptsLeft):
        confederation.start(person, "tuan-1", monday + timedelta(hours=2))
    confederation.sit(person, "tuan-2", monday + timedelta(days=7))


def test_the_confederations_stages_overlap(confederation):
    with transaction(writes=False):
        week, works = confederation.round("tuan-3"), confederation.round("trao-ky-vong")
    for at, expected in (
        ("2023-11-26T00:00", (Phase.UPCOMING, Phase.OPEN)),
        ("2023-12-04T23:59", (Phase.OPEN, Phase.OPEN)),
        ("2023-12-05T00:00", (Phase.CLOSED, Phase.OPEN)),
        ("2023-12-11T00:00", (Phase.CLOSED, Phase.CLOSED)),
    ):
        assert tuple(phase(each.opens_at, each.closes_at, vn(at)) for each in (week, works)) == expected


def test_the_confederations_weeks_add_up_to_its_prizes(confederation):
    """Person n answers 20 − n right each week; the essay of person 3 has 5 marks in week 1, all others' have none.

    So totals are: 57, 54, 51 + 5 = 56, 48, 45, 42, 39, and 36 of who has no union.
    """
    for n, person in enumerate(confederation.people, start=1):
        for week, at in WEEKS.items():
            essay = "Tôi mong." if (n, week) == (3, "tuan-1") else None
            made = confederation.sit(person, week, vn(at) + timedelta(hours=n), right=20 - n, essay=essay)
            if essay:
                with transaction():
                    sitting.set_essay_mark(session.get_one(Attempt, made), 5_00, now=vn("2023-11-20T08:00"))
    confederation.finish(vn("2023-12-11T08:00"))
    rows = confederation.board("chung-cuoc")
    assert [(name, row.marks) for _, name, row in rows] == [
        ("Người 1", 57_00),
        ("Người 3", 56_00),
        ("Người 2", 54_00),
        ("Người 4", 48_00),
        ("Người 5", 45_00),
        ("Người 6", 42_00),
        ("Người 7", 39_00),
        ("Người ở nước ngoài", 36_00),
    ]
    assert [row.prize for _, _, row in rows] == ["Giải Nhất", *["Giải Nhì"] * 2, *["Giải Ba"] * 3, None, None]
    assert [(name, row.entrants) for _, name, row in confederation.board("don-vi")] == [("CĐCS B", 4), ("CĐCS A", 3)]
