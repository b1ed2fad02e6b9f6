"""Asks the virus scanner of the operator, where there is one, about an upload."""

import shlex
import subprocess

from flask import current_app

from quizapp.errors import UploadRefused, UploadUnchecked

SECONDS = 20
INFECTED = 1


def scan(data: bytes, name: str) -> None:
    """Hand the bytes to SCAN_COMMAND. Raises UploadRefused when it finds something, UploadUnchecked when it fails."""
    command = current_app.config.get("SCAN_COMMAND")
    if not command:
        return
    try:
        done = subprocess.run(shlex.split(command), input=data, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        current_app.logger.error("SCAN_COMMAND failed: %s", type(error).__name__)
        raise UploadUnchecked() from error
    if done.returncode == INFECTED:
        raise UploadRefused(
            name=name, what="phần mềm chống vi-rút báo tệp có mã độc. Xin quét vi-rút máy của bạn rồi gửi tệp khác."
        )
    if done.returncode:
        current_app.logger.error("SCAN_COMMAND ended with %s", done.returncode)
        raise UploadUnchecked()
