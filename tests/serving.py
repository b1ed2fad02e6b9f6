"""The real server, `flask serve` in a process of its own, that a test may kill and start again on the same port."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.house import ROOT

SECRET = "test"


class Server:
    """One install: its folder, its database, its port. Start it as a context, or by hand to kill it in between."""

    def __init__(self, folder: Path, database_url: str):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.process: subprocess.Popen[str] | None = None
        self.environment = {
            **os.environ,
            "INSTANCE": str(folder),
            "DATABASE_URL": database_url,
            "SECRET_KEY": SECRET,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
        }

    def start(self) -> "Server":
        """Return when it listens."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "wsgi", "serve"],
                cwd=ROOT,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert any(self.url in line for line in self.process.stdout), self.log.read_text()
        return self

    def kill(self) -> None:
        """End it as a power cut does: no time to finish anything."""
        self._end(signal.SIGKILL)

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(how)
            self.process.wait(20)
            self.process.stdout.close()
            self.process = None
