"""Pictures that come with the form of a question: made anew and kept at once, since browsers send a file once."""

import hashlib
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from quizapp.db import session, transaction
from quizapp.errors import BadFile, UploadRush
from quizapp.formats import pictures
from quizapp.models import Picture

MEBIBYTE = 1024 * 1024
MOST_MEBIBYTES = 8


def take(holder: Any) -> None:
    """Keep the picture that a form or a row of it brings: its digest goes into `digest`, what is wrong to `file`.

    Slow: no transaction that writes may be open. The row of the picture has one of its own.
    """
    file = holder.file.data
    if not isinstance(file, FileStorage) or not file.filename:
        return
    with file.stream:
        content = file.stream.read(MOST_MEBIBYTES * MEBIBYTE + 1)
    if len(content) > MOST_MEBIBYTES * MEBIBYTE:
        holder.file.errors = [f"Ảnh lớn hơn {MOST_MEBIBYTES} MB. Xin thu nhỏ ảnh rồi chọn lại."]
        return
    try:
        made = pictures.photo(content)
    except BadFile as error:
        holder.file.errors = [f"Chưa nhận được ảnh: {error.problems[0].text}"]
        return
    except UploadRush as error:
        holder.file.errors = [str(error)]
        return
    holder.digest.data = _keep(made)


def _keep(made: pictures.Picture) -> str:
    digest = hashlib.sha256(made.content).hexdigest()
    with transaction():
        if session.scalar(select(Picture.id).where(Picture.digest == digest)) is None:
            facts = {"content": made.content, "width": made.width, "height": made.height}
            session.add(Picture(digest=digest, **facts))
    return digest
