"""Checks a contest file against the database: what it names must be there, and what is begun must not change."""

from collections.abc import Iterable, Iterator
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from quizapp.contests import citations
from quizapp.db import session
from quizapp.errors import RowProblem
from quizapp.formats.contest_file import ContestFile
from quizapp.models import Attempt, Contest, Person, Question, QuestionBank, QuestionVersion, Round, Rubric, TradeUnion
from quizapp.rules.amending import fixed_changes
from quizapp.rules.permissions import is_one_line, may_manage_union, may_organise
from quizapp.rules.question_content import DRAWN
from quizapp.rules.round_rules import RoundRules
from quizapp.rules.stock import Stock, shortages
from quizapp.vocabulary import Level, Purpose

TOO_LATE = (
    "đã có người bắt đầu thi nên không đổi được mục này nữa; chỉ đổi được tên gọi, thời điểm đóng muộn hơn "
    "và cách công bố (title, closes, show, publish)"
)

Problem = tuple[str, str]  # key path and sentence


def problems(file: ContestFile, contest: Contest | None, by: Person | None) -> list[RowProblem]:
    """Return what keeps a contest file from being loaded, each with its line.

    contest: the one that has the file's slug now; by: the organiser who loads it, None for a command on the server.
    """
    found = [*_of_unions(file, by), *_of_banks(file, contest), *_of_rubrics(file)]
    if contest is not None:
        found += _of_change(file, contest, by)
    return [RowProblem(row=file.line_of(path), column=path, text=text) for path, text in found]


def unions_of(file: ContestFile) -> dict[str, TradeUnion]:
    """Return, by code, the unions that the file names and that there are."""
    codes = {file.rules.organiser, *file.rules.audience}
    return {union.code: union for union in session.scalars(select(TradeUnion).where(TradeUnion.code.in_(codes)))}


def is_begun(contest: Contest) -> bool:
    """Return whether anybody has begun an attempt for real."""
    begun = select(Attempt.id).join(Round).where(Round.contest_id == contest.id, Round.purpose == Purpose.REAL)
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


def _of_banks(file: ContestFile, contest: Contest | None) -> Iterator[Problem]:
    banks = _banks_for(unions_of(file).get(file.rules.organiser))
    zone = ZoneInfo(file.rules.timezone)
    for number, rules in enumerate(file.rules.rounds, start=1):
        on = rules.opens_at.astimezone(zone).date()
        barred = citations.barred(rules, on, contest.id if contest else None)
        stock = _stock(rules, on, barred)
        short = dict(shortages(rules.draws, stock))
        for place, draw in enumerate(rules.draws):
            path = f"rounds.{number}.paper.{place + 1}"
            bank = banks.get(draw.bank)
            if bank is None:
                yield f"{path}.bank", f"không có ngân hàng câu hỏi “{draw.bank}”; hiện có: {_listed(banks)}"
            elif draw.topic is not None and draw.topic not in bank.topics:
                yield f"{path}.topic", f"không có chủ đề “{draw.topic}”; các chủ đề: {_listed(bank.topics)}"
            elif place in short:
                yield (
                    f"{path}.count",
                    f"ngân hàng “{draw.bank}” chỉ còn {short[place]} câu phù hợp và có hiệu lực vào ngày mở đợt thi, "
                    f"đề thi cần {draw.count} câu; xin giảm số câu hoặc bổ sung câu hỏi{_told(barred)}",
                )


def _banks_for(organiser: TradeUnion | None) -> dict[str, QuestionBank]:
    """Return the banks that a contest of this union may draw from, by code: of its own line, or shipped."""
    asked = select(QuestionBank).options(joinedload(QuestionBank.union)).order_by(QuestionBank.code)
    own = organiser.path if organiser else ""
    return {
        bank.code: bank
        for bank in session.scalars(asked)
        if bank.union is None or (own and is_one_line(bank.union.path, own))
    }


def _told(barred: frozenset[int]) -> str:
    """A contest that is there can be signed for; a new one first takes fewer questions."""
    return f" ({len(barred)} câu không tính vì dẫn văn bản hết hiệu lực mà chưa ai ký xác nhận)" if barred else ""


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


def _stock(rules: RoundRules, on: date, barred: frozenset[int]) -> Stock:
    version = QuestionVersion
    asked = (
        select(QuestionBank.code, version.topic, version.level, func.count())
        .join(Question, Question.bank_id == QuestionBank.id)
        .join(version, version.id == Question.current_id)
        .where(
            QuestionBank.code.in_({draw.bank for draw in rules.draws}),
            version.kind.in_([kind.value for kind in DRAWN]),
            version.id.not_in(barred),
            or_(version.valid_from.is_(None), version.valid_from <= on),
            or_(version.valid_to.is_(None), version.valid_to >= on),
        )
        .group_by(QuestionBank.code, version.topic, version.level)
    )
    return {(bank, topic, Level(level)): count for bank, topic, level, count in session.execute(asked)}


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "chưa có"
