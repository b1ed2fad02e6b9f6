"""What a person typed into the rows of a sheet: the rows as they then stand."""

from collections.abc import Mapping
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from quizapp.banks.sheets import Fate, KeptPicture, Row, Sheet
from quizapp.formats.questions.drafts import FALSE, TRUE, OptionDraft, QuestionDraft, true_false_options
from quizapp.rules.question_content import CHOSEN, read_number
from quizapp.rules.vietnamese import clean, fold
from quizapp.vocabulary import Level, QuestionKind

MOST_OPTIONS = 12
LONGEST = 4000
LONGEST_ALT = 300


def edited(sheet: Sheet, typed: MultiDict[str, str]) -> Sheet:
    """Return the sheet with what was typed; rows that the page did not show stay. typed: '12-prompt' and so on."""
    shown = {*typed.getlist("shown")}
    rows = (_row(row, _Typed(typed, row.n)) if str(row.n) in shown else row for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))


class _Typed:
    """The fields of one row."""

    def __init__(self, typed: MultiDict[str, str], n: int):
        self.typed, self.n = typed, n

    def text(self, name: str, otherwise: str) -> str:
        """Return a text with its lines; blanks within a line are folded. What is as long as a book is cut."""
        given = self.typed.get(f"{self.n}-{name}")
        return otherwise if given is None else "\n".join(_lines(given[:LONGEST]))

    def lines(self, name: str, otherwise: tuple[str, ...]) -> tuple[str, ...]:
        given = self.typed.get(f"{self.n}-{name}")
        return otherwise if given is None else tuple(filter(None, _lines(given[:LONGEST])))

    def has(self, name: str) -> bool:
        return f"{self.n}-{name}" in self.typed

    def places(self, name: str) -> set[int]:
        found = self.typed.getlist(f"{self.n}-{name}")
        return {int(each) for each in found if each.isascii() and each.isdecimal() and len(each) < 3}


def _row(row: Row, typed: _Typed) -> Row:
    is_pictured = any(each.place is not None for each in row.pictures)
    draft = _draft(row.draft, typed, keep_blank=is_pictured)
    asked = _fate(typed, row)
    is_edited = draft != row.draft
    settled = row.is_settled or asked is Fate.USE or (is_edited and _says_more(row.draft, draft))
    pictures = tuple(replace(each, alt=_alt(typed, each)) for each in row.pictures)
    is_edited = row.is_edited or is_edited or pictures != row.pictures
    return replace(row, draft=draft, asked=asked, is_edited=is_edited, is_settled=settled, pictures=pictures)


def _alt(typed: _Typed, picture: KeptPicture) -> str:
    return clean(typed.text(f"alt-{picture.number}", picture.alt))[:LONGEST_ALT]


def _fate(typed: _Typed, row: Row) -> Fate | None:
    """Return what a person wants; what the page proposed and was left as it stood is nobody's wish."""
    words: Mapping[str, Fate] = {fate.value: fate for fate in Fate}
    wanted = words.get(typed.text("fate", ""))
    return row.asked if wanted is None or wanted is row.fate else wanted


def _says_more(before: QuestionDraft, after: QuestionDraft) -> bool:
    """Return whether somebody touched the key: whoever did has looked at what was in doubt."""
    return _key(before) != _key(after)


def _key(draft: QuestionDraft) -> tuple[object, ...]:
    """What a page gives back unchanged is the same key, though it folds blanks and lines."""
    options = [(clean(each.text), each.right) for each in draft.options]
    return draft.kind, options, [*map(clean, draft.accepted)], clean(draft.tolerance)


def _draft(draft: QuestionDraft, typed: _Typed, *, keep_blank: bool) -> QuestionDraft:
    kind = QuestionKind(wanted) if (wanted := typed.text("kind", "")) in [*QuestionKind] else draft.kind
    level = Level(wanted) if (wanted := typed.text("level", "")) in [*Level] else draft.level
    written = replace(
        draft,
        prompt=typed.text("prompt", draft.prompt),
        explanation=typed.text("explanation", draft.explanation),
        source=clean(typed.text("source", draft.source)),
        topic=_topic(draft.topic, clean(typed.text("topic", draft.topic))),
        level=level,
        options=_options(draft, typed, keep_blank=keep_blank),
        accepted=tuple(_number(each, draft.kind) for each in typed.lines("accepted", draft.accepted)),
        tolerance=_number(typed.text("tolerance", draft.tolerance), QuestionKind.NUMBER),
        suggested=typed.text("suggested", draft.suggested),
    )
    return written if kind is draft.kind else _of_kind(written, kind)


def _topic(before: str, typed: str) -> str:
    return typed if typed else before


def _options(draft: QuestionDraft, typed: _Typed, *, keep_blank: bool) -> tuple[OptionDraft, ...]:
    """Return the options as typed: those left blank are gone, unless a picture tells which option is which."""
    if draft.kind not in CHOSEN or not typed.has("options"):
        return draft.options
    right = typed.places("right")
    if draft.kind is QuestionKind.TRUE_FALSE:
        return tuple(replace(each, right=place in right) for place, each in enumerate(draft.options))
    made = []
    for place in range(MOST_OPTIONS):
        before = draft.options[place] if place < len(draft.options) else OptionDraft("", right=False)
        text = clean(typed.text(f"option-{place}", before.text))
        if text or (keep_blank and place < len(draft.options)):
            made.append(OptionDraft(text, place in right, before.pinned))
    return tuple(made)


def _of_kind(draft: QuestionDraft, kind: QuestionKind) -> QuestionDraft:
    """Return a question turned into another kind; a key goes along only where it means the same."""
    if kind is QuestionKind.TRUE_FALSE:
        said = {fold(text) for text in draft.right_texts}
        known = len(said) == 1 and said <= {fold(TRUE), fold(FALSE)}
        options = true_false_options(said == {fold(TRUE)})
        kept = options if known else tuple(replace(each, right=False) for each in options)
        return replace(draft, kind=kind, options=kept, accepted=(), tolerance="")
    if kind in CHOSEN:
        return replace(draft, kind=kind, accepted=(), tolerance="")
    accepted = draft.accepted or draft.right_texts
    if kind is QuestionKind.ESSAY:
        return replace(draft, kind=kind, options=(), accepted=(), suggested=draft.suggested or "; ".join(accepted))
    return replace(draft, kind=kind, options=(), accepted=tuple(_number(each, kind) for each in accepted))


def _number(text: str, kind: QuestionKind) -> str:
    return (read_number(text) or text) if kind is QuestionKind.NUMBER else text


def _lines(text: str) -> list[str]:
    lines = [clean(line) for line in text.replace("\0", "").splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    return lines
