"""A province with an organiser at the form."""

import pytest

from quizapp.vocabulary import Role


@pytest.fixture
def province(cast):
    return cast.union("LĐLĐ tỉnh Mẫu", code="LDLD-MAU")


@pytest.fixture
def organiser(cast, province):
    return cast.person(union=province, roles=[(Role.ORGANISER, province)])


@pytest.fixture
def desk(app, cast, organiser):
    return cast.log_in(app.test_client(), organiser)
