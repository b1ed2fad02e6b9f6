"""The bank file, docs/question-bank-file.md: YAML text → `BankDraft`, or everything that is wrong with it, by line."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from quizapp.formats.marked_section import Report, Section
from quizapp.formats.marked_yaml import decoded, read
from quizapp.formats.questions.drafts import BankDraft, OptionDraft, QuestionDraft, true_false_options
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Confidence, Level, QuestionKind

W = TypeVar("W", bound=StrEnum)

MOST_BYTES = 8 * 1024 * 1024
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PLACE = re.compile(r"questions\.([0-9]+)")
LATER_KINDS = {QuestionKind.NUMBER, QuestionKind.SHORT, QuestionKind.ESSAY}
OPTIONS = {QuestionKind.SINGLE: (2, 6), QuestionKind.MULTIPLE: (3, 6)}
LONGEST_PROMPT, LONGEST_OPTION, LONGEST_EXPLANATION = 400, 240, 2000


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
    parts = root.sections("questions", required="questions" in root)
    topics = _topics(head)
    questions = tuple(_question(part, topics, n) for n, part in enumerate(parts, start=1))
    _refuse_twins(parts, questions)
    bank = BankDraft(
        code=_name(head, "code", most=60),
        title=head.text("title"),
        about=head.text("about", most=LONGEST_EXPLANATION),
        checked_on=head.day("checked_on", required=True),
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
    topics = {code: section.text(code) for code in section.entries}
    for code in topics:
        if not NAME.fullmatch(code):
            section.wrong(code, f"mã chủ đề “{code}” phải là chữ thường không dấu, chữ số và dấu “-”, ví dụ hop-dong")
    if not topics and not section.is_broken:
        head.wrong("topics", "chưa có chủ đề nào; xin ghi ít nhất một dòng “mã: tên chủ đề”")
    return topics


def _question(section: Section, topics: Mapping[str, str], n: int) -> QuestionDraft:
    ref = _name(section, "id", most=80)
    if NAME.fullmatch(ref):
        section.path = ref  # from here on, problems are named by the question's id
    kind = _word(section, "kind", QuestionKind, QuestionKind.SINGLE)
    if kind in LATER_KINDS:
        section.wrong("kind", f"“{kind}” chưa dùng được trong bản này; xin dùng single, multiple hoặc true_false")
        kind = QuestionKind.SINGLE
    draft = QuestionDraft(
        kind=kind,
        prompt=section.text("prompt", most=LONGEST_PROMPT),
        options=_true_false(section) if kind is QuestionKind.TRUE_FALSE else _options(section, kind),
        explanation=section.text("explanation", most=LONGEST_EXPLANATION),
        source=section.text("source", most=300),
        topic=section.text("topic"),
        level=_word(section, "level", Level, Level.EASY),
        confidence=_word(section, "confidence", Confidence, Confidence.TEXT),
        valid_from=section.day("valid_from"),
        valid_to=section.day("valid_to"),
        ref=ref,
        n=n,
        row=section.line,
    )
    if draft.topic and topics and draft.topic not in topics:
        section.wrong("topic", f"không có chủ đề “{draft.topic}” trong bank.topics; các chủ đề: {', '.join(topics)}")
    if draft.valid_from and draft.valid_to and draft.valid_from > draft.valid_to:
        section.wrong("valid_to", "ngày hết hiệu lực phải từ ngày “valid_from” trở đi; xin xem lại hai ngày")
    return draft


def _true_false(section: Section) -> tuple[OptionDraft, ...]:
    section.refuse("options", "câu true_false không ghi “options”; xin ghi “answer: true” hoặc “answer: false”")
    answer = section.flag("answer")
    if answer is None and not section.is_broken:
        section.wrong("answer", "thiếu đáp án; xin ghi “answer: true” (Đúng) hoặc “answer: false” (Sai)")
    return true_false_options(bool(answer))


def _options(section: Section, kind: QuestionKind) -> tuple[OptionDraft, ...]:
    section.refuse("answer", "“answer” chỉ dùng cho câu true_false; xin ghi đáp án bằng “right:” trong “options”")
    parts = section.sections("options", required=True)
    options = tuple(_option(part) for part in parts)
    if not parts:
        return options
    least, most = OPTIONS[kind]
    if not least <= len(options) <= most:
        section.wrong("options", f"có {len(options)} phương án; câu {kind} cần từ {least} đến {most} phương án")
    right = sum(option.right for option in options)
    if kind is QuestionKind.SINGLE and right != 1:
        section.wrong(
            "options", f"có {right} phương án “right”; câu single phải có đúng một, nhiều hơn là câu multiple"
        )
    if kind is QuestionKind.MULTIPLE and right in (0, len(options)):
        section.wrong("options", "câu multiple phải có ít nhất một phương án “right” và một phương án “wrong”")
    _refuse_equal(parts, options)
    return options


def _option(part: Section) -> OptionDraft:
    given = [key for key in ("right", "wrong") if key in part]
    if len(given) != 1 and not part.is_broken:
        part.report.note(part.line, part.path, "mỗi phương án ghi đúng một khóa: “right” (đúng) hoặc “wrong” (sai)")
    texts = [part.text(key, "" if key not in given else None, most=LONGEST_OPTION) for key in ("right", "wrong")]
    return OptionDraft(next(filter(None, texts), ""), right="right" in given, pinned=part.flag("pinned") or False)


def _refuse_equal(parts: Sequence[Section], options: Sequence[OptionDraft]) -> None:
    seen: dict[str, int] = {}
    for number, (part, option) in enumerate(zip(parts, options, strict=True), start=1):
        first = seen.setdefault(option.text.casefold(), number)
        if option.text and first != number:
            part.report.note(part.line, part.path, f"giống phương án {first}; xin viết khác đi hoặc bỏ một phương án")
    pinned = [option.pinned for option in options]
    if pinned != sorted(pinned):
        place = pinned.index(True)
        parts[place].wrong("pinned", "phương án “pinned: true” phải đứng sau các phương án khác; xin chuyển xuống cuối")


def _refuse_twins(parts: Sequence[Section], questions: Sequence[QuestionDraft]) -> None:
    refs: dict[str, int] = {}
    prompts: dict[str, QuestionDraft] = {}
    for part, question in zip(parts, questions, strict=True):
        first = refs.setdefault(question.ref, question.row)
        if question.ref and first != question.row:
            part.wrong(
                "id", f"mã “{question.ref}” đã dùng ở dòng {first}; mỗi câu hỏi cần một mã riêng, không dùng lại"
            )
        twin = prompts.setdefault(fold(question.prompt), question)
        if question.prompt and twin is not question:
            part.wrong("prompt", f"trùng câu “{twin.ref}” ở dòng {twin.row}; xin viết khác đi hoặc bỏ một câu")


def _name(section: Section, key: str, *, most: int) -> str:
    """Return a name of lower-case letters without marks, digits and hyphens."""
    name = section.text(key, most=most)
    if name and not NAME.fullmatch(name):
        section.wrong(key, f"“{name}” phải là chữ thường không dấu, chữ số và dấu “-” ở giữa, ví dụ {fold_name(name)}")
    return name


def fold_name(text: str) -> str:
    """Return a text as a name that may stand in the file: 'Thử việc (quản lý)' → 'thu-viec-quan-ly'."""
    return "-".join(re.findall("[a-z0-9]+", fold(text))) or "cau-1"


def _word(section: Section, key: str, kind: type[W], otherwise: W, *, later: Collection[str] = ()) -> W:
    """Return one of the words of a kind; the key must be there."""
    if key not in section or section.is_none(key):
        section.text(key)
    return section.word(key, kind, otherwise, later=later)
