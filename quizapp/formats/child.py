"""The child process that parses uploaded files: limits first, then bytes in at stdin, bytes out at stdout."""

import importlib
import json
import os
import sys
import types
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no such limits; there the parent's limit of time stands alone
    resource = None  # type: ignore[assignment]

ADDRESS_SPACE = 144 * 1024 * 1024
CPU_SECONDS = 4
TEMPORARY_FILE = 8 * 1024 * 1024  # openpyxl writes a sheet by way of one
REFUSED = 3


def main(reader: str) -> int:
    """Hand the bytes of stdin to the reader `module:function`; return the exit code: 0, or REFUSED by BadFile."""
    _limit()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # openpyxl loads numpy, which reserves memory for each thread
    # A stand-in for the package: its factory would load Flask and every wing into this short life.
    package = types.ModuleType("quizapp")
    package.__path__ = [str(Path(__file__).parents[1])]
    sys.modules["quizapp"] = package
    errors = importlib.import_module("quizapp.errors")
    module, _, function = reader.partition(":")
    read = getattr(importlib.import_module(module), function)
    try:
        sys.stdout.buffer.write(read(sys.stdin.buffer.read()))
    except errors.BadFile as error:
        problems = [(each.row, each.column, each.text) for each in error.problems]
        sys.stdout.buffer.write(json.dumps(problems).encode())
        return REFUSED
    return 0


def _limit() -> None:
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, TEMPORARY_FILE),
        (resource.RLIMIT_NOFILE, 32),
    ):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or most <= hard:
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
