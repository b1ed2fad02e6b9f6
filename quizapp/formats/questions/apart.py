"""Question files on their way to the child process that reads them, and what it read on the way back."""

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass

from quizapp.formats.apart import QUESTIONS, run_apart
from quizapp.formats.questions.drafts import Reading
from quizapp.rules.plain import decode, encode

LENGTH = struct.Struct(">Q")


@dataclass(frozen=True)
class QuestionFile:
    """An uploaded file; `answers`: the bytes of a separate file with the key, None: there is none."""

    name: str
    data: bytes
    answers: bytes | None = None


Reader = Callable[[QuestionFile], Reading]


def read_apart(reader: str, file: QuestionFile) -> Reading:
    """Return what the reader `module:function`, made by `apart`, finds in a file. Raises BadFile."""
    reading: Reading = decode(Reading, json.loads(run_apart(reader, as_sent(file), QUESTIONS)))
    return reading


def as_sent(file: QuestionFile) -> bytes:
    """Return a file as it goes to the child process."""
    answers = b"" if file.answers is None else b"+" + file.answers
    parts = (file.name.encode(), file.data, answers)
    return b"".join(LENGTH.pack(len(part)) + part for part in parts)


def apart(reader: Reader) -> Callable[[bytes], bytes]:
    """Return a reader as the child process calls it: bytes in, bytes out."""

    def read(sent: bytes) -> bytes:
        parts = []
        while sent:
            [length] = LENGTH.unpack_from(sent)
            parts.append(sent[LENGTH.size : LENGTH.size + length])
            sent = sent[LENGTH.size + length :]
        name, data, answers = parts
        file = QuestionFile(name.decode(), data, answers[1:] if answers else None)
        return json.dumps(encode(reader(file)), ensure_ascii=False).encode()

    return read
