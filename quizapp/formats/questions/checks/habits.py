"""What lets one guess keys without knowing the text, and how kinds and levels are mixed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quizapp.formats.questions.checks.found import Found, Weight
from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import Level, QuestionKind

FEW, MANY = 10, 30
LONGEST_SHARE, ALL_OTHERS_SHARE, TRUE_SHARES = 0.4, 0.03, (0.25, 0.75)
# Of keys set at random one bank in a thousand is further from an even spread, by the number of options less one.
UNEVEN = {1: 10.8, 2: 13.8, 3: 16.3, 4: 18.5, 5: 20.5}
LEVELS = {Level.EASY: 0.4, Level.MEDIUM: 0.4, Level.HARD: 0.2}
KINDS = {QuestionKind.MULTIPLE: (0.08, 0.17), QuestionKind.TRUE_FALSE: (0.07, 0.13)}
ALL_OTHERS = re.compile(
    r"(ca|tat ca|toan bo) .*(tren|con lai)$|(ca|tat ca) (cac|hai|ba|bon|nam)( phuong an| dap an| y)?"
)


def of_habits(bank: BankDraft) -> Iterator[Found]:
    """Give what is out of balance in a bank as a whole."""
    singles = [each for each in bank.questions if each.kind is QuestionKind.SINGLE and each.right_texts]
    yield from _of_longest(singles)
    yield from _of_places(singles)
    yield from _of_statements(bank.questions)
    yield from _of_all_others(bank.questions)
    drawn = [each for each in bank.questions if each.kind is not QuestionKind.ESSAY]
    if len(drawn) > MANY:
        yield from _of_levels(drawn)
        yield from _of_kinds(drawn)


def _of_longest(singles: Sequence[QuestionDraft]) -> Iterator[Found]:
    longest = sum(_is_longest(each) for each in singles)
    if len(singles) >= FEW and longest > LONGEST_SHARE * len(singles):
        text = f"đáp án là phương án dài nhất ở {longest}/{len(singles)} câu single; dễ đoán, xin cân lại"
        yield Found("questions", text, Weight.DOUBT)


def _is_longest(question: QuestionDraft) -> bool:
    right = max(len(option.text) for option in question.options if option.right)
    return right > max((len(option.text) for option in question.options if not option.right), default=0)


def _of_places(singles: Sequence[QuestionDraft]) -> Iterator[Found]:
    """Numbers stand in their order, so that their place says nothing of the writer's habits."""
    worded = [each for each in singles if not all(re.search(r"\d", option.text) for option in each.options)]
    for count in sorted({len(each.options) for each in worded}):
        places = [
            [option.right for option in each.options].index(True) for each in worded if len(each.options) == count
        ]
        if len(places) < 5 * count or count - 1 not in UNEVEN:
            continue
        even, counted = len(places) / count, Counter(places)
        if sum((counted[place] - even) ** 2 / even for place in range(count)) > UNEVEN[count - 1]:
            spread = ", ".join(str(counted[place]) for place in range(count))
            text = f"đáp án của câu {count} phương án đứng không đều ở các chỗ ({spread} câu); xin đổi chỗ phương án"
            yield Found("questions", text, Weight.DOUBT)


def _of_statements(questions: Sequence[QuestionDraft]) -> Iterator[Found]:
    statements = [each for each in questions if each.kind is QuestionKind.TRUE_FALSE]
    true = sum(each.options[0].right for each in statements)
    least, most = TRUE_SHARES
    if len(statements) >= FEW and not least <= true / len(statements) <= most:
        text = f"{true}/{len(statements)} câu đúng–sai có đáp án “Đúng”; dễ đoán, xin cân lại"
        yield Found("questions", text, Weight.REMARK)


def _of_all_others(questions: Sequence[QuestionDraft]) -> Iterator[Found]:
    having = [each for each in questions if any(ALL_OTHERS.match(fold(option.text)) for option in each.options)]
    if len(questions) >= FEW and len(having) > ALL_OTHERS_SHARE * len(questions):
        text = f"{len(having)}/{len(questions)} câu có phương án kiểu “tất cả các phương án trên”; xin viết lại cho bớt"
        yield Found("questions", text, Weight.DOUBT)


def _of_levels(questions: Sequence[QuestionDraft]) -> Iterator[Found]:
    for level, share in LEVELS.items():
        real = sum(each.level is level for each in questions) / len(questions)
        if abs(real - share) > 0.1:
            yield Found("questions", f"mức {level} chiếm {real:.0%} số câu, nên khoảng {share:.0%}", Weight.REMARK)


def _of_kinds(questions: Sequence[QuestionDraft]) -> Iterator[Found]:
    for kind, (least, most) in KINDS.items():
        real = sum(each.kind is kind for each in questions) / len(questions)
        if not least <= real <= most:
            text = f"câu {kind} chiếm {real:.0%} số câu, nên từ {least:.0%} đến {most:.0%}"
            yield Found("questions", text, Weight.REMARK)
