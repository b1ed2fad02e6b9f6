"""Answers from paper: held against the questions of a fixed paper, and marked by the same grading as all others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from quizapp.attempt_imports import queries
from quizapp.attempt_imports.queries import Asked
from quizapp.attempt_imports.wrong import Wrong
from quizapp.formats.attempts import PAPER, ResultRow, answer_column, bare
from quizapp.models import Contest, Round
from quizapp.questions.keys import PutRight, judged, put_right_in
from quizapp.rules.drawing import Slot, shape
from quizapp.rules.grading import GradedSlot, blanks, is_answer, paper_mark, scheme_of
from quizapp.rules.round_rules import FixedPaper
from quizapp.rules.vietnamese import clean, fold
from quizapp.vocabulary import QuestionKind

NO_PAPER = (
    "tệp có cột câu trả lời nhưng đợt này không có đề cố định, nên không biết câu nào là câu nào. "
    "Xin ghi điểm ở cột “Điểm” và bỏ các cột câu trả lời, hoặc thêm đề cố định (papers) vào thể lệ."
)
LETTERS = re.compile(r"[a-z](?:[ ,;./+]*[a-z])*")


@dataclass(frozen=True)
class Sheet:
    """A fixed paper as it was printed: questions in their order, options as the bank has them."""

    key: str
    slots: tuple[Slot, ...]
    asked: tuple[Asked, ...]
    put_right: Mapping[int, PutRight]  # keys that were put right in the contest, by version

    @property
    def shape(self) -> str:
        return shape(self.slots)


class Sheets:
    """The fixed papers of the rounds, each read once."""

    def __init__(self, contest: Contest) -> None:
        self.put_right = put_right_in(contest.id)
        self.found: dict[tuple[int, str], Sheet] = {}
        self.asked: dict[int, dict[tuple[str, str], Asked]] = {}

    def of(self, row: ResultRow, round_: Round) -> Sheet:
        """Return the paper of a row: the named one, or the round's only one. Raises Wrong."""
        papers = round_.rules.papers
        if not papers:
            raise Wrong("các cột câu trả lời", NO_PAPER)
        named = [each for each in papers if row.paper and bare(row.paper) in (bare(each.key), bare(each.title))]
        if not row.paper and len(papers) == 1:
            named = list(papers)
        if not named:
            keys = ", ".join(each.key for each in papers)
            said = f"không có đề “{row.paper}”" if row.paper else "chưa ghi làm đề nào"
            raise Wrong(PAPER, f"{said}; xin ghi một trong: {keys}.")
        return self._sheet(named[0], round_)

    def _sheet(self, paper: FixedPaper, round_: Round) -> Sheet:
        key = round_.id, paper.key
        if key not in self.found:
            if round_.id not in self.asked:
                self.asked[round_.id] = queries.questions(round_)
            known = self.asked[round_.id]
            gone = next((each for each in paper.questions if (each.bank, each.ref) not in known), None)
            if gone:
                raise Wrong(PAPER, f"câu “{gone.ref}” của {paper.title} không còn dùng trong ngân hàng “{gone.bank}”.")
            asked = tuple(known[each.bank, each.ref] for each in paper.questions)
            slots = (Slot(each.version_id, each.kind, tuple(range(len(each.options)))) for each in asked)
            self.found[key] = Sheet(paper.key, tuple(slots), asked, self.put_right)
        return self.found[key]


def responses_of(row: ResultRow, sheet: Sheet) -> tuple[str, ...]:
    """Return a row's answers as responses keep them, '' where blank. Raises Wrong."""
    beyond = next((n for n, each in enumerate(row.answers, 1) if n > len(sheet.asked) and each), None)
    if beyond:
        raise Wrong(answer_column(beyond), f"đề chỉ có {len(sheet.asked)} câu; xin xóa ô này.")
    pairs = zip(row.answers, sheet.asked, sheet.shape.split(), strict=False)
    return tuple(_stored(answer, asked, of, number) for number, (answer, asked, of) in enumerate(pairs, start=1))


def mark_of(row: ResultRow, responses: tuple[str, ...], sheet: Sheet, round_: Round) -> int:
    """Return the mark of a paper in hundredths, as it would be given to one that was sat here."""
    rules = round_.rules
    slots = [
        judged(GradedSlot(number, slot.option_order, asked.key), sheet.put_right.get(asked.version_id))
        for number, (slot, asked) in enumerate(zip(sheet.slots, sheet.asked, strict=True), start=1)
    ]
    answers: dict[int, str | None] = dict(enumerate(responses, start=1))
    lacks_guess = rules.prediction is not None and row.prediction is None
    if rules.must_answer_all and (blanks(slots, answers) or lacks_guess):
        return 0
    return paper_mark(slots, answers, scheme_of(rules))


def _stored(answer: str, asked: Asked, of: str, number: int) -> str:
    if not answer:
        return ""
    stored = _places(answer, asked) if asked.options else answer
    if stored is None or not is_answer(stored, of):
        raise Wrong(answer_column(number), f"“{answer}” không phải câu trả lời; {_remedy(asked)}")
    return stored


def _places(answer: str, asked: Asked) -> str | None:
    """Return the places that letters name, 'A, C' → '1,3', or that of the option that is written out; None: neither."""
    words = fold(answer)
    named = [place for place, option in enumerate(asked.options, start=1) if fold(option) == words]
    if not named and asked.kind is QuestionKind.TRUE_FALSE and words in ("d", "s"):
        begins = {"d": "dung", "s": "sai"}[words]
        named = [place for place, option in enumerate(asked.options, start=1) if fold(option) == begins]
    if len(named) == 1:
        return str(named[0])
    if not LETTERS.fullmatch(words) or "đ" in clean(answer).lower():
        return None
    letters = sorted({ord(each) - ord("a") + 1 for each in words if each.isalpha()})
    return ",".join(map(str, letters))


def _remedy(asked: Asked) -> str:
    if not asked.options:
        return "xin ghi ngắn gọn, nhiều nhất 200 ký tự, hoặc để trống."
    last = chr(ord("A") + len(asked.options) - 1)
    if asked.kind is QuestionKind.MULTIPLE:
        return f"xin ghi các chữ từ A đến {last}, cách nhau bằng dấu phẩy, hoặc để trống."
    return f"xin ghi một chữ từ A đến {last}, hoặc để trống nếu không tô hay tô quá một ô."
