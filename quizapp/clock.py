"""The only reader of the clock: views and commands ask it once and hand the instant down."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)
