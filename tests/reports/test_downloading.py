"""The workbook through the web: made by another process, for the own contests only, written down."""

import io
import subprocess
import sys

import openpyxl
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import AuditEvent
from quizapp.web import children
from tests.conftest import NOON
from tests.house import ROOT
from tests.reports.ground import sit

URL = "/organise/contests/cuoc-thi/results.xlsx"


def test_the_organiser_downloads_the_workbook(client, cast, place, clock):
    contest = cast.contest(organiser=place.province)
    sit(cast.person("Lê Thị Ớt", union=place.units[0]), contest, started=NOON)
    clock.at(minutes=5)
    with cast.log_in(client, place.boss).submit(URL) as answer:
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == "attachment; filename=ket-qua-cuoc-thi-20261201-1205.xlsx"
        assert answer.headers["Cache-Control"] == "no-store"
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert book["Tất cả lượt thi"]["F2"].value == "Lê Thị Ớt"
    assert "Trần Thị Tổ Chức" in [row[1].value for row in book["Trang bìa"].iter_rows(max_col=2)]
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "export_results")).one()
        assert event.actor_id == place.boss.id


def test_only_one_is_made_at_a_time(client, cast, place):
    cast.contest(organiser=place.province)
    cast.log_in(client, place.boss)
    with children.one_at_a_time:
        answer = client.submit(URL)
    assert answer.status_code == 409
    assert "đang tạo một tệp Excel khác" in answer.get_data(as_text=True)


def test_a_failure_is_told_and_the_next_one_may_try(app, client, cast, place):
    cast.contest(organiser=place.province)
    cast.log_in(client, place.boss)
    good, app.config["DATABASE_URL"] = app.config["DATABASE_URL"], "sqlite:////nowhere/at/all.sqlite3"
    for _ in range(2):
        answer = client.submit(URL)
        assert answer.status_code == 500
        assert "không tạo được tệp Excel" in answer.get_data(as_text=True)
    app.config["DATABASE_URL"] = good
    with client.submit(URL) as answer:
        assert answer.status_code == 200


def test_the_web_process_loads_nothing_for_spreadsheets_papers_and_pictures():
    made = "quizapp.create_app(DATABASE_URL='sqlite://', SECRET_KEY='x')"
    code = (
        f"import sys, quizapp; {made}; print({{'pandas', 'openpyxl', 'docx', 'PIL', 'pypdfium2'}} & {{*sys.modules}})"
    )
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
