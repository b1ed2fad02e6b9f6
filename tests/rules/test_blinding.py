"""What tells the writer is covered, and nothing else."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.rules.blinding import COVER, hidden

NAME = "Nguyễn Thị Hòa"
UNION = "Công đoàn cơ sở Công ty TNHH May Hòa Phú"


def blind(text, names=(NAME,), unions=(UNION,)):
    return hidden(text, names, unions)


@pytest.mark.parametrize(
    "written",
    [
        "Nguyễn Thị Hòa",
        "NGUYỄN THỊ HÒA",
        "nguyen thi hoa",
        "Nguyễn Thị Hoà",
        normalize("NFD", "Nguyễn Thị Hòa"),
        "Nguyễn\nThị  Hòa",
        "Nguyễn\u00a0Thị\r\n\tHòa",
        "Ngu\u200byễn Thị\u200d Hòa",
        "NguyenThiHoa",
        "Nguyễn Hòa",
        "nguyen hoa",
        "NGUYỄN HOÀ",
        "Công đoàn cơ sở Công ty TNHH May Hòa Phú",
        "CÔNG ĐOÀN CƠ SỞ\nCÔNG TY TNHH MAY HOÀ PHÚ",
        "cong doan co so cong ty tnhh may hoa phu",
        "Công ty TNHH May Hòa Phú",
        "0912345678",
        "0912.345.678",
        "0912 345 678",
        "09 12 34 56 78",
        "(0912) 345-678",
        "+84 912 345 678",
        "+84(0)912345678",
        "84912345678",
        "912345678",
        "０９１２３４５６７８",
        "0269 3824 123",
        "không chín một hai ba bốn năm sáu bảy tám",
        "051234567890",
        "hoa.nguyen+thi@may-hoaphu.com.vn",
        "hoa (at) gmail.com",
        "https://www.facebook.com/nguyenhoa.1990",
        "số thẻ đoàn viên: AB-123456",
        "CCCD số 051 234 567 890",
    ],
)
def test_what_tells_the_writer_is_covered_and_the_rest_is_kept(written):
    assert blind(f"Tôi, \u202e{written}, viết\r\n bài. ") == f"Tôi, \u202e{COVER}, viết\r\n bài. "
    assert blind(written) == COVER


@pytest.mark.parametrize(
    "text",
    [
        "An toàn lao động là trên hết; bông hoa nở, hoà bình.",
        "Hòa và Thị và Nguyễn Văn",
        "Hoà giải viên lao động; Nguyễn Trãi; Thị Hòa",
        "Thưởng 1.060.438.000 đồng, thu 12 345 678 900 đồng, năm 2026-2030.",
        "Từ 05.12.2026 - 10.12.2026, ngày 02/9/1945, 07-05-1954.",
        "Một, hai, ba, bốn: năm việc cần làm.",
        "Bộ luật số 45/2019/QH14; Nghị quyết 02-NQ/TW; 350.000 đoàn viên",
        "Công đoàn cơ sở vững mạnh, Công ty TNHH khác",
    ],
)
def test_common_words_money_dates_and_laws_stay(text):
    assert blind(text) == text
    assert blind(normalize("NFD", text)) == normalize("NFD", text)


@pytest.mark.parametrize("text", ["Họ hòa giải với nhau", "hồ hoa súng", "Hồ, Hòa", "Ở hồ. Hòa nói"])
def test_two_words_that_only_look_like_family_and_given_name_stay(text):
    assert blind(text, names=["Hồ Thị Hòa"]) == text


@pytest.mark.parametrize("text", ["Hồ Hòa", "hồ hoà", "ho hoa", "HỒ\nHÒA", "Hồ Thi Hoa"])
def test_family_and_given_name_together_are_covered(text):
    assert blind(text, names=["Hồ Thị Hòa"]) == COVER


@pytest.mark.parametrize("name", ["An", "Hoa", "", " "])
def test_a_name_of_one_common_word_is_not_looked_for(name):
    assert blind("An toàn như hoa.", names=[name]) == "An toàn như hoa."


def test_a_members_number_may_be_handed_in_as_a_name():
    assert blind("Mã của tôi là GL-1234.", names=[NAME, "gl-1234"]) == f"Mã của tôi là {COVER}."


def test_a_name_inside_a_longer_word_stays():
    assert blind("Lê Văn Anh và Lê Văn An", names=["Lê Văn An"]) == f"Lê Văn Anh và {COVER}"


def test_a_union_that_is_only_named_by_its_kind_is_not_taken_apart():
    assert blind("Gửi Công đoàn.", unions=["Công đoàn cơ sở"]) == "Gửi Công đoàn."
    assert blind("Phường ta", unions=["Công đoàn Phường"]) == "Phường ta"


def test_everything_in_a_text_is_covered_and_what_touches_is_covered_once():
    text = "Nguyễn Thị Hòa (0912345678), nguyen thi hoa@x.vn Nguyễn Hòa"
    assert blind(text) == f"{COVER} ({COVER}), {COVER} {COVER}"


def test_special_signs_in_names_are_taken_as_they_are():
    assert blind("Công ty (A.B+C) * Đức", unions=["Công ty (A.B+C) * Đức"]) == COVER


@given(st.text(alphabet=st.characters(exclude_categories=["N"]).filter(lambda each: each not in "@/▇")))
def test_a_text_without_names_or_numbers_is_kept_byte_for_byte(text):
    assert hidden(text, [], []) == text


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["NFC", "NFD"]))
def test_a_full_name_never_remains(before, after, form):
    name = normalize(form, NAME)
    assert name not in blind(f"{before} {name} {after}")
