"""`BankDraft` → the text of a bank file that reads back as the same bank."""

import json
import textwrap
from base64 import b64encode
from collections.abc import Iterator, Sequence

from quizapp.errors import BadFile
from quizapp.formats.marked_yaml import NOTHING, UNREADABLE
from quizapp.formats.questions.drafts import BankDraft, Citation, OptionDraft, PictureDraft, QuestionDraft
from quizapp.formats.questions.native import read_bank
from quizapp.formats.questions.writing import Written
from quizapp.rules.rubrics import suggested_rubric
from quizapp.vocabulary import QuestionKind

WIDTH = 110
MOST_SAID = 5


def write(bank: BankDraft) -> Written:
    """Return the bank file; what would not read back from it is said."""
    text = write_bank(bank)
    try:
        again = read_bank(text).bank
    except BadFile as error:
        problems = [str(each) for each in error.problems[:MOST_SAID]]
        return Written(text.encode(), tuple(f"chưa đọc lại được: {each}" for each in problems))
    pairs = zip(bank.questions, again.questions, strict=True)
    other = [before.ref for before, after in pairs if before != after]
    losses = (f"đọc lại sẽ khác: câu {', '.join(other[:MOST_SAID])}.",) if other else ()
    return Written(text.encode(), losses)


def write_bank(bank: BankDraft) -> str:
    """Return the bank file of a bank: one question a block, one value a line; long texts are folded."""
    return "\n".join([*_head(bank), "", *_questions(bank.questions)]) + "\n"


def _head(bank: BankDraft) -> Iterator[str]:
    yield "bank:"
    yield f"  code: {_name(bank.code)}"
    yield f"  title: {_quoted(bank.title)}"
    yield from _text("  about", bank.about)
    if bank.checked_on:
        yield f"  checked_on: {bank.checked_on.isoformat()}"
    yield "  topics:"
    for code, name in bank.topics.items():
        yield f"    {code}: {_quoted(name)}"


def _questions(questions: tuple[QuestionDraft, ...]) -> Iterator[str]:
    yield "questions:" if questions else "questions: []"
    for place, question in enumerate(questions):
        if place:
            yield ""
        yield from _question(question)


def _question(question: QuestionDraft) -> Iterator[str]:
    yield f"  - id: {_name(question.ref)}"
    yield f"    kind: {question.kind}"
    if question.flagged:
        yield "    flagged: true"
    yield from _given("    why", question.why)
    if question.topic:
        yield f"    topic: {_name(question.topic)}"
    yield f"    level: {question.level}"
    yield from _text("    prompt", question.prompt)
    yield from _answers(question)
    yield from _given("    explanation", question.explanation)
    yield from _given("    source", question.source)
    yield f"    confidence: {question.confidence}"
    if question.valid_from:
        yield f"    valid_from: {question.valid_from.isoformat()}"
    if question.valid_to:
        yield f"    valid_to: {question.valid_to.isoformat()}"
    yield from _besides(question)


def _answers(question: QuestionDraft) -> Iterator[str]:
    if question.kind is QuestionKind.TRUE_FALSE:
        if question.right_texts:
            yield f"    answer: {'true' if question.options[0].right else 'false'}"
    elif question.options:
        yield "    options:"
        for option in question.options:
            yield from _option(option)
    yield from _list("    accepted", question.accepted)
    if question.tolerance:
        yield f"    tolerance: {_quoted(question.tolerance)}"
    if question.case_matters:
        yield "    case_matters: true"
    if not question.accents_matter:
        yield "    accents_matter: false"
    yield from _given("    suggested", question.suggested)


def _besides(question: QuestionDraft) -> Iterator[str]:
    if question.marks is not None:
        yield f"    marks: {_decimal(question.marks)}"
    yield from _tags(question)
    if question.citation:
        yield from _citation(question.citation)
    if question.pictures:
        yield "    pictures:"
        for picture in question.pictures:
            yield from _picture(picture)


def _tags(question: QuestionDraft) -> Iterator[str]:
    tags, last = question.tags, question.tags[-1:]
    rubric = suggested_rubric(last) if question.kind is QuestionKind.ESSAY else ""
    if rubric:
        yield f"    rubric: {_quoted(rubric)}"
        tags = tags[:-1]
    if tags:
        yield f"    tags: [{', '.join(map(_quoted, tags))}]"


def _option(option: OptionDraft) -> Iterator[str]:
    key = "right" if option.right else "wrong"
    if "\n" in option.text:
        yield from _list(f"      - {key}", option.text.split("\n"), indent=" " * 10)
    else:
        yield f"      - {key}: {_quoted(option.text)}"
    if option.pinned:
        yield "        pinned: true"


def _citation(citation: Citation) -> Iterator[str]:
    yield "    citation:"
    yield f"      document: {_quoted(citation.document)}"
    for key in ("article", "clause", "link"):
        if value := getattr(citation, key):
            yield f"      {key}: {_quoted(value)}"


def _picture(picture: PictureDraft) -> Iterator[str]:
    yield f"      - name: {_quoted(picture.name)}"
    if picture.place is not None:
        yield f"        option: {picture.place + 1}"
    if not picture.content:
        return
    yield "        content: >-"
    yield from textwrap.wrap(
        b64encode(picture.content).decode(), WIDTH - 10, initial_indent=" " * 10, subsequent_indent=" " * 10
    )


def _given(key: str, text: str) -> Iterator[str]:
    if text:
        yield from _text(key, text)


def _text(key: str, text: str) -> Iterator[str]:
    if "\n" in text:
        yield from _list(key, text.split("\n"))
        return
    if len(key) + len(text) <= WIDTH or UNREADABLE.search(text):  # only quoted text can name such signs
        yield f"{key}: {_quoted(text)}"
        return
    yield f"{key}: >-"
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    # A line of stored text has single blanks only, which is what a folded block gives back for each line break.
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _list(key: str, values: Sequence[str], *, indent: str = "") -> Iterator[str]:
    if values:
        yield f"{key}:"
    for value in values:
        yield f"{indent or ' ' * (len(key) - len(key.lstrip()) + 2)}- {_quoted(value)}"


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)  # JSON's quoted text is YAML's
    return UNREADABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _name(name: str) -> str:
    return _quoted(name) if name in NOTHING else name


def _decimal(hundredths: int) -> str:
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")
