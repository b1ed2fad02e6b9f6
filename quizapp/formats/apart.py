"""Runs a reader of uploaded bytes in a child process, so that the server lives whatever the file does."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from quizapp.errors import BadFile, RowProblem, UploadRush
from quizapp.formats.child import REFUSED

AT_ONCE = 2  # more children than processors would only make each other, and the saving of answers, slower
HEAVY_TABLE = (
    "máy chủ không đọc được tệp này trong giới hạn cho phép: tệp bị hỏng hoặc quá phức tạp. "
    "Xin chép dữ liệu sang một tệp Excel mới (dán giá trị), lưu dạng .xlsx rồi gửi lại."
)
HEAVY_QUESTIONS = (
    "máy chủ không đọc được tệp này trong giới hạn cho phép: tệp bị hỏng hoặc quá phức tạp. "
    "Xin chia thành nhiều tệp nhỏ hơn, hoặc chép nội dung sang một tệp mới rồi gửi lại."
)
HEAVY_PICTURE = (
    "máy chủ không mở được ảnh này trong giới hạn cho phép: ảnh bị hỏng hoặc quá lớn. "
    "Xin chụp lại (hoặc chụp màn hình ảnh đó) rồi gửi lại."
)
HEAVY_PAGES = (
    "máy chủ không mở được tệp này trong giới hạn cho phép: tệp bị hỏng hoặc quá phức tạp. "
    "Xin chụp ảnh từng trang rồi gửi ảnh."
)

_places = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Care:
    """How a kind of reader is run: its `limits` in the child, seconds in all, what is said of a file that dies there.

    `queue`: how many may wait and work together; None: all. Whoever is one too many is sent away at once, since each
    that waits holds a thread of the server.
    """

    limits: str
    seconds: int
    heavy: str
    queue: threading.BoundedSemaphore | None = field(default=None, compare=False)


_pictures_queue = threading.BoundedSemaphore(8)
# The child may use four seconds of a processor. It gives way to the saving of answers, so it may wait longer than that:
# a good file is not refused because many are sitting.
TABLES = Care("tables", 15, HEAVY_TABLE)
QUESTIONS = Care("tables", 15, HEAVY_QUESTIONS)
PICTURES = Care("pictures", 15, HEAVY_PICTURE, _pictures_queue)
PAGES = Care("pages", 50, HEAVY_PAGES, _pictures_queue)


def run_apart(reader: str, data: bytes = b"", care: Care = TABLES) -> bytes:
    """Return what the reader `module:function`, bytes → bytes, makes of the data in a process of its own.

    Raises BadFile as the reader does, and when it dies or takes more time or memory than it may; UploadRush.
    """
    asked = command(reader, care)
    try:
        with _queued(care), _places:
            done = subprocess.run(asked, input=data, capture_output=True, timeout=care.seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise BadFile([RowProblem(0, "", care.heavy)]) from error
    if done.returncode == REFUSED:
        raise BadFile([RowProblem(*problem) for problem in json.loads(done.stdout)])
    if done.returncode:
        raise BadFile([RowProblem(0, "", care.heavy)])
    return done.stdout


def command(reader: str, care: Care) -> list[str]:
    """Return the command that starts the child process of a reader."""
    # -I: neither the working directory nor the user's own packages can put another module in the way.
    return [sys.executable, "-I", "-B", str(Path(__file__).with_name("child.py")), reader, care.limits]


@contextmanager
def _queued(care: Care) -> Iterator[None]:
    if care.queue is not None and not care.queue.acquire(blocking=False):
        raise UploadRush()
    try:
        yield
    finally:
        if care.queue is not None:
            care.queue.release()
