"""Reads Moodle XML; what Moodle's own importer takes a file to mean is what counts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote
from xml.etree.ElementTree import Element

from quizapp.formats.questions.apart import QuestionFile, apart
from quizapp.formats.questions.categories import Topics
from quizapp.formats.questions.drafts import QuestionDraft, QuestionProblem, Reading
from quizapp.formats.questions.embedded import Texts, decoded_file, remarked
from quizapp.formats.questions.markup import PLUGIN_FILE
from quizapp.formats.questions.moodle_answers import READ, KeyOf, Part, says_no
from quizapp.formats.questions.moodle_tree import Node, each_question
from quizapp.formats.questions.weighing import weight_of
from quizapp.formats.workbook import refused
from quizapp.rules.vietnamese import clean
from quizapp.vocabulary import QuestionKind

KINDS = {
    "match": "câu ghép đôi",
    "matching": "câu ghép đôi",
    "cloze": "câu điền vào chỗ trống (cloze)",
    "multianswer": "câu điền vào chỗ trống (cloze)",
    "description": "đoạn dẫn, không phải câu hỏi",
    "random": "câu rút ngẫu nhiên",
    "randomsamatch": "câu ghép đôi ngẫu nhiên",
    "calculated": "câu tính theo công thức",
    "calculatedsimple": "câu tính theo công thức",
    "calculatedmulti": "câu tính theo công thức",
    "ddwtos": "câu kéo thả từ vào chỗ trống",
    "ddimageortext": "câu kéo thả lên hình",
    "ddmarker": "câu đánh dấu trên hình",
    "gapselect": "câu chọn từ vào chỗ trống",
    "gapfill": "câu điền từ vào chỗ trống",
    "ordering": "câu sắp thứ tự",
    "missingtype": "câu thuộc loại mà Moodle đã xuất không biết",
}
NOTHING = "tệp Moodle XML không có câu hỏi nào. Xin xuất lại từ Moodle (Ngân hàng câu hỏi, Xuất)."
LONGEST_ORIGINAL = 4000


@dataclass
class Import:
    """What was read so far."""

    topics: Topics = field(default_factory=Topics)
    topic: str = ""
    n: int = 0
    drafts: list[QuestionDraft] = field(default_factory=list)
    problems: list[QuestionProblem] = field(default_factory=list)
    refs: set[str] = field(default_factory=set)
    same_refs: int = 0
    feedback: int = 0
    penalties: int = 0

    def take(self, node: Node) -> None:
        if node.kind == "category":
            self.topic = self.topics.code_of(Part(node.element.find("category")).text)
            return
        self.n += 1
        name = clean(Part(node.element.find("name")).text)
        where = f"dòng {node.line}" + (f", câu “{name[:60]}”" if name else "")
        read = READ.get(node.kind)
        if read is None:
            kind = KINDS.get(node.kind, f"câu loại “{node.kind or 'không ghi'}”")
            self.problems.append(QuestionProblem(self.n, where, f"chưa nhập được: {kind}"))
        else:
            self._take(node, read, name, where)

    def _take(self, node: Node, read: KeyOf, name: str, where: str) -> None:
        draft = self._draft(node, read, name)
        if isinstance(draft, str):
            self.problems.append(QuestionProblem(self.n, where, draft))
            return
        self.refs.add(draft.ref)
        self.drafts.append(draft)
        answers = node.element.findall("answer")
        self.feedback += any(Part(each.find("feedback")).text.strip() for each in answers)
        self.penalties += any((each.get("fraction") or "").startswith("-") for each in answers)

    def _draft(self, node: Node, read: KeyOf, name: str) -> QuestionDraft | str:
        element, texts = node.element, Texts()
        stem = Part(element.find("questiontext"))
        prompt = texts.read(stem.text, stem.form, stem.files, place=None, where="phần hỏi")
        old_picture = _old_picture(element, texts)
        prompt = prompt or old_picture
        key = read(element, texts, stem.form)
        if isinstance(key, str):
            return key
        feedback = Part(element.find("generalfeedback"), stem.form)
        explanation = texts.explain(feedback.text, feedback.form)
        for_graders = Part(element.find("graderinfo"), stem.form)
        suggested = texts.explain(for_graders.text, for_graders.form) if key.kind is QuestionKind.ESSAY else ""
        whys = [*key.whys, *texts.whys, *([] if prompt else ["câu không có phần hỏi, tạm lấy tên câu"])]
        tags = (clean(Part(each).text) for each in element.findall("tags/tag"))
        return QuestionDraft(
            kind=key.kind,
            prompt=prompt or name,
            options=key.options,
            explanation=explanation,
            topic=self.topic,
            ref=self._ref(clean(element.findtext("idnumber") or "")),
            marks=_marks(element.findtext("defaultgrade") or ""),
            accepted=key.accepted,
            tolerance=key.tolerance,
            case_matters=key.kind is QuestionKind.SHORT and not says_no(element.find("usecase"), otherwise=True),
            suggested=suggested,
            tags=tuple(dict.fromkeys(filter(None, tags))),
            pictures=tuple(texts.pictures),
            flagged=bool(whys),
            why="; ".join(dict.fromkeys([*whys, *texts.remarks])),
            n=self.n,
            row=node.line,
            original=_original(element, name)[:LONGEST_ORIGINAL],
        )

    def _ref(self, ref: str) -> str:
        """Return what names a question, '' when another one has that name: Moodle's are unique in a category only."""
        if ref and ref in self.refs:
            self.same_refs += 1
            return ""
        return ref

    def evidence(self) -> Iterator[str]:
        yield f"Định dạng Moodle XML: {len(self.drafts)} câu; đáp án nhận theo phần trăm điểm của từng phương án."
        if unclear := sum(each.flagged for each in self.drafts):
            yield f"{unclear} câu chưa rõ, cần người xem lại."
        yield from remarked(self.drafts)
        if self.feedback:
            yield f"{self.feedback} câu có nhận xét riêng cho từng phương án; nhận xét không được nhập."
        if self.penalties:
            yield f"{self.penalties} câu trừ điểm phương án sai; ở đây thể lệ cuộc thi quyết định việc trừ điểm."
        if self.same_refs:
            yield f"{self.same_refs} câu có mã trùng với câu trước nên không giữ mã."


def read_file(file: QuestionFile) -> Reading:
    """Return the questions of a Moodle XML file."""
    found = Import()
    each_question(file.data, found.take)
    if not found.n:
        raise refused(NOTHING)
    return Reading(
        tuple(found.drafts), tuple(found.problems), topics=found.topics.names, evidence=tuple(found.evidence())
    )


read = apart(read_file)


def _old_picture(element: Element, texts: Texts) -> str:
    """Take the picture that Moodle 1.9 kept beside a question; return what stands for a stem that is nothing else."""
    name = (element.findtext("image") or "").strip()
    if not name:
        return ""
    files = {name: decoded_file(element.findtext("image_base64") or "")}
    return texts.read(f'<img src="{PLUGIN_FILE}{quote(name)}">', "html", files, place=None, where="phần hỏi")


def _marks(text: str) -> int | None:
    """Return a mark in hundredths, None when there is none."""
    mark = weight_of(text)
    return None if mark is None or mark < 0 else round(mark * 100)


def _original(element: Element, name: str) -> str:
    """Return a question as a person reads it in the file."""
    lines = [f"[{element.get('type')}] {name}".strip(), Part(element.find("questiontext")).text.strip()]
    for each in element.findall("answer"):
        lines.append(f"{each.get('fraction') or 0} %: {Part(each).text.strip()}")
    return "\n".join(filter(None, lines))
