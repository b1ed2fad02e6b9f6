"""HTML as Moodle stores it → plain text, the pictures in it, and what cannot be shown as text."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html import escape, unescape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from quizapp.formats.questions.cleaning import lowered, raised
from quizapp.formats.questions.lettering import tidy
from quizapp.formats.questions.mathml import linear

BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
INLINE_NAMES = (
    "a abbr acronym area audio b bdi bdo big br button cite code col colgroup data del dfn em embed font i iframe img "
    "input ins kbd label link map mark meta nobr object option output param picture q rp rt ruby s samp select small "
    "source span strike strong sub sup td textarea th time title tt u var video wbr head script style svg template "
    "math mrow mi mn mo ms mtext mfrac msqrt mroot msup msub msubsup mover munder mtable mtr mtd mspace mstyle "
    "mfenced semantics annotation"
)
BLOCKS = frozenset(BLOCK_NAMES.split())
KNOWN = BLOCKS | frozenset(INLINE_NAMES.split())
MEDIA = {"audio": "đoạn âm thanh", "video": "đoạn phim", "iframe": "khung nhúng", "object": "tệp nhúng"}
MEDIA |= {"embed": "tệp nhúng", "svg": "hình vẽ SVG", "math": "công thức MathML"}
BARE = "allowfullscreen|async|autofocus|autoplay|checked|controls|defer|disabled|download|hidden|loop|muted|nowrap|open"
VALUE = r"\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'<>=]+)"
NAME = r"(?>[A-Za-z][\w:-]*)"
TAG = re.compile(rf"<(/?)({NAME})((?:\s+(?:[\w:.@-]+{VALUE}|(?:{BARE})\b))*)\s*/?>", re.ASCII)
LOOSE = re.compile(rf"<(/?)({NAME})\b([^<>]*)>", re.ASCII)
CLOSED = re.compile(rf"</({NAME})\s*>", re.ASCII)
ATTRIBUTE = re.compile(r"([\w:.@-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))", re.ASCII)
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
MATH = re.compile(r"<(?:\w{1,20}:)?math\b", re.IGNORECASE)
END_OF_MATH = re.compile(r"</(?:\w{1,20}:)?math\s*>", re.IGNORECASE)
PREFIX = re.compile(r"(</?)\w+:")
GONE = "script style head template svg annotation"
# <?xml:namespace prefix = o />, <![if !supportLists]>, <!DOCTYPE html> are what Word leaves.
UNSEEN = re.compile(rf"<!--|<\?xml\b|<!\[|<!doctype\b|<(?:{'|'.join(GONE.split())})\b", re.IGNORECASE)
ENDS = {"<!--": "-->", "<?xml": ">", "<![": ">", "<!doctype": ">"}
ENDS |= {f"<{name}": rf"</{name}\s*>" for name in GONE.split()}
MARKDOWN_IMAGE = re.compile(r"!\[([^\]\n]*)\]\(([^)\s]+)[^)\n]*\)")
STRONG = re.compile(r"\*\*(?=\S)([^*\n]+)(?<=\S)\*\*")
PLUGIN_FILE = "@@PLUGINFILE@@/"


@dataclass(frozen=True)
class Image:
    source: str
    alt: str


@dataclass
class Shown:
    """A text without its markup. `lost`: what stood in it and is neither text nor picture: 'đoạn âm thanh'."""

    text: str = ""
    images: list[Image] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def shown(source: str, form: str) -> Shown:
    """Return a text without its markup. form: html, moodle (HTML whose line ends count), markdown or plain."""
    found = Shown()
    if form == "plain":
        found.text = tidy(source)
        return found
    if form == "markdown":
        for each in MARKDOWN_IMAGE.finditer(source):
            found.images.append(Image(each[2], tidy(each[1])))
        source = STRONG.sub(r"\1", MARKDOWN_IMAGE.sub(" ", source))
    source = _without_formulas(source)
    if re.search(r"<svg\b", source, re.IGNORECASE):
        found.lost.append(MEDIA["svg"])
    source = _without_unseen(source)
    writer = _Writer(found, lines_count=form != "html", closed={each.lower() for each in CLOSED.findall(source)})
    writer.write(source)
    found.text = tidy("".join(writer.pieces))
    return found


def _without_unseen(source: str) -> str:
    """Return HTML without comments, scripts and the like; what has no end is left, and its end looked for once."""
    pieces, place, endless = [], 0, set[str]()
    for start in UNSEEN.finditer(source):
        kind = start[0].lower()
        if start.start() < place or kind in endless:
            continue
        end = re.compile(ENDS[kind], re.IGNORECASE).search(source, start.end())
        if end is None:
            endless.add(kind)
            continue
        pieces += [source[place : start.start()], " "]
        place = end.end()
    return "".join([*pieces, source[place:]])


def _without_formulas(source: str) -> str:
    """Return HTML with each formula that needs no more than one line as that line of text."""
    pieces, place = [], 0
    while (start := MATH.search(source, place)) and (end := END_OF_MATH.search(source, start.end())):
        pieces += [source[place : start.start()], _formula(source[start.start() : end.end()])]
        place = end.end()
    return "".join([*pieces, source[place:]])


def _formula(source: str) -> str:
    """Return a formula as a line of text, or as it stands where it needs more than one."""
    source = PREFIX.sub(r"\1", source)
    try:
        line = linear(fromstring(re.sub(r"\sxmlns(:\w+)?\s*=\s*(\"[^\"]*\"|'[^']*')", "", source)))
    except (ParseError, DefusedXmlException):
        return source
    return source if line is None else escape(line, quote=False)


class _Writer:
    """Takes tags and text in their order and writes plain text. `closed`: names of elements that end somewhere."""

    def __init__(self, found: Shown, *, lines_count: bool, closed: Collection[str]):
        self.found = found
        self.closed = closed
        self.lines_count = lines_count
        self.pieces: list[str] = []
        self.raised: list[tuple[str, int]] = []  # open sub and sup, with the place at which they began
        self.lists: list[int] = []  # of each open list the number of its last entry, -1: without numbers
        self.preformatted = 0
        self.cells = 0

    def write(self, source: str) -> None:
        place = 0
        while (start := source.find("<", place)) >= 0:
            tag = TAG.match(source, start) or (None if self.lines_count else LOOSE.match(source, start))
            name = tag[2].lower() if tag else ""
            # Elements of other programs are markup, too; List<String> is none.
            is_markup = name in KNOWN or ":" in name or name in self.closed or (tag is not None and "=" in tag[3])
            if tag and is_markup:
                self._text(source[place:start])
                self._tag(name, is_end=bool(tag[1]), attributes=tag[3])
                place = tag.end()
            else:  # a sign, or a tag of no HTML: List<String>
                self._text(source[place : start + 1])
                place = start + 1
        self._text(source[place:])

    def _text(self, text: str) -> None:
        if not self.lines_count and not self.preformatted:
            text = re.sub(r"\s+", " ", text)
        self.pieces.append(ENTITY.sub(lambda found: unescape(found[0]), text))

    def _tag(self, name: str, *, is_end: bool, attributes: str) -> None:
        if name in ("sub", "sup"):
            self._script(name, is_end=is_end)
        elif name in ("ul", "ol"):
            self._list(name, is_end=is_end)
        elif name in ("td", "th") and not is_end:
            self.pieces.append(" | " if self.cells else "")
            self.cells += 1
        elif name == "li" and not is_end:
            self._entry()
        elif name == "br" or name in BLOCKS:
            self.pieces.append("\n")
            self.cells = 0 if name == "tr" else self.cells
            self.preformatted += (-1 if is_end else 1) if name == "pre" else 0
        elif not is_end:
            self._seen(name, attributes)

    def _script(self, name: str, *, is_end: bool) -> None:
        if not is_end:
            self.raised.append((name, len(self.pieces)))
        elif self.raised and self.raised[-1][0] == name:
            _, start = self.raised.pop()
            inside = tidy("".join(self.pieces[start:]))
            written = raised(inside) if name == "sup" else lowered(inside)
            self.pieces[start:] = [written if inside else ""]

    def _list(self, name: str, *, is_end: bool) -> None:
        self.pieces.append("\n")
        if not is_end:
            self.lists.append(0 if name == "ol" else -1)
        elif self.lists:
            self.lists.pop()

    def _entry(self) -> None:
        if self.lists and self.lists[-1] >= 0:
            self.lists[-1] += 1
            self.pieces.append(f"\n{self.lists[-1]}. ")
        else:
            self.pieces.append("\n- ")

    def _seen(self, name: str, attributes: str) -> None:
        """Note what is no text."""
        if name in MEDIA:
            self.found.lost.append(MEDIA[name])
        elif name in ("img", "a"):
            given = {each[1].lower(): unescape(each[2] or each[3] or each[4] or "") for each in _attributes(attributes)}
            if name == "img":
                self.found.images.append(Image(given.get("src", ""), tidy(given.get("alt", ""))))
            elif PLUGIN_FILE in given.get("href", ""):
                self.found.lost.append(f"tệp đính kèm {given['href'].partition(PLUGIN_FILE)[2]}")


def _attributes(text: str) -> list[re.Match[str]]:
    return list(ATTRIBUTE.finditer(text))
