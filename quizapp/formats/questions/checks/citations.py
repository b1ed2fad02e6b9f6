"""Whether each question cites a text of the register, a place that the text has, and words that hold on its days."""

from collections.abc import Iterator, Sequence
from datetime import date

from quizapp.formats.questions.checks.found import Found, Weight
from quizapp.formats.questions.checks.grounds import Grounds, LawText
from quizapp.formats.questions.drafts import Citation, QuestionDraft
from quizapp.rules.citations import law_key, why_not_in_force
from quizapp.rules.law_places import LawPlace, first_citation
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Confidence, QuestionKind

AT_SECOND_HAND = ("dan theo", "theo ", "doc qua")


def of_citation(question: QuestionDraft, grounds: Grounds, today: date) -> Iterator[Found]:
    """Give what is wrong with where a question says its key stands."""
    named = grounds.named(question.source)
    yield from _of_structure(question, grounds)
    for law, place in named:
        yield from _of_place(question, law, place)
        yield from _of_end(question, law, today)
    if question.kind is not QuestionKind.ESSAY:  # it is not drawn
        yield from _of_beginning(question, named)


def _of_structure(question: QuestionDraft, grounds: Grounds) -> Iterator[Found]:
    citation, path = question.citation, f"{question.ref}.citation"
    if citation is None:
        if question.kind is not QuestionKind.ESSAY and not _is_secondary(question):
            text = "thiếu; xin ghi document, article, clause theo danh mục văn bản"
            yield Found(path, text, Weight.GAP)
        return
    law = grounds.laws.get(law_key(citation.document))
    if law is None:
        text = f"danh mục văn bản không có số “{citation.document}”; xin sửa số hoặc thêm văn bản vào danh mục"
        yield Found(f"{path}.document", text, Weight.DOUBT)
    elif not _agrees(citation, law, question.source):
        document, article, clause = first_citation(question.source)
        said = ", ".join(filter(None, (document, article, clause)))
        yield Found(path, f"không khớp với source, trong đó ghi “{said}”; xin sửa một trong hai")


def _is_secondary(question: QuestionDraft) -> bool:
    """Whether a question says itself that it rests on what others tell of a text."""
    said = fold(question.source)
    return question.confidence is Confidence.SECONDARY and any(words in said for words in AT_SECOND_HAND)


def _agrees(citation: Citation, law: LawText, source: str) -> bool:
    """Whether `source` begins with the place that is cited. What nobody can compare agrees."""
    if law.articles is None:
        return law_key(law.span.number) in law_key(source)
    document, article, clause = first_citation(source)
    own = (citation.article, citation.clause)
    return document == law.name and [*map(fold, own)] == [fold(article), fold(clause)]


def _of_place(question: QuestionDraft, law: LawText, place: LawPlace) -> Iterator[Found]:
    if law.articles is None:
        return
    path, number = f"{question.ref}.source", law.span.number
    clauses = law.articles.get(place.article)
    if clauses is None:
        yield Found(path, f"{number} không có Điều {place.article}; xin xem lại văn bản")
    elif place.clause and place.clause not in clauses:
        yield Found(path, f"Điều {place.article} của {number} không có khoản {place.clause}; xin xem lại văn bản")
    elif why := law.why_barred(place):
        where = f"Điều {place.article}" + (f" khoản {place.clause}" if place.clause else "")
        yield Found(path, f"{where} của {number} {why}; xin hỏi điều khác", Weight.DOUBT)


def _of_beginning(question: QuestionDraft, named: Sequence[tuple[LawText, LawPlace]]) -> Iterator[Found]:
    """A key is right from the day on which the last of all that it rests on came into force."""
    days = [day for law, place in named if (day := law.since(place))]
    if not days:
        return
    since, path = max(days), f"{question.ref}.valid_from"
    if question.valid_from is None:
        text = f"thiếu; xin ghi ngày quy định có hiệu lực, ví dụ {since.isoformat()}"
        yield Found(path, text, Weight.GAP)
    elif question.valid_from < since:
        text = f"trước ngày {since:%d/%m/%Y}, khi quy định được dẫn mới có hiệu lực; xin ghi {since.isoformat()}"
        yield Found(path, text, Weight.DOUBT)


def _of_end(question: QuestionDraft, law: LawText, today: date) -> Iterator[Found]:
    until = law.span.in_force_to
    if why := why_not_in_force(law.span, today):
        yield Found(f"{question.ref}.source", f"{why}; xin dùng văn bản đang có hiệu lực", Weight.DOUBT)
    elif until and (question.valid_to is None or question.valid_to > until):
        text = f"quy định được dẫn hết hiệu lực sau ngày {until:%d/%m/%Y}; xin ghi {until.isoformat()}"
        yield Found(f"{question.ref}.valid_to", text, Weight.DOUBT)
