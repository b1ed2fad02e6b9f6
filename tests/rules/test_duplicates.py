"""Which accounts look like one person's."""

import random
from datetime import date

from quizapp.rules.duplicates import Account, bare_number, pairs
from quizapp.vocabulary import DuplicateSign

BORN = date(1990, 5, 6)


def account(id, name="Đặng Văn Ớt", *, born=BORN, phone=None, number=None, union=None):
    return Account(id, name, born, phone, number, union)


def signs(*accounts):
    return {(each.first_id, each.second_id): set(each.signs) for each in pairs(accounts)}


def test_one_name_and_birth_date_are_a_sign_with_and_without_marks():
    assert signs(account(2, "dang van  ot"), account(1)) == {(1, 2): {DuplicateSign.NAME_AND_BIRTH}}
    assert signs(account(1), account(2, born=date(1990, 5, 7))) == {}
    assert signs(account(1, born=None), account(2, born=None)) == {}


def test_numbers_are_one_however_they_are_written():
    one, other = account(1, "A", phone="0912345678"), account(2, "B", phone="+84 912.345.678")
    assert signs(one, other) == {(1, 2): {DuplicateSign.PHONE}}
    one, other = account(1, "A", number="dv-000.123"), account(2, "B", number="DV 000123")
    assert signs(one, other) == {(1, 2): {DuplicateSign.MEMBER_NUMBER}}
    assert bare_number("đv-1") == "DV1"
    assert bare_number("--") is bare_number(None) is None
    assert signs(account(1, "A", number="-"), account(2, "B", number="--")) == {}


def test_one_name_in_one_union_is_a_weak_sign_when_the_years_are_near_or_unknown():
    weak = {(1, 2): {DuplicateSign.NAME_AND_UNIT}}
    assert signs(account(1, union=7), account(2, born=date(1992, 1, 1), union=7)) == weak
    assert signs(account(1, union=7), account(2, born=None, union=7)) == weak
    assert signs(account(1, union=7), account(2, born=date(1993, 1, 1), union=7)) == {}
    assert signs(account(1, union=7), account(2, born=date(1991, 1, 1), union=8)) == {}
    assert [each.is_weak for each in pairs([account(1, union=7), account(2, born=None, union=7)])] == [True]


def test_a_weak_sign_is_not_told_beside_a_sure_one():
    assert signs(account(1, union=7), account(2, union=7)) == {(1, 2): {DuplicateSign.NAME_AND_BIRTH}}


def test_the_surest_pairs_come_first_whatever_the_order_of_the_accounts():
    accounts = [
        account(1, "Lê An", born=date(1980, 1, 1), union=7),
        account(2, "Lê An", born=date(1981, 1, 1), union=7),
        account(3, "Vũ Ba", number="DV1"),
        account(4, "Vũ Ba", number="DV-1"),
        account(5),
        account(6),
    ]
    expected = [(3, 4), (5, 6), (1, 2)]
    for seed in range(5):
        random.Random(seed).shuffle(accounts)
        assert [(each.first_id, each.second_id) for each in pairs(accounts)] == expected


def test_three_accounts_of_one_person_make_three_pairs():
    assert set(signs(account(1), account(2), account(3))) == {(1, 2), (1, 3), (2, 3)}
