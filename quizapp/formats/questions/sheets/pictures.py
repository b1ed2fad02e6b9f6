"""Pictures that lie on a sheet: beside which row, and their bytes where these can be kept."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from posixpath import basename
from typing import Any

from quizapp.formats.questions.embedded import KINDS
from quizapp.formats.questions.sheets.grid import Anchored, Grid
from quizapp.formats.questions.sheets.looks import local

MOST_PICTURES = 10 * 1024 * 1024
USUAL_HEIGHT = 15.0  # points of a row that says nothing of its height
EMU = 12_700  # of a point


class Media:
    """The pictures of a package, unpacked one by one as far as there is room."""

    def __init__(self, data: bytes):
        self.data, self.left = data, MOST_PICTURES

    def content(self, name: str) -> bytes:
        """Return the bytes of a picture; b"": it is missing, too large, or of a kind that is not kept."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as package, package.open(name) as part:
                content = part.read(self.left + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError):
            return b""
        if len(content) > self.left or not content.startswith(KINDS):
            return b""
        self.left -= len(content)
        return content


def add_pictures(grid: Grid, drawing: Any, targets: Mapping[str, str], media: Media) -> None:
    """Note the pictures of a drawing beside the rows in which they begin. targets: parts by the id of a reference."""
    for anchor in drawing:
        pictures = [each for each in anchor.iter() if local(each.tag) == "pic"]
        start = _corner(anchor, "from")
        if not pictures or start is None:
            continue
        row, column = start
        name = targets.get(next(_embedded(pictures[0]), ""), "") if len(pictures) == 1 else ""
        content = media.content(name) if name else b""
        within = _stays(anchor, row, grid.heights.get(row, USUAL_HEIGHT))
        grid.pictures.setdefault(row, []).append(Anchored(column, basename(name), content, within))


def _corner(anchor: Any, name: str) -> tuple[int, int] | None:
    """Return the row and the column, from 1, of a corner of a picture."""
    found = {local(each.tag): each.text or "" for corner in anchor if local(corner.tag) == name for each in corner}
    row, column = found.get("row", ""), found.get("col", "")
    return (int(row) + 1, int(column) + 1) if row.isdigit() and column.isdigit() else None


def _stays(anchor: Any, row: int, height: float) -> bool:
    """Return whether a picture ends in the row in which it begins."""
    if end := _corner(anchor, "to"):
        return end[0] == row
    sizes = [int(each.get("cy", "0")) for each in anchor if local(each.tag) == "ext"]
    return bool(sizes) and sizes[0] <= height * EMU


def _embedded(picture: Any) -> Iterator[str]:
    for each in picture.iter():
        if local(each.tag) == "blip":
            yield from (value for key, value in each.attrib.items() if local(key) == "embed")
