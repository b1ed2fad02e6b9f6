"""Real contests run from outside: a file, results from paper, boards; what is expected was computed by hand."""

import json
from pathlib import Path

import pytest

from quizapp.vocabulary import UnionKind

FILES = Path(__file__).parent / "reference"
HEADINGS = "Họ và tên;Số điện thoại;Đơn vị;Đợt thi;Bắt đầu;Nộp bài;Điểm;Dự đoán;Đối tượng;Bảng thi"
PEOPLE = {"An": 1, "Bình": 2, "Cúc": 3, "Dũng": 4, "Em": 5, "Gấm": 6, "Hải": 7, "Ích": 8, "Kim": 9}


class Outside:
    """A contest of the reference files, with the commands that a stranger has."""

    def __init__(self, app, folder, name):
        self.app, self.folder = app, folder
        loaded = self.run("contests", "load", str(FILES / f"{name}.yaml"))
        assert loaded.exit_code == 0, loaded.output
        self.slug = loaded.stdout.split("“")[1].split("”")[0]

    def run(self, *words):
        return self.app.test_cli_runner().invoke(args=words)

    def import_(self, *rows):
        """Import rows 'An A tuan-1 | 02/09/2019 10:00 | 02/09/2019 10:05 | 5 | 3 | role | division'."""
        lines = [HEADINGS]
        for row in rows:
            who, *rest = (part.strip() for part in row.split("|"))
            name, unit, key = who.split()
            cells = [f"Nguyễn Văn {name}", f"09120000{PEOPLE[name]:02d}", unit, key, *rest]
            lines.append(";".join([*cells, *[""] * (10 - len(cells))]))
        (self.folder / "ket-qua.csv").write_text("\n".join(lines))
        return self.run("attempts", "import", self.slug, str(self.folder / "ket-qua.csv"))

    def sat(self, *rows):
        made = self.import_(*rows)
        assert made.exit_code == 0, made.output

    def show(self, board, *columns, division=None):
        words = ["--board", board, *(["--division", division] if division else []), "--json"]
        shown = self.run("standings", "show", self.slug, *words)
        assert shown.exit_code == 0, shown.output
        rows = json.loads(shown.stdout)
        return [
            (row["rank"], (row.get("person") or row["unit_code"]).split()[-1], *map(row.get, columns)) for row in rows
        ]


@pytest.fixture
def outside(app, cast, tmp_path):
    """Unions A (10 members), B (4), C (not counted) of a commune, D (5) of a zone; counted years after the contests."""
    top = cast.union("Tổng Liên đoàn", code="TLD", kind=UnionKind.CONFEDERATION)
    province = cast.union("LĐLĐ tỉnh Gia Lai", code="GL", kind=UnionKind.PROVINCE, parent=top)
    commune = cast.union("Công đoàn xã Chư Sê", code="CS", kind=UnionKind.COMMUNE, parent=province)
    zone = cast.union("Công đoàn các khu công nghiệp", code="KCN", kind=UnionKind.INDUSTRIAL_ZONE, parent=province)
    for code, members in (("A", 10), ("B", 4), ("C", None)):
        cast.union(f"CĐCS {code}", code=code, parent=commune, members=members)
    cast.union("CĐCS D", code="D", parent=zone, members=5)
    cast.bank(single=60)
    return lambda name: Outside(app, tmp_path, name)


def test_the_nearest_guess_of_those_with_everything_right_wins_the_week(outside):
    week = outside("p1")
    week.sat(
        "An A tuan-1   | 02/09/2019 10:00:00 | 02/09/2019 10:05:00 | 5 | 3",
        "An A tuan-1   | 03/09/2019 10:00:00 | 03/09/2019 10:01:00 | 5 | 4",  # as good, but later: 3 stands
        "Bình B tuan-1 | 02/09/2019 10:00:00 | 02/09/2019 10:04:00 | 4 | 4",
        "Bình B tuan-1 | 05/09/2019 10:00:00 | 05/09/2019 10:04:00 | 5 | 5",
        "Cúc C tuan-1  | 02/09/2019 10:00:00 | 02/09/2019 10:02:00 | 5 | 9",
        "Dũng D tuan-1 | 02/09/2019 10:00:00 | 02/09/2019 10:01:00 | 5",
        "Em A tuan-1   | 09/09/2019 08:00:00 | 09/09/2019 09:00:00 | 3 | 4",
    )
    # Four people have everything right: An and Bình are off by one, An was earlier; no guess comes last.
    assert week.show("tuan-1", "distance", "prize") == [
        (1, "An", 1, "Giải Nhất tuần"),
        (2, "Bình", 1, None),
        (3, "Cúc", 5, None),
        (4, "Dũng", None, None),
    ]
    late = week.import_("Em A tuan-1 | 09/09/2019 09:00:00 | 09/09/2019 09:05:00 | 5 | 4")
    assert late.exit_code == 1
    assert "Dòng 2" in late.stdout
    assert "cột “Bắt đầu”" in late.stdout
    assert "ngoài “Tuần 1”" in late.stdout


def test_sittings_of_a_week_with_a_guess_at_the_participants(outside):
    week = outside("u3")
    week.sat(
        "An A tuan-1   | 13/10/2020 08:00:00 | 13/10/2020 08:10:00 | 18 | 4",
        "An A tuan-1   | 15/10/2020 08:00:00 | 15/10/2020 08:11:40 | 19 | 9",
        "Bình A tuan-1 | 18/10/2020 20:45:00 | 18/10/2020 21:00:00 | 19 | 4",
        "Cúc B tuan-1  | 13/10/2020 07:00:00 | 13/10/2020 07:11:40 | 19 | 9",
        "Dũng C tuan-1 | 15/10/2020 07:00:00 | 15/10/2020 07:30:00 | 10",
    )
    # Four took part. An's better attempt counts with its own guess, and is equal to Cúc's in everything.
    ranks = [(1, "Bình", 900, 0), (2, "An", 700, 5), (2, "Cúc", 700, 5), (4, "Dũng", 1800, None)]
    assert week.show("ca-nhan", "seconds", "distance") == ranks
    assert week.show("ty-le", "rate") == [(1, "B", 0.25)]  # A has exactly 20 %, which is not over it
    assert week.show("ty-le-tinh", "entrants", "members") == [(1, "GL", 4, 19)]
    again = week.import_("An A tuan-1 | 13/10/2020 09:00:00 | 13/10/2020 09:10:00 | 20 | 4")
    assert "đã đủ 1 lượt mỗi ca thi" in again.stdout
    wednesday = week.import_("Em A tuan-1 | 14/10/2020 09:00:00 | 14/10/2020 09:10:00 | 20 | 4")
    assert "ngoài các ca thi" in wednesday.stdout


def test_all_points_of_all_attempts_in_three_groups(outside):
    contest = outside("j2")
    contest.sat(
        "An A dot-1   | 07/03/2022 08:00:00 | 07/03/2022 08:05:00 | 8   | | Cán bộ công đoàn",
        "An A dot-1   | 14/03/2022 08:00:00 | 14/03/2022 08:03:20 | 9,5 | | Cán bộ công đoàn",
        "Bình B dot-1 | 08/03/2022 08:00:00 | 08/03/2022 08:05:00 | 10  | | Cán bộ công đoàn",
        "Bình B dot-1 | 09/03/2022 08:00:00 | 09/03/2022 08:05:00 | 7,5 | | Cán bộ công đoàn",
        "Cúc A dot-1  | 07/03/2022 08:00:00 | 07/03/2022 08:20:00 | 9   | | Đoàn viên | hoc-sinh",
        "Dũng A dot-1 | 07/03/2022 08:00:00 | 07/03/2022 08:20:00 | 10  | | Đoàn viên | tu-do",
    )
    assert contest.show("ca-nhan", "marks", "seconds", "attempts") == [
        (1, "An", 17.5, 500, 2),
        (2, "Bình", 17.5, 600, 2),
        (1, "Cúc", 9.0, 1200, 1),
        (1, "Dũng", 10.0, 1200, 1),
    ]
    assert contest.show("dong", "entrants", division="can-bo")[:2] == [(1, "A", 1), (1, "B", 1)]
    third = contest.import_("Bình B dot-1 | 13/03/2022 08:00:00 | 13/03/2022 08:05:00 | 10 | | Cán bộ công đoàn")
    assert "đã đủ 2 lượt mỗi tuần" in third.stdout


def test_units_by_thresholds_and_by_their_best_two(outside):
    contest = outside("u15")
    marks = {"A": [40, 30, 20, 30], "B": [26, 24], "C": [48, 46], "D": [50]}
    people = iter(PEOPLE)
    contest.sat(
        *(
            f"{next(people)} {unit} thi | 06/05/2017 08:00:00 | 06/05/2017 11:00:00 | {mark}"
            for unit, all_marks in marks.items()
            for mark in all_marks
        )
    )
    # B has a mean of exactly 25, D a fifth of its people, of C nobody knows how many there are.
    assert contest.show("don-vi", "marks", "rate") == [(1, "A", 30.0, 0.4)]
    # D's one person stands for two, as far as B's two; its mean is higher.
    ranks = [(1, "C", 47.0), (2, "A", 35.0), (3, "D", 25.0), (4, "B", 25.0)]
    assert contest.show("hai-nguoi", "score") == ranks


def test_across_the_end_of_a_year_in_another_zone(outside):
    contest = outside("nam-moi")
    contest.sat(
        "An A truoc   | 31/12/2022 08:00:00 | 31/12/2022 08:03:00 | 10",
        "An A truoc   | 30/12/2022 08:00:00 | 30/12/2022 08:01:40 | 8",
        "An A sau     | 01/01/2023 08:00:00 | 01/01/2023 08:05:00 | 6",
        "An A sau     | 02/01/2023 08:00:00 | 02/01/2023 08:05:00 | 7",
        "Bình B truoc | 31/12/2022 23:55:00 | 31/12/2022 24:00    | 9",
        "Cúc C sau    | 01/01/2023 00:00:00 | 01/01/2023 00:10:00 | 7",
    )
    assert contest.show("tot", "marks", "submitted_at") == [
        (1, "Bình", 9.0, "2022-12-31T23:00:00+00:00"),
        (2, "An", 8.0, "2022-12-30T07:01:40+00:00"),
        (3, "Cúc", 7.0, "2022-12-31T23:10:00+00:00"),
    ]
    assert contest.show("trung-binh", "marks") == [(1, "Bình", 9.0), (2, "An", 7.5), (3, "Cúc", 7.0)]
    assert contest.show("dau", "marks") == [(1, "Bình", 9.0), (2, "An", 8.0), (3, "Cúc", 7.0)]
    assert contest.show("cuoi", "marks") == [(1, "Bình", 9.0), (2, "An", 7.0), (3, "Cúc", 7.0)]
    soon = contest.import_("An A truoc | 30/12/2022 08:20:00 | 30/12/2022 08:25:00 | 10")
    assert "phải cách nhau 30 phút" in soon.stdout
