"""The search by which a contestant names the own union."""

from datetime import timedelta

import pytest

from quizapp.db import session, transaction
from quizapp.models import TradeUnion
from quizapp.vocabulary import UnionKind


@pytest.fixture
def found(cast, tree, client):
    cast.contest("thi", organiser=tree.province)

    def ask(words, contest="thi"):
        answer = client.get("/unions/search", query_string={"q": words, "contest": contest})
        assert answer.status_code == 200
        return [union["name"] for union in answer.get_json()["unions"]]

    return ask


def end(union, day):
    with transaction():
        session.get_one(TradeUnion, union.id).valid_to = day


def test_an_answer_names_the_union_and_the_one_above(tree, client, found):
    answer = client.get("/unions/search?q=may hoa&contest=thi")
    assert answer.get_json() == {
        "unions": [{"id": tree.sewing.id, "name": "CĐCS Công ty May Hòa Bình", "above": "Công đoàn phường Hoa Lư"}]
    }


@pytest.mark.parametrize("words", ["may hòa bình", "MAY HOA BINH", "bình may", "  hoà   binh ", "ty ma"])
def test_words_stand_in_any_order_with_or_without_marks(found, words):
    assert found(words) == ["CĐCS Công ty May Hòa Bình"]


def test_every_word_must_be_there(found):
    assert found("may hai phong") == []


@pytest.mark.parametrize("words", ["", "m", " ", "%%", "__", "\\\\"])
def test_less_than_two_letters_or_signs_find_nothing(found, words):
    assert found(words) == []


@pytest.mark.parametrize("contest", ["", "khong-co"])
def test_without_a_contest_nothing_is_told(found, contest):
    assert found("may", contest) == []


def test_only_the_audience_of_the_contest_is_found(cast, tree, found):
    cast.contest("phuong", organiser=tree.ward)
    assert found("binh", "phuong") == ["CĐCS Công ty May Hòa Bình"]
    assert len(found("binh")) == 2


def test_unions_above_are_found_only_while_nothing_is_below_them(cast, tree, found):
    assert "Công đoàn phường Hoa Lư" not in found("cong doan phuong")
    cast.union("Công đoàn phường Vắng", kind=UnionKind.COMMUNE, parent=tree.province)
    assert found("cong doan phuong") == ["Công đoàn phường Vắng"]
    cast.union("Tổ may 1", kind=UnionKind.SECTION, parent=tree.sewing)
    assert found("may") == ["Tổ may 1", "CĐCS Công ty May Hòa Bình"]


def test_unions_that_ended_or_did_not_begin_are_not_found(tree, found, clock):
    today = clock.instant.date()
    end(tree.sewing, today)
    assert found("may") == ["CĐCS Công ty May Hòa Bình"]
    end(tree.sewing, today - timedelta(days=1))
    assert found("may") == []
    assert found("hoa lu") == ["Công đoàn phường Hoa Lư"]


def test_best_matches_come_first_and_at_most_twenty(cast, tree, found):
    for name in ("Xí nghiệp dệt may An", "May An Khê", "CĐCS May An", "Ngaymay Ant", "CĐCS An May"):
        cast.union(name, parent=tree.ward)
    assert found("may an") == ["May An Khê", "CĐCS May An", "Xí nghiệp dệt may An", "CĐCS An May", "Ngaymay Ant"]
    for number in range(25):
        cast.union(f"CĐCS Kho {number}", parent=tree.ward)
    assert len(found("kho")) == 20
