"""Photos and pages of a PDF ↔ pictures made anew, with nothing in them but what one sees.

What is read comes from strangers: `remaking` does that in a process of its own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.formats.apart import PAGES, PICTURES, run_apart

TOGETHER = 40  # pictures of a question file that one child draws: they are small


@dataclass(frozen=True)
class Picture:
    """A WebP whose longer side has at most 2000 points."""

    content: bytes
    width: int
    height: int


def photo(data: bytes) -> Picture:
    """Return the photo upright and made anew. Raises BadFile, UploadRush."""
    return unpack(run_apart("quizapp.formats.remaking:remake", data, PICTURES))[0]


def photos(many: Sequence[bytes]) -> list[Picture | str]:
    """Return each picture made anew, or the sentence that tells why not, in their order. Raises BadFile, UploadRush."""
    found: list[Picture | str] = []
    for start in range(0, len(many), TOGETHER):
        some = many[start : start + TOGETHER]
        sent = b"".join(len(each).to_bytes(8, "big") + each for each in some)
        answer = run_apart("quizapp.formats.remaking:remake_all", sent, PICTURES)
        head, _, rest = answer.partition(b"\n")
        sentences = json.loads(head)
        made = iter(unpack(rest))
        found += [next(made) if sentence is None else sentence for sentence in sentences]
    return found


def pages(data: bytes, most: int) -> Sequence[Picture]:
    """Return a picture of each page of a PDF. most: pages that there may be. Raises BadFile, UploadRush."""
    return unpack(run_apart("quizapp.formats.remaking:render", bytes([most]) + data, PAGES))


def is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def pack(pictures: Sequence[Picture]) -> bytes:
    """Return a line of sizes, then the pictures one behind the other: how the child answers."""
    sizes = [(len(each.content), each.width, each.height) for each in pictures]
    return json.dumps(sizes).encode() + b"\n" + b"".join(each.content for each in pictures)


def unpack(packed: bytes) -> list[Picture]:
    head, _, rest = packed.partition(b"\n")
    found, start = [], 0
    for size, width, height in json.loads(head):
        found.append(Picture(rest[start : start + size], width, height))
        start += size
    return found
