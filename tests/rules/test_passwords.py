"""Which passwords may be chosen."""

import unicodedata
from datetime import date

import pytest

from quizapp.rules.passwords import fault, own_facts

COMMON = {"matkhau", "congdoan", "anhyeuem", "p@ssw0rd"}
OWN = own_facts(full_name="Nguyễn Thị Hoa", birth_date=date(1990, 9, 5), phone="0912345678", member_number="GL-001234")


def wrong(password, *, has_role=False):
    return fault(password, has_role=has_role, own=OWN, common=COMMON)


@pytest.mark.parametrize(
    "password", ["gà con ăn thóc", "xanhdatroi", "Tr0ng-cây", "!@#$%^&*", "quán phở đầu ngõ lúc sáng"]
)
def test_a_long_enough_password_of_ones_own_is_taken_whatever_it_consists_of(password):
    assert wrong(password) is None


@pytest.mark.parametrize(
    ("length", "has_role", "taken"), [(7, False, False), (8, False, True), (14, True, False), (15, True, True)]
)
def test_eight_characters_do_for_contestants_and_fifteen_for_a_role(length, has_role, taken):
    assert (wrong("kvmqzrtbxhjplwd"[:length], has_role=has_role) is None) is taken


def test_too_short_says_how_many_are_needed():
    assert "ít nhất 8 ký tự" in wrong("ngắn")
    assert "ít nhất 15 ký tự" in wrong("ngắn", has_role=True)


@pytest.mark.parametrize(("length", "taken"), [(128, True), (129, False)])
def test_a_hundred_and_twenty_eight_characters_are_the_most(length, taken):
    text = "".join(chr(0x4E00 + place) for place in range(length))
    assert (wrong(text) is None) is taken


def test_letters_count_alike_however_the_keyboard_composes_them():
    assert "mới nhập 6" in wrong(unicodedata.normalize("NFD", "ếếộộựự"))


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123",
        "Mật Khẩu 123",
        "MATKHAU2026",
        "2026congdoan",
        "Công đoàn 2026!",
        "anhyeuem",
        "Anh yêu em 1",
        "P@ssw0rd",
    ],
)
def test_common_passwords_are_known_with_accents_capitals_blanks_and_digits(password):
    assert "nhiều người dùng" in wrong(password)


@pytest.mark.parametrize(
    "password",
    ["12345678", "87654321", "aaaaaaaa", "abcabcabc", "12121212", "qwertyuiop", "abcdefgh", "123123123", "--------"],
)
def test_runs_and_repetitions_are_too_common(password):
    assert "nhiều người dùng" in wrong(password)


@pytest.mark.parametrize(
    "password",
    [
        "nguyenthihoa",
        "Nguyễn Thị Hoa",
        "hoanguyen90",
        "0912345678",
        "+84912345678",
        "05091990",
        "5/9/1990",
        "19900905",
        "nguyen1990",
        "gl001234",
        "GL-001234",
        "nguyenhoa05091990",
    ],
)
def test_what_others_know_of_the_person_is_refused(password):
    assert "Xin dùng những từ không nói về bạn" in wrong(password)


def test_a_fact_within_a_longer_password_does_no_harm():
    assert wrong("nguyen trồng bưởi") is None


def test_a_person_of_whom_little_is_known_has_few_facts():
    assert (
        fault(
            "gà con ăn thóc",
            has_role=False,
            own=own_facts(full_name="Y", birth_date=None, phone=None, member_number=None),
            common=COMMON,
        )
        is None
    )
