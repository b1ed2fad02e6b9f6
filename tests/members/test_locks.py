"""Who one is stays as it was told when a contest was sat: only an organiser changes it, and says why."""

import io

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from quizapp.cli.members import import_command
from quizapp.db import session, transaction
from quizapp.errors import BadFile
from quizapp.models import AuditEvent, Contest, Round
from quizapp.vocabulary import IdentityField
from tests.attempts.conftest import begin
from tests.members.conftest import again, imported, row
from tests.members.test_pages import IMPORT, page_of, sealed, text

CONFIRM = f"{IMPORT}/confirm"


@pytest.fixture
def worker(cast, place, clock):
    """Somebody who has begun an attempt of the province's contest."""
    made = cast.person("Nguyễn Thị Ánh", union=place.sewing, phone="0912000078", password_hash="kept")
    cast.bank()
    cast.contest(organiser=place.province, title="Tìm hiểu Luật Công đoàn")
    begin(made, now=clock.instant)
    return made


@pytest.fixture
def desk(cast, client, place):
    return cast.log_in(client, place.organiser)


def typed(**changed):
    facts = {"full_name": "Nguyễn Thị Ánh", "birth_date": "01/01/1990", "phone": "0912000078", "unit": "MAY"}
    return facts | {"member_number": "", "entrant_role": "doan_vien", **changed}


def reasons():
    with transaction(writes=False):
        asked = select(AuditEvent.details).where(AuditEvent.action == "change_member").order_by(AuditEvent.id)
        return [details.get("reason") for details in session.scalars(asked)]


def upload(desk, line, reason=""):
    file = io.BytesIO(f"Họ tên;Ngày sinh;Số điện thoại;Mã đơn vị\n{line}\n".encode())
    data = {"file": (file, "ds.csv"), "unit": "", "reason": reason}
    return desk.submit(IMPORT, data, page=IMPORT, content_type="multipart/form-data")


@pytest.mark.parametrize(
    ("changed", "what"),
    [({"full_name": "Nguyễn Thị Oanh"}, "họ và tên"), ({"birth_date": "02/01/1990"}, "ngày sinh")],
)
def test_a_locked_fact_is_not_changed_without_a_reason(desk, worker, changed, what):
    page = text(desk.submit(page_of(worker, "edit"), typed(**changed)), 422)
    assert f"“Tìm hiểu Luật Công đoàn” nên {what} đã khóa" in page
    assert f'value="{next(iter(changed.values()))}"' in page
    assert again(worker).full_name == "Nguyễn Thị Ánh"
    assert reasons() == []


def test_with_a_reason_it_is_changed_and_the_reason_is_kept(desk, worker):
    reply = desk.submit(page_of(worker, "edit"), typed(birth_date="02/01/1990", reason="Ghi sai ngày sinh"))
    assert reply.status_code == 302
    assert again(worker).birth_date.day == 2
    assert reasons() == ["Ghi sai ngày sinh"]
    assert "Lý do: Ghi sai ngày sinh" in text(desk.get(page_of(worker)))


def test_what_is_not_locked_needs_no_reason(desk, worker):
    assert desk.submit(page_of(worker, "edit"), typed(member_number="DV-1")).status_code == 302
    assert again(worker).member_number == "DV-1"


def test_only_what_the_contest_asks_for_is_locked(desk, worker):
    with transaction():
        contest = session.scalars(select(Contest)).one()
        contest.rules = type(contest.rules)(**{**vars(contest.rules), "identity": (IdentityField.PHONE,)})
    assert desk.submit(page_of(worker, "edit"), typed(birth_date="02/01/1990")).status_code == 302
    assert desk.submit(page_of(worker, "edit"), typed(phone="0912000079")).status_code == 422


def test_practice_locks_nothing(desk, worker):
    with transaction():
        session.scalars(select(Round)).one().purpose = "practice"
    assert desk.submit(page_of(worker, "edit"), typed(birth_date="02/01/1990")).status_code == 302


def test_a_file_that_changes_a_locked_fact_is_refused_by_row_or_needs_one_reason(desk, worker):
    line = "Nguyễn Thị Ánh;03/01/1990;0912000078;MAY"
    page = text(upload(desk, line), 422)
    assert "Dòng 2" in page
    assert "đã dự thi “Tìm hiểu Luật Công đoàn” nên ngày sinh đã khóa" in page
    page = text(upload(desk, line, "Theo hồ sơ nhân sự"))
    assert "Lý do sửa thông tin đã khóa: Theo hồ sơ nhân sự" in page
    assert desk.submit(CONFIRM, {"sealed": sealed(page)}).status_code == 200
    assert again(worker).birth_date.day == 3
    assert reasons() == ["Theo hồ sơ nhân sự"]


def test_a_file_that_changes_nothing_locked_is_taken_in(worker):
    imported(row("Nguyễn Thị Ánh", "0912000078", "DV-9"))
    assert again(worker).member_number == "DV-9"
    with pytest.raises(BadFile):
        imported(row("Nguyễn Thị Ánh", "0912000078", unit="GIAY"))


def test_the_command_asks_for_a_reason_too(worker, tmp_path):
    file = tmp_path / "ds.csv"
    file.write_text("Họ tên;Số điện thoại;Mã đơn vị\nNguyễn Thị Ánh;0912000078;GIAY\n")
    refused = CliRunner().invoke(import_command, [str(file)])
    assert refused.exit_code == 1
    assert "đơn vị đã khóa" in refused.output
    assert CliRunner().invoke(import_command, [str(file), "--reason", "Chuyển đơn vị"]).exit_code == 0
    assert again(worker).union.code == "GIAY"
    assert reasons() == ["Chuyển đơn vị"]


def test_the_own_page_says_what_is_locked_and_whom_to_ask(cast, client, worker):
    page = text(cast.log_in(client, worker).get("/account"))
    assert "Bạn đã dự thi “Tìm hiểu Luật Công đoàn” nên họ và tên, ngày sinh, số điện thoại, đơn vị đã khóa" in page
    assert "Ban tổ chức (LĐLĐ tỉnh Mẫu)" in page
