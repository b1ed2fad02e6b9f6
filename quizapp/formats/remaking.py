"""The child's side of pictures: opens what strangers sent, and draws it anew."""

import io
import json
import warnings

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.pictures import Picture, pack, unpack

FORMATS = ("JPEG", "PNG", "WEBP")
IN_FILES = (*FORMATS, "GIF", "BMP")  # Word keeps these, too
MOST_PIXELS = 40_000_000
LONG_SIDE = 2000
QUALITY = 80
LARGEST_SCALE = 300 / 72  # a page has 72 units to the inch: small pages are not blown up beyond 300 dots
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevx", b"mif1", b"msf1", b"avif")
AS_JPEG = "Xin chụp lại hoặc lưu ảnh dạng JPEG rồi gửi."


def remake(data: bytes, formats: tuple[str, ...] = FORMATS) -> bytes:
    """Read a photo and write it anew; runs in the child. Raises BadFile."""
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        raise _refused(
            "ảnh dạng HEIC của điện thoại chưa đọc được. Trên iPhone: Cài đặt → Camera → Định dạng → "
            "“Tương thích nhất”, rồi chụp lại để có ảnh JPEG; hoặc chụp màn hình ảnh đó rồi gửi."
        )
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=formats) as image:
            return pack([_made_anew(image)])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refused(f"ảnh có quá nhiều điểm ảnh (nhiều nhất 40 triệu). {AS_JPEG}") from error
    except UnidentifiedImageError as error:
        raise _refused(f"tệp này không phải ảnh JPEG, PNG hay WebP, dù tên là gì. {AS_JPEG}") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise _refused("ảnh bị hỏng hoặc chưa tải xong. Xin chụp lại hoặc chọn ảnh khác.") from error


def remake_all(sent: bytes) -> bytes:
    """Write many pictures anew, each behind its length; runs in the child. What cannot be drawn is told, not raised."""
    told: list[str | None] = []
    pictures: list[Picture] = []
    while sent:
        end = 8 + int.from_bytes(sent[:8], "big")
        try:
            pictures += unpack(remake(sent[8:end], IN_FILES))
            told.append(None)
        except BadFile as error:
            told.append(error.problems[0].text)
        sent = sent[end:]
    return json.dumps(told).encode() + b"\n" + pack(pictures)


def render(data: bytes) -> bytes:
    """Draw each page of a PDF; runs in the child. The first byte is how many there may be. Raises BadFile."""
    most, data = data[0], data[1:]
    try:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
        if count > most:
            raise _refused(f"tệp PDF có {count} trang, chỉ còn chỗ cho {most} trang. Xin bớt trang rồi gửi lại.")
        if not count:
            raise _refused("tệp PDF không có trang nào. Xin xuất lại tệp PDF hoặc chụp ảnh từng trang.")
        return pack([_drawn(document[number]) for number in range(count)])
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise _refused("tệp PDF có mật khẩu. Xin bỏ mật khẩu rồi gửi lại, hoặc chụp ảnh từng trang.") from error
        raise _refused("tệp PDF bị hỏng. Xin xuất lại tệp PDF, hoặc chụp ảnh từng trang.") from error


def _drawn(page: pypdfium2.PdfPage) -> Picture:
    scale = min(LONG_SIDE / max(*page.get_size(), 1), LARGEST_SCALE)
    return _made_anew(page.render(scale=scale).to_pil())


def _made_anew(image: Image.Image) -> Picture:
    """Return the pixels alone: EXIF with the place, XMP, profiles and comments stay behind."""
    if image.mode.startswith("I"):  # 16 bits of gray, from scanners
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in ("P", "PA", "1"):  # shrunk as they are they would turn to specks
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.thumbnail((LONG_SIDE, LONG_SIDE))
    image = ImageOps.exif_transpose(image)
    clean = Image.new("RGB", image.size, "white")
    if "A" in image.getbands():
        image = image.convert("RGBA")
        clean.paste(image, mask=image.getchannel("A"))
    else:
        clean.paste(image.convert("RGB"))
    written = io.BytesIO()
    clean.save(written, "WEBP", quality=QUALITY)
    return Picture(written.getvalue(), *clean.size)


def _refused(text: str) -> BadFile:
    return BadFile([RowProblem(0, "", text)])
