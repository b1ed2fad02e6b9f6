"""Makes small Word files part by part, so that a test can plant what no library would write."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
LOOKS = {
    "b": "<w:b/>",
    "u": '<w:u w:val="single"/>',
    "uu": '<w:u w:val="double"/>',
    "i": "<w:i/>",
    "red": '<w:color w:val="FF0000"/>',
    "blue": '<w:color w:val="0000FF"/>',
    "black": '<w:color w:val="000000"/>',
    "theme": '<w:color w:themeColor="accent2"/>',
    "hi": '<w:highlight w:val="yellow"/>',
    "shade": '<w:shd w:val="clear" w:fill="FFFF00"/>',
    "hide": "<w:vanish/>",
    "sup": '<w:vertAlign w:val="superscript"/>',
    "tcvn": '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>',
    "vni": '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>',
}


def run(text: str, looks: str = "") -> str:
    """Return a run; looks: words of LOOKS, or raw properties in angle brackets."""
    made = looks if looks.startswith("<") else "".join(LOOKS[word] for word in looks.split())
    parts = []
    for number, piece in enumerate(text.replace("&", "&amp;").replace("<", "&lt;").split("\n")):
        parts += ["<w:br/>"] if number else []
        for count, inner in enumerate(piece.split("\t")):
            parts += ["<w:tab/>"] if count else []
            parts.append(f'<w:t xml:space="preserve">{inner}</w:t>' if inner else "")
    return f"<w:r><w:rPr>{made}</w:rPr>{''.join(parts)}</w:r>"


def p(*runs: str | tuple[str, str], style: str = "", num: str = "", raw: str = "") -> str:
    """Return a paragraph of texts, (text, looks) and raw XML; num: 'list level'."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        list_id, level = num.split()
        inner += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    made = [each if isinstance(each, str) and each.startswith("<w:") else None for each in runs]
    texts = [
        ready if ready is not None else run(*each) if isinstance(each, tuple) else run(each)
        for ready, each in zip(made, runs, strict=True)
    ]
    return f"<w:p><w:pPr>{inner}{raw}</w:pPr>{''.join(texts)}</w:p>"


def lines(text: str) -> str:
    """Return a paragraph for each line."""
    return "".join(p(line) for line in text.strip().split("\n"))


def table(*rows: list[str]) -> str:
    """Return a table; a cell is text or raw paragraphs."""
    made = ""
    for row in rows:
        cells = (cell if cell.startswith("<w:p>") else lines(cell) if cell else "<w:p/>" for cell in row)
        made += "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def numbering(*lists: list[tuple[str, str]], nums: str = "") -> str:
    """Return lists of levels (form, text), numbered from 1; nums: raw XML after them."""
    made = ""
    for number, levels in enumerate(lists, start=1):
        shapes = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for level, (form, text) in enumerate(levels)
        )
        made += f'<w:abstractNum w:abstractNumId="{number}">{shapes}</w:abstractNum>'
    for number in range(1, len(lists) + 1):
        made += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
    return f"<w:numbering {SPACES}>{made}{nums}</w:numbering>"


def word(
    body: str, *, styles: str = "", lists: str = "", parts: dict[str, bytes] | None = None, rels: str = ""
) -> bytes:
    """Return a Word file."""
    kinds = {"styles": styles and f"<w:styles {SPACES}>{styles}</w:styles>", "numbering": lists}
    links = "".join(
        f'<Relationship Id="x{name}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
        for name, text in kinds.items()
        if text
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    made = {
        "[Content_Types].xml": _types("document", *(name for name, text in kinds.items() if text)),
        "_rels/.rels": (
            f'<Relationships xmlns="{space}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>'
        ).encode(),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>".encode(),
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}">{links}{rels}</Relationships>'.encode(),
        **{f"word/{name}.xml": text.encode() for name, text in kinds.items() if text},
        **(parts or {}),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in made.items():
            package.writestr(name, content)
    return packed.getvalue()


def _types(*names: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    mains = {name: f"{kind}.{name}{'.main' * (name == 'document')}+xml" for name in names}
    parts = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{each}"/>' for name, each in mains.items())
    links = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{links}"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{parts}</Types>'
    ).encode()
