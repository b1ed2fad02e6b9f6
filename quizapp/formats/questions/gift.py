"""Reads GIFT, Moodle's format for typed questions; what Moodle's own importer takes a file to mean is what counts."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quizapp.formats.questions.apart import QuestionFile, apart
from quizapp.formats.questions.categories import Topics
from quizapp.formats.questions.drafts import QuestionDraft, QuestionProblem, Reading
from quizapp.formats.questions.embedded import Texts, remarked
from quizapp.formats.questions.gift_answers import form_of, has_feedback, has_penalties, key_of
from quizapp.formats.questions.gift_blocks import CATEGORY, Block, blocks, hidden, seen
from quizapp.formats.questions.lettering import decoded
from quizapp.formats.questions.weighing import Key
from quizapp.formats.workbook import refused
from quizapp.rules.vietnamese import clean

GAP = "_____"
DESCRIPTION = "chưa nhập được: đoạn văn không có phần đáp án { }"
BRACES = "dấu “{” và “}” không đi thành một cặp; dấu ngoặc trong lời phải viết “\\{”, “\\}”"
GROUPS = "có nhiều hơn một phần { }; mỗi câu chỉ có một phần đáp án, dấu ngoặc trong lời phải viết “\\{”, “\\}”"
NOTHING = "tệp không có câu hỏi nào theo định dạng GIFT. Xin xem lại tệp hoặc chọn định dạng khác."


@dataclass(frozen=True)
class Parts:
    """A question taken apart, its escaped signs still hidden. `inside`: what stands in the braces."""

    stem: str
    inside: str
    feedback: str


@dataclass
class Habits:
    """What the questions of a file have and ours do not, to be told once."""

    drafts: list[QuestionDraft] = field(default_factory=list)
    refs: set[str] = field(default_factory=set)
    feedback: int = 0
    penalties: int = 0
    same_refs: int = 0

    def sentences(self) -> Iterator[str]:
        yield f"Định dạng GIFT: {len(self.drafts)} câu; đáp án nhận theo dấu “=”, trọng số % và TRUE/FALSE."
        if unclear := sum(each.flagged for each in self.drafts):
            yield f"{unclear} câu chưa rõ, cần người xem lại."
        yield from remarked(self.drafts)
        if self.feedback:
            yield f"{self.feedback} câu có nhận xét riêng cho từng phương án (sau dấu #); nhận xét không được nhập."
        if self.penalties:
            yield f"{self.penalties} câu trừ điểm phương án sai; ở đây thể lệ cuộc thi quyết định việc trừ điểm."
        if self.same_refs:
            yield f"{self.same_refs} câu có mã trùng với câu trước nên không giữ mã."


def read_file(file: QuestionFile) -> Reading:
    """Return the questions of a GIFT file."""
    topics, habits, topic, n = Topics(), Habits(), "", 0
    problems: list[QuestionProblem] = []
    for block in blocks(decoded(file.data)):
        if block.is_category:
            topic = topics.code_of(seen(hidden(block.text.removeprefix(CATEGORY))))
            continue
        n += 1
        parts = _taken_apart(hidden(block.text))
        draft = parts if isinstance(parts, str) else _draft(block, parts)
        if isinstance(draft, str) or isinstance(parts, str):
            problems.append(QuestionProblem(n, f"dòng {block.row}", str(draft)))
            continue
        habits.feedback += has_feedback(parts.inside)
        habits.penalties += has_penalties(parts.inside)
        is_twin = draft.ref != "" and draft.ref in habits.refs
        habits.refs.add(draft.ref)
        habits.same_refs += is_twin
        habits.drafts.append(replace(draft, n=n, topic=topic, ref="" if is_twin else draft.ref))
    if not n:
        raise refused(NOTHING)
    return Reading(tuple(habits.drafts), tuple(problems), topics=topics.names, evidence=tuple(habits.sentences()))


read = apart(read_file)


def _taken_apart(text: str) -> Parts | str:
    """Return the parts of a question, or why it is none."""
    if text.startswith("::") and "::" in text[2:]:
        text = text[2:].partition("::")[2].strip()
    start, end = text.find("{"), text.find("}")
    if start < 0 and end < 0:
        return DESCRIPTION
    if start < 0 or end < start:
        return BRACES
    inside, after = text[start + 1 : end], text[end + 1 :]
    if "{" in inside or "{" in after or "}" in after:
        return GROUPS
    stem = text[:start] + (GAP + after if after else "")
    answers, _, feedback = inside.rpartition("####") if "####" in inside else (inside, "", "")
    return Parts(stem, answers.strip(), feedback.strip())


def _draft(block: Block, parts: Parts) -> QuestionDraft | str:
    texts = Texts()
    form, stem = form_of(parts.stem.strip(), "moodle")
    prompt = texts.read(seen(stem), form, {}, place=None, where="phần hỏi")
    key = key_of(parts.inside, texts, form)
    if not isinstance(key, Key):
        return key
    feedback_form, feedback = form_of(parts.feedback, form)
    explanation = texts.explain(seen(feedback), feedback_form)
    whys = [*block.whys, *key.whys, *texts.whys, *([] if prompt else ["câu không có phần hỏi"])]
    return QuestionDraft(
        kind=key.kind,
        prompt=prompt,
        options=key.options,
        explanation=explanation,
        ref=clean("".join(block.notes("id")[:1])),
        accepted=key.accepted,
        tolerance=key.tolerance,
        tags=tuple(dict.fromkeys(filter(None, map(clean, block.notes("tag"))))),
        pictures=tuple(texts.pictures),
        flagged=bool(whys),
        why="; ".join(dict.fromkeys([*whys, *texts.remarks])),
        row=block.row,
        original=block.text,
    )
