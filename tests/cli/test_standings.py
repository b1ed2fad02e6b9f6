"""`flask standings show`: boards as they stand at that moment, without anything having made them before."""

import json

import pytest

from tests.cli.test_attempts import RANKS, run

__all__ = ["run"]


def shown(run, *options):
    made = run("standings", "show", "hoi-thi-giay", "--json", *options)
    assert made.exit_code == 0, made.output
    return json.loads(made.stdout)


def test_a_board_is_fresh_right_after_an_import_and_after_it_is_taken_back(run):
    assert shown(run) == []
    run("attempts", "import", "hoi-thi-giay", "ket-qua.csv")
    assert [(row["rank"], row["person"]) for row in shown(run)] == RANKS
    number = run("attempts", "imports", "hoi-thi-giay").stdout.split("\t")[0]
    run("attempts", "undo", "hoi-thi-giay", number)
    assert shown(run) == []


def test_a_row_tells_person_unit_and_code_apart_from_others_of_that_name(run):
    run("attempts", "import", "hoi-thi-giay", "ket-qua.csv")
    first, *others = shown(run)
    assert (first["person"], first["of_unit"], first["unit_code"]) == ("Trần Cúc", "CĐCS Giày", "GIAY")
    assert (first["marks"], first["seconds"], first["submitted_at"]) == (10.0, 1800, "2026-12-01T01:30:00+00:00")
    assert len({first["id"], *(each["id"] for each in others)}) == len(RANKS)


def test_everything_at_once_tells_the_instant_and_how_many_took_part(run, clock):
    run("attempts", "import", "hoi-thi-giay", "ket-qua.csv")
    whole = shown(run, "--all")
    assert (whole["contest"], whole["made_at"]) == ("hoi-thi-giay", clock.instant.isoformat())
    assert (whole["entrants"], whole["attempts"], whole["published_at"], whole["truths"]) == (5, 6, None, {})
    assert [(board["key"], board["of"], board["size"]) for board in whole["boards"]] == [("ca-nhan", "people", 5)]
    assert whole["boards"][0]["rows"] == shown(run)


@pytest.mark.parametrize("option", ["--board", "--collective", "--round", "--division"])
def test_what_is_not_there_is_refused(run, option):
    made = run("standings", "show", "hoi-thi-giay", option, "khong-co")
    assert (made.exit_code, made.stdout) == (1, "")
    assert "ca-nhan" in made.stderr
