"""A question's way: draft → reviewed by a second person → in use → retired, and back; derived from what is stored."""

from dataclasses import dataclass

from quizapp.vocabulary import QuestionState

OWN_WORK = "Bạn là người soạn bản này. Xin nhờ người thứ hai trong Ban tổ chức đọc và duyệt."
UNFINISHED = "Câu này còn điều phải bổ sung trước: {why}"
UNREVIEWED = "Ngân hàng này cần người thứ hai duyệt; xin nhờ người khác duyệt bản này rồi đưa vào dùng."


@dataclass(frozen=True)
class Standing:
    """How a question stands: number of its newest version, of that in use (None: none), and facts of the newest.

    `made_by`: who made the newest version, None: unknown or a command on the server. `why`: what it still lacks.
    """

    newest: int
    in_use: int | None
    is_retired: bool = False
    is_reviewed: bool = False
    why: str = ""
    made_by: int | None = None


def state_of(standing: Standing) -> QuestionState:
    if standing.in_use == standing.newest:
        return QuestionState.IN_USE
    if standing.in_use is not None:
        return QuestionState.REVISED
    if standing.is_retired:
        return QuestionState.RETIRED
    return QuestionState.REVIEWED if standing.is_reviewed else QuestionState.DRAFT


def review_refusal(standing: Standing, person_id: int) -> str:
    """Return why this person may not review the newest version, or ''."""
    if standing.why:
        return UNFINISHED.format(why=standing.why)
    if standing.is_reviewed:
        return "Bản này đã được duyệt rồi."
    return OWN_WORK if standing.made_by == person_id else ""


def use_refusal(standing: Standing, *, needs_review: bool) -> str:
    """Return why the newest version may not be put into use, or ''. needs_review: the bank asks for a second person."""
    if standing.why:
        return UNFINISHED.format(why=standing.why)
    if standing.in_use == standing.newest:
        return "Bản mới nhất đang được dùng rồi."
    return UNREVIEWED if needs_review and not standing.is_reviewed else ""
