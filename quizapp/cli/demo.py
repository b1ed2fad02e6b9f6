"""`flask demo`: the demo on an empty database, and the log-ins that show it."""

import os
from pathlib import Path

import click
from flask import current_app

from quizapp import clock
from quizapp.cli.banks import load_files
from quizapp.cli.laws import load_known
from quizapp.cli.shipped import SHIPPED
from quizapp.db import database, transaction
from quizapp.demo.building import build, is_empty
from quizapp.models import schema


@click.command()
def demo() -> None:
    """On an empty database load the shipped banks, the register of laws and the demo; print how to log in to it."""
    schema.migrate(database().engine)
    kept = Path(current_app.config["INSTANCE"]) / "demo-log-ins"
    now = clock.now()
    with transaction():
        if is_empty():
            click.echo("Đang nạp ngân hàng câu hỏi và dữ liệu minh họa…")
            load_files([SHIPPED], now=now)
            load_known(now=now)
            _keep(kept, "\n".join(map(str, build(now=now))))
    if kept.exists():
        click.echo("Tài khoản minh họa (vai trò, tên đăng nhập, mật khẩu):")
        click.echo(kept.read_text())


def _keep(path: Path, text: str) -> None:
    """Only who runs the server may read it; the passwords are made for this install alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
