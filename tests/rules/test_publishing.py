from datetime import UTC, datetime, timedelta

from quizapp.rules.publishing import is_published_by_rule
from quizapp.vocabulary import BoardWhen

FREEZE = datetime(2026, 12, 6, 5, tzinfo=UTC)


def test_from_the_freeze_on_nothing_is_published_by_itself():
    before = FREEZE - timedelta(microseconds=1)
    assert is_published_by_rule(BoardWhen.LIVE, freeze_at=FREEZE, at=before)
    assert not is_published_by_rule(BoardWhen.LIVE, freeze_at=FREEZE, at=FREEZE)
    assert is_published_by_rule(BoardWhen.AFTER_ROUND, freeze_at=None, at=FREEZE)
    assert not is_published_by_rule(BoardWhen.AFTER_PUBLISH, freeze_at=None, at=before)
