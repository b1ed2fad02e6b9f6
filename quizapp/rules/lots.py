"""Drawing lots that anybody can replay: a seed that was public beforehand puts the contenders in order."""

from collections.abc import Iterable
from hashlib import sha256


def lot(seed: str, prize_key: str, division: str, contender: int) -> str:
    """Return a contender's lot, 64 hexadecimal digits: the SHA-256 of 'seed|prize|division|number' in UTF-8."""
    return sha256(f"{seed}|{prize_key}|{division}|{contender}".encode()).hexdigest()


def drawn(seed: str, prize_key: str, division: str, contenders: Iterable[int]) -> list[int]:
    """Return the contenders by ascending lot: of n prizes the first n are given."""
    return sorted(contenders, key=lambda each: (lot(seed, prize_key, division, each), each))


def digest(contenders: Iterable[int]) -> str:
    """Return what names a set of contenders, whatever order they come in: 64 hexadecimal digits."""
    return sha256(",".join(map(str, sorted(contenders))).encode()).hexdigest()
