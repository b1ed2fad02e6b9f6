"""The bank file, docs/question-bank-file.md: YAML text → `BankDraft`, or everything that is wrong with it, by line."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from quizapp.formats.marked_section import Report, Section
from quizapp.formats.marked_yaml import decoded, read
from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.formats.questions.native_answers import answers, citation, marks, pictures, tags
from quizapp.rules.question_typing import fold_name
from quizapp.vocabulary import Confidence, Level, QuestionKind

W = TypeVar("W", bound=StrEnum)

MOST_BYTES = 16 * 1024 * 1024
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
TOPIC = re.compile(rf"{NAME.pattern}(/{NAME.pattern})*")
PLACE = re.compile(r"questions\.([0-9]+)")
LONGEST_TEXT, LONGEST_NAME = 20_000, 1_000


@dataclass(frozen=True)
class BankFile:
    """A bank file that was read: the bank, and the line of every key by path ('thu-viec-quan-ly.prompt')."""

    bank: BankDraft
    lines: Mapping[str, int]

    def line_of(self, path: str) -> int:
        """Return the line of a key, or of the nearest key above it; 0 when the file has none of them."""
        while path and path not in self.lines:
            path = path.rpartition(".")[0]
        return self.lines.get(path, 0)


def read_bank(source: str | bytes) -> BankFile:
    """Return the bank that a file holds. Raises BadFile with all that is wrong: line, question and key, remedy."""
    text = decoded(source, most_bytes=MOST_BYTES)
    report = Report(root="gốc của tệp")
    root = Section(read(text, most_bytes=MOST_BYTES), "", report, line=1)
    for key in ("bank", "questions"):
        if key not in root:
            report.note(1, key, f"tệp phải có dòng “{key}:” sát lề trái; xin xem docs/question-bank-file.md")
    head = root.section("bank")
    head.is_broken = head.is_broken or "bank" not in root
    parts = root.sections("questions")
    topics = _topics(head)
    questions = tuple(_question(part, topics, n) for n, part in enumerate(parts, start=1))
    _refuse_twins(parts, questions)
    bank = BankDraft(
        code=_name(head, "code", most=60),
        title=head.text("title", most=LONGEST_NAME),
        about=head.lines("about", "", most=LONGEST_TEXT),
        checked_on=head.day("checked_on"),
        topics=topics,
        questions=questions,
    )
    report.finish()
    return BankFile(bank, dict(_lines(report, questions)))


def _lines(report: Report, questions: Sequence[QuestionDraft]) -> Iterator[tuple[str, int]]:
    """A question's keys were entered by its place in the file, before its id was known."""
    for path, line in report.lines.items():
        if found := PLACE.match(path):
            path = questions[int(found[1]) - 1].ref + path[found.end() :]
        yield path, line


def _topics(head: Section) -> dict[str, str]:
    section = head.section("topics")
    topics = {code: section.text(code, most=LONGEST_NAME) for code in section.entries}
    for code in topics:
        if not TOPIC.fullmatch(code):
            section.wrong(code, f"mã chủ đề “{code}” phải là chữ thường không dấu, chữ số và dấu “-”, ví dụ hop-dong")
    return topics


def _question(section: Section, topics: Mapping[str, str], n: int) -> QuestionDraft:
    ref = _name(section, "id", most=80)
    if NAME.fullmatch(ref):
        section.path = ref  # from here on, problems are named by the question's id
    kind = _word(section, "kind", QuestionKind, QuestionKind.SINGLE)
    flagged = section.flag("flagged") or False
    draft = QuestionDraft(
        kind=kind,
        prompt=section.lines("prompt", "" if flagged else None, most=LONGEST_TEXT),
        explanation=section.lines("explanation", "", most=LONGEST_TEXT),
        source=section.lines("source", "", most=LONGEST_TEXT),
        topic=section.text("topic", ""),
        level=_word(section, "level", Level, Level.EASY),
        confidence=_word(section, "confidence", Confidence, Confidence.TEXT),
        valid_from=section.day("valid_from"),
        valid_to=section.day("valid_to"),
        ref=ref,
        marks=marks(section),
        tags=tags(section, kind),
        citation=citation(section),
        pictures=pictures(section),
        flagged=flagged,
        why=section.lines("why", "", most=LONGEST_TEXT),
        n=n,
        row=section.line,
        **answers(section, kind, flagged=flagged),
    )
    if draft.topic and draft.topic not in topics:
        section.wrong("topic", f"không có chủ đề “{draft.topic}” trong bank.topics; các chủ đề: {', '.join(topics)}")
    if draft.valid_from and draft.valid_to and draft.valid_from > draft.valid_to:
        section.wrong("valid_to", "ngày hết hiệu lực phải từ ngày “valid_from” trở đi; xin xem lại hai ngày")
    return draft


def _refuse_twins(parts: Sequence[Section], questions: Sequence[QuestionDraft]) -> None:
    refs: dict[str, int] = {}
    for part, question in zip(parts, questions, strict=True):
        first = refs.setdefault(question.ref, question.row)
        if question.ref and first != question.row:
            part.wrong(
                "id", f"mã “{question.ref}” đã dùng ở dòng {first}; mỗi câu hỏi cần một mã riêng, không dùng lại"
            )


def _name(section: Section, key: str, *, most: int) -> str:
    """Return a name of lower-case letters without marks, digits and hyphens."""
    name = section.text(key, most=most)
    if name and not NAME.fullmatch(name):
        section.wrong(key, f"“{name}” phải là chữ thường không dấu, chữ số và dấu “-” ở giữa, ví dụ {fold_name(name)}")
    return name


def _word(section: Section, key: str, kind: type[W], otherwise: W, *, later: Collection[str] = ()) -> W:
    """Return one of the words of a kind; the key must be there."""
    if key not in section or section.is_none(key):
        section.text(key)
    return section.word(key, kind, otherwise, later=later)
