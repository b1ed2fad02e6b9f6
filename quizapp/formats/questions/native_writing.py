"""`BankDraft` → the text of a bank file that reads back as the same bank."""

import json
import textwrap
from collections.abc import Iterator

from quizapp.formats.marked_yaml import NOTHING
from quizapp.formats.questions.drafts import BankDraft, OptionDraft, QuestionDraft
from quizapp.vocabulary import QuestionKind

WIDTH = 110


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
    yield f"    topic: {_name(question.topic)}"
    yield f"    level: {question.level}"
    yield from _text("    prompt", question.prompt)
    if question.kind is QuestionKind.TRUE_FALSE:
        yield f"    answer: {'true' if question.options[0].right else 'false'}"
    else:
        yield "    options:"
        for option in question.options:
            yield from _option(option)
    yield from _text("    explanation", question.explanation)
    yield f"    source: {_quoted(question.source)}"
    yield f"    confidence: {question.confidence}"
    if question.valid_from:
        yield f"    valid_from: {question.valid_from.isoformat()}"
    if question.valid_to:
        yield f"    valid_to: {question.valid_to.isoformat()}"


def _option(option: OptionDraft) -> Iterator[str]:
    yield f"      - {'right' if option.right else 'wrong'}: {_quoted(option.text)}"
    if option.pinned:
        yield "        pinned: true"


def _text(key: str, text: str) -> Iterator[str]:
    if len(key) + len(text) <= WIDTH:
        yield f"{key}: {_quoted(text)}"
        return
    yield f"{key}: >-"
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    # Stored text has single blanks only, which is what a folded block gives back for each line break.
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # JSON's quoted text is YAML's


def _name(name: str) -> str:
    return _quoted(name) if name in NOTHING else name
