"""A contest, or its round with an essay, as an address names it: for who may not have it, it does not exist."""

from flask_login import current_user

from quizapp.contests.queries import contest_of, essay_round
from quizapp.errors import NotFound
from quizapp.models import Contest, Round
from quizapp.rules import permissions
from quizapp.web.guards import allowed


def public_contest(slug: str) -> Contest:
    """Return a contest that everybody may see, or that the viewer organises. Raises NotFound."""
    contest = contest_of(slug)
    if contest is None or (contest.published_at is None and not current_user.is_authenticated):
        raise NotFound()
    return contest if contest.published_at else allowed(contest, permissions.may_organise)


def organised_contest(slug: str) -> Contest:
    return allowed(contest_of(slug), permissions.may_organise)


def organised_round(slug: str, key: str) -> Round:
    """Return the round with an essay that has this key, of a contest that the viewer may organise. Raises NotFound."""
    found = essay_round(organised_contest(slug), key)
    if found is None:
        raise NotFound()
    return found
