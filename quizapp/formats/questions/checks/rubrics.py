"""Whether each essay names a rubric that is there."""

from collections.abc import Iterator

from quizapp.formats.questions.checks.found import Found, Weight
from quizapp.formats.questions.checks.grounds import Grounds
from quizapp.formats.questions.drafts import QuestionDraft
from quizapp.rules.rubrics import suggested_rubric
from quizapp.vocabulary import QuestionKind


def of_rubric(question: QuestionDraft, grounds: Grounds) -> Iterator[Found]:
    """Give what is wrong with the rubric that an essay names."""
    if question.kind is not QuestionKind.ESSAY:
        return
    code = suggested_rubric(question.tags)
    known = ", ".join(sorted(grounds.rubrics)) or "chưa có phiếu nào"
    if not code:
        text = f"thiếu; xin ghi mã một phiếu chấm mẫu: {known}"
        yield Found(f"{question.ref}.rubric", text, Weight.GAP)
    elif code not in grounds.rubrics:
        text = f"không có phiếu chấm mẫu “{code}”; các phiếu: {known}"
        yield Found(f"{question.ref}.rubric", text, Weight.DOUBT)
