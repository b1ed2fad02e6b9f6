"""Questions of a sheet that are answered by writing, or whose statement is true or false: no options to choose from."""

import re
from collections.abc import Sequence
from dataclasses import replace

from quizapp.formats.questions.drafts import QuestionDraft, true_false_options
from quizapp.formats.questions.sheets import words
from quizapp.formats.questions.sheets.asked import Asked
from quizapp.formats.questions.sheets.deciding import COUNTED_FROM, NO_KEY, Option
from quizapp.formats.questions.sheets.grid import Cell
from quizapp.formats.questions.sheets.texts import clean
from quizapp.vocabulary import QuestionKind

TRUE = {"đúng", "true", "đ", "t", "yes"}
FALSE = {"sai", "false", "s", "f", "no"}
TOLERANCE = re.compile(r"(.+?)\s*(?:±|\+/-|\+-)\s*(.+)")
LONGEST_SHORT = 80
NO_OPTIONS = "câu không có phương án nào"
TAKEN_AS_SHORT = "câu không có phương án; tạm nhận là câu trả lời ngắn, xin xem lại loại câu và đáp án"


def bare_answer(asked: Asked, options: Sequence[Option | None], kind: str, prompt: str) -> QuestionDraft:
    """Return a question without options to choose from. kind: as its column says, '': it does not."""
    keys = [key for key in asked.keys if key.error or clean(key.shown)]
    error = next((key.error for key in keys if key.error), "")
    texts = [each.text for each in options if each] or [part for key in keys for part in _parts(key)]
    if kind == QuestionKind.ESSAY:
        suggested = " ".join(clean(key.shown) for key in keys) or " ".join(texts)
        return QuestionDraft(QuestionKind.ESSAY, prompt, (), suggested=suggested, flagged=bool(error), why=error)
    if kind == QuestionKind.SHORT:
        return _checked(_short(asked, prompt, texts), error)
    if kind == QuestionKind.NUMBER:
        return _checked(_number(asked, prompt, keys, texts), error)
    if kind in ("", words.CHOICE, QuestionKind.TRUE_FALSE) and (truth := _truth(keys, asked, kind)) is not None:
        return QuestionDraft(QuestionKind.TRUE_FALSE, prompt, true_false_options(truth))
    if kind == QuestionKind.TRUE_FALSE:
        both = tuple(replace(each, right=False) for each in true_false_options(True))
        return QuestionDraft(QuestionKind.TRUE_FALSE, prompt, both, flagged=True, why=_unclear(keys))
    has_choices = bool(asked.head.of("option") or asked.head.of("list") or asked.head.of("wrong"))
    if kind or has_choices or not texts:
        made = QuestionKind.MULTIPLE if kind == QuestionKind.MULTIPLE else QuestionKind.SINGLE
        return QuestionDraft(made, prompt, (), flagged=True, why=error or NO_OPTIONS)
    if len(" ".join(texts)) > LONGEST_SHORT:
        why = "câu không có phương án; tạm nhận là câu tự luận với đáp án gợi ý, xin xem lại"
        return QuestionDraft(QuestionKind.ESSAY, prompt, (), suggested=" ".join(texts), flagged=True, why=why)
    return QuestionDraft(
        QuestionKind.SHORT, prompt, (), accepted=tuple(texts), flagged=True, why=error or TAKEN_AS_SHORT
    )


def _parts(key: Cell) -> list[str]:
    parts = key.shown.split("\n") if "\n" in key.shown else re.split(r"[;|]", key.shown)
    return list(dict.fromkeys(filter(None, map(clean, parts))))


def _checked(draft: QuestionDraft, error: str) -> QuestionDraft:
    why = error or draft.why or ("" if draft.accepted else NO_KEY)
    return replace(draft, flagged=bool(why), why=why)


def _short(asked: Asked, prompt: str, texts: list[str]) -> QuestionDraft:
    case, accents = asked.more.get("case"), asked.more.get("accents")
    return QuestionDraft(
        QuestionKind.SHORT,
        prompt,
        (),
        accepted=tuple(texts),
        case_matters=bool(case and clean(case.shown).casefold() in ("có", "true", "x")),
        accents_matter=not (accents and clean(accents.shown).casefold() in ("không", "false")),
    )


def _number(asked: Asked, prompt: str, keys: list[Cell], texts: list[str]) -> QuestionDraft:
    draft = QuestionDraft(QuestionKind.NUMBER, prompt, ())
    if len(keys) == 1 and isinstance(keys[0].value, int | float) and not isinstance(keys[0].value, bool):
        texts = [str(keys[0].value)]
    if len(texts) != 1:
        return replace(draft, why=NO_KEY if not texts else "câu trả lời bằng số phải có đúng một đáp án")
    within = asked.more.get("tolerance")
    match = TOLERANCE.fullmatch(texts[0])
    # "1,000" is one in Vietnam and a thousand elsewhere; the template says which
    is_clear = bool(asked.head.of("tolerance")) or not re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", texts[0])
    value = words.number_text(match[1] if match else texts[0]) if is_clear else None
    spread = clean(within.shown) if within else match[2] if match else ""
    tolerance = words.number_text(spread) if spread else ""
    if value is None or tolerance is None:
        return replace(draft, why=f"đáp án “{texts[0][:40]}” không phải một số rõ ràng, ví dụ 3,14")
    return replace(draft, accepted=(value,), tolerance=tolerance)


def _truth(keys: list[Cell], asked: Asked, kind: str) -> bool | None:
    """Return what a statement is said to be; 1 and 0 only where the column of keys, or of kinds, speaks of truth."""
    found = {_one_truth(key, asked, kind) for key in keys}
    return found.pop() if len(found) == 1 else None


def _one_truth(key: Cell, asked: Asked, kind: str) -> bool | None:
    if key.error:
        return None
    if isinstance(key.value, bool):
        return key.value
    shown = clean(key.shown).casefold().rstrip(".")
    if shown in TRUE | FALSE:
        return shown in TRUE
    if shown in ("1", "0") and (kind == QuestionKind.TRUE_FALSE or _speaks_of_truth(asked)):
        return shown == "1"
    return None


def _speaks_of_truth(asked: Asked) -> bool:
    column = asked.head.one("key")
    values = {
        clean(row[column].shown) for number, row in asked.grid.visible() if number > asked.head.row and column in row
    }
    options = asked.head.of("option") or asked.head.of("list")
    return values == {"0", "1"} and not options


def _unclear(keys: list[Cell]) -> str:
    if not keys:
        return NO_KEY
    if clean(keys[0].shown) == "0":
        return COUNTED_FROM
    return f"ô đáp án ghi “{clean(keys[0].shown)[:60]}”, không rõ là Đúng hay Sai"
