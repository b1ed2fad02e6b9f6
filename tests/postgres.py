"""A real PostgreSQL for the tests: TEST_DATABASE_URL, or a server of our own from Debian's packages."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path:
    """Return the folder of initdb and pg_ctl. Raises RuntimeError that says what to install."""
    named = [Path(os.environ["PG_BIN"])] if "PG_BIN" in os.environ else []
    newest_first = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in [*named, *newest_first, Path(shutil.which("initdb") or "/-").parent]:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise RuntimeError("PostgreSQL is missing: apt-get install postgresql, or set TEST_DATABASE_URL")


@contextmanager
def server(*, durable: bool = False) -> Iterator[str]:
    """Give the URL of a server without a database name: 'postgresql://…/'; it is gone after the block.

    durable: commit to disk, as a real install does; the tests do without, since no power is cut.
    """
    if "TEST_DATABASE_URL" in os.environ:
        yield os.environ["TEST_DATABASE_URL"].rstrip("/") + "/"
        return
    folder = binaries()
    with tempfile.TemporaryDirectory(prefix="quiz-pg-") as home, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        data = Path(home) / "data"
        data.mkdir()
        # initdb refuses to work as root.
        user = "postgres" if os.getuid() == 0 else None
        if user:
            os.chmod(home, 0o755)
            shutil.chown(data, user)

        def run(*command: str) -> None:
            subprocess.run([str(folder / command[0]), *command[1:]], check=True, user=user, stdout=subprocess.DEVNULL)

        run("initdb", "-D", str(data), "-U", "quiz", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        fast = "" if durable else " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' -c max_connections=200"
        run("pg_ctl", "-D", str(data), "-w", "-s", "-l", str(data / "log"), "-o", options + fast, "start")
        try:
            yield f"postgresql://quiz@127.0.0.1:{port}/"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-s", "stop")
