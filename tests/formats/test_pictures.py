"""Photos, pages and Word files of strangers: made anew or refused with what to do."""

import io
import struct
import zlib

import pytest
from PIL import Image

from quizapp.errors import BadFile, UploadRush
from quizapp.formats import apart
from quizapp.formats.docx_text import is_docx, text_of
from quizapp.formats.pictures import is_pdf, pages, photo
from quizapp.formats.remaking import LONG_SIDE
from tests.attachments import samples


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


def told(read, *args):
    with pytest.raises(BadFile) as caught:
        read(*args)
    return str(caught.value.problems[0])


def test_a_photo_loses_its_place_and_all_else_that_is_not_seen():
    data = samples.photo_with_place()
    assert all(secret in data for secret in (b"SecretPhone", b"SecretXMP", b"SecretProfile", b"SecretNote", b"Exif"))
    made = photo(data)
    assert not any(trace in made.content for trace in (b"Secret", b"EXIF", b"Exif", b"XMP", b"ICCP", b"GPS"))
    image = opened(made)
    assert (image.format, dict(image.getexif())) == ("WEBP", {})


def test_a_photo_is_turned_upright():
    made = photo(samples.photo_with_place(64, 48))
    assert (made.width, made.height) == (48, 64) == opened(made).size
    upright = opened(made).convert("L")
    assert upright.getpixel((24, 8)) < 60
    assert upright.getpixel((24, 56)) > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_photo_is_made_smaller(kind):
    made = photo(samples.photo(3000, 1500, kind=kind))
    assert (made.width, made.height) == (LONG_SIDE, LONG_SIDE // 2)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "I;16", "1", "CMYK"])
def test_every_kind_of_pixels_can_be_read(mode):
    image = Image.new("RGB", (20, 10), "white").convert("L" if mode == "I;16" else mode)
    if mode == "I;16":
        image = Image.new("I;16", (20, 10), 65535)
    data = samples.written(image, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(photo(data)).convert("L").getpixel((5, 5)) > 240


def test_what_is_transparent_becomes_white():
    data = samples.written(Image.new("RGBA", (20, 10), (0, 0, 0, 0)), "PNG")
    assert opened(photo(data)).convert("L").getpixel((5, 5)) > 240


def bomb():
    """A PNG that says it has 20,000 × 20,000 points."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


REFUSED = {
    "a bomb": (bomb(), "nhiều nhất 40 triệu"),
    "a GIF": (samples.photo(kind="GIF"), "không phải ảnh JPEG, PNG hay WebP"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "không phải ảnh JPEG, PNG hay WebP"),
    "an SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "không phải ảnh JPEG, PNG hay WebP"),
    "half a JPEG": (samples.photo(900, 900, "red")[:-200][:4000], "hỏng hoặc chưa tải xong"),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100, "Tương thích nhất"),
    "nothing": (b"", "không phải ảnh"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_with_what_to_do(name):
    data, says = REFUSED[name]
    message = told(photo, data)
    assert says in message
    assert "Xin" in message or "hãy" in message or "Trên iPhone" in message


def test_each_page_of_a_pdf_becomes_a_picture():
    data = samples.pdf(3)
    assert is_pdf(data)
    made = pages(data, 3)
    assert [opened(each).size for each in made] == [(each.width, each.height) for each in made]
    assert len(made) == 3
    assert all(max(each.width, each.height) <= LONG_SIDE for each in made)


def test_a_pdf_with_too_many_pages_is_refused():
    assert "có 4 trang, chỉ còn chỗ cho 3 trang" in told(pages, samples.pdf(4), 3)


def test_a_broken_pdf_is_refused():
    assert "tệp PDF bị hỏng" in told(pages, b"%PDF-1.7\n" + b"x" * 500, 3)


def test_a_pdf_with_a_password_is_refused():
    assert "có mật khẩu" in told(pages, LOCKED, 3)


# An empty page behind the password "mat-khau": the least that the standard security handler asks for.
LOCKED = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
    b"4 0 obj<</Filter/Standard/V 1/R 2/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">/P -4>>endobj\n"
    b"trailer<</Root 1 0 R/Encrypt 4 0 R/ID[<01><01>]/Size 5>>\n%%EOF\n"
)


def test_the_text_of_a_word_file_is_read_paragraph_by_paragraph():
    data = samples.docx("Ý tưởng thứ nhất", "dòng hai &lt;script&gt;")
    assert is_docx(data)
    assert text_of(data) == "Ý tưởng thứ nhất\ndòng hai <script>"


def test_what_was_deleted_in_a_word_file_is_not_read():
    body = "<w:p><w:r><w:t>còn</w:t></w:r><w:del><w:r><w:t>mất</w:t></w:r></w:del></w:p>"
    assert text_of(samples.docx(body=body)) == "còn"


def test_a_word_file_that_unpacks_too_large_or_is_empty_is_refused():
    assert "quá dài" in told(text_of, samples.docx("x" * 11_000_000))
    assert "không có chữ nào" in told(text_of, samples.docx())
    assert "bị hỏng" in told(text_of, samples.docx(body="<w:p>"))


def test_a_workbook_is_no_word_file():
    assert not is_docx(b"PK\x03\x04 nothing")
    assert not is_docx(samples.photo())


def test_one_upload_too_many_is_sent_away_at_once():
    queue = apart.PICTURES.queue
    taken = 0
    while queue.acquire(blocking=False):
        taken += 1
    try:
        assert taken
        with pytest.raises(UploadRush):
            photo(samples.photo())
    finally:
        for _ in range(taken):
            queue.release()
    assert photo(samples.photo()).width == 64
