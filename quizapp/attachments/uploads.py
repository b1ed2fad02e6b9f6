"""What a writer's browser uploads, read by its content: the name says nothing about what a file is."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from quizapp.attachments.scanning import scan
from quizapp.errors import BadFile, UploadRefused
from quizapp.formats.docx_text import is_docx, text_of
from quizapp.formats.pictures import Picture, is_pdf, pages, photo
from quizapp.rules.round_rules import FilesRule
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import FileKind

MEBIBYTE = 1024 * 1024
MOST_LETTERS_OF_NAME = 80
TAKEN_AS = {
    FileKind.PHOTO: "ảnh chụp (JPEG, PNG, WebP)",
    FileKind.PDF: "tệp PDF",
    FileKind.DOCX: "tệp Word (.docx)",
}


@dataclass(frozen=True)
class Upload:
    """The bytes of one file, with the name that the phone gave them."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Taken:
    """What an upload turned out to be: pictures to keep, or the text of a Word file."""

    kind: FileKind
    pictures: Sequence[Picture] = ()
    text: str = ""


def uploaded(file: FileStorage | None, rule: FilesRule) -> Upload:
    """Return the upload. Raises UploadRefused when there is none, or it is larger than the rules allow."""
    if file is None or not file.filename:
        raise UploadRefused(name="Tệp", what="chưa chọn tệp nào. Xin chọn ảnh hoặc tệp rồi bấm gửi.")
    most = rule.most_mebibytes * MEBIBYTE
    with file.stream:
        upload = Upload(clean(file.filename)[-MOST_LETTERS_OF_NAME:] or "Tệp", file.stream.read(most + 1))
    if len(upload.data) > most:
        what = f"tệp lớn hơn {rule.most_mebibytes} MB. Xin chụp lại ở cỡ nhỏ hơn, hoặc chia tệp PDF thành nhiều phần."
        raise UploadRefused(name=upload.name, what=what)
    if not upload.data:
        raise UploadRefused(name=upload.name, what="tệp rỗng. Xin chọn lại.")
    return upload


def read(upload: Upload, rule: FilesRule) -> Taken:
    """Return what was uploaded; slow. Raises UploadRefused, UploadUnchecked, UploadRush."""
    kind = _kind(upload.data)
    if kind not in rule.kinds:
        allowed = ", ".join(TAKEN_AS[each] for each in rule.kinds)
        raise UploadRefused(name=upload.name, what=f"đợt thi này chỉ nhận {allowed}. Xin chọn tệp khác.")
    scan(upload.data, upload.name)
    try:
        if kind is FileKind.DOCX:
            return Taken(kind, text=text_of(upload.data))
        if kind is FileKind.PDF:
            return Taken(kind, pictures=pages(upload.data, rule.count))
        return Taken(kind, pictures=[photo(upload.data)])
    except BadFile as error:
        raise UploadRefused(name=upload.name, what=error.problems[0].text) from error


def _kind(data: bytes) -> FileKind:
    if is_pdf(data):
        return FileKind.PDF
    return FileKind.DOCX if is_docx(data) else FileKind.PHOTO
