"""The workbook, cell by cell."""

from datetime import datetime, timedelta

import openpyxl
import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.errors import NotFound
from quizapp.models import (
    Attempt,
    AttemptImport,
    AuditEvent,
    Board,
    Contest,
    Disqualification,
    Entrant,
    KeyCorrection,
    PredictionTruth,
    QuestionVersion,
    Round,
    Snapshot,
)
from quizapp.reports.exporting import export
from quizapp.reports.refreshing import refresh
from quizapp.rules.contest_rules import BoardRules, DivisionRules, PrizeRules
from quizapp.rules.round_rules import AttemptsRule, PredictionRule
from quizapp.standings import actions, queries
from quizapp.vocabulary import Counting, Measure, MultipleMarks, PredictionTarget, StandingsOf, UnionKind
from tests.conftest import NOON
from tests.reports.ground import sit


@pytest.fixture
def book(tmp_path, clock):
    """Give the workbook of a contest as openpyxl reads it."""

    def exported(contest, by=None):
        export(contest.slug, tmp_path / "x.xlsx", now=clock.instant, by=by)
        return openpyxl.load_workbook(tmp_path / "x.xlsx")

    return exported


def rows(sheet):
    """Rows as dictionaries by heading."""
    heads = [cell.value for cell in sheet[1]]
    return [dict(zip(heads, values, strict=True)) for values in sheet.iter_rows(min_row=2, values_only=True)]


def test_every_attempt_is_a_row_with_its_cells_in_their_types(cast, place, clock, book):
    contest = cast.contest(organiser=place.province)
    an = cast.person("Lê Thị Ớt", union=place.units[0], phone="0912345678")
    sit(an, contest, started=NOON, seconds=75.4, mark=450)
    clock.at(minutes=5)
    sheet = book(contest)["Tất cả lượt thi"]
    assert [(cell.value, cell.data_type) for cell in sheet[2]] == [
        ("tuan-1", "s"),
        ("Tuần 1", "s"),
        (1, "n"),
        (None, "n"),
        ("0912345678", "s"),
        ("Lê Thị Ớt", "s"),
        (datetime(1990, 1, 1), "d"),
        ("MAY", "s"),
        ("CĐCS May Đại Thành", "s"),
        ("Công đoàn xã Tân Hòa", "s"),
        (datetime(2026, 12, 1, 12, 0), "d"),
        (datetime(2026, 12, 1, 12, 1, 15, 400_000), "d"),
        (75, "n"),
        (4.5, "n"),
        (5, "n"),
        (sheet["P2"].value, "s"),
        ("Đã nộp", "s"),
        ("Thi trực tuyến", "s"),
        ("Có", "s"),
    ]
    assert sheet.max_row == 2


def test_attempts_are_sorted_by_given_name_as_vietnamese_do_then_by_number(cast, place, clock, book):
    contest = cast.contest(organiser=place.province)
    for name in ("Phạm Văn Đức", "Nguyễn Thị Ánh", "Trần Dũng", "Lê An", "Đặng Văn An", "Nguyễn Ân", "Bùi Ẩn"):
        person = cast.person(name, union=place.units[0])
        sit(person, contest, started=NOON + timedelta(minutes=5))
        sit(person, contest, started=NOON)
    clock.at(hours=1)
    names = [(row["Họ và tên"], row["Lượt"]) for row in rows(book(contest)["Tất cả lượt thi"])]
    people = ["Đặng Văn An", "Lê An", "Nguyễn Thị Ánh", "Nguyễn Ân", "Bùi Ẩn", "Trần Dũng", "Phạm Văn Đức"]
    assert [name for name, _ in names[::2]] == people
    assert [number for _, number in names] == [1, 2] * 7


def test_unfinished_attempts_are_there_without_mark_and_overdue_ones_are_closed_first(cast, place, clock, book):
    contest = cast.contest(organiser=place.province)
    late = cast.person("Lê Muộn", union=place.units[0])
    sit(late, contest, started=NOON, seconds=None)
    clock.at(minutes=21)
    sit(cast.person("Lê Đang", union=place.units[0]), contest, started=NOON + timedelta(minutes=20), seconds=None)
    found = {row["Họ và tên"]: row for row in rows(book(contest)["Tất cả lượt thi"])}
    assert (found["Lê Muộn"]["Trạng thái"], found["Lê Muộn"]["Điểm"]) == ("Đã nộp", 0)
    assert found["Lê Muộn"]["Nộp lúc"] == datetime(2026, 12, 1, 12, 20)
    assert (found["Lê Đang"]["Trạng thái"], found["Lê Đang"]["Điểm"]) == ("Đang làm", None)


def test_board_sheets_are_the_stored_boards(cast, place, clock, book):
    contest = cast.contest(organiser=place.province)
    first = cast.person("Lê An", union=place.units[0], phone="0912345678")
    second = cast.person("Lê Bình", union=place.units[2])
    sit(first, contest, started=NOON, seconds=60, mark=500)
    sit(first, contest, started=NOON + timedelta(minutes=2), seconds=60, mark=100)
    sit(second, contest, started=NOON, seconds=61, mark=500)
    clock.at(minutes=5)
    read = book(contest)
    people = rows(read["Xếp hạng cá nhân"])
    assert people[0] == {
        "Hạng": 1,
        "Họ và tên": "Lê An",
        "Ngày sinh": datetime(1990, 1, 1),
        "Mã đoàn viên": None,
        "Số điện thoại": "0912345678",
        "Mã đơn vị": "MAY",
        "Đơn vị": "CĐCS May Đại Thành",
        "Công đoàn cấp trên": "Công đoàn xã Tân Hòa",
        "Điểm": 5,
        "Thời gian (giây)": 60,
        "Nộp lúc": datetime(2026, 12, 1, 12, 1),
        "Số lượt thi": 2,
    }
    assert [(row["Hạng"], row["Họ và tên"], row["Thời gian (giây)"]) for row in people] == [
        (1, "Lê An", 60),
        (2, "Lê Bình", 61),
    ]
    units = rows(read["Xếp hạng đơn vị"])
    assert units == [
        dict(zip(units[0], values, strict=True))
        for values in (
            (1, "MAY", "CĐCS May Đại Thành", "Công đoàn xã Tân Hòa", 1, 10, 0.1, 2, 5),
            (2, "BV", "CĐCS Bệnh viện", "Công đoàn xã Bình Minh", 1, 20, 0.05, 1, 5),
            (3, "GIAY", "CĐCS Giày Ánh Dương", "Công đoàn xã Tân Hòa", 0, 4, 0, 0, None),
        )
    ]


def test_answers_are_counted_by_option_with_the_key_marked(cast, place, clock, book):
    contest = cast.contest(organiser=place.province)

    def answered(**answers):
        sit(cast.person(union=place.units[0]), contest, started=NOON, answers=answers, seconds=answered.seconds)

    answered.seconds = 60
    answered(luat1="1", luat5="3,4")  # the fifth is shown the other way round: options 1 and 0, both right
    answered(luat1="1", luat5="4")
    answered(luat1="2", luat5=None)
    answered.seconds = None
    answered(luat1="4")
    clock.at(minutes=5)
    sheet = book(contest)["Câu trả lời"]
    first, fifth = rows(sheet)
    assert list(first.values()) == [
        *("luat", "luat-001", 1, "Chung", "Dễ", "Câu hỏi số 1 của luat?", 3, 2, 0.6666, 0, "A"),
        *("✓ Đúng 1.0", 2, "Sai 1.1", 1, "Sai 1.2", 0, "Sai 1.3", 0),
    ]
    assert list(fifth.values())[6:] == [
        *(3, 1, 0.3333, 1, "A, B"),
        *("✓ Đúng 5.0", 2, "✓ Đúng 5.1", 1, "Sai 5.2", 0, "Sai 5.3", 0),
    ]
    assert sheet["I2"].number_format == "0.00%"


def test_the_cover_says_whose_what_when_and_whether_published(cast, place, clock, book):
    contest = cast.contest(organiser=place.province, title="=Thi & học")
    sit(cast.person(union=place.units[0]), contest, started=NOON)
    sit(cast.person(union=place.units[0]), contest, started=NOON, seconds=None)
    clock.at(minutes=5)

    def cover():
        read = book(contest, by=place.boss)["Trang bìa"]
        return dict(read.iter_rows(values_only=True, max_col=2)), read

    facts, sheet = cover()
    assert sheet["B2"].data_type == "s"
    assert facts["Cuộc thi"] == "=Thi & học"
    assert facts["Đơn vị tổ chức"] == "LĐLĐ tỉnh Mẫu"
    assert facts["Tuần 1"] == "từ 11:00 Thứ Ba ngày 01/12/2026 đến 12:00 Thứ Ba ngày 08/12/2026"
    assert facts["Kết quả tính lúc"] == facts["Xuất lúc"] == datetime(2026, 12, 1, 12, 5)
    assert (facts["Người dự thi"], facts["Lượt thi đã nộp"], facts["Lượt thi chưa nộp"]) == (1, 1, 1)
    assert (facts["Công bố"], facts["Người xuất tệp"]) == ("Chưa công bố", "Trần Thị Tổ Chức")
    with transaction():
        actions.publish(contest, queries.newest_snapshot(contest), by=place.boss, now=clock.instant)
    clock.at(minutes=6)
    assert cover()[0]["Công bố"] == "Đang công bố đúng kết quả này"
    sit(cast.person(union=place.units[1]), contest, started=NOON)
    facts, _ = cover()
    assert facts["Công bố"] == "Đang công bố kết quả khác, tính lúc 12:05 ngày 01/12/2026"
    assert facts["Người dự thi"] == 2


def test_each_board_has_a_sheet_of_its_own(cast, place, clock, book):
    rounds = [cast.round_rules("tuan-1"), cast.round_rules("tuan-2", title="Tuần 2: Quyền và nghĩa vụ")]
    boards = [
        BoardRules(key="a", title="A", of=StandingsOf.PEOPLE),
        BoardRules(key="b", title="B", of=StandingsOf.PEOPLE, rounds=("tuan-2",)),
        BoardRules(key="c", title="C", of=StandingsOf.PEOPLE, rounds=("tuan-2",)),
        BoardRules(key="d", title="D", of=StandingsOf.UNIONS, level=UnionKind.COMMUNE),
    ]
    names = book(cast.contest(organiser=place.province, rounds=rounds, boards=boards)).sheetnames
    assert names == [
        "Trang bìa",
        "Xếp hạng cá nhân – Chung cuộc",
        "Xếp hạng cá nhân – Tuần 2 Quyền",
        "Xếp hạng cá nhân – Tuần 2 Q (2)",
        "Xếp hạng đơn vị",
        "Tất cả lượt thi",
        "Câu trả lời",
    ]


def test_boards_of_unions_are_told_apart_by_what_they_are_ranked_by(cast, place, clock, book):
    boards = [
        BoardRules(key=each.value, title=each.label, of=StandingsOf.UNIONS, level=UnionKind.COMMUNE, measure=each)
        for each in (Measure.RATE, Measure.ENTRANTS, Measure.MEAN)
    ]
    names = book(cast.contest(organiser=place.province, boards=boards)).sheetnames
    assert names[1:4] == [
        "ĐV theo tỷ lệ tham gia – Chung",
        "ĐV theo số người dự thi – Chung",
        "ĐV theo điểm trung bình – Chung",
    ]


def test_a_snapshot_that_still_tells_how_things_stand_is_used_again(cast, place, clock, book):
    contest = cast.contest(organiser=place.province)
    refresh(contest.id, clock.instant)
    clock.at(minutes=1)
    assert book(contest)["Trang bìa"]["B12"].value == datetime(2026, 12, 1, 12, 0)
    with transaction(writes=False):
        assert len(session.scalars(select(Snapshot)).all()) == 1


def test_people_of_no_union_and_of_several_are_exported(cast, place, clock, book):
    contest = cast.contest(organiser=place.province)
    alone, moved = cast.person("Lê Lẻ"), cast.person("Lê Chuyển", union=place.units[0])
    sit(alone, contest, started=NOON)
    sit(moved, contest, started=NOON)
    sit(moved, contest, started=NOON + timedelta(minutes=2), union=place.units[2])
    clock.at(minutes=5)
    read = book(contest)
    assert [row["Mã đơn vị"] for row in rows(read["Tất cả lượt thi"])] == ["MAY", "BV", None]
    assert {row["Mã đơn vị"]: row["Người dự thi"] for row in rows(read["Xếp hạng đơn vị"])} == {
        "MAY": 0,
        "GIAY": 0,
        "BV": 1,
    }


def test_a_contest_that_is_not_there_is_not_exported(app, cast, tmp_path, clock):
    with pytest.raises(NotFound):
        export("khong-co", tmp_path / "x.xlsx", now=clock.instant)
    assert not (tmp_path / "x.xlsx").exists()


def test_the_command_writes_the_file_and_the_audit(app, cast, place, clock, tmp_path):
    contest = cast.contest(organiser=place.province)
    sit(cast.person(union=place.units[0]), contest, started=NOON)
    path = tmp_path / "ra.xlsx"
    run = app.test_cli_runner().invoke
    result = run(args=["results", "export", "cuoc-thi", "--out", str(path), "--by", str(place.boss.id)])
    assert result.exit_code == 0, result.output
    assert openpyxl.load_workbook(path).sheetnames[0] == "Trang bìa"
    with transaction(writes=False):
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "export_results")).one()
        assert (event.actor_id, event.subject, event.at) == (place.boss.id, "contest:cuoc-thi", clock.instant)
        assert event.details["rows"] == 1 + 3 + 1
    refused = run(args=["results", "export", "khong-co", "--out", str(path)])
    assert refused.exit_code == 1
    assert "Không xuất được cuộc thi “khong-co”" in refused.output


def test_boards_that_the_rules_no_longer_have_are_left_out(cast, place, clock, book):
    contest = cast.contest(organiser=place.province)
    refresh(contest.id, clock.instant)
    with transaction():
        session.scalars(select(Board).where(Board.key == "cdcs")).one().key = "cu"
        assert session.get(Contest, contest.id)
    assert "Xếp hạng đơn vị" not in book(contest).sheetnames


def by_name(sheet, heading):
    return {(row["Họ và tên"], row["Lượt"]): row[heading] for row in rows(sheet)}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Counting.BEST, ["Không", "Có", "Không"]),
        (Counting.FIRST, ["Có", "Không", "Không"]),
        (Counting.LAST, ["Không", "Không", "Có"]),
        (Counting.MEAN, ["Có", "Có", "Có"]),
    ],
)
def test_the_rule_of_the_round_says_which_attempt_counts(cast, place, clock, book, rule, expected):
    attempts = AttemptsRule(limit=None, counted=rule)
    contest = cast.contest(organiser=place.province, rounds=[cast.round_rules(attempts=attempts)])
    an = cast.person("Lê An", union=place.units[0])
    for number, mark in enumerate((300, 500, 100)):
        sit(an, contest, started=NOON + timedelta(minutes=2 * number), mark=mark)
    sit(an, contest, started=NOON + timedelta(minutes=50), seconds=None)
    clock.at(minutes=55)
    assert [row["Được tính"] for row in rows(book(contest)["Tất cả lượt thi"])] == [*expected, None]


def test_what_is_disqualified_or_imported_is_marked_and_in_no_count_of_answers(cast, place, clock, book):
    contest = cast.contest(organiser=place.province)
    an, binh = cast.person("Lê An", union=place.units[0]), cast.person("Lê Bình", union=place.units[0])
    best = sit(an, contest, started=NOON, answers={"luat1": "1"})
    sit(an, contest, started=NOON + timedelta(minutes=5), mark=100, answers={"luat1": "1"})
    kept = sit(binh, contest, started=NOON)
    with transaction():
        facts = {"contest_id": contest.id, "made_at": NOON}
        session.add(Disqualification(person_id=an.id, attempt_id=best.id, reason="Nhờ người thi hộ", **facts))
        came = AttemptImport(contest_id=contest.id, file_name="x", digest="x", attempts=1, imported_at=NOON)
        session.add(came)
        session.flush()
        attempt = session.get_one(Attempt, kept.id)
        attempt.import_id, attempt.source = came.id, "imported"
    clock.at(minutes=10)
    read = book(contest)
    sheet = read["Tất cả lượt thi"]
    assert by_name(sheet, "Được tính") == {("Lê An", 1): "Không", ("Lê An", 2): "Có", ("Lê Bình", 1): "Có"}
    assert by_name(sheet, "Lý do không tính")[("Lê An", 1)] == "Nhờ người thi hộ"
    assert by_name(sheet, "Hình thức")[("Lê Bình", 1)] == "Nhập từ tệp"
    assert [row["Số lần rút"] for row in rows(read["Câu trả lời"])] == [1]


def test_divisions_and_guesses_have_their_columns(cast, place, clock, book):
    divisions = (DivisionRules("A", "Bảng A"),)
    asking = cast.round_rules(prediction=PredictionRule(PredictionTarget.ALL_RIGHT, "Bao nhiêu người?"))
    contest = cast.contest(organiser=place.province, rounds=[asking], divisions=divisions)
    an = cast.person("Lê An", union=place.units[0])
    sat = sit(an, contest, started=NOON)
    with transaction():
        session.get_one(Attempt, sat.id).prediction = 7
        round_id = session.scalars(select(Round.id)).one()
        session.add(PredictionTruth(round_id=round_id, target="all_right", people=5, frozen_at=NOON))
        session.add(Entrant(contest_id=contest.id, person_id=an.id, role="doan_vien", division="A", entered_at=NOON))
    clock.at(minutes=10)
    [row] = rows(book(contest)["Tất cả lượt thi"])
    assert (row["Bảng thi"], row["Dự đoán"], row["Chênh với số đúng"]) == ("Bảng A", 7, 2)


def test_answers_are_judged_by_the_keys_as_they_were_put_right(cast, place, clock, book):
    partial = cast.round_rules(multiple=MultipleMarks.PARTIAL, wrong_mark=-25)
    contest = cast.contest(organiser=place.province, rounds=[partial])
    for answers in ({"luat1": "2", "luat2": "1", "luat5": "4"}, {"luat1": "1", "luat2": "1", "luat5": "3,4"}):
        sit(cast.person(union=place.units[0]), contest, started=NOON, answers=answers)
    with transaction():
        for ref, verdict, options in (("luat1", "new_key", [1]), ("luat2", "void", None)):
            version = session.scalars(select(QuestionVersion.id).where(QuestionVersion.digest == ref)).one()
            facts = {"contest_id": contest.id, "version_id": version, "reason": "Sai", "notice": "", "attempts": 0}
            facts |= {"made_by_id": place.boss.id, "made_at": NOON}
            session.add(KeyCorrection(verdict=verdict, options=options, **facts))
    clock.at(minutes=10)
    mended, void, several = rows(book(contest)["Câu trả lời"])
    assert (mended["Số lần đúng"], mended["Đáp án"], mended["Sửa đáp án"]) == (1, "B", "Đổi đáp án")
    assert (mended["Phương án B"], mended["Điểm trung bình"]) == ("✓ Sai 1.1", 0.38)
    assert (void["Tỷ lệ đúng"], void["Điểm trung bình"], void["Sửa đáp án"]) == (None, None, "Bỏ câu hỏi")
    assert (several["Số lần đúng"], several["Điểm trung bình"]) == (1, 0.75)


def test_prizes_are_listed_with_the_ties_that_nobody_has_decided(cast, place, clock, book):
    prizes = (
        PrizeRules("nhat", "Giải Nhất", "ca-nhan", 1, value_vnd=2_000_000),
        PrizeRules("nhi", "Giải Nhì", "ca-nhan", 1),
    )
    contest = cast.contest(organiser=place.province, prizes=prizes)
    for name, mark in (("Lê An", 500), ("Lê Bình", 400), ("Lê Cúc", 400)):
        sit(cast.person(name, union=place.units[0]), contest, started=NOON, mark=mark)
    clock.at(days=8)
    first, tie = rows(book(contest)["Giải thưởng"])
    assert (first["Giải"], first["Hạng"], first["Trị giá (đồng)"]) == ("Giải Nhất", 1, 2_000_000)
    assert (first["Người hoặc đơn vị đoạt giải"], first["Đơn vị"]) == ("Lê An", "CĐCS May Đại Thành")
    assert (tie["Giải"], tie["Hạng"], tie["Người hoặc đơn vị đoạt giải"]) == ("Giải Nhì", 2, None)
    assert tie["Ghi chú"] == "Chưa quyết: 2 bên cùng hạng, còn 1 giải"
