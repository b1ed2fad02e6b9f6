"""A GIFT file as blocks of lines: one question or one category each, with what its comments say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

CATEGORY = "$CATEGORY:"
ESCAPE = re.compile(r"\\[\\:#={}~n]")
BRACE = re.compile(r"[{}]")
# Escaped signs travel as letters that no text has, so that they mean nothing on their way.
STAND_INS = dict(zip(":#={}~n", map(chr, range(0xFDD0, 0xFDD7)), strict=True))
SIGNS = str.maketrans({stand_in: "\n" if sign == "n" else sign for sign, stand_in in STAND_INS.items()})
NOTE = re.compile(r"\[(id|tag):((?:\\\]|[^\]\x00-\x1f])+)\]")
SPREAD = 12  # blocks between the opening brace and the closing one
STEM_APART = "phần hỏi và phần đáp án cách nhau một dòng trống"
RUN_TOGETHER = "hai câu viết liền nhau, không có dòng trống ở giữa"


@dataclass(frozen=True)
class Block:
    """Lines without comments, each with its number in the file. `whys`: what is doubtful about where it ends."""

    lines: tuple[tuple[int, str], ...]
    comments: tuple[str, ...] = ()
    whys: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line for _, line in self.lines)

    @property
    def row(self) -> int:
        return self.lines[0][0]

    @property
    def is_category(self) -> bool:
        return self.text.startswith(CATEGORY)

    @property
    def braces(self) -> str:
        """The braces that are not escaped, in their order: '{}' for a question."""
        return "".join(BRACE.findall(hidden(self.text)))

    def notes(self, key: str) -> list[str]:
        """Return what the comments say of 'id' or 'tag'."""
        found = NOTE.findall("\n".join(self.comments))
        return [value.replace(r"\]", "]") for name, value in found if name == key]


def hidden(text: str) -> str:
    """Return a text whose escaped signs no longer look like signs."""
    return ESCAPE.sub(lambda found: STAND_INS.get(found[0][1], "\\"), text)


def seen(text: str) -> str:
    """Return a text with its escaped signs as they are read."""
    return text.translate(SIGNS)


def blocks(text: str) -> list[Block]:
    """Return the blocks of a file; a blank line ends one, unless it stands inside its braces."""
    parts = [part for block in _paragraphs(text) for part in _parts(block)]
    return list(_with_stems(_joined(parts)))


def _paragraphs(text: str) -> Iterator[Block]:
    lines: list[tuple[int, str]] = []
    comments: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        line = line.strip().lstrip("\ufeff")
        if line.startswith("//"):
            comments.append(line)
        elif line:
            lines.append((number, line))
        elif lines:
            yield Block(tuple(lines), tuple(comments))
            lines, comments = [], []
        else:
            comments = []


def _parts(block: Block) -> Iterator[Block]:
    """Take a block apart before a category, after one, and where a question ends and another one follows."""
    start, open_braces = 0, 0
    lines = block.lines
    for place, (_, line) in enumerate(lines):
        before = lines[place - 1][1] if place > start else ""
        is_new = line.startswith(CATEGORY) or before.startswith(CATEGORY)
        ended = not open_braces and before.endswith("}") and not re.search(r"\\\}$", before)
        if before and not open_braces and (is_new or (ended and line.startswith("::"))):
            yield replace(block, lines=lines[start:place])
            start = place
        elif before and ended and "{" in Block(lines[place:]).braces:
            yield Block(lines[start:place], block.comments, (RUN_TOGETHER,))
            block, start = Block(lines, (), (RUN_TOGETHER,)), place
        for brace in Block(((0, line),)).braces:
            open_braces += 1 if brace == "{" else -1
    yield replace(block, lines=lines[start:])


def _joined(parts: Sequence[Block]) -> Iterator[Block]:
    """Join blocks whose braces were torn apart by blank lines."""
    place = 0
    while place < len(parts):
        block, end = parts[place], place
        if block.braces.endswith("{"):
            end = _closing(parts, place)
        lines = tuple(line for each in parts[place : end + 1] for line in each.lines)
        yield replace(block, lines=lines)
        place = end + 1


def _closing(parts: Sequence[Block], place: int) -> int:
    """Return the block with the brace that closes; the same place when there is none."""
    for end in range(place + 1, min(place + SPREAD, len(parts))):
        if parts[end].is_category or parts[end].text.startswith("::") or parts[end].braces.startswith("{"):
            return place
        if parts[end].braces.startswith("}"):
            return end
    return place


def _with_stems(parts: Iterator[Block]) -> Iterator[Block]:
    """Join answers that stand alone with the text before them."""
    stem: Block | None = None
    for block in parts:
        is_bare = block.braces == "{}" and block.text.startswith("{") and block.text.endswith("}")
        if stem and is_bare:
            yield Block(stem.lines + block.lines, stem.comments + block.comments, (STEM_APART,))
            stem = None
            continue
        if stem:
            yield stem
        stem = block if not block.braces and not block.is_category else None
        if stem is None:
            yield block
    if stem:
        yield stem
