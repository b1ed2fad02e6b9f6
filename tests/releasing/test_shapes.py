"""Each usual shape goes all the way to a public contest with nothing but the shipped banks."""

from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.formats.contest_shapes import SHAPES
from quizapp.models import Contest, ContestDraft
from tests.conftest import NOON


def test_every_shape_is_saved_and_published_as_it_stands(app, place, organiser):
    assert app.test_cli_runner().invoke(args=["banks", "load"]).exit_code == 0
    trees = [shape.tree("LDLD", NOON.date()) for shape in SHAPES.values()]
    for tree in trees:
        with transaction():
            by = {"made_by_id": place.organiser.id, "changed_by_id": place.organiser.id}
            draft = ContestDraft(organiser_id=place.province.id, tree=tree, made_at=NOON, changed_at=NOON, **by)
            session.add(draft)
            session.flush()
            url = f"/organise/drafts/{draft.id}/release"
        assert organiser.submit(url).status_code == 302
        organiser.submit(f"/organise/contests/{tree['slug']}/release/publication", {"read": "y"})
    with transaction(writes=False):
        published = session.scalars(select(Contest.slug).where(Contest.published_at == NOON)).all()
    assert sorted(published) == sorted(tree["slug"] for tree in trees)
