"""A question with pictures is sat with them, each beside the option to which it belongs, for the owner alone."""

import pytest
from sqlalchemy import select

from quizapp.attempts.actions import start
from quizapp.attempts.queries import round_of
from quizapp.attempts.shown_paper import shown_slots
from quizapp.db import session, transaction
from quizapp.models import AnswerOption, Picture, QuestionVersion, VersionPicture
from tests.conftest import NOON


@pytest.fixture
def sat(cast):
    union = cast.union()
    cast.bank(single=5)
    cast.contest(organiser=union)
    person = cast.person(union=union)
    with transaction():
        picture = Picture(digest="a" * 64, content=b"RIFF", width=1, height=1)
        session.add(picture)
        session.flush()
        version = session.scalars(select(QuestionVersion.id).order_by(QuestionVersion.id)).first()
        for position in (-1, 2):
            facts = {"position": position, "place": 0, "alt": f"Ảnh {position}"}
            session.add(VersionPicture(version_id=version, picture_id=picture.id, **facts))
        text = session.get_one(AnswerOption, (version, 2)).text
        attempt = start(session.merge(person), round_of("cuoc-thi", "tuan-1"), entry_code="", now=NOON)
        return person, attempt.id, text, shown_slots(attempt)


def test_pictures_stand_where_their_option_is_shown(sat):
    _, _, text, slots = sat
    (pictured,) = [slot for slot in slots if slot.pictures]
    assert [picture.alt for picture in pictured.pictures] == ["Ảnh -1"]
    ((place, picture),) = pictured.option_pictures.items()
    assert (dict(pictured.options)[place], picture.alt) == (text, "Ảnh 2")


def test_the_paper_shows_them_and_only_its_owner_gets_them(sat, client, cast):
    person, attempt, _, _ = sat
    cast.log_in(client, person)
    url = f"/attempts/{attempt}/pictures/{'a' * 64}"
    assert client.get(f"/attempts/{attempt}").get_data(as_text=True).count(f'src="{url}"') == 2
    assert client.get(url).mimetype == "image/webp"
    assert client.get(f"/attempts/{attempt}/pictures/{'b' * 64}").status_code == 404
    cast.log_in(client, cast.person())
    assert client.get(url).status_code == 404
