"""A contest that only its organisers see, with the people who may and may not see it."""

import pytest

from quizapp.contests.actions import load_contest
from quizapp.contests.queries import contest_of
from quizapp.db import session, transaction
from quizapp.formats.contest_file import read_contest
from quizapp.formats.contest_tree import tree_of
from quizapp.models import ContestDraft, Person
from quizapp.vocabulary import Role, UnionKind
from tests.conftest import NOON
from tests.contests.conftest import FILE, Place
from tests.contests.conftest import place as place

SLUG = "tim-hieu"
RELEASE = f"/organise/contests/{SLUG}/release"


@pytest.fixture
def hidden(place: Place) -> str:
    """Return the slug of a contest that is open for a week from an hour before noon, yet not public."""
    load(FILE + "      practice: {attempts: 3}\n")
    return SLUG


@pytest.fixture
def organiser(app, cast, place):
    return cast.log_in(app.test_client(), place.organiser)


@pytest.fixture
def worker(app, cast, place):
    return cast.log_in(app.test_client(), cast.person("Lê Thị Thợ", union=place.grassroots))


@pytest.fixture
def neighbour(app, cast):
    province = cast.union("LĐLĐ tỉnh Bên", kind=UnionKind.PROVINCE)
    return cast.log_in(app.test_client(), cast.person("Ngô Bên", roles=[(Role.ORGANISER, province)]))


@pytest.fixture
def lower(app, cast, place):
    """An organiser of a union that takes part, below the one that organises."""
    return cast.log_in(app.test_client(), cast.person("Vũ Cơ Sở", roles=[(Role.ORGANISER, place.grassroots)]))


def load(text, *, is_public=False):
    with transaction():
        return load_contest(read_contest(text), now=NOON, is_public=is_public)


def draft_for(place, text, *, slug=None):
    """Keep a draft of what a file says; slug: of the contest that it changes. Return its id."""
    with transaction():
        organiser = session.get_one(Person, place.organiser.id)
        contest = contest_of(slug) if slug else None
        facts = {"tree": tree_of(read_contest(text).rules), "made_at": NOON, "changed_at": NOON}
        draft = ContestDraft(organiser_id=place.province.id, contest_id=contest.id if contest else None, **facts)
        draft.made_by_id = draft.changed_by_id = organiser.id
        session.add(draft)
        session.flush()
        return draft.id


def stored(slug=SLUG):
    with transaction(writes=False):
        found = contest_of(slug)
        return None if found is None else (found.published_at, found.title, [each.key for each in found.rounds])
