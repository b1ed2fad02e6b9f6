"""What tells the writer is covered, and nothing else."""

from unicodedata import combining, normalize

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
        "Hoà giải viên lao động; Nguyễn Trãi; thị hoà",
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


@pytest.mark.parametrize(
    "text",
    [
        "Thị Hòa",
        "THỊ HÒA",
        "Thi Hoa",
        "Thị\u200b Hòa",
        "Thị.Hòa",
        "Nguyễn.Hòa",
        "Hòa Nguyễn",
        "N.T.H.",
        "N. T. H",
        "N.T. Hòa",
        "N.T.Hoa",
        "NT Hòa",
        "Ng. T. Hòa",
        "Ng.Th.Hòa",
        "Nguyễn T. H.",
        "Nguyễn Thị H.",
        "N. Hòa",
        "N g u y ễ n  T h ị  H ò a",
        "N.g.u.y.e.n.T.h.i.H.o.a",
        "Ngu\u034fyễn\u2800 Th\x01ị Hòa",
    ],
)
def test_parts_and_initials_that_are_written_as_names_are_covered(text):
    assert blind(f"Chị {text}, công nhân") == f"Chị {COVER}, công nhân"


@pytest.mark.parametrize(
    "text",
    [
        "Tôi là {Hòa}, công nhân",
        "tôi tên là {Hòa} ạ",
        "Tên tôi là {hòa}.",
        "em tên {Hòa}, quê ở Pleiku",
        "TÔI LÀ {HÒA}",
        "Mình là {Hoa}!",
        "minh la {hoa}, cong nhan",
        "Ký tên: {Hòa}",
        "ky ten: {NTH}",
        "Họ và tên: {Hòa}",
        "Tôi, {Hòa}, xin góp ý",
        "Tôi là {Thị Hòa}",
        "Facebook: {Hòa} xinh",
        "Xin cảm ơn.\n{Hòa}",
        "Xin cảm ơn.\n\n — {Hoa}. \n",
        "Xin hết\n(ký) \n{NTH}",
    ],
)
def test_the_given_name_is_covered_where_it_is_said_to_be_the_own(text):
    before, rest = text.split("{")
    _, after = rest.split("}")
    assert blind(text.replace("{", "").replace("}", "")) == f"{before}{COVER}{after}"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Nguyễn Thị Hoa", "Tôi là hoa của núi rừng, trồng hoa; Hoa nở, NTH là mã."),
        ("Lê Văn Bình", "Tôi là bình thường như mọi người. Hòa bình, Bình quân, L.B"),
        ("Trần An", "Với tôi, an toàn là trên hết. An toàn, T.A và A. Trần"),
        ("Nguyễn Văn Hóa", "Xây dựng văn hóa, nét văn hóa doanh nghiệp. Văn hóa\n"),
        ("Đỗ Hòa Bình", "Yêu hòa bình\nvì hòa bình"),
        ("Nguyễn Văn Hoa", "Người viết phải kỹ: hoa mắt; ký hợp đồng"),
    ],
)
def test_ordinary_words_stay_although_the_writer_is_called_so(name, text):
    assert hidden(text, [name], []) == text


@pytest.mark.parametrize(
    "text",
    [
        "CĐCS Dệt BM",
        "CĐCS Dệt B.M",
        "công ty dệt bình minh",
        "Cty Dệt Bình Minh",
        "CTDBM",
        "Dệt Bình Minh",
        "dệt bình minh",
        "Công đoàn Dệt Bình Minh",
        "Công ty TNHH Dệt Bình Minh",
        "CĐCS DBM",
    ],
)
def test_short_names_of_a_union_are_covered(text):
    shown = hidden(f"Ở {text} chúng tôi", [], ["Công đoàn cơ sở Công ty TNHH Dệt Bình Minh"])
    assert not {"dệt", "bình", "minh", "bm", "dbm", "ctdbm", "b.m"} & set(shown.lower().split())
    assert shown.endswith(f"{COVER} chúng tôi")


@pytest.mark.parametrize("text", ["Đón bình minh ở CĐCS", "BM là gì, DBM, dbm", "Công ty TNHH", "BHXH, ATLĐ, CNVC"])
def test_ordinary_words_stay_although_a_union_is_called_so(text):
    assert hidden(text, [], ["CĐCS Bình Minh", "Công đoàn cơ sở Công ty TNHH Dệt Bình Minh"]) == text


@pytest.mark.parametrize(
    "text",
    [
        "hoa @ gmail.com",
        "hoa[at]gmail[dot]com",
        "hoa a còng gmail chấm com",
        "@hoanguyen90",
        "m.me/hoa.nguyen",
        "zalo.me/84912345678",
        "facebook.com/profile.php?id=100012345",
        "Zalo: hoa_1990",
        "0912 - 345 - 678",
        "+84.912.345.678",
        "+84 (0)912 345 678",
    ],
)
def test_ways_to_reach_the_writer_are_covered(text):
    assert blind(f"Liên hệ {text} nhé") == f"Liên hệ {COVER} nhé"


FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Ksor"]
MIDDLES = ["Thị", "Văn", "Đức", "Ngọc", "Thanh", "Minh", "Thị|Thu", "Quốc|Hoàng"]
GIVENS = ["Hoa", "Hòa", "Bình", "An", "Ánh", "Tuyết", "Đạt", "Nghĩa", "Phượng", "Quỳnh", "Thảo", "Ước", "Yến", "Khuê"]


@st.composite
def people(draw):
    middle = draw(st.sampled_from(MIDDLES)).split("|")
    return [draw(st.sampled_from(FAMILIES)), *middle, draw(st.sampled_from(GIVENS))]


def plain(text):
    return "".join(each for each in normalize("NFD", text.replace("đ", "d").replace("Đ", "D")) if not combining(each))


SPELLINGS = [str, str.upper, plain, lambda text: plain(text).upper(), lambda text: normalize("NFD", text)]
BLANKS = [" ", "\n", "  ", "\u00a0", " \u200b", "\u200d \u2060", "_", "-"]
WAYS = [
    lambda words: words,
    lambda words: [words[0], words[-1]],
    lambda words: words[-2:],
    lambda words: [f"{each[0]}." for each in words[:-1]] + words[-1:],
    lambda words: words[:1] + [f"{each[0]}." for each in words[1:]],
]


@given(people(), st.sampled_from(SPELLINGS), st.sampled_from(BLANKS), st.sampled_from(WAYS))
def test_no_part_of_a_name_remains_however_it_is_written(name, spell, blank, way):
    written = spell(blank.join(way(name)))
    assert hidden(f"Theo bạn {written}, tổ may", [" ".join(name)], []) == f"Theo bạn {COVER}, tổ may"


@given(
    people(),
    st.sampled_from(["tôi là {}.", "Em tên {}, tổ may", "Ký tên: {}", "Cảm ơn!\n{}"]),
    st.sampled_from(SPELLINGS),
)
def test_no_given_name_remains_where_it_is_said_to_be_the_own(name, frame, spell):
    assert hidden(frame.format(spell(name[-1])), [" ".join(name)], []) == frame.format(COVER)


@given(people())
def test_a_given_name_in_an_ordinary_sentence_stays(name):
    text = f"Chúng ta cần {name[-1].lower()} và {name[-1]} hơn nữa, {name[-1]}."
    assert hidden(text, [" ".join(name)], []) == text


def test_texts_that_are_made_to_keep_the_search_busy_are_searched_in_time():
    name, union = "Nguyễn Thị Hòa", "Công đoàn cơ sở Công ty TNHH Dệt Bình Minh"
    for piece in ("N.", "n ", "hoa ", "hoa\n", "toi la ", "0 ", "a@", ".", " ", "cong ty ", "Dệt B", "@a"):
        text = (piece * 20_000)[:20_000]
        hidden(text, [name], [union])
        hidden(f"hòa{text}x", [name], [union])


@given(st.text(alphabet=st.characters(exclude_categories=["N"]).filter(lambda each: each not in "@/▇")))
def test_a_text_without_names_or_numbers_is_kept_byte_for_byte(text):
    assert hidden(text, [], []) == text


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["NFC", "NFD"]))
def test_a_full_name_never_remains(before, after, form):
    name = normalize(form, NAME)
    assert name not in blind(f"{before} {name} {after}")
