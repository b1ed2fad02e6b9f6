"""A stored question as the form shows it."""

from datetime import date
from typing import Any

from quizapp.rules.question_content import STEM, QuestionContent
from quizapp.rules.wording import hundredths
from quizapp.vocabulary import QuestionKind


def written(content: QuestionContent) -> dict[str, Any]:
    """Return a question as the form shows it."""
    pictures = {each.position: each for each in content.pictures}
    stem = pictures.get(STEM)
    data: dict[str, Any] = {
        name: getattr(content, name)
        for name in ("prompt", "explanation", "source", "topic", "document", "article", "clause", "link")
    }
    data |= {name: getattr(content, name) for name in ("suggested", "case_matters", "accents_matter")}
    data |= {"kind": content.kind.value, "level": content.level.value, "confidence": content.confidence.value}
    data |= {"digest": stem.digest if stem else "", "alt": stem.alt if stem else ""}
    data |= {name: _day(getattr(content, name)) for name in ("valid_from", "valid_to")}
    data["tags"] = ", ".join(content.tags)
    data["marks"] = hundredths(content.marks) if content.marks is not None else ""
    data["tolerance"] = content.tolerance.replace(".", ",")
    if content.kind is QuestionKind.NUMBER:
        data["value"] = "".join(content.accepted[:1]).replace(".", ",")
    data["accepted"] = "\n".join(content.accepted) if content.kind is QuestionKind.SHORT else ""
    if content.kind is QuestionKind.TRUE_FALSE:
        data["truth"] = next(("dung" if at == 0 else "sai" for at in content.right), None)
        return data
    data["options"] = [
        {"text": each.text, "right": each.right, "pinned": each.pinned}
        | ({"digest": pictures[at].digest, "alt": pictures[at].alt} if at in pictures else {})
        for at, each in enumerate(content.options)
    ]
    return data


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
