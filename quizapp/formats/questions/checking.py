"""What a shipped bank must keep beyond the format, so that its keys can be defended: citations, twins, hints."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations
from unicodedata import is_normalized

from quizapp.errors import RowProblem
from quizapp.formats.marked_yaml import decoded
from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.formats.questions.native import MOST_BYTES, BankFile
from quizapp.rules.vietnamese import fold
from quizapp.vocabulary import QuestionKind

LAWS = re.compile(r"(bo luat|luat|phap lenh|hien phap|nghi dinh|thong tu)\b")
UNIT = r"(?:Điều \d+[a-zđ]?|khoản \d+[a-zđ]?|điểm [a-zđ])"
CITATION = re.compile(rf"\S.*, Điều \d+[a-zđ]?(?:(?:[,;]| và)? {UNIT})*(?: \(.+\))?")
LETTERS = re.compile(r"\b(?:cả|đáp án|phương án|câu) [A-F]\b|\b[A-F](?:,| và| hoặc) [A-F]\b|^[A-F]$")
ALL_OTHERS = re.compile(
    r"(ca|tat ca|khong co) .*(tren|con lai)$|(ca|tat ca) (cac|hai|ba|bon|nam)( phuong an| dap an| y)"
)
OPTIONS = {QuestionKind.SINGLE: (2, 6), QuestionKind.MULTIPLE: (3, 6)}
LONGEST_PROMPT, LONGEST_OPTION, LONGEST_EXPLANATION = 400, 240, 2000
LIKE = 0.9
FEW, MUCH_LONGER = 10, 0.45


@dataclass(frozen=True)
class Findings:
    """`problems` must be mended; `remarks` are to be looked at."""

    problems: list[RowProblem]
    remarks: list[RowProblem]


def check_bank(file: BankFile, source: bytes, *, name: str, today: date) -> Findings:
    """Return what is wrong with a bank that was read. name: of its file without suffix; today: for validity."""
    bank = file.bank
    found = [*_of_name(bank, name), *_of_head(bank), *_of_sources(bank)]
    for question in bank.questions:
        found += [*_of_texts(question), *_of_key(question), *_of_options(question)]
    found += _of_twins(bank.questions)
    remarks = [*_of_topics(bank), *_of_validity(bank, today), *_of_habits(bank)]
    for path, text, is_problem in _likenesses(bank.questions):
        (found if is_problem else remarks).append((path, text))
    problems = [*_placed(file, found), *_not_composed(source)]
    return Findings(sorted(problems), sorted(_placed(file, remarks)))


def _placed(file: BankFile, found: Sequence[tuple[str, str]]) -> list[RowProblem]:
    return [RowProblem(row=file.line_of(path), column=path, text=text) for path, text in found]


def _of_name(bank: BankDraft, name: str) -> Iterator[tuple[str, str]]:
    if bank.code != name:
        yield "bank.code", f"“{bank.code}” khác tên tệp “{name}”; xin đặt tên tệp là {bank.code}.yaml"


def _of_head(bank: BankDraft) -> Iterator[tuple[str, str]]:
    if not bank.about:
        yield "bank.about", "còn trống; xin ghi ngân hàng dựa vào văn bản nào"
    if bank.checked_on is None:
        yield "bank.checked_on", "thiếu ngày đối chiếu đáp án với văn bản; xin ghi năm-tháng-ngày, ví dụ 2026-11-24"
    if not bank.topics:
        yield "bank.topics", "chưa có chủ đề nào; xin ghi ít nhất một dòng “mã: tên chủ đề”"


def _of_texts(question: QuestionDraft) -> Iterator[tuple[str, str]]:
    if question.flagged:
        yield f"{question.ref}.flagged", "câu còn chờ người xem lại; xin hoàn chỉnh rồi bỏ dòng này"
    for key in ("explanation", "source", "topic"):
        if not getattr(question, key):
            yield f"{question.ref}.{key}", "còn trống; xin ghi giá trị"
    for key, most in (("prompt", LONGEST_PROMPT), ("explanation", LONGEST_EXPLANATION), ("source", 300)):
        if len(getattr(question, key)) > most:
            yield f"{question.ref}.{key}", f"dài quá {most} ký tự; xin viết ngắn hơn"


def _of_key(question: QuestionDraft) -> Iterator[tuple[str, str]]:
    least, most = OPTIONS.get(question.kind, (0, 26))
    if not least <= len(question.options) <= most:
        text = f"có {len(question.options)} phương án; câu {question.kind} cần từ {least} đến {most} phương án"
        yield f"{question.ref}.options", text
    if question.options and all(option.right for option in question.options):
        yield f"{question.ref}.options", "câu multiple phải có ít nhất một phương án “wrong”"
    seen: dict[str, int] = {}
    for number, option in enumerate(question.options, start=1):
        path = f"{question.ref}.options.{number}"
        first = seen.setdefault(option.text.casefold(), number)
        if first != number:
            yield path, f"giống phương án {first}; xin viết khác đi hoặc bỏ một phương án"
        if len(option.text) > LONGEST_OPTION:
            yield f"{path}.{'right' if option.right else 'wrong'}", f"dài quá {LONGEST_OPTION} ký tự; xin viết ngắn hơn"


def _of_twins(questions: Sequence[QuestionDraft]) -> Iterator[tuple[str, str]]:
    prompts: dict[str, QuestionDraft] = {}
    for question in questions:
        twin = prompts.setdefault(fold(question.prompt), question)
        if twin is not question:
            yield (
                f"{question.ref}.prompt",
                f"trùng câu “{twin.ref}” ở dòng {twin.row}; xin viết khác đi hoặc bỏ một câu",
            )


def _of_sources(bank: BankDraft) -> Iterator[tuple[str, str]]:
    if not LAWS.match(fold(bank.title)):
        return
    for question in bank.questions:
        if not CITATION.fullmatch(question.source):
            yield (
                f"{question.ref}.source",
                f"“{question.source}” chưa ghi điều luật; xin viết như “Bộ luật Lao động 2019, Điều 25 khoản 1”",
            )


def _of_options(question: QuestionDraft) -> Iterator[tuple[str, str]]:
    for number, option in enumerate(question.options, start=1):
        path = f"{question.ref}.options.{number}"
        if LETTERS.search(option.text):
            yield path, "phương án gọi phương án khác bằng chữ cái, sẽ sai khi xáo trộn; xin viết rõ nội dung"
        elif ALL_OTHERS.match(fold(option.text)) and not option.pinned:
            yield path, "phương án nói về các phương án trên; xin thêm dòng “pinned: true” để luôn đứng cuối"


def _of_topics(bank: BankDraft) -> Iterator[tuple[str, str]]:
    for code in bank.topics.keys() - {question.topic for question in bank.questions}:
        yield f"bank.topics.{code}", "chủ đề chưa có câu hỏi nào"


def _of_validity(bank: BankDraft, today: date) -> Iterator[tuple[str, str]]:
    for question in bank.questions:
        if question.valid_to and question.valid_to < today:
            yield f"{question.ref}.valid_to", "câu hỏi đã hết hiệu lực, không còn được rút vào đề của đợt thi mở sau"


def _of_habits(bank: BankDraft) -> Iterator[tuple[str, str]]:
    """What lets one guess the key without knowing the text."""
    singles = [each for each in bank.questions if each.kind is QuestionKind.SINGLE and each.right_texts]
    longest = sum(_is_longest(each) for each in singles)
    if len(singles) >= FEW and longest > MUCH_LONGER * len(singles):
        yield "questions", f"đáp án là phương án dài nhất ở {longest}/{len(singles)} câu single; dễ đoán, xin cân lại"
    statements = [each for each in bank.questions if each.kind is QuestionKind.TRUE_FALSE]
    true = sum(each.options[0].right for each in statements)
    if len(statements) >= FEW and not 0.25 <= true / len(statements) <= 0.75:
        yield "questions", f"{true}/{len(statements)} câu đúng–sai có đáp án “Đúng”; dễ đoán, xin cân lại"


def _is_longest(question: QuestionDraft) -> bool:
    right = max(len(option.text) for option in question.options if option.right)
    return right > max((len(option.text) for option in question.options if not option.right), default=0)


def _likenesses(questions: Sequence[QuestionDraft]) -> Iterator[tuple[str, str, bool]]:
    """Give questions that are nearly the same; they are a problem when one answer and the same numbers fit both."""
    words = {each.ref: re.findall(r"\w+", fold(each.prompt)) for each in questions}
    for first, second in combinations(questions, 2):
        ratio = _likeness(words[first.ref], words[second.ref])
        if ratio < LIKE or fold(first.prompt) == fold(second.prompt):
            continue
        numbers = [sorted(filter(str.isdigit, words[each.ref])) for each in (first, second)]
        same = numbers[0] == numbers[1] and [*map(fold, first.right_texts)] == [*map(fold, second.right_texts)]
        text = f"gần giống câu “{first.ref}” ở dòng {first.row} ({ratio:.0%} số từ)"
        yield f"{second.ref}.prompt", text + ("; xin bỏ một câu hoặc hỏi điều khác" if same else ""), same


def _likeness(first: Sequence[str], second: Sequence[str]) -> float:
    """Return how much of two texts is the same words in the same order, 0.0 to 1.0."""
    # Two bounds that are never lower than the ratio; they spare nearly all of its work.
    if 2 * min(len(first), len(second)) < LIKE * (len(first) + len(second)):
        return 0.0
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.quick_ratio() < LIKE:
        return 0.0
    return matcher.ratio()


def _not_composed(source: bytes) -> Iterator[RowProblem]:
    for number, line in enumerate(decoded(source, most_bytes=MOST_BYTES).split("\n"), start=1):
        if not is_normalized("NFC", line):
            yield RowProblem(row=number, column="", text="chữ có dấu chưa ở dạng dựng sẵn (NFC); xin gõ lại dòng này")
