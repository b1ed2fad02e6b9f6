"""What changes of a contest is told by place, old and new, in the words of organisers."""

import pytest

from quizapp.releasing.changes import Change, changes

ROUND = {"key": "tuan-1", "title": "Tuần 1", "closes": "2026-12-06T24:00", "attempts": {"limit": 2, "counted": "best"}}
TREE = {"title": "A", "rounds": [ROUND], "publish": {"board": "live"}}


@pytest.mark.parametrize(
    ("new", "told"),
    [
        ({"title": "B"}, Change("Tên", "A", "B")),
        ({"target_rate": "95%"}, Change("Chỉ tiêu tham gia", "không", "95%")),
        (
            {"rounds": [ROUND | {"closes": "2026-12-07T24:00"}]},
            Change("Đợt thi “Tuần 1” › Đóng lúc", "24:00 ngày 06/12/2026", "24:00 ngày 07/12/2026"),
        ),
        (
            {"rounds": [ROUND | {"attempts": {"limit": None, "counted": "best"}}]},
            Change("Đợt thi “Tuần 1” › Lượt thi › Số lượt", "2", "không"),
        ),
        (
            {"rounds": [ROUND, {"key": "tuan-2", "title": "Tuần 2"}]},
            Change("Đợt thi “Tuần 2”", None, "thêm mới"),
        ),
        ({"rounds": []}, Change("Đợt thi “Tuần 1”", "đang có", None)),
    ],
)
def test_a_change_is_told(new, told):
    assert changes(TREE, TREE | new) == [told]


def test_a_key_that_goes_is_told_and_what_is_alike_is_not():
    assert changes(TREE, {"rounds": [ROUND], "publish": {"board": "live"}}) == [Change("Tên", "A", "không")]
    assert changes(TREE, TREE) == []


def test_words_of_the_file_are_told_as_people_say_them():
    [found] = changes(TREE, TREE | {"publish": {"board": "after_round"}})
    assert found.where == "Công bố › Bảng xếp hạng"
    assert "_" not in found.new


def test_parts_that_change_places_are_told():
    two = [ROUND, ROUND | {"key": "tuan-2"}]
    assert changes(TREE | {"rounds": two}, TREE | {"rounds": two[::-1]}) == [
        Change("Đợt thi › Thứ tự", "tuan-1, tuan-2", "tuan-2, tuan-1")
    ]
