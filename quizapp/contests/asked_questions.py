"""Checks what a contest file asks against the banks: its banks, topics, tags and questions are there, and enough."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from quizapp.contests import citations
from quizapp.db import session
from quizapp.models import Contest, Question, QuestionBank, QuestionVersion, TradeUnion
from quizapp.rules.contest_rules import ContestRules
from quizapp.rules.permissions import is_one_line
from quizapp.rules.question_content import DRAWN
from quizapp.rules.round_rules import Draw, FixedPaper, RoundRules
from quizapp.rules.stock import Sort, Stock, shortages
from quizapp.vocabulary import Level

Problem = tuple[str, str]  # key path and sentence


@dataclass(frozen=True)
class Shelf:
    """What a round may ask on the day when it opens: the questions by bank code and ref, each with its sort."""

    banks: Mapping[str, QuestionBank]
    questions: Mapping[tuple[str, str], Sort]
    barred: int  # how many are left out because nobody signed for what they cite

    @property
    def stock(self) -> Stock:
        return Counter(self.questions.values())

    @property
    def told(self) -> str:
        """A contest that is there can be signed for; a new one first takes fewer questions."""
        if not self.barred:
            return ""
        return f" ({self.barred} câu không tính vì dẫn văn bản hết hiệu lực mà chưa ai ký xác nhận)"


def problems(rules: ContestRules, organiser: TradeUnion | None, contest: Contest | None) -> Iterator[Problem]:
    """Give what is wrong with the questions of each round, and of its practice. contest: the one that is there now."""
    banks, zone = _banks_for(organiser), ZoneInfo(rules.timezone)
    for number, each in enumerate(rules.rounds, start=1):
        path = f"rounds.{number}"
        shelf = _shelf(each, each.opens_at.astimezone(zone).date(), banks, contest)
        yield from _of_draws(each.draws, shelf, f"{path}.paper")
        yield from _of_papers(each.papers, shelf, f"{path}.papers")
        if each.practice and each.practice.draws:
            opens_at = each.practice.opens_at or each.opens_at
            shelf = _shelf(each, opens_at.astimezone(zone).date(), banks, contest)
            yield from _of_draws(each.practice.draws, shelf, f"{path}.practice.paper")


def _of_draws(draws: Sequence[Draw], shelf: Shelf, path: str) -> Iterator[Problem]:
    short = dict(shortages(draws, shelf.stock))
    for place, draw in enumerate(draws):
        at = f"{path}.{place + 1}"
        bank = shelf.banks.get(draw.bank)
        tags = {tag for sort in shelf.stock if sort.bank == draw.bank for tag in sort.tags}
        if bank is None:
            yield f"{at}.bank", f"không có ngân hàng câu hỏi “{draw.bank}”; hiện có: {_listed(shelf.banks)}"
        elif draw.topic is not None and draw.topic not in bank.topics:
            yield f"{at}.topic", f"không có chủ đề “{draw.topic}”; các chủ đề: {_listed(bank.topics)}"
        elif draw.tag is not None and draw.tag not in tags:
            yield f"{at}.tag", f"không có câu hỏi nào dùng được có nhãn “{draw.tag}”; các nhãn: {_listed(sorted(tags))}"
        elif place in short:
            yield (
                f"{at}.count",
                f"ngân hàng “{draw.bank}” chỉ còn {short[place]} câu phù hợp và có hiệu lực vào ngày mở đợt thi, "
                f"đề thi cần {draw.count} câu; xin giảm số câu hoặc bổ sung câu hỏi{shelf.told}",
            )


def _of_papers(papers: Sequence[FixedPaper], shelf: Shelf, path: str) -> Iterator[Problem]:
    for number, paper in enumerate(papers, start=1):
        strange = sorted({one.bank for one in paper.questions} - shelf.banks.keys())
        missing = [one for one in paper.questions if (one.bank, one.ref) not in shelf.questions]
        if strange:
            yield (
                f"{path}.{number}.questions",
                f"không có ngân hàng câu hỏi “{strange[0]}”; hiện có: {_listed(shelf.banks)}",
            )
        elif missing:
            yield (
                f"{path}.{number}.questions",
                f"ngân hàng “{missing[0].bank}” không có câu hỏi “{missing[0].ref}” đang dùng và có hiệu lực vào ngày "
                f"mở đợt thi{shelf.told}; xin chọn câu khác",
            )


def _banks_for(organiser: TradeUnion | None) -> dict[str, QuestionBank]:
    """Return the banks that a contest of this union may ask from, by code: of its own line, or shipped."""
    asked = select(QuestionBank).options(joinedload(QuestionBank.union)).order_by(QuestionBank.code)
    own = organiser.path if organiser else ""
    return {
        bank.code: bank
        for bank in session.scalars(asked)
        if bank.union is None or (own and is_one_line(bank.union.path, own))
    }


def _shelf(rules: RoundRules, on: date, banks: Mapping[str, QuestionBank], contest: Contest | None) -> Shelf:
    version = QuestionVersion
    barred = citations.barred(rules, on, contest.id if contest else None)
    asked = (
        select(QuestionBank.code, Question.ref, version.topic, version.level, version.tags)
        .join(Question, Question.bank_id == QuestionBank.id)
        .join(version, version.id == Question.current_id)
        .where(
            QuestionBank.code.in_(rules.banks),
            version.kind.in_([kind.value for kind in DRAWN]),
            version.id.not_in(barred),
            or_(version.valid_from.is_(None), version.valid_from <= on),
            or_(version.valid_to.is_(None), version.valid_to >= on),
        )
    )
    questions = {
        (bank, ref): Sort(bank, topic, Level(level), frozenset(tags))
        for bank, ref, topic, level, tags in session.execute(asked)
    }
    return Shelf(banks, questions, len(barred))


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "chưa có"
