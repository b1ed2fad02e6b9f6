"""`flask unions`."""

import json

import pytest
from sqlalchemy import func, select

from quizapp.db import session, transaction
from quizapp.models import TradeUnion
from tests.formats.packages import workbook

HEAD = ["Mã", "Tên", "Loại", "Mã cấp trên"]
GOOD = [["MAY", "CĐCS May", "CĐCS", "TINH"], ["TINH", "LĐLĐ tỉnh Mẫu", "tỉnh", ""]]


@pytest.fixture
def run(app, cast, tmp_path):
    file = tmp_path / "cong-doan.xlsx"

    def with_rows(rows, *words):
        file.write_bytes(workbook(lambda sheet: [sheet.append(row) for row in (HEAD, *rows)]))
        return app.test_cli_runner().invoke(args=["unions", "import", str(file), *words])

    return with_rows


def stored():
    with transaction(writes=False):
        return session.scalar(select(func.count(TradeUnion.id)))


def test_a_list_is_imported_and_reported(run):
    result = run(GOOD)
    assert (result.exit_code, result.output) == (0, "Đã nhập 2 công đoàn: 2 mới, 0 thay đổi, 0 không đổi.\n")
    assert stored() == 2


def test_a_dry_run_reports_and_stores_nothing(run):
    result = run(GOOD, "--dry-run", "--json")
    report = json.loads(result.output)
    assert report["problems"] == []
    assert report["unions"][0] == {
        "n": 2,
        "code": "MAY",
        "name": "CĐCS May",
        "kind": "co_so",
        "parent": "TINH",
        "what": "new",
        "changes": [],
    }
    assert stored() == 0


def test_problems_are_printed_by_row_and_fail(run):
    rows = [["MAY", "CĐCS May", "hội", "TINH"], ["A", "", "CĐCS", "KHONG"]]
    result = run(rows)
    assert result.exit_code == 1
    assert [line.split(":")[0] for line in result.output.splitlines()[:-1]] == [
        "Dòng 2, cột “Loại”",
        "Dòng 2, cột “Mã cấp trên”",
        "Dòng 3, cột “Mã cấp trên”",
        "Dòng 3, cột “Tên công đoàn”",
    ]
    assert result.output.endswith("4 lỗi; chưa nhập gì.\n")
    assert stored() == 0


def test_problems_have_the_shape_of_every_report(run):
    result = run([["A", "Tên", "CĐCS", "KHONG"]], "--json")
    assert result.exit_code == 1
    assert json.loads(result.output) == {
        "unions": [],
        "problems": [
            {
                "n": 2,
                "where": "cột “Mã cấp trên”",
                "what": "chưa có công đoàn mã “KHONG”; xin sửa mã hoặc thêm dòng cho mã này.",
            }
        ],
    }


def test_a_file_that_is_no_table_is_refused(app, cast, tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7")
    result = app.test_cli_runner().invoke(args=["unions", "import", str(tmp_path / "x.xlsx")])
    assert result.exit_code == 1
    assert "đây là tệp PDF" in result.output
