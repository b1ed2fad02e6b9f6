"""A contest of two rounds as plain rules, for tests without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from quizapp.rules.contest_rules import ContestRules, EntryRule, usual_boards
from quizapp.rules.round_rules import AttemptsRule, Draw, RoundRules

OPENS = datetime(2026, 12, 1, 0, 0, tzinfo=UTC)  # 07:00 of a Tuesday in Vietnam
CLOSES = datetime(2026, 12, 6, 17, 0, tzinfo=UTC)  # 24:00 of a Sunday


def round_rules(key: str = "tuan-1", **changed: Any) -> RoundRules:
    usual = RoundRules(
        key=key,
        title=key.replace("tuan-", "Tuần "),
        opens_at=OPENS,
        closes_at=CLOSES,
        attempts=AttemptsRule(limit=2),
        time_limit=timedelta(minutes=20),
        draws=(Draw("nq02", 12), Draw("luat", 8, "hop-dong")),
    )
    return replace(usual, **changed)


def contest_rules(*rounds: RoundRules, **changed: Any) -> ContestRules:
    rounds = rounds or (round_rules(), round_rules("tuan-2"))
    usual = ContestRules(
        slug="nq02-2026",
        title="Tìm hiểu Nghị quyết 02",
        organiser="LDLD",
        timezone="Asia/Ho_Chi_Minh",
        audience=("LDLD",),
        entry=EntryRule(code="280729"),
        rounds=rounds,
        boards=usual_boards(rounds),
    )
    return replace(usual, **changed)
