"""QTI as one tongue: XML without surprises, and the names of 2.x and 3.0, with any namespace, as those of 2.x."""

import re
from html.entities import html5
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

PREFIX = "qti-"
ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
XML_ENTITIES = {b"lt", b"gt", b"amp", b"quot", b"apos"}
HOSTILE = "tệp XML có khai báo thực thể (DTD), có thể gây hại nên không được đọc; xin bỏ khai báo đó rồi gửi lại"
BROKEN = "tệp XML bị hỏng ở dòng {line}; xin xuất lại từ chương trình đã tạo ra tệp"
OTHER_CODE = "tệp XML không đúng bảng mã đã ghi ở dòng đầu; xin lưu lại với bảng mã UTF-8"


class UnreadableXml(ValueError):
    """The message is the sentence for people."""


def parsed(data: bytes) -> Element:
    """Return the root of an XML file, its names as those of QTI 2.x. Raises UnreadableXml."""
    try:
        root = _root(data)
    except DefusedXmlException as error:
        raise UnreadableXml(HOSTILE) from error
    except ParseError as error:
        raise UnreadableXml(BROKEN.format(line=error.position[0])) from error
    except (LookupError, ValueError) as error:
        raise UnreadableXml(OTHER_CODE) from error
    for element in root.iter():
        _rename(element)
    return root


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition("}")[2]


def _root(data: bytes) -> Element:
    try:
        return fromstring(data)  # type: ignore[no-any-return]
    except ParseError as error:
        if "encoding" in str(error):
            return _without_declaration(data)
        if "undefined entity" not in str(error):
            raise
    return fromstring(ENTITY.sub(_numbered, data))  # type: ignore[no-any-return]


def _without_declaration(data: bytes) -> Element:
    """Read a file whose first line names another encoding than it has."""
    text = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    return fromstring(re.sub(r"^\s*<\?xml.*?\?>", "", text))  # type: ignore[no-any-return]


def _numbered(found: re.Match[bytes]) -> bytes:
    """Names of HTML that XML does not know: &nbsp; → &#160;."""
    letters = html5.get(f"{found[1].decode()};", "")
    if found[1] in XML_ENTITIES or not letters:
        return found[0]
    return "".join(f"&#{ord(each)};" for each in letters).encode()


def _rename(element: Element) -> None:
    name = local(element.tag)
    is_third = name.startswith(PREFIX)
    element.tag = _camel(name.removeprefix(PREFIX)) if is_third else name
    values = {local(key): value for key, value in element.attrib.items()}
    element.attrib.clear()
    element.attrib.update({_camel(key) if is_third else key: value for key, value in values.items()})


def _camel(name: str) -> str:
    first, *others = name.split("-")
    return first + "".join(each[:1].upper() + each[1:] for each in others)
