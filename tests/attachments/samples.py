"""Uploads made for tests: photos as phones make them, files as they should not be."""

import io
import zipfile

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def written(image, kind, **options):
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def photo(width=64, height=48, color="white", kind="JPEG", **options):
    return written(Image.new("RGB", (width, height), color), kind, **options)


def photo_with_place(width=64, height=48):
    """Left half black, right half white; lying on its side, with the place, a maker, XMP and a profile."""
    image = Image.new("RGB", (width, height), "black")
    image.paste("white", (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[Base.Orientation] = 6  # to be turned by 90 degrees clockwise
    exif[Base.Make] = "SecretPhone"
    gps = exif.get_ifd(IFD.GPSInfo)
    gps[GPS.GPSLatitudeRef], gps[GPS.GPSLatitude] = "N", (13.0, 58.0, 55.0)
    gps[GPS.GPSLongitudeRef], gps[GPS.GPSLongitude] = "E", (108.0, 0.0, 1.0)
    extras = {
        "xmp": b"<x:xmpmeta>SecretXMP</x:xmpmeta>",
        "icc_profile": b"SecretProfile" * 20,
        "comment": b"SecretNote",
    }
    return written(image, "JPEG", exif=exif, **extras)


def pdf(pages=2, **options):
    made = [Image.new("RGB", (120, 160), (0, 0, number * 20)) for number in range(pages)]
    return written(made[0], "PDF", save_all=True, append_images=made[1:], **options)


def docx(*paragraphs, body=None):
    stream = io.BytesIO()
    text = "".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs) if body is None else body
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", WORD.format(text))
    return stream.getvalue()
