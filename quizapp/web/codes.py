"""Codes that people read, type and say aloud."""

import secrets

CLEAR_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that looks like something else


def random_code(length: int, letters: str = CLEAR_LETTERS) -> str:
    """Return a random code; each of the usual letters brings 4.95 bits."""
    return "".join(secrets.choice(letters) for _ in range(length))
