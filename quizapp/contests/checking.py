"""Checks a contest file against the database: what it names must be there, and what is begun must not change."""

from collections.abc import Iterable, Iterator

from sqlalchemy import exists, select

from quizapp.contests import asked_questions
from quizapp.db import session
from quizapp.errors import RowProblem
from quizapp.formats.contest_file import ContestFile
from quizapp.models import (
    Attempt,
    Contest,
    GivenText,
    JudgeSeat,
    LikenessSearch,
    Person,
    Round,
    Rubric,
    TradeUnion,
    TrialEssay,
)
from quizapp.models.contests import sat_for_real
from quizapp.rules.amending import fixed_changes
from quizapp.rules.permissions import is_one_line, may_manage_union, may_organise

TOO_LATE = (
    "đã có người bắt đầu thi nên không đổi được mục này nữa; chỉ đổi được tên gọi, thời điểm đóng muộn hơn, "
    "cách công bố và giá trị giải thưởng (title, closes, show, publish, value_vnd)"
)

JURY = (
    "đợt “{round}” (key: {key}) đã có giám khảo, bài chấm thử hoặc bài đối chiếu nên không bỏ được, cũng không đổi "
    "được key; xin giữ đợt này"
)

Problem = tuple[str, str]  # key path and sentence


def problems(file: ContestFile, contest: Contest | None, by: Person | None) -> list[RowProblem]:
    """Return what keeps a contest file from being loaded, each with its line.

    contest: the one that has the file's slug now; by: the organiser who loads it, None for a command on the server.
    """
    organiser = unions_of(file).get(file.rules.organiser)
    found = [*_of_unions(file, by), *asked_questions.problems(file.rules, organiser, contest), *_of_rubrics(file)]
    if contest is not None:
        found += _of_change(file, contest, by)
    return [RowProblem(row=file.line_of(path), column=path, text=text) for path, text in found]


def unions_of(file: ContestFile) -> dict[str, TradeUnion]:
    """Return, by code, the unions that the file names and that there are."""
    rules = file.rules
    codes = {rules.organiser, *rules.audience, *(code for each in rules.divisions for code in each.units)}
    return {union.code: union for union in session.scalars(select(TradeUnion).where(TradeUnion.code.in_(codes)))}


def is_begun(contest: Contest) -> bool:
    """Return whether anybody has begun an attempt for real."""
    begun = select(Attempt.id).join(Round).where(sat_for_real(contest.id))
    return session.scalar(begun.limit(1)) is not None


def _of_unions(file: ContestFile, by: Person | None) -> Iterator[Problem]:
    unions = unions_of(file)
    named = [("organiser", file.rules.organiser)]
    if "audience.units" in file.lines:
        named += [("audience.units", code) for code in file.rules.audience]
    for path, code in named:
        union = unions.get(code)
        if union is None:
            yield path, f"không có công đoàn mã “{code}”; xin xem mã trong danh sách công đoàn"
        elif by is not None and not may_manage_union(by, union):
            yield path, f"bạn không phụ trách “{union.name}”; xin chọn công đoàn trong phạm vi của bạn"
    yield from _of_divisions(file, unions)


def _of_divisions(file: ContestFile, unions: dict[str, TradeUnion]) -> Iterator[Problem]:
    audience = [unions[code].path for code in file.rules.audience if code in unions]
    for number, division in enumerate(file.rules.divisions, start=1):
        for code in division.units:
            union, path = unions.get(code), f"divisions.{number}.units"
            if union is None:
                yield path, f"không có công đoàn mã “{code}”; xin xem mã trong danh sách công đoàn"
            elif not any(is_one_line(union.path, each) for each in audience):
                yield path, f"“{union.name}” không thuộc công đoàn nào được dự thi (audience.units); xin chọn lại"


def _of_rubrics(file: ContestFile) -> Iterator[Problem]:
    """Rubrics may be used that were made by the organising union, below it or above it."""
    organiser = unions_of(file).get(file.rules.organiser)
    made = session.execute(select(Rubric.code, TradeUnion.path).join(Rubric.union).order_by(Rubric.code)).tuples()
    codes = {code for code, path in made if organiser and is_one_line(path, organiser.path)}
    for number, rules in enumerate(file.rules.rounds, start=1):
        rubric = rules.essay.rubric if rules.essay else None
        if organiser and rubric and rubric not in codes:
            yield (
                f"rounds.{number}.essay.rubric",
                f"không có phiếu chấm “{rubric}”; hiện có: {_listed(sorted(codes))}. "
                "Xin lập phiếu chấm trước, hoặc bỏ dòng này để giám khảo cho một điểm chung",
            )


def _of_change(file: ContestFile, contest: Contest, by: Person | None) -> Iterator[Problem]:
    if by is not None and not may_organise(by, contest):
        yield "slug", f"“{contest.slug}” đã là tên của một cuộc thi khác; xin chọn tên khác"
    elif is_begun(contest):
        for path in fixed_changes(contest.rules, file.rules):
            yield path, TOO_LATE
    else:
        kept = {each.key for each in file.rules.rounds}
        for each in contest.rounds:
            if each.key not in kept and _has_jury(each):
                yield "rounds", JURY.format(round=each.title, key=each.key)


def _has_jury(round_: Round) -> bool:
    """Return whether judges were named for a round, or texts given for their work: nobody's work goes silently."""
    made = (JudgeSeat, TrialEssay, GivenText, LikenessSearch)
    return any(session.scalar(select(exists().where(each.round_id == round_.id))) for each in made)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "chưa có"
