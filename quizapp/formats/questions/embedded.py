"""The texts of one question of Moodle: markup taken out, pictures collected, and whatever is missing told."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, unquote_to_bytes

from quizapp.formats.questions.drafts import PictureDraft, QuestionDraft
from quizapp.formats.questions.markup import PLUGIN_FILE, Image, shown

MOST_BYTES = 4 * 1024 * 1024
DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+=-]+)*),", re.IGNORECASE)
KINDS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


class Texts:
    """Collects the pictures of a question, the reasons for which a person must look at it, and mere remarks."""

    def __init__(self) -> None:
        self.pictures: list[PictureDraft] = []
        self.whys: list[str] = []
        self.remarks: list[str] = []

    def read(self, source: str, form: str, files: Mapping[str, bytes], *, place: int | None, where: str) -> str:
        """Return a text without markup; its pictures are kept at a place. files: those beside the text, by name."""
        found = shown(source, form)
        self.whys += [f"{where} có {each}, chưa nhập được" for each in found.lost]
        for each in found.images:
            self._picture(each, files, place, where)
        if found.text or not (found.images or found.lost):
            return found.text
        # An option that is nothing but a picture still needs a name of its own.
        alt = " ".join(each.alt for each in found.images if each.alt)
        what = "ảnh" if found.images else found.lost[0]
        return alt or (f"({what})" if place is None else f"({what} {place + 1})")

    def explain(self, source: str, form: str) -> str:
        """Return an explanation; there is no place for pictures beside it."""
        found = shown(source, form)
        self.remarks += [f"lời giải thích có {each}, chưa nhập được" for each in found.lost]
        if found.images:
            self.remarks.append("lời giải thích có ảnh, chưa nhập được")
        return found.text

    def _picture(self, image: Image, files: Mapping[str, bytes], place: int | None, where: str) -> None:
        name, content = _content(image.source, files)
        if not content:
            self.whys.append(f"{where} có ảnh {name or image.alt or 'không tên'} không kèm trong tệp, cần thêm lại")
        elif len(content) > MOST_BYTES:
            self.whys.append(f"{where} có ảnh {name} lớn hơn 4 MB, cần thu nhỏ rồi thêm lại")
        elif not content.startswith(KINDS) and content[8:12] != b"WEBP":
            self.whys.append(f"{where} có ảnh {name} không phải JPEG, PNG, GIF hay WebP, cần thêm lại")
        else:
            self.pictures.append(PictureDraft(name, content, place))


def remarked(drafts: Iterable[QuestionDraft]) -> Iterator[str]:
    """Give a sentence on the questions that lost what can be done without."""
    if count := sum(bool(each.why) and not each.flagged for each in drafts):
        yield f"{count} câu có phần phụ (như ảnh trong lời giải thích) chưa nhập được; câu vẫn dùng được."


def decoded_file(text: str) -> bytes:
    """Return the bytes that base64 stands for, b"" when it is damaged."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _content(source: str, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    if data := DATA.match(source):
        rest = source[data.end() :]
        name = f"anh.{(data[1] or 'image/png').rpartition('/')[2]}"
        is_coded = ";base64" in (data[2] or "").lower()
        return name, decoded_file(unquote(rest)) if is_coded else unquote_to_bytes(rest)
    if PLUGIN_FILE in source:
        name = unquote(source.partition(PLUGIN_FILE)[2].partition("?")[0])
        return name, files.get(name, b"")
    return source[:120], b""
