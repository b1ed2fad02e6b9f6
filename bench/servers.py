"""Starts real servers, as users would run them, on free ports; one process (waitress) or two workers (granian)."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from quizapp.cli.serve import OPTIONS

BARE = (
    "import logging, waitress.server, {module} as m; logging.getLogger('waitress.queue').setLevel('ERROR'); "
    "waitress.server.create_server(m.app, host='127.0.0.1', port={port}, **{options}).run()"
)


@contextmanager
def serving(module: str, *, workers: int, env: dict[str, str], path: str) -> Iterator[int]:
    """Serve `module:app` until the block ends; give the port once `path` answers.

    workers: 1 is one process as `make run` serves (what is not ours: by the same server with the same options); more
    are those of a large install.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if workers > 1:
        granian = os.path.join(os.path.dirname(sys.executable), "granian")
        options = f"--interface wsgi --host 127.0.0.1 --port {port} --workers {workers} --blocking-threads 64 --no-ws"
        command = [granian, *options.split(), "--log-level", "warning", f"{module}:app"]
    elif module == "wsgi":
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve"]
    else:
        command = [sys.executable, "-c", BARE.format(module=module, port=port, options=OPTIONS)]
    env = {**os.environ, "PORT": str(port), **env}
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait(port, path)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, path: str, most: float = 30) -> None:
    end = time.monotonic() + most
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        if time.monotonic() > end:
            raise RuntimeError(f"no server on port {port} after {most} s")
        time.sleep(0.05)
