"""Has the workbook made by a process of its own: spreadsheets are heavy, and this one has answers to save."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO

from flask import current_app

from quizapp.errors import ExportBusy, ExportFailed
from quizapp.models import Contest, Person

MOST_SECONDS = 600
HANDED_ON = ("DATABASE_URL", "SECRET_KEY", "INSTANCE")
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
    nice = shutil.which("nice")  # whoever is saving answers goes first
    command = [
        *([nice] if nice else []),
        sys.executable,
        "-m",
        "flask",
        "--app",
        "wsgi",
        "results",
        "export",
        *arguments,
    ]
    same = {name: str(current_app.config[name]) for name in HANDED_ON if current_app.config.get(name)}
    root = Path(current_app.root_path).parent
    try:
        subprocess.run(  # noqa: S603 - a slug and numbers, no shell
            command, cwd=root, env={**os.environ, **same}, check=True, capture_output=True, timeout=MOST_SECONDS
        )
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
