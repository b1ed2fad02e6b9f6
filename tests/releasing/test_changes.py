"""What changes of a contest is told by place, old and new, in the words of organisers."""

import pytest

from quizapp.releasing.changes import Change, changes

ROUND = {"key": "tuan-1", "title": "Tuần 1", "closes": "2026-12-06T24:00", "attempts": {"limit": 2, "counted": "best"}}
BOARD = {"key": "don-vi", "title": "Đơn vị", "of": "unions", "level": "grassroots", "weights": {"sum": 2}}
LEVELS = ("Công đoàn cơ sở", "Công đoàn xã, phường, đặc khu")
PRIZE = {"key": "nhat", "title": "Nhất", "count": {"A": 1}}
TREE = {"title": "A", "prizes": [PRIZE], "rounds": [ROUND], "standings": [BOARD], "publish": {"board": "live"}}


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ({"title": "B"}, Change("Tên cuộc thi", "A", "B")),
        ({"target_rate": "95%"}, Change("Chỉ tiêu tỷ lệ tham gia", "không", "95%")),
        (
            {"rounds": [ROUND | {"closes": "2026-12-07T24:00"}]},
            Change("Đợt thi “Tuần 1” › Kết thúc lúc", "24:00 ngày 06/12/2026", "24:00 ngày 07/12/2026"),
        ),
        (
            {"rounds": [ROUND | {"attempts": {"limit": None, "counted": "best"}}]},
            Change("Đợt thi “Tuần 1” › Số lượt thi", "2", "không giới hạn"),
        ),
        (
            {"rounds": [ROUND, {"key": "tuan-2", "title": "Tuần 2"}]},
            Change("Đợt thi “Tuần 2”", None, "thêm mới"),
        ),
        (
            {"rounds": [ROUND | {"sittings": {"weekdays": ["mon", "tue"]}}]},
            Change("Đợt thi “Tuần 1” › Chỉ vào thi các ngày", "không", "thứ Hai; thứ Ba"),
        ),
        (
            {"rounds": [ROUND | {"papers": [{"key": "de-1", "title": "Đề 1"}]}]},
            Change("Đợt thi “Tuần 1” › Đề “Đề 1”", None, "thêm mới"),
        ),
        (
            {"standings": [BOARD | {"weights": {"sum": 1}}]},
            Change("Bảng xếp hạng “Đơn vị” › Hệ số của tổng điểm", "2", "1"),
        ),
        ({"standings": [BOARD | {"level": "xa_phuong"}]}, Change("Bảng xếp hạng “Đơn vị” › Xếp hạng cấp", *LEVELS)),
        (
            {"rounds": [ROUND | {"practice": {"attempts": None}}]},
            Change("Đợt thi “Tuần 1” › Số lượt thi thử", "không", "không giới hạn"),
        ),
        ({"prizes": [PRIZE | {"count": {"A": 2}}]}, Change("Giải thưởng “Nhất” › Số giải A", "1", "2")),
        ({"rounds": []}, Change("Đợt thi “Tuần 1”", "đang có", None)),
    ],
)
def test_a_change_is_told(new, told):
    assert changes(TREE, TREE | new) == [told]


def test_a_key_that_goes_is_told_and_what_is_alike_is_not():
    assert changes(TREE, {key: TREE[key] for key in TREE if key != "title"}) == [Change("Tên cuộc thi", "A", "không")]
    assert changes(TREE, TREE) == []


def test_words_of_the_file_are_told_as_people_say_them():
    [found] = changes(TREE, TREE | {"publish": {"board": "after_round"}})
    assert found.where == "Bảng xếp hạng hiện"
    assert "_" not in found.new


def test_parts_that_change_places_are_told():
    two = [ROUND, ROUND | {"key": "tuan-2", "title": "Tuần 2"}]
    assert changes(TREE | {"rounds": two}, TREE | {"rounds": two[::-1]}) == [
        Change("Đợt thi › Thứ tự", "Tuần 1, Tuần 2", "Tuần 2, Tuần 1")
    ]
