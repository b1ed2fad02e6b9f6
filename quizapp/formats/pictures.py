"""Photos and pages of a PDF ↔ pictures made anew, with nothing in them but what one sees.

What is read comes from strangers: `remaking` does that in a process of its own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.formats.apart import PAGES, PICTURES, run_apart


@dataclass(frozen=True)
class Picture:
    """A WebP whose longer side has at most 2000 points."""

    content: bytes
    width: int
    height: int


def photo(data: bytes) -> Picture:
    """Return the photo upright and made anew. Raises BadFile, UploadRush."""
    return _unpack(run_apart("quizapp.formats.remaking:remake", data, PICTURES))[0]


def pages(data: bytes, most: int) -> Sequence[Picture]:
    """Return a picture of each page of a PDF. most: pages that there may be. Raises BadFile, UploadRush."""
    return _unpack(run_apart("quizapp.formats.remaking:render", bytes([most]) + data, PAGES))


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def pack(pictures: Sequence[Picture]) -> bytes:
    """Return a line of sizes, then the pictures one behind the other: how the child answers."""
    sizes = [(len(each.content), each.width, each.height) for each in pictures]
    return json.dumps(sizes).encode() + b"\n" + b"".join(each.content for each in pictures)


def _unpack(packed: bytes) -> list[Picture]:
    head, _, rest = packed.partition(b"\n")
    found, start = [], 0
    for size, width, height in json.loads(head):
        found.append(Picture(rest[start : start + size], width, height))
        start += size
    return found
