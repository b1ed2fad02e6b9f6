"""What changed between two texts, word by word."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Piece:
    """A run of words. `old`: only in the former text, `new`: only in the later one; neither: in both."""

    text: str
    old: bool = False
    new: bool = False


def word_changes(former: str, later: str) -> list[Piece]:
    """Return the pieces of both texts in reading order, what went before what came in its place."""
    a, b = former.split(), later.split()
    pieces: list[Piece] = []
    for what, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece(" ".join(a[i:j])))
            continue
        if i < j:
            pieces.append(Piece(" ".join(a[i:j]), old=True))
        if k < m:
            pieces.append(Piece(" ".join(b[k:m]), new=True))
    return pieces
