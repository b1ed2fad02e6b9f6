"""Rubrics as organisers write them."""

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Rubric
from quizapp.vocabulary import Role

NEW = "/organise/rubrics/new"
PAGE = "/organise/rubrics/sang-kien"


@pytest.fixture
def province(cast):
    return cast.union("LĐLĐ tỉnh Mẫu")


@pytest.fixture
def desk(app, cast, province):
    return cast.log_in(app.test_client(), cast.person(union=province, roles=[(Role.ORGANISER, province)]))


def typed(province, **changed):
    return {
        "code": "sang-kien",
        "title": "Sáng kiến",
        "unit": province.id,
        "criteria-0-title": "Ý tưởng",
        "criteria-0-description": "Mới, làm được",
        "criteria-0-levels": "Tốt | Mới và rõ | 2\nĐạt | Còn chung | 1",
        "criteria-1-title": "Trình bày",
        "criteria-1-max_mark": "1,5",
        **changed,
    }


def stored():
    with transaction(writes=False):
        return session.scalars(select(Rubric).order_by(Rubric.version)).all()


def test_levels_one_a_line_and_a_free_mark_become_criteria(desk, province):
    assert desk.submit(NEW, typed(province)).status_code == 302
    [rubric] = stored()
    levels, free = rubric.content.criteria
    assert [(each.title, each.descriptor, each.mark) for each in levels.levels] == [
        ("Tốt", "Mới và rõ", 200),
        ("Đạt", "Còn chung", 100),
    ]
    assert (levels.max_mark, free.max_mark, free.levels) == (200, 150, ())
    assert "Mới và rõ" in desk.get(PAGE).get_data(as_text=True)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"criteria-0-levels": "Tốt | Mới | 2"}, "ít nhất hai mức"),
        ({"criteria-1-max_mark": "0"}, "lớn hơn 0"),
        ({"criteria-0-title": ""}, "tên tiêu chí"),
        ({"title": ""}, "Xin điền mục này"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(desk, province, changed, sentence):
    reply = desk.submit(NEW, typed(province, **changed))
    assert reply.status_code == 422
    page = reply.get_data(as_text=True)
    assert sentence in page
    assert "Mới, làm được" in page
    assert stored() == []


def test_a_rubric_not_yet_in_use_is_changed_in_place(desk, province):
    desk.submit(NEW, typed(province))
    assert desk.submit(f"{PAGE}/edit", typed(province, title="Ý tưởng mới")).status_code == 302
    assert [(each.version, each.title) for each in stored()] == [(1, "Ý tưởng mới")]


def test_a_stranger_organiser_neither_changes_nor_finds_it_by_name(desk, province, app, cast):
    desk.submit(NEW, typed(province))
    foreign = cast.union("LĐLĐ tỉnh Khác")
    other = cast.log_in(app.test_client(), cast.person(union=foreign, roles=[(Role.ORGANISER, foreign)]))
    assert other.submit(f"{PAGE}/edit", typed(foreign, title="Của tôi")).status_code in (404, 422)
    assert [each.title for each in stored()] == ["Sáng kiến"]
