"""A bank of three questions as a draft, of which a test changes what it is about."""

from dataclasses import replace
from datetime import date

import pytest

from quizapp.banks.actions import load_bank
from quizapp.db import transaction
from quizapp.formats.questions.drafts import BankDraft, OptionDraft, QuestionDraft, true_false_options
from quizapp.vocabulary import Confidence, Level, QuestionKind
from tests.conftest import NOON

DRAFT = BankDraft(
    code="luat",
    title="Luật Mẫu",
    about="Theo Luật Mẫu.",
    checked_on=date(2026, 11, 24),
    topics={"hop-dong": "Hợp đồng", "luong": "Tiền lương"},
    questions=(
        QuestionDraft(
            kind=QuestionKind.SINGLE,
            prompt="Thời gian thử việc tối đa là bao nhiêu?",
            options=(OptionDraft("60 ngày", False), OptionDraft("180 ngày", True)),
            explanation="Vì khoản 1 nói vậy.",
            source="Luật Mẫu, Điều 25 khoản 1",
            topic="hop-dong",
            ref="thu-viec",
        ),
        QuestionDraft(
            kind=QuestionKind.MULTIPLE,
            prompt="Tiền lương gồm những khoản nào?",
            options=(
                OptionDraft("Mức lương", True),
                OptionDraft("Phụ cấp", True),
                OptionDraft("Tiền phạt", False),
            ),
            explanation="Vì Điều 90.",
            source="Luật Mẫu, Điều 90 khoản 1",
            topic="luong",
            level=Level.HARD,
            confidence=Confidence.SECONDARY,
            valid_from=date(2021, 1, 1),
            valid_to=date(2027, 12, 31),
            ref="luong",
        ),
        QuestionDraft(
            kind=QuestionKind.TRUE_FALSE,
            prompt="Hợp đồng phải giao kết trước khi nhận việc.",
            options=true_false_options(True),
            explanation="Vì Điều 13.",
            source="Luật Mẫu, Điều 13 khoản 2",
            topic="hop-dong",
            ref="giao-ket",
        ),
    ),
)


def changed(ref: str, **values) -> BankDraft:
    """The draft with another question of this id."""
    return replace(DRAFT, questions=tuple(replace(q, **values) if q.ref == ref else q for q in DRAFT.questions))


def without(ref: str) -> BankDraft:
    return replace(DRAFT, questions=tuple(q for q in DRAFT.questions if q.ref != ref))


def load(draft: BankDraft = DRAFT):
    with transaction():
        return load_bank(draft, now=NOON)


@pytest.fixture
def bank(cast):
    load()
    return DRAFT
