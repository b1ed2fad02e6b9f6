"""QTI 2.0 to 3.0, packages and single items, runs in the child: choice, true/false, typed and essay items → drafts."""

import posixpath
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from quizapp.formats.questions.apart import QuestionFile, apart
from quizapp.formats.questions.drafts import QuestionDraft, QuestionProblem, Reading
from quizapp.formats.questions.embedded import remarked
from quizapp.formats.questions.native import NAME, TOPIC
from quizapp.formats.questions.qti_item import NotImportable, draft_of
from quizapp.formats.questions.qti_names import UnreadableXml, parsed
from quizapp.formats.questions.qti_package import About, Listed, Package, listed, opened, resolved
from quizapp.formats.questions.qti_text import Fetch, NotKept, Texts, is_escaped
from quizapp.formats.workbook import ZIP, refused
from quizapp.rules.question_typing import fold_name
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import Level

NONE = "không có câu hỏi QTI nào trong tệp. Xin gửi gói .zip có imsmanifest.xml, hoặc tệp .xml của một câu."
OLD = "đây là QTI 1.2. Xin xuất lại ở dạng QTI 2.1 trở lên, hoặc dạng khác như Moodle XML, rồi gửi lại."
TEST_ALONE = "đây là đề (assessmentTest), không có câu hỏi bên trong. Xin gửi cả gói .zip có đề và các câu hỏi."
MANIFEST_ALONE = "đây chỉ là danh mục của gói (imsmanifest.xml). Xin gửi cả gói .zip."
WHERE_KEYS_STOOD = {"correctResponse": "đáp án ghi trong tệp (correctResponse)", "mapping": "bảng điểm (mapping)"}
WHERE_KEYS_STOOD["responseProcessing"] = "cách chấm riêng của tệp (responseProcessing)"


@dataclass
class Found:
    """What has been read so far."""

    questions: list[QuestionDraft] = field(default_factory=list)
    problems: list[QuestionProblem] = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)
    topics: dict[str, str] = field(default_factory=dict)
    n: int = 0

    def problem(self, where: str, what: str) -> None:
        self.n += 1
        self.problems.append(QuestionProblem(self.n, where, what))

    def item(self, where: str, item: Element, fetch: Fetch, about: About) -> None:
        named = clean(f"{item.get('identifier', '')}, “{item.get('title', '')}”").removesuffix(", “”")
        try:
            draft, key = draft_of(item, fetch)
        except NotImportable as error:
            self.problem(f"{where} ({named})", str(error))
            return
        self.n += 1
        self.keys[key] += 1
        self.questions.append(self._described(draft, item, about))

    def _described(self, draft: QuestionDraft, item: Element, about: About) -> QuestionDraft:
        ref = fold_name(item.get("identifier", ""))[:80].strip("-")
        taken = {each.ref for each in self.questions}
        topic = about.topic
        if about.topic_code and TOPIC.fullmatch(about.topic_code):
            topic = about.topic_code
            self.topics[topic] = about.topic or topic
        return replace(
            draft,
            n=self.n,
            ref=ref if NAME.fullmatch(ref) and ref not in taken and item.get("identifier") else "",
            topic=topic,
            level=Level(about.level) if about.level else draft.level,
            source=about.source,
            tags=about.tags,
            original=_original(item),
        )

    @property
    def reading(self) -> Reading:
        clear = (f"{self.keys[key]} câu theo {name}" for key, name in WHERE_KEYS_STOOD.items() if self.keys[key])
        unclear = sum(each.flagged for each in self.questions)
        evidence = [f"Tệp QTI: đọc được {len(self.questions)} trên {self.n} câu."]
        if told := ", ".join(clear):
            evidence.append(f"Đáp án: {told}.")
        if unclear:
            evidence.append(f"{unclear} câu cần người xem lại.")
        evidence += remarked(self.questions)
        return Reading(tuple(self.questions), tuple(self.problems), topics=self.topics, evidence=tuple(evidence))


def read_file(file: QuestionFile) -> Reading:
    """Return what a package or an item gives. Raises BadFile."""
    found = Found()
    if file.data.startswith(ZIP):
        _read_package(opened(file.data), found)
    else:
        try:
            root = parsed(file.data)
        except UnreadableXml as error:
            raise refused(f"{error}.") from error
        _read_alone(root, found)
    if not found.n:
        raise refused(NONE)
    return found.reading


read = apart(read_file)


def _read_alone(root: Element, found: Found) -> None:
    """One item, or several in one file."""
    for tag, sentence in (("questestinterop", OLD), ("manifest", MANIFEST_ALONE)):
        if root.tag == tag:
            raise refused(sentence)
    items = list(root.iter("assessmentItem"))
    if root.tag == "assessmentTest" and not items:
        raise refused(TEST_ALONE)
    for number, item in enumerate(items, start=1):
        _put_passages(None, "", item)
        found.item(f"câu {number}", item, _alone, About())


def _read_package(package: Package, found: Found) -> None:
    files, strangers = listed(package)
    for each in files:
        _read_listed(package, each, found)
    for name in strangers:
        try:
            root = parsed(package.read(name)).tag
        except UnreadableXml as error:
            found.problem(name, str(error))
            continue
        if root == "questestinterop":
            found.problem(name, OLD)
        if root == "assessmentItem":
            found.problem(name, "câu hỏi không có trong imsmanifest.xml nên chưa được nhập; xin thêm vào gói")


def _read_listed(package: Package, listing: Listed, found: Found) -> None:
    name = package.find(listing.path)
    if name is None:
        if listing.is_item:
            found.problem(clean(listing.path), "gói thiếu tệp này; xin xuất lại gói đủ các tệp")
        return
    try:
        root = parsed(package.read(name))
    except UnreadableXml as error:
        found.problem(name, str(error))
        return
    if root.tag == "questestinterop":
        found.problem(name, OLD)
        return
    items = list(root.iter("assessmentItem"))
    if not items and listing.is_item:
        found.problem(name, f"tệp không chứa câu hỏi QTI (phần tử gốc là “{root.tag}”)")
    for item in items:
        _put_passages(package, posixpath.dirname(name), item)
        found.item(name, item, _fetching(package, posixpath.dirname(name)), listing.about)


def _put_passages(package: Package | None, folder: str, item: Element) -> None:
    """Put texts that several items share, each a file of its own, before the item's own text. None: no package."""
    body = item.find("itemBody")
    for place, reference in enumerate(item.findall("assessmentStimulusRef")):
        name = package.find(resolved(folder, reference.get("href", "")) or "") if package else None
        try:
            passage = parsed(package.read(name)).find("stimulusBody") if package and name else None
        except UnreadableXml:
            passage = None
        if body is None:
            return
        if passage is None:
            passage = Element("include")  # what it should say is missing, which the item's text will tell
        else:
            passage.tag = "div"
        body.insert(place, passage)


def _fetching(package: Package, folder: str) -> Fetch:
    def fetch(href: str) -> bytes:
        if href.startswith("data:"):
            return _alone(href)
        path = resolved(folder, href)
        name = package.find(path) if path else None
        if path is None:
            raise NotKept(f"hình “{clean(href)[:80]}” nằm ngoài gói, cần thêm lại")
        if name is None:
            raise NotKept(f"gói thiếu hình “{clean(href)[:80]}”, cần thêm lại")
        return package.read(name)

    return fetch


def _alone(href: str) -> bytes:
    """A file alone has only pictures that stand in it."""
    head, comma, rest = href.partition(",")
    if href.startswith("data:image/") and comma and head.endswith(";base64"):
        try:
            return b64decode("".join(rest.split()), validate=True)
        except ValueError as error:
            raise NotKept("hình trong tệp bị hỏng, cần thêm lại") from error
    raise NotKept(f"hình “{clean(href)[:80]}” không có trong tệp, cần thêm lại")


def _original(item: Element) -> str:
    """Return the item as a person may read it, with what the file says of its key."""
    return "\n".join(filter(None, [clean(item.get("title", "")), *_original_lines(item)]))


def _original_lines(item: Element) -> Iterator[str]:
    body = item.find("itemBody")
    if body is None:
        return
    texts = Texts(lambda href: b"", is_escaped(body))
    yield texts.of(body, without={"simpleChoice"})
    for choice in body.iter("simpleChoice"):
        yield f"[{choice.get('identifier', '')}] {texts.of(choice)}"
    for response in item.iter("responseDeclaration"):
        for value in response.iter("value"):
            yield f"correctResponse: {clean(''.join(value.itertext()))}"
        for entry in response.iter("mapEntry"):
            yield f"mapping: {clean(entry.get('mapKey', ''))} = {clean(entry.get('mappedValue', ''))}"
