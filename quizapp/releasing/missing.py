"""What a contest still lacks before it is published, each with the page on which it is mended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select

from quizapp.db import session
from quizapp.drafting.queries import draft_of
from quizapp.formats.contest_file import warnings
from quizapp.formats.contest_tree import checked
from quizapp.models import Contest, JudgeSeat, MemberCount, Person, Question, QuestionBank, QuestionVersion, TradeUnion
from quizapp.models.unions import lies_within
from quizapp.releasing import queries
from quizapp.rules.round_rules import EssayRule
from quizapp.vocabulary import Measure, StandingsOf


@dataclass(frozen=True)
class Missing:
    """endpoint and values: of the page that mends it. is_needed: without it the contest cannot be published."""

    text: str
    link: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    is_needed: bool = False


def missing(contest: Contest, now: datetime) -> list[Missing]:
    """Return what is needed first, then what is only advised."""
    contradicting = [_ruled(contest, each.text, is_needed=True) for each in queries.problems(contest)]
    if contradicting:
        return [*contradicting, *_of_people(contest), *_of_essays(contest)]
    doubts = [_ruled(contest, each.text) for each in warnings(queries.file_of(contest))]
    parts = (
        _of_draft(contest),
        _of_hours(contest, now),
        _of_banks(contest),
        _of_people(contest),
        _of_essays(contest),
        _of_rules(contest),
    )
    return doubts + [each for part in parts for each in part]


def _ruled(contest: Contest, text: str, *, is_needed: bool = False) -> Missing:
    """What is mended in the rules: in the draft, where there is one."""
    draft = draft_of(contest)
    sentence = text[0].upper() + text[1:]
    if draft is not None:
        return Missing(sentence, "Sửa bản soạn", "drafting.show", {"draft_id": draft.id}, is_needed)
    return Missing(sentence, "Sửa tệp cuộc thi", "contests.load_file", {"like": contest.slug}, is_needed)


def _of_draft(contest: Contest) -> Iterator[Missing]:
    draft = draft_of(contest)
    file = checked(draft.tree).file if draft else None
    if draft and (file is None or file.rules != contest.rules):
        text = "Bản soạn có chỗ chưa lưu vào cuộc thi: người dự thi thấy bản lưu sau cùng, không thấy bản soạn."
        yield Missing(text, "Mở bản soạn để lưu", "drafting.show", {"draft_id": draft.id})


def _of_hours(contest: Contest, now: datetime) -> Iterator[Missing]:
    for each in contest.rounds:
        if each.closes_at <= now:
            yield _ruled(contest, f"{each.title} đã kết thúc: công bố bây giờ thì không ai vào thi đợt này được nữa")


def _of_banks(contest: Contest) -> Iterator[Missing]:
    """Shipped banks were reviewed before they came; a union's own ones by a second person here."""
    codes = frozenset[str]().union(*(each.banks for each in contest.rules.rounds))
    asked = (
        select(QuestionBank.code, QuestionBank.title, func.count())
        .join(Question, Question.bank_id == QuestionBank.id)
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .where(
            QuestionBank.code.in_(codes), QuestionBank.union_id.is_not(None), QuestionVersion.reviewed_by_id.is_(None)
        )
        .group_by(QuestionBank.code, QuestionBank.title)
        .order_by(QuestionBank.code)
    )
    for code, title, count in session.execute(asked):
        text = f"{count} câu đang dùng của “{title}” chưa có người thứ hai duyệt."
        yield Missing(text, "Duyệt câu hỏi", "questions.index", {"code": code})


def _of_people(contest: Contest) -> Iterator[Missing]:
    rules, inside = contest.rules, lies_within(each.path for each in contest.audience)
    members = select(Person.id).join(TradeUnion, TradeUnion.id == Person.union_id).where(inside)
    if not rules.entry.registration and session.scalar(members.limit(1)) is None:
        text = "Cuộc thi không mở tự đăng ký mà chưa có người dự thi nào trong danh sách: sẽ không ai vào thi được."
        yield Missing(text, "Nhập danh sách người dự thi", "members.import_file")
    by_rate = any(each.of is StandingsOf.UNIONS and each.measure is Measure.RATE for each in rules.boards)
    if (by_rate or rules.target_rate is not None) and not _has_counts(inside):
        text = "Chưa đơn vị nào có số đoàn viên nên không tính được tỷ lệ tham gia."
        yield Missing(text, "Nhập số đoàn viên", "unions.import_file")


def _has_counts(inside: ColumnElement[bool]) -> bool:
    counted = select(MemberCount.union_id).join(TradeUnion, TradeUnion.id == MemberCount.union_id).where(inside)
    return session.scalar(counted.limit(1)) is not None


def _of_essays(contest: Contest) -> Iterator[Missing]:
    for each in contest.rounds:
        if each.rules.essay is None:
            continue
        seated = select(func.count()).where(JudgeSeat.round_id == each.id, JudgeSeat.left_at.is_(None))
        have = session.scalar(seated) or 0
        if have < each.rules.essay.judges:
            there = f"mới có {have}" if have else "chưa có ai"
            text = f"{each.title}: mỗi bài viết cần {each.rules.essay.judges} giám khảo, Ban Giám khảo {there}."
            yield Missing(text, "Chọn giám khảo", "essays.jury", {"slug": contest.slug, "key": each.key})
        yield from _of_essay(contest, each.title, each.rules.essay)


def _of_essay(contest: Contest, title: str, rule: EssayRule) -> Iterator[Missing]:
    if rule.rubric is None:
        text = f"{title}: bài viết chưa có phiếu chấm, giám khảo cho một điểm chung"
        yield _ruled(contest, f"{text}. Có phiếu chấm thì các giám khảo chấm đều tay hơn.")
    if rule.appeals_until is None:
        yield _ruled(contest, f"{title}: chưa ghi hạn phúc khảo bài viết, người dự thi không đề nghị phúc khảo được.")


def _of_rules(contest: Contest) -> Iterator[Missing]:
    asks = any(each.asks_questions for each in contest.rules.rounds)
    if asks and contest.rules.appeals_until is None:
        yield _ruled(contest, "Chưa ghi hạn phúc khảo: người dự thi không đề nghị xem lại điểm được.")
    if not contest.rules.prizes:
        yield _ruled(contest, "Chưa có giải thưởng; thể lệ sẽ không có điều về giải.")
