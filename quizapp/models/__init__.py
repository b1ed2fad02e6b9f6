"""The tables: facts and their constraints."""

from quizapp.models.attempts import Attempt, LateChange, LateDecision, Paper, PaperSlot, Response
from quizapp.models.audit import AuditEvent
from quizapp.models.banks import AnswerKey, AnswerOption, Question, QuestionBank, QuestionVersion
from quizapp.models.base import Base
from quizapp.models.contests import Contest, ContestAudience, Round
from quizapp.models.people import LogInFailure, LogInSession, Person, RoleGrant
from quizapp.models.standings import Board, Snapshot, StandingsRow
from quizapp.models.unions import MemberCount, TradeUnion

__all__ = [
    "AnswerKey",
    "AnswerOption",
    "Attempt",
    "AuditEvent",
    "Base",
    "Board",
    "Contest",
    "ContestAudience",
    "LateChange",
    "LateDecision",
    "LogInFailure",
    "LogInSession",
    "MemberCount",
    "Paper",
    "PaperSlot",
    "Person",
    "Question",
    "QuestionBank",
    "QuestionVersion",
    "Response",
    "RoleGrant",
    "Round",
    "Snapshot",
    "StandingsRow",
    "TradeUnion",
]
