"""An organiser at the form: begins a draft, fills in pages, presses the buttons of lists."""

from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.models import ContestDraft
from tests.drafting.filled import filled

NEW = "/organise/drafts/new"


def stored() -> ContestDraft:
    with transaction(writes=False):
        return session.scalars(select(ContestDraft)).one()


def begin(desk, province, start="empty", **more):
    answer = desk.submit(NEW, {"start": start, "unit": province.id, **more})
    assert answer.status_code == 302
    return answer.location


def write(desk, url, **changed):
    """Fill in a page as it stands but for what is changed, and save it."""
    sent = filled(desk.get(url).text)
    sent.pop("csrf_token", None)
    return desk.submit(url, sent | changed)


def do(desk, home, part, do):
    return desk.submit(f"{home}/arrange/{part}", {"seen": stored().version, "do": do})
