"""The child process that parses uploaded files: limits first, then bytes in at stdin, bytes out at stdout."""

import gc
import importlib
import json
import os
import sys
import types
from pathlib import Path
from typing import NamedTuple

try:
    import resource
except ImportError:  # Windows has no such limits; there the parent's limit of time stands alone
    resource = None  # type: ignore[assignment]

MEBIBYTE = 1024 * 1024
REFUSED = 3


class Limits(NamedTuple):
    """What a kind of reader may take. Sizes in bytes."""

    address_space: int
    cpu_seconds: int
    temporary_file: int


LIMITS = {
    "tables": Limits(144 * MEBIBYTE, 4, 8 * MEBIBYTE),  # openpyxl writes a sheet by way of a file
    # Measured: a JPEG of 12 megapixels takes 130 MiB and 0.6 s, the largest PNG (40 megapixels, transparent) 460 MiB
    # and 1.8 s, a PDF of 20 scanned pages 230 MiB and 8 s. A WebP of more than about 25 megapixels does not fit.
    "pictures": Limits(512 * MEBIBYTE, 10, 0),
    "pages": Limits(512 * MEBIBYTE, 40, 0),
}


def main(reader: str, limits: str = "tables") -> int:
    """Hand the bytes of stdin to the reader `module:function`; return the exit code: 0, or REFUSED by BadFile."""
    _limit(LIMITS[limits])
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # openpyxl loads numpy, which reserves memory for each thread
    # A stand-in for the package: its factory would load Flask and every wing into this short life.
    package = types.ModuleType("quizapp")
    package.__path__ = [str(Path(__file__).parents[1])]
    sys.modules["quizapp"] = package
    errors = importlib.import_module("quizapp.errors")
    module, _, function = reader.partition(":")
    read = getattr(importlib.import_module(module), function)
    gc.freeze()  # what is loaded stays: looking through it again and again took a fifth of the time
    gc.set_threshold(50_000)
    try:
        sys.stdout.buffer.write(read(sys.stdin.buffer.read()))
    except errors.BadFile as error:
        problems = [(each.row, each.column, each.text) for each in error.problems]
        sys.stdout.buffer.write(json.dumps(problems).encode())
        return REFUSED
    return 0


def _limit(limits: Limits) -> None:
    if resource is None:
        return
    os.nice(10)  # answers of others are saved meanwhile
    for what, most in (
        (resource.RLIMIT_AS, limits.address_space),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.temporary_file),
        (resource.RLIMIT_NOFILE, 32),
    ):
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY or most <= hard:
            resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
