"""Answers that are files to keep: under a name of their own, and kept by no cache."""

from datetime import datetime
from typing import IO

from flask import Response, send_file

MIMETYPES = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
    "zip": "application/zip",
}


def download(file: IO[bytes], name: str, kind: str, at: datetime | None = None) -> Response:
    """Return the file as NAME.KIND; at: when it was made, by the reader's clock, for files of which there are many."""
    named = f"{name}-{at:%Y%m%d-%H%M}.{kind}" if at else f"{name}.{kind}"
    answer = send_file(file, mimetype=MIMETYPES.get(kind, "text/plain"), as_attachment=True, download_name=named)
    answer.headers["Cache-Control"] = "no-store"
    return answer
