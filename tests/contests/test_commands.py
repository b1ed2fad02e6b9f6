"""`flask contests`."""

import json

from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import LotSeed
from tests.contests.conftest import FILE


def run(app, *words):
    return app.test_cli_runner().invoke(args=["contests", *map(str, words)])


def test_check_prints_problems_by_line_and_fails(app, place, tmp_path):
    file = tmp_path / "thi.yaml"
    file.write_text(FILE.replace("T11:00", "T11:61").replace("LDLD", "LA"))
    result = run(app, "check", file)
    assert result.exit_code == 1
    assert result.output.startswith("Dòng 9, rounds.1.opens: “2026-12-01T11:61”")
    file.write_text(FILE.replace("LDLD", "LA"))
    result = run(app, "load", file)
    assert (result.exit_code, result.output.split(":")[0]) == (1, "Dòng 4, organiser")


def test_check_prints_the_rules_of_a_good_file_and_saves_nothing(app, place, tmp_path):
    (tmp_path / "thi.yaml").write_text(FILE)
    result = run(app, "check", tmp_path / "thi.yaml")
    assert result.exit_code == 0
    assert "Điều 1." in result.output
    assert json.loads(run(app, "list", "--json").output) == []


def test_check_tells_what_may_not_be_meant_and_takes_it(app, place, tmp_path):
    (tmp_path / "thi.yaml").write_text(FILE + "  standings: [{key: a, order: [submitted_at, marks]}]\n")
    result = run(app, "check", tmp_path / "thi.yaml")
    assert result.exit_code == 0
    assert "Lưu ý: Dòng 14, standings.1.order: marks đứng sau submitted_at" in result.stderr
    assert "Lưu ý" not in result.stdout


def test_a_loaded_contest_is_listed_and_its_rules_are_printed(app, place, tmp_path):
    (tmp_path / "thi.yaml").write_text(FILE)
    assert run(app, "load", tmp_path / "thi.yaml").exit_code == 0
    assert json.loads(run(app, "list", "--json").output) == [
        {"slug": "tim-hieu", "title": "Tìm hiểu pháp luật", "phase": "open"}
    ]
    printed = run(app, "rules", "tim-hieu").output
    assert printed.startswith("THỂ LỆ\nTìm hiểu pháp luật\n\nĐiều 1.")
    assert "280729" not in printed


def test_a_loaded_contest_that_draws_lots_has_its_seed_at_once(app, place, tmp_path):
    prizes = (
        "  standings: [{key: a}]\n  prizes: [{key: may-man, title: Giải may mắn, standings: a, count: 1, by: lot}]\n"
    )
    (tmp_path / "thi.yaml").write_text(FILE + prizes)
    result = run(app, "load", tmp_path / "thi.yaml")
    assert result.exit_code == 0, result.output
    with transaction(writes=False):
        assert session.scalars(select(LotSeed.published_by_id)).all() == [None]


def test_rules_of_an_unknown_contest_fail(app, cast):
    result = run(app, "rules", "khong-co")
    assert result.exit_code == 1
    assert "Không có cuộc thi “khong-co”" in result.output
