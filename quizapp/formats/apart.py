"""Runs a reader of uploaded bytes in a child process, so that the server lives whatever the file does."""

import json
import subprocess
import sys
import threading
from pathlib import Path

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.child import REFUSED

SECONDS = 5
AT_ONCE = 2  # more children than processors would only make each other, and the saving of answers, slower
HEAVY = (
    "máy chủ không đọc được tệp này trong giới hạn cho phép: tệp bị hỏng hoặc quá phức tạp. "
    "Xin chép dữ liệu sang một tệp Excel mới (dán giá trị), lưu dạng .xlsx rồi gửi lại."
)

_places = threading.BoundedSemaphore(AT_ONCE)


def run_apart(reader: str, data: bytes = b"") -> bytes:
    """Return what the reader `module:function`, bytes → bytes, makes of the data in a process of its own.

    Raises BadFile as the reader does, and when it dies or takes more time or memory than it may.
    """
    # -I: neither the working directory nor the user's own packages can put another module in the way.
    command = [sys.executable, "-I", "-B", str(Path(__file__).with_name("child.py")), reader]
    try:
        with _places:
            done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise BadFile([RowProblem(0, "", HEAVY)]) from error
    if done.returncode == REFUSED:
        raise BadFile([RowProblem(*problem) for problem in json.loads(done.stdout)])
    if done.returncode:
        raise BadFile([RowProblem(0, "", HEAVY)])
    return done.stdout
