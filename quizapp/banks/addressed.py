"""A bank as an address names it: for who may not use it, or not change it, it does not exist."""

from quizapp.banks.queries import bank_of
from quizapp.models import QuestionBank
from quizapp.rules import permissions
from quizapp.web.guards import allowed


def usable_bank(code: str) -> QuestionBank:
    return allowed(bank_of(code), permissions.may_use_bank)


def changeable_bank(code: str) -> QuestionBank:
    return allowed(bank_of(code), permissions.may_change_bank)
