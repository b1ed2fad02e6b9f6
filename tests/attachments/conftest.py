"""A writer of a union, for contests whose essays take files."""

import pytest

from quizapp.vocabulary import UnionKind


@pytest.fixture
def province(cast):
    return cast.union("Liên đoàn Lao động tỉnh Mẫu", kind=UnionKind.PROVINCE)


@pytest.fixture
def worker(cast, province):
    return cast.person(union=cast.union("Công đoàn cơ sở May Mẫu", parent=province, members=10))
