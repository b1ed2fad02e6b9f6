"""`flask members`."""

import csv
import json
import re

import pytest
from sqlalchemy import func, select

from quizapp.db import session, transaction
from quizapp.models import Person
from quizapp.vocabulary import Role
from quizapp.web.passwords import is_code

FILE = "Họ tên;Số điện thoại;Mã đơn vị\nLê Văn An;0912345678;MAY\nĐỗ Thị Bé;0987654321;\n"


@pytest.fixture
def may(cast):
    return cast.union("CĐCS May Mẫu", code="MAY")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ds.csv"
    path.write_text(FILE)
    return path


def run(app, *words):
    return app.test_cli_runner().invoke(args=["members", *map(str, words)])


def people():
    with transaction(writes=False):
        return session.scalar(select(func.count(Person.id)))


def person(phone="0912345678"):
    with transaction(writes=False):
        return session.scalars(select(Person).where(Person.phone == phone)).one()


def test_a_file_comes_in_with_codes_in_a_private_file(app, may, file, tmp_path):
    codes = tmp_path / "codes.csv"
    result = run(app, "import", file, "--unit", "may", "--codes-out", codes)
    assert result.exit_code == 0
    assert "Đã nhập: 2 người mới, 0 người thay đổi, 0 người giữ nguyên." in result.output
    assert codes.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(codes.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["Họ và tên"] for row in rows] == ["Lê Văn An", "Đỗ Thị Bé"]
    assert is_code(person().first_code_hash, rows[0]["Mã đăng nhập lần đầu"])
    assert rows[0]["Mã đăng nhập lần đầu"] not in result.output


def test_an_existing_file_of_codes_is_not_written_over_and_nothing_comes_in(app, may, file, tmp_path):
    (tmp_path / "codes.csv").write_text("alt")
    result = run(app, "import", file, "--unit", "MAY", "--codes-out", tmp_path / "codes.csv")
    assert result.exit_code == 1
    assert people() == 0
    assert (tmp_path / "codes.csv").read_text() == "alt"


def test_a_dry_run_reports_and_keeps_nothing(app, may, file):
    result = run(app, "import", file, "--unit", "MAY", "--dry-run", "--json")
    report = json.loads(result.output)
    assert [(each["n"], each["state"], each["unit"]) for each in report["members"]] == [
        (2, "new", "MAY"),
        (3, "new", "MAY"),
    ]
    assert report["problems"] == []
    assert people() == 0


def test_problems_come_by_row_and_fail(app, may, file):
    result = run(app, "import", file, "--json")
    assert result.exit_code == 1
    [problem] = json.loads(result.output)["problems"]
    assert (problem["n"], problem["where"]) == (3, "cột “Mã đơn vị”")
    result = run(app, "import", file)
    assert result.output.startswith("Dòng 3, cột “Mã đơn vị”: chưa có mã đơn vị")
    assert run(app, "import", file, "--unit", "X").exit_code == 1
    assert people() == 0


def test_the_first_admin_is_made_on_the_server(app, may, file):
    run(app, "import", file, "--unit", "MAY")
    result = run(app, "grant", "0912 345 678", "admin", "MAY")
    assert result.exit_code == 0
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", result.output)[0]
    assert is_code(person().first_code_hash, code)
    assert "không có vai trò này" in run(app, "revoke", "0912345678", "judge", "MAY").output
    last = run(app, "revoke", "0912345678", "admin", "MAY")
    assert (last.exit_code, "quản trị cuối cùng" in last.output) == (1, True)
    run(app, "grant", "0987654321", "admin", "MAY")
    assert run(app, "revoke", "0912345678", "admin", "MAY").exit_code == 0


def test_a_new_code_is_printed_once(app, cast, may):
    known = cast.person(phone="0912345678", union=may, roles=[(Role.ADMIN, may)], password_hash="kept")
    result = run(app, "code", known.phone)
    assert person().password_hash is None
    assert is_code(person().first_code_hash, result.output.split(": ")[1].strip())


def test_unknown_people_and_units_are_told(app, cast, may):
    assert "Không có ai đăng nhập bằng “0900000000”" in run(app, "code", "0900000000").output
    known = cast.person(union=may)
    assert "Không có đơn vị mã “X”" in run(app, "grant", known.phone, "judge", "X").output
