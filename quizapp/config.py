"""Every environment variable, read once, with its default and meaning."""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

SITE_NAME = "Thi tìm hiểu Công đoàn"
VERSION = "0.1.0"


def from_env(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return the configuration that `create_app` takes; see docs/operations.md for the table.

    DATABASE_URL     sqlite:///PATH or postgresql://…; default: quiz.sqlite3 in INSTANCE
    INSTANCE         folder of the database and the secret key; default: ./instance
    SECRET_KEY       signs cookies; default: made once and kept in INSTANCE/secret_key (mode 0600)
    HTTPS            1 when phones reach the site by https: cookies are then sent on https only
    TRUSTED_PROXIES  how many proxies stand before the app and set X-Forwarded-*; default 0
    HOST, PORT       where `flask serve` listens; default 127.0.0.1 and 8000
    SCAN_COMMAND     a virus scanner that gets each uploaded photo and file on its standard input, and ends with 0
                     (clean) or 1 (infected), like `clamdscan --no-summary -`; anything else refuses the upload;
                     default: none
    METRICS_TOKEN    when set, /metrics answers to `Authorization: Bearer <token>`; without it only to this
                     machine, and to nobody behind proxies
    """
    instance = Path(environ.get("INSTANCE", "instance")).absolute()
    return {
        "INSTANCE": instance,
        "DATABASE_URL": environ.get("DATABASE_URL") or f"sqlite:///{instance / 'quiz.sqlite3'}",
        "SECRET_KEY": environ.get("SECRET_KEY") or _kept_secret(instance / "secret_key"),
        "HTTPS": environ.get("HTTPS") == "1",
        "TRUSTED_PROXIES": int(environ.get("TRUSTED_PROXIES", "0")),
        "HOST": environ.get("HOST", "127.0.0.1"),
        "PORT": int(environ.get("PORT", "8000")),
        "SCAN_COMMAND": environ.get("SCAN_COMMAND", ""),
        "METRICS_TOKEN": environ.get("METRICS_TOKEN", ""),
    }


def _kept_secret(path: Path) -> str:
    """Return the secret of this install, made once; who starts at the same moment never reads half of it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database lies here, too
    if not path.exists():
        descriptor, made = tempfile.mkstemp(dir=path.parent)  # only its owner can read it
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(made, path)
        os.unlink(made)
    return path.read_text()
