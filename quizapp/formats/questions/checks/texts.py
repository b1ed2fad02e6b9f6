"""What every text of a bank must keep: what must be there, how long it may be, options that bear shuffling."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from quizapp.formats.questions.checks.found import Found, Weight
from quizapp.formats.questions.checks.waivers import OPTIONS as SAME_OPTIONS
from quizapp.formats.questions.drafts import BankDraft, QuestionDraft
from quizapp.rules.typed_answers import comparable
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


def of_head(bank: BankDraft, name: str) -> Iterator[Found]:
    """name: of the file without suffix."""
    if bank.code != name:
        yield Found("bank.code", f"“{bank.code}” khác tên tệp “{name}”; xin đặt tên tệp là {bank.code}.yaml")
    if not bank.about:
        yield Found("bank.about", "còn trống; xin ghi ngân hàng dựa vào văn bản nào")
    if bank.checked_on is None:
        text = "thiếu ngày đối chiếu đáp án với văn bản; xin ghi năm-tháng-ngày, ví dụ 2026-11-24"
        yield Found("bank.checked_on", text)
    if not bank.topics:
        yield Found("bank.topics", "chưa có chủ đề nào; xin ghi ít nhất một dòng “mã: tên chủ đề”")


def of_topics(bank: BankDraft) -> Iterator[Found]:
    for code in bank.topics.keys() - {question.topic for question in bank.questions}:
        yield Found(f"bank.topics.{code}", "chủ đề chưa có câu hỏi nào", Weight.REMARK)


def of_sources(bank: BankDraft) -> Iterator[Found]:
    if not LAWS.match(fold(bank.title)):
        return
    for question in bank.questions:
        if not CITATION.fullmatch(question.source):
            text = f"“{question.source}” chưa ghi điều luật; xin viết như “Bộ luật Lao động 2019, Điều 25 khoản 1”"
            yield Found(f"{question.ref}.source", text)


def of_question(question: QuestionDraft, today: date) -> Iterator[Found]:
    """Give what is wrong with one question, whatever it rests on."""
    yield from _of_texts(question)
    yield from _of_key(question)
    yield from _of_options(question)
    yield from _of_equal_options(question)
    if question.valid_to and question.valid_to < today:
        text = "câu hỏi đã hết hiệu lực, không còn được rút vào đề của đợt thi mở sau"
        yield Found(f"{question.ref}.valid_to", text, Weight.REMARK)


def _of_texts(question: QuestionDraft) -> Iterator[Found]:
    if question.flagged:
        yield Found(f"{question.ref}.flagged", "câu còn chờ người xem lại; xin hoàn chỉnh rồi bỏ dòng này")
    for key in ("explanation", "source", "topic"):
        if not getattr(question, key):
            yield Found(f"{question.ref}.{key}", "còn trống; xin ghi giá trị")
    for key, most in (("prompt", LONGEST_PROMPT), ("explanation", LONGEST_EXPLANATION), ("source", 300)):
        if len(getattr(question, key)) > most:
            yield Found(f"{question.ref}.{key}", f"dài quá {most} ký tự; xin viết ngắn hơn")


def _of_key(question: QuestionDraft) -> Iterator[Found]:
    least, most = OPTIONS.get(question.kind, (0, 26))
    if not least <= len(question.options) <= most:
        text = f"có {len(question.options)} phương án; câu {question.kind} cần từ {least} đến {most} phương án"
        yield Found(f"{question.ref}.options", text)
    if question.options and all(option.right for option in question.options):
        yield Found(f"{question.ref}.options", "câu multiple phải có ít nhất một phương án “wrong”")
    for number, option in enumerate(question.options, start=1):
        path = f"{question.ref}.options.{number}"
        if len(option.text) > LONGEST_OPTION:
            text = f"dài quá {LONGEST_OPTION} ký tự; xin viết ngắn hơn"
            yield Found(f"{path}.{'right' if option.right else 'wrong'}", text)


def _of_options(question: QuestionDraft) -> Iterator[Found]:
    for number, option in enumerate(question.options, start=1):
        path = f"{question.ref}.options.{number}"
        if LETTERS.search(option.text):
            yield Found(path, "phương án gọi phương án khác bằng chữ cái, sẽ sai khi xáo trộn; xin viết rõ nội dung")
        elif ALL_OTHERS.match(fold(option.text)) and not option.pinned:
            yield Found(path, "phương án nói về các phương án trên; xin thêm dòng “pinned: true” để luôn đứng cuối")


def _of_equal_options(question: QuestionDraft) -> Iterator[Found]:
    """Options that look alike, 'hoà' and 'hòa' too, are two keys for one answer; accents alone may be the question."""
    numbered = enumerate(question.options, start=1)
    for (first, one), (second, other) in combinations(numbered, 2):
        path = f"{question.ref}.options.{second}"
        seen = [comparable(each.text, case_matters=False, accents_matter=True) for each in (one, other)]
        if seen[0] == seen[1]:
            yield Found(path, f"giống phương án {first}; xin viết khác đi hoặc bỏ một phương án")
        elif fold(one.text) == fold(other.text):
            text = f"chỉ khác dấu so với phương án {first}; xin viết khác đi, hoặc ghi vào danh sách ngoại lệ"
            yield Found(path, text, Weight.DOUBT, about=SAME_OPTIONS)
