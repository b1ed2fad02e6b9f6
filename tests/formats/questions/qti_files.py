"""QTI files for the tests, as different programs write them."""

import io
import zipfile
from collections.abc import Mapping

V21 = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"'
V30 = 'xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0"'
MATCH = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
MAPPED = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'
PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0\1\0\0\5\0\1\r\n-\xb4\0\0\0\0"
    b"IEND\xaeB`\x82"
)


def response(*correct: str, cardinality: str = "single", base: str = "identifier", mapping: str = "") -> str:
    values = "".join(f"<value>{each}</value>" for each in correct)
    inside = (f"<correctResponse>{values}</correctResponse>" if correct else "") + mapping
    kind = f'cardinality="{cardinality}" baseType="{base}"'
    return f'<responseDeclaration identifier="R" {kind}>{inside}</responseDeclaration>'


def mapping(default: str = "0", **worth: str) -> str:
    entries = "".join(f'<mapEntry mapKey="{key}" mappedValue="{value}"/>' for key, value in worth.items())
    return f'<mapping defaultValue="{default}">{entries}</mapping>'


def choices(*texts: str, most: str = 'maxChoices="1"', prompt: str = "Chọn gì?", fixed: str = "") -> str:
    """Options A, B, C …; fixed: letters of those that stay in place."""
    made = "".join(
        f'<simpleChoice identifier="{letter}"{" fixed=" + chr(34) + "true" + chr(34) if letter in fixed else ""}>'
        f"{text}</simpleChoice>"
        for letter, text in zip("ABCDEFGH", texts, strict=False)
    )
    return (
        f'<choiceInteraction responseIdentifier="R" shuffle="true" {most}><prompt>{prompt}</prompt>{made}'
        "</choiceInteraction>"
    )


def item(
    body: str, *, before: str = "", after: str = MATCH, spaces: str = V21, name: str = "c-1", more: str = ""
) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><assessmentItem {spaces} identifier="{name}" title="Câu" '
        f'adaptive="false" timeDependent="false" {more}>{before}<itemBody>{body}</itemBody>{after}</assessmentItem>'
    )


def manifest(*hrefs: str, kind: str = "imsqti_item_xmlv2p1", metadata: str = "") -> str:
    resources = "".join(
        f'<resource identifier="r{n}" type="{kind}" href="{href}">{metadata}<file href="{href}"/></resource>'
        for n, href in enumerate(hrefs)
    )
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">'
        f"<organizations/><resources>{resources}</resources></manifest>"
    )


def package(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()
