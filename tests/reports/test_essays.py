"""Results with essays that wait: said in the workbook, and not published without a tick."""

from datetime import timedelta

import openpyxl
import pytest
from sqlalchemy import select

from quizapp.attempts.actions import set_essay_mark
from quizapp.db import session, transaction
from quizapp.models import Attempt
from quizapp.reports.exporting import export
from quizapp.rules.round_rules import EssayRule
from tests.conftest import NOON
from tests.reports.ground import sit
from tests.reports.test_publishing import HERE, offered, prepared, publish, seen, text

ESSAY = EssayRule("Đề xuất một ý tưởng", 500)


@pytest.fixture
def contest(cast, place, clock):
    """One that is over, with an essay that has its mark and one that waits."""
    rounds = [
        cast.round_rules(closes_at=NOON + timedelta(hours=1), essay=ESSAY),
        cast.round_rules("tuan-2", title="Tuần 2", closes_at=NOON + timedelta(hours=1)),
    ]
    made = cast.contest(organiser=place.province, rounds=rounds)
    done = sit(cast.person("Lê An", union=place.units[0]), made, started=NOON, mark=300)
    settle(done, 425)
    sit(cast.person("Lê Bình", union=place.units[0]), made, started=NOON, mark=350)
    sit(cast.person("Lê Cúc", union=place.units[0]), made, started=NOON, mark=500, key="tuan-2")
    clock.at(hours=2)
    return made


@pytest.fixture
def boss(client, cast, place):
    return cast.log_in(client, place.boss)


def settle(attempt, mark):
    with transaction():
        set_essay_mark(session.get_one(Attempt, attempt.id), mark, now=NOON + timedelta(hours=2))


def book(contest, tmp_path, now):
    export(contest.slug, tmp_path / "x.xlsx", now=now)
    return openpyxl.load_workbook(tmp_path / "x.xlsx")


def cells(sheet, *headings):
    heads = [cell.value for cell in sheet[1]]
    places = [heads.index(heading) for heading in headings]
    return [tuple(row[place] for place in places) for row in sheet.iter_rows(min_row=2, values_only=True)]


def cover(made):
    return {row[0]: row[1] for row in made.worksheets[0].iter_rows(max_col=2, values_only=True)}


def test_provisional_results_need_a_tick_of_their_own(app, boss, contest):
    snapshot = prepared(boss)
    assert "còn 1 bài viết chưa có điểm" in text(boss.get(f"{HERE}/publish"))
    refused = publish(boss, snapshot)
    assert refused.status_code == 422
    assert "Nếu vẫn muốn công bố, xin đánh dấu" in text(refused)
    assert offered(boss) == snapshot
    assert publish(boss, snapshot, early="y").status_code == 422
    assert "chưa được công bố" in seen(app)
    assert "Đã công bố" in text(publish(boss, snapshot, provisional="y"))
    assert "Kết quả tạm tính: còn <strong>1</strong> bài viết chưa có điểm" in seen(app)
    assert "Kết quả tạm tính đang công bố" in text(boss.get("/organise"))
    assert "Kết quả tạm tính: còn <strong>1</strong>" in text(boss.get(f"{HERE}/standings"))


def test_results_with_every_mark_need_none(boss, contest):
    with transaction(writes=False):
        waiting = [each for each in session.scalars(select(Attempt)) if each.waits_for_essay]
    for attempt in waiting:
        settle(attempt, 0)
    assert "Đã công bố" in text(publish(boss, prepared(boss)))
    assert "ạm tính" not in text(boss.get("/organise"))


def test_the_workbook_has_both_marks_and_says_what_is_provisional(contest, tmp_path, clock):
    made = book(contest, tmp_path, clock.instant)
    asked = ("Họ và tên", "Điểm câu hỏi", "Điểm bài viết", "Điểm", "Trạng thái")
    assert cells(made["Tất cả lượt thi"], *asked) == [
        ("Lê An", 3, 4.25, 7.25, "Đã nộp"),
        ("Lê Bình", 3.5, None, 3.5, "Đã nộp, chờ điểm bài viết"),
        ("Lê Cúc", 5, None, 5, "Đã nộp"),
    ]
    assert cells(made["Xếp hạng cá nhân"], "Hạng", "Họ và tên", "Điểm") == [
        (1, "Lê An", 7.25),
        (2, "Lê Cúc", 5),
        (3, "Lê Bình", 3.5),
    ]
    assert cover(made)["Tạm tính"].startswith("Còn 1 bài viết chưa có điểm")


def test_a_workbook_without_essays_has_neither_columns_nor_warning(cast, place, tmp_path, clock):
    contest = cast.contest(organiser=place.province)
    sit(cast.person("Lê An", union=place.units[0]), contest, started=NOON)
    made = book(contest, tmp_path, clock.at(hours=1))
    assert "Điểm bài viết" not in [cell.value for cell in made["Tất cả lượt thi"][1]]
    assert "Tạm tính" not in cover(made)


def waiting():
    with transaction(writes=False):
        return [each for each in session.scalars(select(Attempt)) if each.waits_for_essay]


def test_the_desk_says_when_provisional_boards_can_be_published_again(boss, contest):
    publish(boss, prepared(boss), provisional="y")
    assert "công bố lại" not in text(boss.get("/organise"))
    for attempt in waiting():
        settle(attempt, 200)
    assert "là tạm tính, nay mọi bài viết đã có điểm" in text(boss.get("/organise"))
    publish(boss, prepared(boss))
    assert "công bố lại" not in text(boss.get("/organise"))


def test_the_desk_says_when_a_mark_changed_after_publishing(boss, contest):
    for attempt in waiting():
        settle(attempt, 200)
    publish(boss, prepared(boss))
    with transaction(writes=False):
        changed = session.scalars(select(Attempt).where(Attempt.essay_mark == 200)).one()
    settle(changed, 250)
    assert "điểm của một số lượt thi đã thay đổi" in text(boss.get("/organise"))
    publish(boss, prepared(boss))
    assert "đã thay đổi" not in text(boss.get("/organise"))
