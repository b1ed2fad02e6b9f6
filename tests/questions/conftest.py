"""A bank of a province with two of its organisers, and one who may only use it."""

from dataclasses import dataclass

import pytest

from quizapp.banks.queries import bank_of
from quizapp.db import session, transaction
from quizapp.models import Person, QuestionBank
from quizapp.questions import actions, queries
from quizapp.rules.question_content import OptionContent, QuestionContent
from quizapp.vocabulary import QuestionKind, Role, UnionKind
from tests.conftest import NOON

CONTENT = QuestionContent(
    kind=QuestionKind.SINGLE,
    prompt="Thử việc người quản lý tối đa bao nhiêu ngày?",
    topic="chung",
    options=(OptionContent("180 ngày", right=True), OptionContent("60 ngày"), OptionContent("30 ngày")),
    explanation="Khoản 1 nói vậy.",
    source="Bộ luật Lao động, Điều 25",
)


@dataclass
class Desk:
    """Who works at which bank; `made` keeps a new question, without its session."""

    bank: str
    author: Person
    reviewer: Person
    province: object

    def make(self, content=CONTENT, *, use=False, by=None):
        with transaction():
            bank = bank_of(self.bank)
            made = actions.make(bank, content, by=by or self.author, now=NOON)
            if use:
                actions.use(bank, made.question.id, number=1, by=by or self.author, now=NOON)
            return made.question.id

    def stands(self, question_id):
        """Return the question with its newest version, as it is stored."""
        with transaction(writes=False):
            return queries.one(bank_of(self.bank), question_id)

    def content(self, question_id, number=None):
        with transaction(writes=False):
            there = queries.one(bank_of(self.bank), question_id)
            versions = {each.number: each for each in queries.versions(there.question)}
            return queries.content_of(versions[number or there.version.number])

    def wants_review(self):
        with transaction():
            session.query(QuestionBank).filter_by(code=self.bank).update({"needs_review": True})


@pytest.fixture
def desk(cast):
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)
    bank = cast.bank("rieng", single=0, union=province)
    roles = [(Role.ORGANISER, province)]
    author = cast.person("Trần Soạn", union=province, roles=roles)
    reviewer = cast.person("Lê Duyệt", union=province, roles=roles)
    return Desk(bank.code, author, reviewer, province)


@pytest.fixture
def author(client, cast, desk):
    return cast.log_in(client, desk.author)


@pytest.fixture
def reviewer(app, cast, desk):
    return cast.log_in(app.test_client(), desk.reviewer)
