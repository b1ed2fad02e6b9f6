"""How QTI 2.1 and 3.0 name the same things."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Dialect:
    """`item`, `manifest`: namespaces; `template`: where the usual ways of marking are named."""

    item: str
    manifest: str
    resource: str
    schema: str
    version: str
    template: str
    has_dashes: bool

    def root(self, identifier: str, title: str) -> Element:
        root = Element(self.name("assessmentItem"), {"xmlns": self.item})
        about = {"identifier": identifier, "title": title, "adaptive": "false", "timeDependent": "false"}
        root.attrib.update({self.key(key): value for key, value in about.items()})
        return root

    def under(self, parent: Element, name: str, **values: str) -> Element:
        """Add an element of QTI by its name in 2.1."""
        return SubElement(parent, self.name(name), {self.key(key): value for key, value in values.items()})

    def text_of(self, block: Element) -> Element:
        """Return where the text of a feedback or a rubric stands."""
        return self.under(block, "contentBody") if self.has_dashes else block

    def name(self, name: str) -> str:
        return f"qti-{_dashed(name)}" if self.has_dashes else name

    def key(self, name: str) -> str:
        return _dashed(name) if self.has_dashes else name


def legal(text: str) -> str:
    """Return text without what XML cannot hold."""
    return ILLEGAL.sub("", text)


def _dashed(name: str) -> str:
    return re.sub(r"(?<=[a-z])([A-Z])", lambda found: f"-{found[1].lower()}", name)


V21 = Dialect(
    item="http://www.imsglobal.org/xsd/imsqti_v2p1",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    resource="imsqti_item_xmlv2p1",
    schema="IMS Content",
    version="1.1",
    template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}",
    has_dashes=False,
)
V30 = Dialect(
    item="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    manifest="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    resource="imsqti_item_xmlv3p0",
    schema="QTI Package",
    version="3.0.0",
    template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/{}.xml",
    has_dashes=True,
)
