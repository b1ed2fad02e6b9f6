"""What a form of marks would do: which essays it finishes; or all that stands against it. Changes nothing."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quizapp.errors import AllocationWithdrawn, BadFile, RowProblem, TrialUnfinished
from quizapp.formats.paper_marks import CODE, MarkedRow, heading
from quizapp.judging import drafts, trial
from quizapp.judging.drafts import Draft
from quizapp.models import Allocation, JudgeSeat
from quizapp.papers import queries
from quizapp.papers.queries import Taken
from quizapp.rules.wording import hundredths

CODE_COLUMN = f"cột “{CODE}”"


@dataclass(frozen=True)
class Previewed:
    """What was previewed: the rows for a seat, the digest of what they would do, and the file that they came from."""

    seat_id: int
    rows: tuple[MarkedRow, ...]
    digest: str
    file_name: str
    file_hash: str


@dataclass(frozen=True)
class Finishing:
    """An essay that would be finished. changes: what the draft on the server says otherwise; seen: its version."""

    row: int
    allocation: Allocation
    draft: Draft
    total: int
    changes: tuple[str, ...]
    seen: str


@dataclass
class Plan:
    """What would come of a form; `unchanged`: finished with these very marks, `left`: not finished afterwards."""

    finishing: list[Finishing] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def differing(self) -> list[Finishing]:
        return [each for each in self.finishing if each.changes]

    @property
    def digest(self) -> str:
        """Return what two plans have in common only if they do the same to the same drafts."""
        done = [(each.allocation.id, drafts.version(each.draft), each.seen) for each in self.finishing]
        return hashlib.sha256(json.dumps([sorted(done), sorted(self.unchanged)]).encode()).hexdigest()


def plan(seat: JudgeSeat, rows: Sequence[MarkedRow], known_problems: Sequence[RowProblem] = ()) -> Plan:
    """Return what the rows of a form would do for a seat.

    Raises BadFile with every problem, AllocationWithdrawn when the judge has left, TrialUnfinished.
    """
    if seat.left_at:
        raise AllocationWithdrawn()
    if samples := trial.left(seat):
        raise TrialUnfinished(left=samples)
    planning = _Planning(seat)
    unreadable = {each.row for each in known_problems}
    for row in rows:
        planning.add(row, is_readable=row.number not in unreadable)
    problems = [*known_problems, *planning.problems]
    if problems:
        raise BadFile(problems)
    named = {row.code for row in rows}
    made = planning.plan
    made.left += [code for code, each in planning.taken.items() if code not in named and not each.is_finished]
    return made


class _Planning:
    """Takes one row after the other."""

    def __init__(self, seat: JudgeSeat) -> None:
        self.taken = {each.allocation.code: each for each in queries.taken(seat)}
        self.given_back = queries.given_back(seat)
        self.others = queries.all_codes(seat.round)
        self.plan = Plan()
        self.problems: list[RowProblem] = []
        self.rows: dict[str, int] = {}

    def add(self, row: MarkedRow, *, is_readable: bool) -> None:
        taken = self.taken.get(row.code)
        if not row.code:
            return  # told by the reader
        if row.code in self.rows:
            first = self.rows[row.code]
            self.note(row, CODE_COLUMN, f"bài {row.code} đã có ở dòng {first}; xin giữ một dòng, bỏ dòng kia.")
        elif taken is None:
            self.note(row, CODE_COLUMN, self.stranger(row.code))
        elif is_readable:
            self.weigh(row, taken)
        self.rows.setdefault(row.code, row.number)

    def stranger(self, code: str) -> str:
        if code in self.given_back:
            return f"bài {code} không còn giao cho giám khảo này (đã rút lại); xin bỏ dòng này."
        if code in self.others:
            return f"bài {code} không giao cho giám khảo này; xin bỏ dòng này, hoặc nộp tệp của đúng giám khảo."
        return f"không có bài nào mang mã {code}; xin xem lại mã in trên bài."

    def weigh(self, row: MarkedRow, taken: Taken) -> None:
        """Decide what a row is for an essay of this seat."""
        draft = _draft(row, taken)
        if self.has_problems(row, taken, draft):
            return
        if taken.is_finished:
            self.weigh_finished(row, taken, draft)
        elif not draft.marks and not row.comment:
            self.plan.left.append(row.code)
        else:
            self.weigh_open(row, taken, draft)

    def has_problems(self, row: MarkedRow, taken: Taken, draft: Draft) -> bool:
        for key, text in draft.problems.items():
            self.note(row, _column(taken, key), text)
        return bool(draft.problems)

    def weigh_finished(self, row: MarkedRow, taken: Taken, draft: Draft) -> None:
        kept = taken.assessment
        is_blank = not draft.marks and not row.comment
        if kept and (is_blank or (draft.marks == kept.marks and draft.comment == kept.comment)):
            self.plan.unchanged.append(row.code)
            return
        text = f"bài {row.code} đã chấm xong trên máy với điểm hoặc nhận xét khác; xin bỏ dòng này. Cần sửa, xin sửa ở "
        self.note(row, CODE_COLUMN, text + "trang chấm bài nếu bài chưa khóa, hoặc báo Ban tổ chức.")

    def weigh_open(self, row: MarkedRow, taken: Taken, draft: Draft) -> None:
        total = drafts.sheet_of(taken.allocation).total(draft.marks)
        if total is None:
            self.weigh_incomplete(row, taken, draft)
            return
        seen = drafts.version(taken.assessment)
        changes = tuple(_changes(taken, draft))
        self.plan.finishing.append(Finishing(row.number, taken.allocation, draft, total, changes, seen))

    def weigh_incomplete(self, row: MarkedRow, taken: Taken, draft: Draft) -> None:
        """Leave an essay as it is when the form says no more than the draft; else ask for what is missing."""
        if drafts.version(draft) == drafts.version(taken.assessment):
            self.plan.left.append(row.code)
            return
        for each in drafts.criteria_of(taken.allocation):
            if each.key not in draft.marks:
                text = f"bài {row.code} chưa có điểm này; xin ghi đủ các tiêu chí, hoặc để trống cả dòng."
                self.note(row, _column(taken, each.key), text)

    def note(self, row: MarkedRow, column: str, text: str) -> None:
        self.problems.append(RowProblem(row.number, column, text))


def _draft(row: MarkedRow, taken: Taken) -> Draft:
    """Return a row as the desk would read it; what the form does not ask for stays as the judge left it."""
    kept = drafts.as_kept(taken.assessment)
    fields = {f"mark-{key}": hundredths(mark) for key, mark in row.marks.items()}
    fields |= {f"comment-{key}": text for key, text in kept.comments.items()}
    comment = kept.comment if row.comment is None else row.comment
    doubt = "x" if row.is_in_doubt else ""
    return drafts.read(fields | {"comment": comment, "notes": kept.notes, "doubt": doubt}, taken.allocation)


def _changes(taken: Taken, draft: Draft) -> Iterator[str]:
    kept = drafts.as_kept(taken.assessment)
    for each in drafts.criteria_of(taken.allocation):
        before, after = kept.marks.get(each.key), draft.marks[each.key]
        if before not in (None, after):
            yield f"{each.title}: {hundredths(before or 0)} → {hundredths(after)}"
    if kept.comment and kept.comment != draft.comment:
        yield "nhận xét chung khác"
    if kept.is_in_doubt and not draft.is_in_doubt:
        yield "bỏ dấu phân vân"


def _column(taken: Taken, key: str) -> str:
    return f"cột “{heading(drafts.criteria_of(taken.allocation), key)}”"
