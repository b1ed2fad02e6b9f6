"""The cast of the tests: unions, people, banks and contests, built with few words."""

import itertools
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from quizapp.db import session, transaction
from quizapp.models import (
    AcceptedAnswer,
    AnswerKey,
    AnswerOption,
    Contest,
    LogInSession,
    MemberCount,
    Person,
    Question,
    QuestionBank,
    QuestionVersion,
    RoleGrant,
    Round,
    TradeUnion,
)
from quizapp.rules.contest_rules import BoardRules, ContestRules, EntryRule, PublishRule
from quizapp.rules.round_rules import AttemptsRule, Draw, RoundRules, ShowRule
from quizapp.rules.vietnamese import fold, name_key
from quizapp.vocabulary import Level, QuestionKind, Role, StandingsOf, UnionKind
from quizapp.web.login import hash_token

PASSWORD = "mat khau du dai 123"


class Cast:
    def __init__(self, now: Callable[[], datetime]):
        self.now = now
        self.serial = itertools.count(1)

    def union(
        self,
        name: str = "",
        *,
        parent: TradeUnion | None = None,
        kind: UnionKind = UnionKind.GRASSROOTS,
        members: int | None = None,
        code: str | None = None,
    ) -> TradeUnion:
        number = next(self.serial)
        name = name or f"Công đoàn cơ sở {number}"
        with transaction():
            made = TradeUnion(
                code=code or f"U{number}",
                name=name,
                name_folded=fold(name),
                kind=kind.value,
                parent_id=parent.id if parent else None,
            )
            session.add(made)
            session.flush()
            made.path = f"{parent.path if parent else '/'}{made.id}/"
            if members is not None:
                session.add(MemberCount(union_id=made.id, counted_on=date(2026, 1, 1), members=members))
        return made

    def person(
        self,
        name: str = "Nguyễn Văn An",
        *,
        union: TradeUnion | None = None,
        phone: str | None = None,
        roles: Sequence[tuple[Role, TradeUnion]] = (),
        password_hash: str | None = None,
    ) -> Person:
        number = next(self.serial)
        with transaction():
            made = Person(
                full_name=name,
                name_folded=fold(name),
                name_key=name_key(name),
                birth_date=date(1990, 1, 1),
                phone=phone or f"09{number:08d}",
                union_id=union.id if union else None,
                password_hash=password_hash,
                created_at=self.now(),
            )
            session.add(made)
            session.flush()
            for role, over in roles:
                session.add(RoleGrant(person_id=made.id, role=role.value, union_id=over.id))
        return made

    def log_in(self, client: Any, person: Person) -> Any:
        """Give the client a log-in of the person without the slow password check; return the client."""
        token = secrets.token_urlsafe(32)
        with transaction():
            session.add(
                LogInSession(
                    token_hash=hash_token(token),
                    person_id=person.id,
                    opened_at=self.now(),
                    expires_at=self.now() + timedelta(days=30),
                    device="test",
                )
            )
        with client.session_transaction() as cookie:
            cookie["_user_id"] = token
            cookie["_fresh"] = True
        return client

    def bank(
        self,
        code: str = "luat",
        *,
        single: int = 10,
        multiple: int = 0,
        typed: Mapping[str, str] = MappingProxyType({}),
        topic: str = "chung",
        level: Level = Level.EASY,
        union: TradeUnion | None = None,
    ) -> QuestionBank:
        """A bank whose right option is always the one at position 0 ('Đúng …'), of multiples those at 0 and 1.

        typed: what else is asked, each with what is right: a number as '12.5', other answers in words.
        """
        with transaction():
            bank = QuestionBank(code=code, title=f"Ngân hàng {code}", about="", topics={topic: "Chung"})
            bank.union_id = union.id if union else None
            session.add(bank)
            session.flush()
            for number in range(1, single + multiple + 1):
                kind = QuestionKind.SINGLE if number <= single else QuestionKind.MULTIPLE
                self._question(bank, number, kind, topic, level)
            for number, (prompt, right) in enumerate(typed.items(), start=single + multiple + 1):
                kind = QuestionKind.NUMBER if right.replace(".", "").isdecimal() else QuestionKind.SHORT
                version = self._version(bank, number, kind, topic, level)
                version.prompt = prompt
                session.add(AcceptedAnswer(version_id=version.id, position=0, text=right))
        return bank

    def _version(
        self, bank: QuestionBank, number: int, kind: QuestionKind, topic: str, level: Level
    ) -> QuestionVersion:
        question = Question(bank_id=bank.id, ref=f"{bank.code}-{number:03d}")
        session.add(question)
        session.flush()
        version = QuestionVersion(
            question_id=question.id,
            number=1,
            kind=kind.value,
            topic=topic,
            level=level.value,
            prompt=f"Câu hỏi số {number} của {bank.code}?",
            explanation=f"Giải thích câu {number}.",
            source=f"Điều {number}",
            confidence="van_ban",
            digest=f"{bank.code}{number}",
        )
        session.add(version)
        session.flush()
        question.current_id = version.id
        return version

    def _question(self, bank: QuestionBank, number: int, kind: QuestionKind, topic: str, level: Level) -> None:
        version = self._version(bank, number, kind, topic, level)
        right = {QuestionKind.SINGLE: 1, QuestionKind.MULTIPLE: 2}[kind]
        for position in range(4):
            word = "Đúng" if position < right else "Sai"
            session.add(AnswerOption(version_id=version.id, position=position, text=f"{word} {number}.{position}"))
        session.flush()
        session.add_all(AnswerKey(version_id=version.id, position=position) for position in range(right))

    def contest(
        self,
        slug: str = "cuoc-thi",
        *,
        organiser: TradeUnion,
        rounds: Sequence[RoundRules] | None = None,
        boards: Sequence[BoardRules] | None = None,
        entry: EntryRule | None = None,
        publish: PublishRule | None = None,
        title: str = "Tìm hiểu pháp luật",
        **more: Any,
    ) -> Contest:
        """A contest with one round, open from an hour before noon for a week; two attempts of 20 minutes.

        more: further fields of `ContestRules`.
        """
        rounds = rounds or [self.round_rules()]
        boards = boards or [
            BoardRules(key="ca-nhan", title="Cá nhân", of=StandingsOf.PEOPLE),
            BoardRules(key="cdcs", title="Công đoàn cơ sở", of=StandingsOf.UNIONS),
        ]
        rules = ContestRules(
            slug=slug,
            title=title,
            organiser=organiser.code,
            timezone="Asia/Ho_Chi_Minh",
            audience=(organiser.code,),
            entry=entry or EntryRule(),
            rounds=tuple(rounds),
            boards=tuple(boards),
            publish=publish or PublishRule(),
            **more,
        )
        with transaction():
            made = Contest(
                slug=slug, title=title, organiser_id=organiser.id, rules=rules, source="", loaded_at=self.now()
            )
            made.published_at = self.now()
            made.audience = [session.merge(organiser, load=False)]
            session.add(made)
            session.flush()
            for position, each in enumerate(rules.rounds):
                session.add(
                    Round(
                        contest_id=made.id,
                        position=position,
                        key=each.key,
                        title=each.title,
                        opens_at=each.opens_at,
                        closes_at=each.closes_at,
                        rules=each,
                    )
                )
        return made

    def draw(self, bank: str, count: int) -> Draw:
        return Draw(bank=bank, count=count)

    def round_rules(self, key: str = "tuan-1", **changed: Any) -> RoundRules:
        base = datetime(2026, 12, 1, 5, 0, tzinfo=UTC)
        return RoundRules(
            **{
                "key": key,
                "title": "Tuần 1",
                "opens_at": base - timedelta(hours=1),
                "closes_at": base + timedelta(days=7),
                "attempts": AttemptsRule(limit=2),
                "time_limit": timedelta(minutes=20),
                "draws": (Draw(bank="luat", count=5),),
                "show": ShowRule(),
            }
            | changed
        )
