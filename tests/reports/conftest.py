"""The ground of the reports' tests."""

import pytest

from tests.cast import Cast
from tests.reports.ground import Ground, ground


@pytest.fixture
def place(cast: Cast) -> Ground:
    return ground(cast)
