"""Has papers made by a process of its own: Word and Excel are heavy, and this one has answers to save."""

import shutil
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import IO

from flask import current_app

from quizapp.errors import PaperBusy, PaperFailed
from quizapp.web.children import child

MOST_SECONDS = 600
_one_at_a_time = threading.Lock()


def made(*arguments: str) -> IO[bytes]:
    """Return the file that `flask papers …` writes, gone when it is closed. Raises PaperBusy, PaperFailed."""
    if not _one_at_a_time.acquire(blocking=False):
        raise PaperBusy()
    try:
        with tempfile.TemporaryDirectory(prefix="giay-to-") as folder:
            path = Path(folder) / "tep"
            _make("papers", arguments[0], "--out", str(path), *arguments[1:])
            return _kept(path)
    finally:
        _one_at_a_time.release()


def _make(*arguments: str) -> None:
    try:
        subprocess.run(**child(*arguments), check=True, capture_output=True, timeout=MOST_SECONDS)
    except subprocess.CalledProcessError as error:
        current_app.logger.error("papers failed: %s", error.stderr.decode(errors="replace"))
        raise PaperFailed() from error
    except subprocess.TimeoutExpired as error:
        current_app.logger.error("papers took longer than %s seconds", MOST_SECONDS)
        raise PaperFailed() from error


def _kept(path: Path) -> IO[bytes]:
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer that sends it
    with path.open("rb") as made:
        shutil.copyfileobj(made, kept)
    kept.seek(0)
    return kept
