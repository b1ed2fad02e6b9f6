"""The tables: facts and their constraints."""

from quizapp.models.appeals import Appeal, ShownWork
from quizapp.models.attempts import Attempt, AttemptImport, LateChange, LateDecision, Paper, PaperSlot, Response
from quizapp.models.audit import AuditEvent
from quizapp.models.banks import (
    AcceptedAnswer,
    AnswerKey,
    AnswerOption,
    CitationWaiver,
    ImportPicture,
    LegalDocument,
    Picture,
    Question,
    QuestionBank,
    QuestionFigures,
    QuestionImport,
    QuestionVersion,
    SuggestedAnswer,
    VersionPicture,
)
from quizapp.models.base import Base
from quizapp.models.contests import Contest, ContestAudience, ContestDraft, Round
from quizapp.models.corrections import KeyCorrection, MarkAppeal, PredictionTruth
from quizapp.models.entrants import Disqualification, DuplicateDecision, Entrant
from quizapp.models.essays import (
    Allocation,
    Assessment,
    Essay,
    EssayFile,
    EssayRevision,
    JudgeSeat,
    Rubric,
    Settlement,
)
from quizapp.models.jobs import Job, JobFile
from quizapp.models.likeness import GivenText, LikenessPair, LikenessSearch
from quizapp.models.people import LogInFailure, LogInSession, Person, RoleGrant
from quizapp.models.prizes import LotSeed, PrizeAward, PrizeDecision, PrizeTie
from quizapp.models.standings import Board, Snapshot, StandingsRow
from quizapp.models.trials import TrialAssessment, TrialEssay
from quizapp.models.unions import MemberCount, TradeUnion
from quizapp.models.windows import GivenTime, WindowChange

__all__ = [
    "AcceptedAnswer",
    "Allocation",
    "AnswerKey",
    "AnswerOption",
    "Appeal",
    "Assessment",
    "Attempt",
    "AttemptImport",
    "AuditEvent",
    "Base",
    "Board",
    "CitationWaiver",
    "Contest",
    "ContestAudience",
    "ContestDraft",
    "Disqualification",
    "DuplicateDecision",
    "Entrant",
    "Essay",
    "EssayFile",
    "EssayRevision",
    "GivenText",
    "GivenTime",
    "ImportPicture",
    "Job",
    "JobFile",
    "JudgeSeat",
    "KeyCorrection",
    "LateChange",
    "LateDecision",
    "LegalDocument",
    "LikenessPair",
    "LikenessSearch",
    "LogInFailure",
    "LogInSession",
    "LotSeed",
    "MarkAppeal",
    "MemberCount",
    "Paper",
    "PaperSlot",
    "Person",
    "Picture",
    "PredictionTruth",
    "PrizeAward",
    "PrizeDecision",
    "PrizeTie",
    "Question",
    "QuestionBank",
    "QuestionFigures",
    "QuestionImport",
    "QuestionVersion",
    "Response",
    "RoleGrant",
    "Round",
    "Rubric",
    "Settlement",
    "ShownWork",
    "Snapshot",
    "StandingsRow",
    "SuggestedAnswer",
    "TradeUnion",
    "TrialAssessment",
    "TrialEssay",
    "VersionPicture",
    "WindowChange",
]
