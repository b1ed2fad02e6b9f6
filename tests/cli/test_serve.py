"""The real server as `make run` starts it, in a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from tests.house import ROOT

ADDRESS = "http://127.0.0.1:{port}"


@pytest.fixture
def environment(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY", "HOST")}
    return kept | {"INSTANCE": str(tmp_path), "PORT": port, "PYTHONUNBUFFERED": "1"}


def command(environment, **more):
    options = {"cwd": ROOT, "env": environment | more, "text": True, "stdout": subprocess.PIPE}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "serve"], stderr=subprocess.STDOUT, **options
    )


@contextmanager
def serving(environment, **more):
    with command(environment, **more) as process:
        said = []
        for line in process.stdout:
            said.append(line)
            if ADDRESS.format(port=environment["PORT"]) in line:
                break
        try:
            yield process, said
        finally:
            process.kill()


def get(environment, path, **headers):
    return urllib.request.urlopen(
        urllib.request.Request(ADDRESS.format(port=environment["PORT"]) + path, headers=headers), timeout=20
    )


def status_of(environment, path, **headers):
    try:
        with get(environment, path, **headers) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def test_an_empty_folder_becomes_a_site_that_is_ready(environment):
    with serving(environment), get(environment, "/readyz") as answer:
        assert answer.status == 200
        assert "Server" not in answer.headers


def test_it_stops_when_it_is_told_to(environment):
    with serving(environment) as (process, _):
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def test_a_taken_port_is_named_with_the_remedy(environment):
    with serving(environment), command(environment) as second:
        said, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert environment["PORT"] in said
    assert f"PORT={int(environment['PORT']) + 1} make run" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("proxies", "status"), [("0", 200), ("1", 404)])
def test_only_a_counted_proxy_is_believed(environment, proxies, status):
    """/metrics is for this machine alone; a proxy that counts says that the caller is somebody else."""
    with serving(environment, TRUSTED_PROXIES=proxies):
        assert status_of(environment, "/metrics", **{"X-Forwarded-For": "203.0.113.9"}) == status
