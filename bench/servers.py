"""Starts real servers, as users would run them, on free ports; one process (waitress) or two workers (granian)."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WAITRESS = (
    "import logging, waitress, {module} as m; logging.getLogger('waitress.queue').setLevel('ERROR'); "
    "waitress.serve(m.app, host='127.0.0.1', port={port}, threads=8, connection_limit=4000, asyncore_use_poll=True)"
)


@contextmanager
def serving(module: str, *, workers: int, env: dict[str, str], path: str) -> Iterator[int]:
    """Serve `module:app` until the block ends; give the port once `path` answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if workers == 1:
        command = [sys.executable, "-c", WAITRESS.format(module=module, port=port)]
    else:
        granian = os.path.join(os.path.dirname(sys.executable), "granian")
        options = f"--interface wsgi --host 127.0.0.1 --port {port} --workers {workers} --blocking-threads 4"
        command = [granian, *options.split(), "--no-access-log", "--log-level", "warning", f"{module}:app"]
    process = subprocess.Popen(command, env={**os.environ, **env}, stdout=subprocess.DEVNULL)
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
