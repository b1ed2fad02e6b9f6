"""Two versions of a question beside each other: field by field, word by word, the key too."""

from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.rules.question_content import STEM, QuestionContent
from quizapp.rules.word_changes import Piece, word_changes
from quizapp.rules.wording import hundredths
from quizapp.vocabulary import QuestionKind

RIGHT, FIXED = "✓ đáp án", "giữ vị trí"


@dataclass(frozen=True)
class ComparedField:
    label: str
    pieces: list[Piece]

    @property
    def is_changed(self) -> bool:
        return any(piece.old or piece.new for piece in self.pieces)


def compared(former: QuestionContent, later: QuestionContent, topics: Mapping[str, str]) -> list[ComparedField]:
    """Return every field that either version fills, with what changed in it."""
    before, after = _said(former, topics), _said(later, topics)
    return [
        ComparedField(label, word_changes(before.get(label, ""), after.get(label, "")))
        for label in dict.fromkeys([*before, *after])
        if before.get(label) or after.get(label)
    ]


def _said(content: QuestionContent, topics: Mapping[str, str]) -> dict[str, str]:
    said = {"Dạng câu hỏi": content.kind.label, "Câu hỏi": content.prompt}
    for place, option in enumerate(content.options):
        marks = [RIGHT] * option.right + [FIXED] * option.pinned
        said[f"Phương án {place + 1}"] = " ".join([option.text, *(f"({mark})" for mark in marks)])
    for each in content.pictures:
        where = "Ảnh của câu hỏi" if each.position == STEM else f"Ảnh của phương án {each.position + 1}"
        said[where] = f"ảnh {each.digest[:8]}: {each.alt}"
    said["Câu trả lời được chấp nhận"] = "; ".join(content.accepted)
    if content.kind is QuestionKind.NUMBER:
        said["Câu trả lời được chấp nhận"] = said["Câu trả lời được chấp nhận"].replace(".", ",")
        said["Sai số"] = content.tolerance.replace(".", ",")
    if content.kind is QuestionKind.SHORT:
        said["Hoa, thường"] = "phân biệt" if content.case_matters else "không phân biệt"
        said["Dấu tiếng Việt"] = "phải đúng" if content.accents_matter else "không bắt buộc"
    said["Gợi ý trả lời"] = content.suggested
    said["Điểm"] = hundredths(content.marks) if content.marks is not None else ""
    said["Giải thích"] = content.explanation
    said["Chủ đề"] = topics.get(content.topic, content.topic)
    said["Mức độ"] = content.level.label
    said["Nhãn"] = ", ".join(content.tags)
    said["Văn bản"] = content.document
    said["Điều, khoản"] = ", ".join(filter(None, [content.article, content.clause]))
    said["Đường dẫn"] = content.link
    said["Căn cứ"] = content.source
    said["Nguồn đáp án"] = content.confidence.label
    said["Hiệu lực từ"] = f"{content.valid_from:%d/%m/%Y}" if content.valid_from else ""
    said["Hiệu lực đến"] = f"{content.valid_to:%d/%m/%Y}" if content.valid_to else ""
    return said
