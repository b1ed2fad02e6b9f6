"""Has the workbook made by a process of its own: spreadsheets are heavy, and this one has answers to save."""

import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import IO

from flask import current_app

from quizapp.errors import ExportBusy, ExportFailed
from quizapp.models import Contest, Person
from quizapp.web.children import child

MOST_SECONDS = 600
_one_at_a_time = threading.Lock()


def workbook(contest: Contest, by: Person) -> IO[bytes]:
    """Return the workbook of a contest as a file that is gone when it is closed. Raises ExportBusy, ExportFailed."""
    if not _one_at_a_time.acquire(blocking=False):
        raise ExportBusy()
    try:
        with tempfile.TemporaryDirectory(prefix="ket-qua-") as folder:
            path = Path(folder) / "ket-qua.xlsx"
            _export(["--out", str(path), "--by", str(by.id), "--", contest.slug])
            return _kept(path)
    finally:
        _one_at_a_time.release()


def _export(arguments: list[str]) -> None:
    command = child("results", "export", *arguments)
    try:
        subprocess.run(**command, check=True, capture_output=True, timeout=MOST_SECONDS)
    except subprocess.CalledProcessError as error:
        current_app.logger.error("export failed: %s", error.stderr.decode(errors="replace"))
        raise ExportFailed() from error
    except subprocess.TimeoutExpired as error:
        current_app.logger.error("export took longer than %s seconds", MOST_SECONDS)
        raise ExportFailed() from error


def _kept(path: Path) -> IO[bytes]:
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer that sends it
    with path.open("rb") as made:
        shutil.copyfileobj(made, kept)
    kept.seek(0)
    return kept
