"""Banks as QTI packages: one item a question, a manifest with topic, level and tags, pictures beside the items."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from xml.etree.ElementTree import Element, SubElement, tostring

from quizapp.formats.questions.drafts import BankDraft, PictureDraft, QuestionDraft
from quizapp.formats.questions.qti_dialects import V21, V30, Dialect, legal
from quizapp.formats.questions.writing import Losses, Written
from quizapp.vocabulary import Level, QuestionKind

LOM = "http://ltsc.ieee.org/xsd/LOM"
DIFFICULTY = {Level.EASY: "easy", Level.MEDIUM: "medium", Level.HARD: "difficult"}
ENDINGS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"RIFF": "webp"}
TYPED = (QuestionKind.SHORT, QuestionKind.NUMBER)
YEAR_ONE = (1980, 1, 1, 0, 0, 0)  # equal banks are equal files


@dataclass(frozen=True)
class Packed:
    """A question on its way into the package: its identifier and where its pictures will lie."""

    draft: QuestionDraft
    name: str
    pictures: tuple[tuple[str, PictureDraft], ...]

    @property
    def href(self) -> str:
        return f"items/{self.name}.xml"


def write21(bank: BankDraft) -> Written:
    return _package(bank, V21)


def write30(bank: BankDraft) -> Written:
    return _package(bank, V30)


def _package(bank: BankDraft, dialect: Dialect) -> Written:
    losses = Losses()
    packed = [_packed(draft, n) for n, draft in enumerate(bank.questions, start=1)]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        put = partial(_put, archive)
        put("imsmanifest.xml", _bytes(_manifest(packed, bank.topics, dialect)))
        for each in packed:
            _note(each.draft, losses)
            put(each.href, _bytes(_item(each, dialect)))
            for path, picture in each.pictures:
                put(path, picture.content)
    head = (
        ["không ghi được tên, lời giới thiệu và ngày kiểm tra của ngân hàng"] if bank.about or bank.checked_on else []
    )
    return Written(content.getvalue(), (*head, *losses.sentences))


def _packed(draft: QuestionDraft, n: int) -> Packed:
    name = draft.ref or f"cau-{n}"
    pictures = (
        (f"media/{name}-{number}.{_ending(picture)}", picture) for number, picture in enumerate(draft.pictures, start=1)
    )
    return Packed(draft, f"_{name}" if name[0].isdigit() else name, tuple(pictures))  # a digit begins no identifier


def _ending(picture: PictureDraft) -> str:
    return next((ending for start, ending in ENDINGS.items() if picture.content.startswith(start)), "bin")


def _note(draft: QuestionDraft, losses: Losses) -> None:
    if draft.flagged:
        losses.note("không ghi được việc câu còn chờ người xem lại", draft)
    if draft.citation:
        losses.note("không ghi được số hiệu văn bản, điều, khoản", draft)
    if draft.valid_from or draft.valid_to:
        losses.note("không ghi được ngày hiệu lực", draft)
    if draft.kind is QuestionKind.SHORT and not draft.accents_matter:
        losses.note("không ghi được việc bỏ qua dấu tiếng Việt khi chấm", draft)
    if any("\n\n" in text for text in (draft.prompt, draft.explanation, draft.suggested)):
        losses.note("không giữ được dòng trống", draft)
    if draft.marks is not None and not 0 < draft.marks < 1_000_000:
        losses.note("không ghi được số điểm", draft)


def _manifest(packed: list[Packed], topics: Mapping[str, str], dialect: Dialect) -> Element:
    root = Element("manifest", {"xmlns": dialect.manifest, "identifier": "ngan-hang"})
    about = SubElement(root, "metadata")
    SubElement(about, "schema").text = dialect.schema
    SubElement(about, "schemaversion").text = dialect.version
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for each in packed:
        values = {"identifier": f"r-{each.name}", "type": dialect.resource, "href": each.href}
        resource = SubElement(resources, "resource", values)
        _metadata(SubElement(resource, "metadata"), each.draft, topics)
        for href in (each.href, *(path for path, _ in each.pictures)):
            SubElement(resource, "file", {"href": href})
    return root


def _metadata(place: Element, draft: QuestionDraft, topics: Mapping[str, str]) -> None:
    lom = SubElement(place, "lom", {"xmlns": LOM})
    if draft.tags:
        general = SubElement(lom, "general")
        for tag in draft.tags:
            _string(SubElement(general, "keyword"), tag)
    difficulty = SubElement(SubElement(lom, "educational"), "difficulty")
    _source_and_value(difficulty, DIFFICULTY[draft.level])
    if draft.source:
        relation = SubElement(lom, "relation")
        _source_and_value(SubElement(relation, "kind"), "isbasedon")
        _string(SubElement(SubElement(relation, "resource"), "description"), draft.source)
    if draft.topic:
        path = SubElement(SubElement(lom, "classification"), "taxonPath")
        taxon = SubElement(path, "taxon")
        SubElement(taxon, "id").text = draft.topic
        _string(SubElement(taxon, "entry"), topics.get(draft.topic, draft.topic))


def _source_and_value(place: Element, value: str) -> None:
    SubElement(place, "source").text = "LOMv1.0"
    SubElement(place, "value").text = value


def _string(place: Element, text: str) -> None:
    SubElement(place, "string", {"language": "vi"}).text = legal(text)


def _item(packed: Packed, dialect: Dialect) -> Element:
    draft = packed.draft
    title = legal(draft.prompt.split("\n")[0])[:80]
    root = dialect.root(packed.name, title)
    _declare(root, draft, dialect)
    body = dialect.under(root, "itemBody")
    if draft.kind in TYPED or _needs_paragraphs(draft.prompt):
        _paragraphs(body, draft.prompt)
    _pictures(body, packed, None)
    _interaction(body, packed, dialect)
    if draft.suggested:
        _paragraphs(dialect.text_of(dialect.under(body, "rubricBlock", view="scorer")), draft.suggested)
    _processing(root, draft, dialect)
    if draft.explanation:
        feedback = dialect.under(
            root, "modalFeedback", outcomeIdentifier="FEEDBACK", identifier="EXPLANATION", showHide="show"
        )
        _paragraphs(dialect.text_of(feedback), draft.explanation)
    return root


def _declare(root: Element, draft: QuestionDraft, dialect: Dialect) -> None:
    base = {QuestionKind.NUMBER: "float", QuestionKind.SHORT: "string", QuestionKind.ESSAY: "string"}
    response = dialect.under(
        root,
        "responseDeclaration",
        identifier="RESPONSE",
        cardinality="multiple" if draft.kind is QuestionKind.MULTIPLE else "single",
        baseType=base.get(draft.kind, "identifier"),
    )
    right = [_letter(place) for place, option in enumerate(draft.options) if option.right]
    values = right or [legal(each) for each in draft.accepted[:1]]
    if values:
        correct = dialect.under(response, "correctResponse")
        for value in values:
            dialect.under(correct, "value").text = value
    if draft.kind is QuestionKind.SHORT and draft.accepted:
        mapping = dialect.under(response, "mapping", defaultValue="0")
        cased = "true" if draft.case_matters else "false"
        for text in draft.accepted:
            dialect.under(mapping, "mapEntry", mapKey=legal(text), mappedValue="1", caseSensitive=cased)
    marks = {"normalMaximum": f"{draft.marks / 100:g}"} if draft.marks and 0 < draft.marks < 1_000_000 else {}
    dialect.under(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float", **marks)
    if draft.explanation:
        said = dialect.under(
            root, "outcomeDeclaration", identifier="FEEDBACK", cardinality="single", baseType="identifier"
        )
        dialect.under(dialect.under(said, "defaultValue"), "value").text = "EXPLANATION"


def _interaction(body: Element, packed: Packed, dialect: Dialect) -> None:
    draft = packed.draft
    if draft.kind in TYPED:
        dialect.under(SubElement(body, "p"), "textEntryInteraction", responseIdentifier="RESPONSE")
        return
    if draft.kind is QuestionKind.ESSAY:
        made = dialect.under(body, "extendedTextInteraction", responseIdentifier="RESPONSE")
    else:
        most = "0" if draft.kind is QuestionKind.MULTIPLE else "1"
        shuffle = "false" if all(option.pinned for option in draft.options) else "true"
        made = dialect.under(body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle=shuffle, maxChoices=most)
    if not _needs_paragraphs(draft.prompt):
        dialect.under(made, "prompt").text = legal(draft.prompt)
    for place, option in enumerate(draft.options):
        fixed = {"fixed": "true"} if option.pinned else {}
        choice = dialect.under(made, "simpleChoice", identifier=_letter(place), **fixed)
        if "\n" in option.text:
            _paragraphs(choice, option.text)
        else:
            choice.text = legal(option.text)
        _pictures(choice, packed, place)


def _processing(root: Element, draft: QuestionDraft, dialect: Dialect) -> None:
    if draft.kind is QuestionKind.ESSAY:
        return
    if draft.kind is not QuestionKind.NUMBER or not draft.tolerance:
        name = "map_response" if draft.kind is QuestionKind.SHORT else "match_correct"
        dialect.under(root, "responseProcessing", template=dialect.template.format(name))
        return
    condition = dialect.under(dialect.under(root, "responseProcessing"), "responseCondition")
    met = dialect.under(condition, "responseIf")
    span = f"{draft.tolerance} {draft.tolerance}"
    equal = dialect.under(met, "equal", toleranceMode="absolute", tolerance=span)
    dialect.under(equal, "variable", identifier="RESPONSE")
    dialect.under(equal, "correct", identifier="RESPONSE")
    score = dialect.under(met, "setOutcomeValue", identifier="SCORE")
    dialect.under(score, "baseValue", baseType="float").text = "1"


def _needs_paragraphs(text: str) -> bool:
    """Return whether a text would not read back from a prompt: it has lines, or signs that look like markup."""
    return "\n" in text or "<" in text


def _paragraphs(place: Element, text: str) -> None:
    for line in text.split("\n") if text else ():
        SubElement(place, "p").text = legal(line)


def _pictures(where: Element, packed: Packed, place: int | None) -> None:
    for path, picture in packed.pictures:
        if picture.place == place:
            holder = SubElement(where, "p") if where.tag.endswith(("itemBody", "item-body")) else where
            SubElement(holder, "img", {"src": f"../{path}", "alt": ""})


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else f"A{place}"


def _bytes(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, YEAR_ONE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
