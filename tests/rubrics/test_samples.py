"""Rubrics that come with the platform are looked at and taken over."""

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import Rubric
from quizapp.rubrics.samples import sample, samples
from quizapp.vocabulary import Role

LIST = "/organise/rubrics/samples"
CODE = "y-tuong-doi-moi"


@pytest.fixture
def province(cast):
    return cast.union("LĐLĐ tỉnh Mẫu")


@pytest.fixture
def desk(app, cast, province):
    return cast.log_in(app.test_client(), cast.person(union=province, roles=[(Role.ORGANISER, province)]))


def text(reply):
    return reply.get_data(as_text=True)


def form_of(rubric, unit):
    """Return what the browser sends when the form of a sample is saved as it came."""
    typed = {"code": rubric.code, "title": rubric.title, "unit": unit}
    for place, each in enumerate(rubric.content.criteria):
        lines = [f"{x.title} | {x.descriptor} | {x.mark / 100:g}" for x in each.levels]
        typed |= {
            f"criteria-{place}-key": each.key,
            f"criteria-{place}-title": each.title,
            f"criteria-{place}-description": each.description,
            f"criteria-{place}-levels": "\n".join(lines),
        }
    return typed


def test_all_samples_are_listed_and_one_is_shown_with_its_levels(desk):
    page = text(desk.get(LIST))
    assert all(each.title in page for each in samples())
    shown = text(desk.get(f"{LIST}/{CODE}"))
    criterion = sample(CODE).content.criteria[0]
    assert criterion.title in shown
    assert criterion.levels[-1].descriptor in shown


def test_a_sample_is_taken_over_into_the_own_union_and_edited_before(desk, province):
    page = text(desk.get(f"/organise/rubrics/new?sample={CODE}"))
    assert f'value="{CODE}"' in page
    assert sample(CODE).content.criteria[0].levels[-1].descriptor in page
    typed = form_of(sample(CODE), province.id) | {"title": "Của tỉnh"}
    assert desk.submit("/organise/rubrics/new", typed).status_code == 302
    with transaction(writes=False):
        rubric = session.scalars(select(Rubric)).one()
        assert (rubric.code, rubric.title, rubric.union_id) == (CODE, "Của tỉnh", province.id)
        assert rubric.content == sample(CODE).content
    assert "Đã có phiếu chấm mang mã" in text(desk.get(f"{LIST}/{CODE}"))
    assert f'value="{CODE}"' not in text(desk.get(f"/organise/rubrics/new?sample={CODE}"))


def test_a_code_that_is_no_sample_is_looked_for_among_the_own_rubrics(desk):
    assert desk.get(f"{LIST}/cua-tinh").location == "/organise/rubrics/cua-tinh"
    assert desk.get("/organise/rubrics/new?sample=cua-tinh").status_code == 404


def test_an_essay_shows_the_rubric_that_it_names(app, desk):
    app.test_cli_runner().invoke(args=["banks", "load"])
    page = text(desk.get("/organise/banks/bai-viet"))
    assert "Phiếu chấm gợi ý" in page
    assert f'href="{LIST}/{CODE}"' in page
