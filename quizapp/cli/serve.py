"""`flask serve`: the server of `make run` and of small installs."""

import logging
import signal
import sys
import threading
from typing import Any

import click
from flask import Flask, current_app
from waitress.server import create_server

from quizapp.cli.housekeep import housekeeping
from quizapp.db import database
from quizapp.models import schema

try:
    import resource
except ImportError:  # Windows sets no such limit
    resource = None  # type: ignore[assignment]

CONNECTIONS = 4000
FILES_BESIDE_CONNECTIONS = 96
OPTIONS: dict[str, Any] = {
    "threads": 64,  # most only wait: for the one writer of SQLite, for a password's turn
    "connection_limit": CONNECTIONS,
    "asyncore_use_poll": True,
    "channel_timeout": 120,
    "max_request_body_size": 64 * 1024 * 1024,  # above every limit of the app, so that its sentence is what people read
    "ident": "",
}


@click.command()
def serve() -> None:
    """Bring the database to the newest schema, then serve on HOST:PORT until stopped."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    _allow_connections()
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a queue is no news in the minute a round opens
    server = _listen(app)
    schema.migrate(database().engine)
    stop = threading.Event()
    threading.Thread(target=housekeeping, args=(app, stop), name="housekeeping", daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    click.echo(f"Đang phục vụ tại http://{app.config['HOST']}:{app.config['PORT']} (dừng bằng Ctrl+C)")
    server.run()  # on SystemExit and KeyboardInterrupt it ends by itself, after the requests that are being answered
    stop.set()


def _listen(app: Flask) -> Any:
    """Return a server that already has its port: whoever else wants it is told before anything is done."""
    host, port = app.config["HOST"], app.config["PORT"]
    try:
        return create_server(
            app,
            host=host,
            port=port,
            **OPTIONS,
            # A proxy that TRUSTED_PROXIES counts must be heard; headers of any other sender are dropped here.
            clear_untrusted_proxy_headers=not app.config["TRUSTED_PROXIES"],
        )
    except OSError as error:
        raise click.ClickException(
            f"Không mở được {host}:{port} ({error.strerror}). Có thể chương trình khác đang dùng cổng này: "
            f"hãy dừng chương trình đó hoặc chọn cổng khác, ví dụ PORT={port + 1} make run."
        ) from error


def _allow_connections() -> None:
    """Each connection is an open file; systems start programs with 1024 and let them ask for more."""
    if resource:
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = CONNECTIONS + FILES_BESIDE_CONNECTIONS
        if soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
