"""Statements a) to d) under one stem, each true or false: each becomes a true/false question of its own."""

from quizapp.formats.questions.found import Found
from quizapp.formats.questions.labels import TRUTH_END, TRUTH_PART, TRUTHS
from quizapp.formats.questions.schemes import Schemes, marks_in
from quizapp.formats.questions.truths import in_solution, written
from quizapp.rules.vietnamese import fold

Told = tuple[str, bool | None, str]
NO_KEY = "chưa rõ ý này đúng hay sai; xin chọn đáp án"


def statements_of(question: Found, schemes: Schemes) -> list[Told] | None:
    """Return the statements of a question: text, whether it is true, why that is in doubt; None: it has none."""
    if question.style != "a" or len(question.choices) < 2:
        return None
    ends = [TRUTH_END.search(choice.text.text) for choice in question.choices]
    texts = [choice.text.shown for choice in question.choices]
    keys = [written(key.text, len(texts)) for key in (*question.answers, *question.listed)]
    told = [each for each in (*keys, in_solution(question.explanation, len(texts))) if each]
    if not (told or all(ends) or TRUTH_PART.search(question.part)):
        return None
    marked = any(name in schemes.trusted for name in marks_in(question))
    made: list[Told] = []
    for place, (choice, end) in enumerate(zip(question.choices, ends, strict=True)):
        said = {each[place] for each in told}
        text = choice.text.shown
        if end is not None:
            said.add(TRUTHS[fold(end["in"] or end["out"])])
            text = choice.text[: end.start() + choice.text.text.startswith(".", end.start())].shown
        if len(said) == 1:
            made.append((text, next(iter(said)), ""))
        elif said:
            made.append((text, None, "các chỗ ghi đáp án của ý này mâu thuẫn; xin chọn đáp án"))
        else:
            made.append((text, None, NO_KEY + (" (tệp chỉ đánh dấu một số ý)" if marked else "")))
    return made
