"""`flask attempts`: a contest from its file, results from a sitting on paper, and the board that they make."""

import json

import pytest

CONTEST = """
contest:
  slug: hoi-thi-giay
  title: Hội thi trên giấy
  organiser: LDLD
  rounds:
    - key: vong-1
      title: Vòng 1
      opens: 2026-12-01T07:00
      closes: 2026-12-01T24:00
      attempts: {limit: 2, per: round, counted: best}
      time: {minutes: 30}
      paper:
        - {bank: luat, count: 10}
  standings:
    - {key: ca-nhan, of: people, rounds: all, order: [marks, seconds, submitted_at]}
"""
RESULTS = """
Họ và tên;Số điện thoại;Đơn vị;Bắt đầu;Nộp bài;Điểm
Lê Văn An;0912000001;MAY;01/12/2026 08:00;01/12/2026 08:20;9
Phạm Thị Bình;0912000002;GIAY;01/12/2026 08:00;01/12/2026 08:15;9
Trần Cúc;0912000003;CĐCS Giày;01/12/2026 08:00;01/12/2026 08:30;10
Lê Văn An;0912000001;MAY;01/12/2026 09:00;01/12/2026 09:10;8,5
Đỗ Dung;0912000004;MAY;01/12/2026 23:50;02/12/2026 00:00;9
Võ Em;0912000005;MAY;01/12/2026 08:05;01/12/2026 08:20;9
"""
# By marks, seconds, hand-in: Dung 600 s; Bình and Em 900 s, Bình earlier; An's best is 9 in 1200 s.
RANKS = [(1, "Trần Cúc"), (2, "Đỗ Dung"), (3, "Phạm Thị Bình"), (4, "Võ Em"), (5, "Lê Văn An")]


@pytest.fixture
def run(app, cast, tmp_path):
    province = cast.union("LĐLĐ tỉnh Mẫu", code="LDLD")
    cast.union("CĐCS May", parent=province, code="MAY")
    cast.union("CĐCS Giày", parent=province, code="GIAY")
    cast.bank()
    (tmp_path / "cuoc-thi.yaml").write_text(CONTEST)
    (tmp_path / "ket-qua.csv").write_text(RESULTS.strip())

    def run(*arguments):
        paths = [str(tmp_path / each) if "." in each else each for each in arguments]
        return app.test_cli_runner().invoke(args=paths)

    loaded = run("contests", "load", "cuoc-thi.yaml")
    assert loaded.exit_code == 0, loaded.output
    return run


def board(run):
    assert run("standings", "refresh", "hoi-thi-giay").exit_code == 0
    rows = json.loads(run("standings", "show", "hoi-thi-giay", "--json").stdout)
    return [(row["rank"], row["person"]) for row in rows]


def test_results_from_paper_stand_on_the_board_as_reckoned_by_hand(run):
    made = run("attempts", "import", "hoi-thi-giay", "ket-qua.csv")
    assert (made.exit_code, made.stdout) == (0, "Đã nhập: 6 lượt thi, 5 người mới.\n")
    assert board(run) == RANKS


def test_json_says_row_by_row_what_came_in(run):
    report = json.loads(run("attempts", "import", "hoi-thi-giay", "ket-qua.csv", "--dry-run", "--json").stdout)
    assert report["problems"] == []
    assert report["new_people"] == 5
    row = report["attempts"][3]
    assert (row["n"], row["person"], row["number"], row["mark"], row["new"]) == (5, "Lê Văn An", 2, 8.5, True)
    assert json.loads(run("attempts", "import", "hoi-thi-giay", "ket-qua.csv", "--json").stdout) == report


def test_the_same_file_twice_is_told_and_taken_in_only_when_asked(run):
    run("attempts", "import", "hoi-thi-giay", "ket-qua.csv")
    twice = run("attempts", "import", "hoi-thi-giay", "ket-qua.csv")
    assert twice.exit_code == 1
    assert "Tệp này đã được nhập" in twice.stdout
    again = run("attempts", "import", "hoi-thi-giay", "ket-qua.csv", "--again")
    assert again.exit_code == 1
    assert "đã đủ 2 lượt" in again.stdout  # the limit holds whatever was asked


def test_an_import_is_listed_and_taken_back(run):
    run("attempts", "import", "hoi-thi-giay", "ket-qua.csv")
    number = run("attempts", "imports", "hoi-thi-giay").stdout.split("\t")[0]
    assert "6 lượt thi" in run("attempts", "undo", "hoi-thi-giay", number).stdout
    assert "đã rút lại" in run("attempts", "imports", "hoi-thi-giay").stdout
    assert run("attempts", "undo", "hoi-thi-giay", number).exit_code == 1


def test_problems_are_told_by_row_and_column_and_nothing_is_kept(run, tmp_path):
    (tmp_path / "sai.csv").write_text(RESULTS.strip().replace(";10\n", ";11\n"))
    refused = run("attempts", "import", "hoi-thi-giay", "sai.csv", "--json")
    assert refused.exit_code == 1
    [problem] = json.loads(refused.stdout)["problems"]
    assert (problem["n"], problem["where"]) == (4, "cột “Điểm”")
    assert run("attempts", "imports", "hoi-thi-giay").stdout == ""
