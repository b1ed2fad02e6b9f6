"""`BankDraft` → Moodle XML."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import quote

from quizapp.formats.questions.categories import path_of
from quizapp.formats.questions.drafts import BankDraft, OptionDraft, PictureDraft, QuestionDraft
from quizapp.formats.questions.lettering import tidy
from quizapp.formats.questions.markup import PLUGIN_FILE
from quizapp.formats.questions.moodle_writing import left_out, lost_everywhere, title_of, weight_of_right
from quizapp.formats.questions.writing import Losses, Written
from quizapp.vocabulary import QuestionKind

TYPES = {
    QuestionKind.SINGLE: "multichoice",
    QuestionKind.MULTIPLE: "multichoice",
    QuestionKind.TRUE_FALSE: "truefalse",
    QuestionKind.NUMBER: "numerical",
    QuestionKind.SHORT: "shortanswer",
    QuestionKind.ESSAY: "essay",
}


def write(bank: BankDraft) -> Written:
    """Return a bank as a Moodle XML file."""
    losses = Losses()
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *_entries(bank, losses), "</quiz>", ""]
    return losses.written("\n".join(lines))


def _entries(bank: BankDraft, losses: Losses) -> Iterator[str]:
    topic = ""
    for question in bank.questions:
        if why := left_out(question):
            losses.leave_out(why, question)
            continue
        _note(question, bank, losses)
        if question.topic != topic:
            topic = question.topic
            path = _element("text", path_of(topic, bank.topics))
            yield f'  <question type="category"><category>{path}</category></question>'
        yield from _question(question)


def _note(question: QuestionDraft, bank: BankDraft, losses: Losses) -> None:
    lost_everywhere(question, bank, losses)
    pinned = [each.pinned for each in question.options]
    if question.kind is not QuestionKind.TRUE_FALSE and any(pinned) and not all(pinned):
        losses.note("Không ghi được việc giữ phương án ở cuối", question)


def _question(question: QuestionDraft) -> Iterator[str]:
    yield f'  <question type="{TYPES[question.kind]}">'
    yield f"    <name>{_element('text', title_of(question))}</name>"
    yield f"    {_html('questiontext', question.prompt, _pictures(question, None))}"
    yield f"    {_html('generalfeedback', question.explanation)}"
    if question.marks is not None:
        yield f"    <defaultgrade>{question.marks // 100}.{question.marks % 100:02}</defaultgrade>"
    if question.ref:
        yield f"    {_element('idnumber', tidy(question.ref))}"
    yield from _answers(question)
    if question.tags:
        tags = "".join(f"<tag>{_element('text', tidy(each))}</tag>" for each in question.tags)
        yield f"    <tags>{tags}</tags>"
    yield "  </question>"


def _answers(question: QuestionDraft) -> Iterator[str]:
    if question.kind is QuestionKind.TRUE_FALSE:
        for word, option in zip(("true", "false"), question.options, strict=True):
            yield f'    <answer fraction="{100 * option.right}" format="plain_text"><text>{word}</text></answer>'
    elif question.kind is QuestionKind.NUMBER:
        tolerance = _element("tolerance", question.tolerance or "0")
        yield f'    <answer fraction="100">{_element("text", question.accepted[0])}{tolerance}</answer>'
    elif question.kind is QuestionKind.SHORT:
        yield f"    <usecase>{int(question.case_matters)}</usecase>"
        for text in question.accepted:
            wild = _element("text", tidy(text).replace("*", r"\*"))
            yield f'    <answer fraction="100" format="plain_text">{wild}</answer>'
    elif question.kind is QuestionKind.ESSAY:
        yield "    <responseformat>editor</responseformat>"
        yield f"    {_html('graderinfo', question.suggested)}"
    else:
        yield from _options(question)


def _options(question: QuestionDraft) -> Iterator[str]:
    is_single = question.kind is QuestionKind.SINGLE
    yield f"    <single>{str(is_single).lower()}</single>"
    yield f"    <shuffleanswers>{str(not all(each.pinned for each in question.options)).lower()}</shuffleanswers>"
    yield "    <answernumbering>ABCD</answernumbering>"
    for place, option in enumerate(question.options):
        weight = _weight(option, question, is_single=is_single)
        attributes = f' fraction="{weight}"'
        yield f"    {_html('answer', option.text, _pictures(question, place), attributes)}"


def _weight(option: OptionDraft, question: QuestionDraft, *, is_single: bool) -> str:
    """Give right options equal parts, and take the whole away for a wrong one, so that ticking all gains nothing."""
    if option.right:
        return "100" if is_single else weight_of_right(question)
    return "0" if is_single else "-100"


def _pictures(question: QuestionDraft, place: int | None) -> list[tuple[str, PictureDraft]]:
    """Return the pictures of a stem or an option, each with a name that no other one beside it has."""
    found = [each for each in question.pictures if each.place == place]
    names = [tidy(each.name).replace("/", "-").replace("\n", " ") or "anh" for each in found]
    if len(set(names)) < len(names):
        names = [f"{number}-{name}" for number, name in enumerate(names, start=1)]
    return list(zip(names, found, strict=True))


def _html(tag: str, text: str, pictures: Sequence[tuple[str, PictureDraft]] = (), attributes: str = "") -> str:
    markup = escape(tidy(text), quote=False).replace("\n", "<br>")
    markup += "".join(f'<img src="{PLUGIN_FILE}{quote(name)}" alt="">' for name, _ in pictures)
    files = "".join(
        f'<file name="{escape(name)}" path="/" encoding="base64">{b64encode(each.content).decode()}</file>'
        for name, each in pictures
    )
    return f'<{tag}{attributes} format="html">{_element("text", markup)}{files}</{tag}>'


def _element(tag: str, text: str) -> str:
    """Return an element with a text, in a section of its own where the text has signs of XML."""
    has_signs = any(each in text for each in "<>&")
    inside = f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if has_signs else text
    return f"<{tag}>{inside}</{tag}>"
