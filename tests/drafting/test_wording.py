"""What is said for a file is said for the form in the form's own words."""

import pytest

from quizapp.drafting.wording import label_of, place_of, word_of, worded


@pytest.mark.parametrize(
    ("part", "text", "said"),
    [
        ("rounds", "xin giảm thời gian hoặc lùi “closes”", "xin giảm thời gian hoặc lùi “Kết thúc lúc”"),
        ("standings", "chỉ ghi một trong hai: measure hoặc weights", "“Xếp theo” hoặc “Điểm tổng hợp”"),
        (
            "rounds",
            "có “per: contest” phải cùng một “limit”",
            "“Số lượt tính cho: cả cuộc thi” phải cùng một “Số lượt thi”",
        ),
        (
            "standings",
            "không chia bảng (divisions); xin thêm “divisions” hoặc bỏ dòng này",
            "không chia bảng; xin thêm “Bảng",
        ),
        ("general", "xin thêm birth_date hoặc bỏ “audience.age”", "“ngày sinh”"),
        ("rounds", "không có chủ đề “luat-2019”; xin chọn lại", "không có chủ đề “luat-2019”; xin chọn lại"),
        ("rounds", "không có nhãn “de”; các nhãn: de, kho", "không có nhãn “de”; các nhãn: de, kho"),
    ],
)
def test_keys_and_words_are_said_by_their_labels_and_names_stay(part, text, said):
    assert said in worded(text, part)


def test_a_place_is_read_from_the_contest_down_to_the_field():
    tree = {"rounds": [{"title": "Tuần 1"}], "standings": [{"title": "Cá nhân"}]}
    assert place_of(tree, "rounds.1.paper.2.count") == "Đợt thi “Tuần 1” › Số câu"
    assert place_of(tree, "standings.1") == "Bảng xếp hạng “Cá nhân”"
    assert place_of(tree, "publish.freeze_at") == "Ngừng cập nhật bảng công khai từ"
    assert place_of(tree, "rounds") == "Đợt thi"


def test_a_word_is_said_as_the_choices_of_its_field_say_it():
    assert word_of("rounds", "sittings.weekdays", "mon") == "thứ Hai"
    assert word_of("standings", "level", "co_so") == word_of("standings", "level", "grassroots") == "Công đoàn cơ sở"
    assert word_of("prizes", "title", "mon") == "mon"
    assert label_of("standings", "weights.sum") == "Hệ số của tổng điểm"
