"""Questions as a sheet holds them → drafts, or problems with their place; what is unclear comes in flagged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from quizapp.formats.questions.drafts import (
    Citation,
    OptionDraft,
    PictureDraft,
    QuestionDraft,
    QuestionProblem,
    true_false_options,
)
from quizapp.formats.questions.sheets import words
from quizapp.formats.questions.sheets.asked import Asked
from quizapp.formats.questions.sheets.deciding import (
    Habits,
    Option,
    decide,
    is_true_false,
    options_of,
    truth_of,
)
from quizapp.formats.questions.sheets.grid import Cell
from quizapp.formats.questions.sheets.keys import Found
from quizapp.formats.questions.sheets.texts import clean, fold
from quizapp.formats.questions.sheets.typed import bare_answer
from quizapp.vocabulary import Confidence, Level, QuestionKind

CHOICES = (QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.TRUE_FALSE)


@dataclass
class Drafter:
    """Makes drafts of one file; counts how keys were told and what words nobody knew."""

    drafts: list[QuestionDraft] = field(default_factory=list)
    problems: list[QuestionProblem] = field(default_factory=list)
    told: dict[str, int] = field(default_factory=dict)
    notes: dict[str, list[int]] = field(default_factory=dict)
    n: int = 0

    def add(self, asked: Asked, habits: Habits, topic: str) -> None:
        """Take a question in. topic: what it belongs to when no column says so."""
        self.n += 1
        wrong = _unreadable(asked)
        kind = self._kind(asked)
        if kind == words.CANNOT:
            name = clean(asked.more["kind"].shown)
            wrong = (asked.where, f"chưa nhập được câu hỏi loại “{name}”; xin bỏ câu này hoặc viết lại thành loại khác")
        if wrong:
            self.problems.append(QuestionProblem(self.n, *wrong))
            return
        draft = self._asked(asked, habits, kind)
        self.drafts.append(self._with_more(draft, asked, topic))

    def _kind(self, asked: Asked) -> str:
        cell = asked.more.get("kind")
        if cell is None:
            return ""
        found = words.kind_of(cell.shown)
        if found is None:
            self._note(f"không hiểu loại câu “{clean(cell.shown)[:40]}”, nhận theo phương án và đáp án")
        return found or ""

    def _note(self, what: str) -> None:
        self.notes.setdefault(what, []).append(self.n)

    def _asked(self, asked: Asked, habits: Habits, kind: str) -> QuestionDraft:
        options = options_of(asked)
        prompt = clean(asked.prompt.shown)
        if kind in (QuestionKind.NUMBER, QuestionKind.SHORT, QuestionKind.ESSAY) or not any(options):
            draft = bare_answer(asked, options, kind, prompt)
        else:
            draft = self._choice(asked, options, habits, kind, prompt)
        whys = [draft.why] if draft.flagged else []
        pictures = [*_pictures(asked, draft)]
        draft = replace(draft, pictures=tuple(picture for picture, _ in pictures if picture))
        whys += [why for _, why in pictures if why]
        whys += _of_links(asked)
        whys += _of_texts(draft)
        return replace(draft, n=self.n, row=asked.row, flagged=bool(whys), why="; ".join(dict.fromkeys(whys)))

    def _choice(
        self, asked: Asked, options: Sequence[Option | None], habits: Habits, kind: str, prompt: str
    ) -> QuestionDraft:
        found = decide(asked, options, habits)
        if is_true_false(options) and kind in ("", words.CHOICE, QuestionKind.TRUE_FALSE):
            return self._true_false(options, found, prompt)
        if kind == QuestionKind.SINGLE and len(found.right) > 1:
            found = Found(why=f"loại câu là một đáp án nhưng có {len(found.right)} đáp án; xin chọn lại")
        made = QuestionKind.MULTIPLE if kind == QuestionKind.MULTIPLE or len(found.right) > 1 else QuestionKind.SINGLE
        why = found.why
        if kind == QuestionKind.TRUE_FALSE:
            why = why or "loại câu là đúng–sai nhưng các phương án không phải “Đúng” và “Sai”"
        self._tell(found)
        drafts = tuple(OptionDraft(each.text, place in found.right) for place, each in enumerate(options) if each)
        return QuestionDraft(kind=made, prompt=prompt, options=_pinned(drafts, asked), flagged=bool(why), why=why)

    def _true_false(self, options: Sequence[Option | None], found: Found, prompt: str) -> QuestionDraft:
        truth = truth_of(options, found)
        why = found.why or ("" if truth is not None else "câu đúng–sai phải có đúng một đáp án; xin chọn lại")
        both = true_false_options(bool(truth))
        if why:
            both = tuple(replace(each, right=False) for each in both)
        else:
            self._tell(found)
        return QuestionDraft(QuestionKind.TRUE_FALSE, prompt, both, flagged=bool(why), why=why)

    def _tell(self, found: Found) -> None:
        if found.right:
            self.told[found.told] = self.told.get(found.told, 0) + 1

    def _with_more(self, draft: QuestionDraft, asked: Asked, topic: str) -> QuestionDraft:
        more = asked.more

        def text(name: str) -> str:
            return clean(more[name].shown) if name in more else ""

        level = words.level_of(text("level")) if text("level") else Level.EASY
        if level is None:
            self._note(f"không hiểu mức độ “{text('level')[:40]}”, ghi là Dễ")
        marks = words.hundredths(more["marks"]) if "marks" in more else None
        if "marks" in more and marks is None:
            self._note(f"không hiểu điểm “{text('marks')[:40]}”, bỏ trống")
        days = {name: words.day_in(more[name]) for name in ("valid_from", "valid_to") if name in more}
        for name, day in days.items():
            if day is None:
                self._note(f"không hiểu ngày hiệu lực “{text(name)[:40]}”, bỏ trống")
        cited = Citation(text("document"), text("article"), text("clause"), text("link")) if text("document") else None
        confidences = {fold(each.label): each for each in Confidence}
        return replace(
            draft,
            explanation=text("explanation"),
            source=text("source"),
            topic=text("topic") or asked.section or topic,
            level=level or Level.EASY,
            marks=marks,
            ref=text("ref"),
            tags=tuple(filter(None, map(clean, more["tags"].shown.split(",")))) if "tags" in more else (),
            citation=cited,
            confidence=confidences.get(fold(text("confidence")), Confidence.TEXT),
            valid_from=days.get("valid_from"),
            valid_to=days.get("valid_to"),
            original=_original(asked),
        )


def _unreadable(asked: Asked) -> tuple[str, str] | None:
    """Return the place of what cannot be read, and why; keys that cannot be read are only flagged."""
    if asked.prompt.error:
        return asked.grid.where(asked.row, asked.head.one("prompt")), asked.prompt.error
    for slot in asked.slots:
        if slot and slot.cell.error:
            return asked.grid.where(slot.row, slot.column), slot.cell.error
    for column, role in asked.head.columns.items():
        cell = asked.grid.rows.get(asked.row, {}).get(column)
        if cell and cell.error and role.name not in ("unused", "ignored", "number"):
            return asked.grid.where(asked.row, column), cell.error
    if not clean(asked.prompt.shown):
        return asked.where, "có phương án hoặc đáp án nhưng chưa có nội dung câu hỏi"
    return None


def _pictures(asked: Asked, draft: QuestionDraft) -> Iterator[tuple[PictureDraft | None, str]]:
    """Give the pictures beside a question, each with what is not sure of it."""
    columns = [slot.column for slot in asked.slots if slot]
    for row in asked.rows:
        for each in asked.grid.pictures.get(row, ()):
            if not each.content:
                yield None, "cạnh câu hỏi có ảnh mà tệp Excel không gắn vào câu được; xin thêm ảnh vào câu hoặc bỏ"
                continue
            role = asked.head.columns.get(each.column)
            in_options = len(asked.rows) > 1 or (role is not None and role.name in ("option", "right", "wrong"))
            is_choice = len(columns) == len(draft.options) == len(set(columns)) and draft.kind in CHOICES[:2]
            place = columns.index(each.column) if is_choice and each.column in columns else None
            why = "" if each.within and not in_options else "có ảnh không rõ là của câu hay của phương án; xin xem lại"
            yield PictureDraft(each.name, each.content, place), why


def _of_links(asked: Asked) -> Iterator[str]:
    cell: Cell | None = asked.more.get("picture")
    if cell and clean(cell.shown):
        yield f"câu hỏi có ảnh “{clean(cell.shown)[:80]}” chưa được lấy về; xin thêm ảnh vào câu hoặc bỏ"


def _of_texts(draft: QuestionDraft) -> Iterator[str]:
    if draft.kind not in CHOICES:
        return
    texts = [fold(option.text).strip(" .") for option in draft.options]
    exact = [clean(option.text).casefold() for option in draft.options]
    if len(draft.options) < 2:
        yield f"câu có {len(draft.options)} phương án; cần ít nhất 2"
    elif len(set(exact)) < len(texts):
        yield "có hai phương án giống hệt nhau; xin sửa hoặc bỏ một"
    if draft.kind is QuestionKind.MULTIPLE and draft.options and all(option.right for option in draft.options):
        yield "mọi phương án đều là đáp án; xin xem lại"


def _pinned(options: tuple[OptionDraft, ...], asked: Asked) -> tuple[OptionDraft, ...]:
    cell = asked.more.get("pinned")
    count = cell.value if cell and isinstance(cell.value, int) else 0
    return tuple(replace(each, pinned=place >= len(options) - count) for place, each in enumerate(options))


def _original(asked: Asked) -> str:
    lines = []
    for number in asked.rows:
        cells = asked.grid.rows.get(number, {})
        lines.append(" | ".join(clean(cells[column].shown) for column in sorted(cells)))
    return "\n".join(lines)
