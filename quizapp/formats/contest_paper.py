"""What a round of a contest file asks: draws from banks, or papers whose questions are named; and back."""

from collections.abc import Sequence
from typing import Any

from quizapp.formats.contest_values import decimal, mark, name, refuse_twins
from quizapp.formats.marked_section import Section
from quizapp.rules.round_rules import Draw, FixedPaper, QuestionRef
from quizapp.vocabulary import Level

MOST_QUESTIONS = 200
MOST_RIGHT = 100_00


def read_draws(section: Section, *, required: bool) -> tuple[Draw, ...]:
    return tuple(_draw(part) for part in section.sections("paper", required=required))


def write_draws(draws: Sequence[Draw]) -> list[dict[str, Any]]:
    return [_written_draw(each) for each in draws]


def read_papers(section: Section) -> tuple[FixedPaper, ...]:
    """Return the papers in place of draws; none where the round has none."""
    parts = section.sections("papers")
    papers = tuple(_paper(part, number) for number, part in enumerate(parts, start=1))
    refuse_twins(parts, [each.key for each in papers])
    for part, paper in zip(parts, papers, strict=True):
        asked, usual = len(paper.questions), len(papers[0].questions)
        if asked != usual:
            part.wrong(
                "questions", f"đề này có {asked} câu, đề đầu tiên có {usual} câu; các đề phải có số câu bằng nhau"
            )
    return papers


def write_papers(papers: Sequence[FixedPaper]) -> list[dict[str, Any]]:
    return [
        {"key": each.key, "title": each.title, "questions": [f"{one.bank}:{one.ref}" for one in each.questions]}
        for each in papers
    ]


def _draw(section: Section) -> Draw:
    return Draw(
        bank=section.text("bank"),
        count=section.number("count", least=1, most=MOST_QUESTIONS),
        topic=section.text("topic", "") or None,
        level=section.word("level", Level, None),
        tag=section.text("tag", "") or None,
        section=section.text("section", "") or None,
        right_mark=mark(section, "marks", most=MOST_RIGHT),
    )


def _written_draw(draw: Draw) -> dict[str, Any]:
    written = {
        "bank": draw.bank,
        "count": draw.count,
        "topic": draw.topic,
        "level": draw.level.value if draw.level else None,
        "tag": draw.tag,
        "section": draw.section,
        "marks": None if draw.right_mark is None else decimal(draw.right_mark),
    }
    return {key: value for key, value in written.items() if value is not None}


def _paper(section: Section, number: int) -> FixedPaper:
    bank = section.text("bank", "")
    refs = section.texts("questions")
    if not refs:
        section.wrong("questions", "còn trống; xin ghi mã các câu hỏi, ví dụ [nq02-001, nq02-002]")
    if len(refs) > MOST_QUESTIONS:
        section.wrong("questions", f"có {len(refs)} câu; một đề có nhiều nhất {MOST_QUESTIONS} câu")
    questions = tuple(_ref(section, bank, written) for written in refs)
    if len(set(questions)) < len(questions):
        section.wrong("questions", "có câu hỏi ghi hai lần; xin bỏ một lần")
    return FixedPaper(key=name(section, "key"), title=section.text("title", f"Đề {number}"), questions=questions)


def _ref(section: Section, bank: str, written: str) -> QuestionRef:
    other, colon, ref = written.partition(":")
    if not colon and not bank:
        section.wrong(
            "questions", f"chưa biết “{written}” ở ngân hàng nào; xin ghi “bank”, hoặc “mã ngân hàng:{written}”"
        )
    return QuestionRef(other, ref) if colon else QuestionRef(bank, written)
