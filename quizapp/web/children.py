"""A flask command in a process of its own: heavy work leaves the one that has answers to save, and gives way to it."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

from flask import current_app

from quizapp.errors import QuizError, Refused

HANDED_ON = ("DATABASE_URL", "SECRET_KEY", "INSTANCE")
MOST_SECONDS = 600
one_at_a_time = threading.Lock()


def child(*arguments: str) -> dict[str, Any]:
    """Return what `subprocess` needs to run `flask …` on this app's database with low priority, no shell."""
    nice = shutil.which("nice")
    command = [*([nice] if nice else []), sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    same = {name: str(current_app.config[name]) for name in HANDED_ON if current_app.config.get(name)}
    return {"args": command, "cwd": Path(current_app.root_path).parent, "env": {**os.environ, **same}}


def file_of(group: str, command: str, *arguments: str, busy: type[Refused], failed: type[QuizError]) -> IO[bytes]:
    """Return the file that `flask GROUP COMMAND --out …` writes, gone when it is closed.

    Raises `busy` while another file is being made, `failed` when none came within ten minutes.
    """
    if not one_at_a_time.acquire(blocking=False):
        raise busy()
    try:
        with tempfile.TemporaryDirectory(prefix="tep-") as folder:
            path = Path(folder) / "tep"
            _run(group, command, "--out", str(path), *arguments, failed=failed)
            return _kept(path)
    finally:
        one_at_a_time.release()


def _run(*arguments: str, failed: type[QuizError]) -> None:
    try:
        subprocess.run(**child(*arguments), check=True, capture_output=True, timeout=MOST_SECONDS)
    except subprocess.CalledProcessError as error:
        current_app.logger.error("%s %s failed: %s", *arguments[:2], error.stderr.decode(errors="replace"))
        raise failed() from error
    except subprocess.TimeoutExpired as error:
        current_app.logger.error("%s %s took longer than %s seconds", *arguments[:2], MOST_SECONDS)
        raise failed() from error


def _kept(path: Path) -> IO[bytes]:
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer that sends it
    with path.open("rb") as made:
        shutil.copyfileobj(made, kept)
    kept.seek(0)
    return kept
