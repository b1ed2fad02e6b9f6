"""A flask command in a process of its own: heavy work leaves the one that has answers to save, and gives way to it."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from flask import current_app

HANDED_ON = ("DATABASE_URL", "SECRET_KEY", "INSTANCE")


def child(*arguments: str) -> dict[str, Any]:
    """Return what `subprocess` needs to run `flask …` on this app's database with low priority, no shell."""
    nice = shutil.which("nice")
    command = [*([nice] if nice else []), sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    same = {name: str(current_app.config[name]) for name in HANDED_ON if current_app.config.get(name)}
    return {"args": command, "cwd": Path(current_app.root_path).parent, "env": {**os.environ, **same}}
