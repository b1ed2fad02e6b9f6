"""Every endpoint × every role: who comes in, who is asked to log in, for whom it does not exist.

An endpoint that is missing from the table fails the build.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

import pytest
from sqlalchemy import select

from quizapp import create_app
from quizapp.attempts import actions
from quizapp.attempts.queries import round_of
from quizapp.db import session, transaction
from quizapp.models import (
    Allocation,
    Appeal,
    Assessment,
    Attempt,
    AttemptImport,
    ContestDraft,
    Disqualification,
    DuplicateDecision,
    Essay,
    EssayFile,
    EssayRevision,
    GivenText,
    ImportPicture,
    Job,
    JudgeSeat,
    KeyCorrection,
    LateChange,
    LegalDocument,
    LikenessPair,
    LikenessSearch,
    LogInSession,
    MarkAppeal,
    PaperSlot,
    Person,
    Picture,
    PredictionTruth,
    Question,
    QuestionImport,
    RoleGrant,
    Round,
    Rubric,
    Settlement,
    ShownWork,
    TrialEssay,
    VersionPicture,
)
from quizapp.reports.refreshing import refresh
from quizapp.rules.contest_rules import PublishRule
from quizapp.rules.round_rules import EssayRule, FilesRule
from quizapp.rules.rubrics import Criterion, RubricContent
from quizapp.vocabulary import BoardWhen, FeedbackWhen, FileKind, Resolution, Role, UnionKind

LATER = datetime(2027, 1, 1, tzinfo=UTC)
CHAIRED = {"gap": 100, "resolution": Resolution.CHAIR}
ATTEMPT = {"attempt_id": "attempt"}
CONTEST = {"slug": "contest"}
LATE = {"slug": "contest", "attempt_id": "handed_in"}
DRAFT = {"draft_id": "draft"}
BOARD = {"slug": "contest", "key": "board"}
MEMBER = {"person_id": "member"}
ESSAYS = {"slug": "contest", "key": "written"}
ESSAY = {**ESSAYS, "code": "essay"}
SEAT = {"seat_id": "seat"}
DECISION = {**SEAT, "code": "essay"}
ALLOCATION = {"allocation_id": "allocation"}
CRITERION = {**ALLOCATION, "key": "criterion"}
RUBRIC = {"code": "rubric"}
OWN_BANK = {"code": "own_bank"}
IMPORT = {**OWN_BANK, "import_id": "import"}
QUESTION = {**OWN_BANK, "question_id": "question"}
UNION = {"union_id": "union"}
ENTRANT = {"slug": "contest", "person_id": "entrant"}
ALIKE = {"slug": "contest", "first_id": "entrant", "second_id": "other_entrant"}
APPEALED = {"attempt_id": "appealed"}
APPEAL = {"slug": "contest", "key": "appealing", "code": "appeal"}


class For(Enum):
    """Whom an endpoint is for."""

    ANYBODY = "anybody"
    PEOPLE = "whoever is logged in"
    OWNER = "whose attempt it is"
    JUDGE = "judges, of any round"
    SEATED = "the judge whose seat it is"
    DESK = "organisers, of any union"
    OVER = "organisers over the union that it belongs to"
    ADMIN = "administrators over that union"


TABLE: dict[str, tuple[For, dict[str, str]]] = {
    "accounts.account": (For.PEOPLE, {}),
    "accounts.change_password": (For.PEOPLE, {}),
    "accounts.check_log_in": (For.ANYBODY, {}),
    "accounts.choose_password": (For.ANYBODY, {}),
    "accounts.end_log_in": (For.OWNER, {"token_hash": "log_in"}),
    "accounts.join_union": (For.PEOPLE, {}),
    "accounts.log_in": (For.ANYBODY, {}),
    "accounts.log_out": (For.PEOPLE, {}),
    "accounts.log_out_everywhere": (For.PEOPLE, {}),
    "accounts.name_union": (For.PEOPLE, {}),
    "accounts.privacy": (For.ANYBODY, {}),
    "accounts.register": (For.ANYBODY, {}),
    "accounts.set_password": (For.ANYBODY, {}),
    "accounts.sign_up": (For.ANYBODY, {}),
    "appeals.answer": (For.OVER, APPEAL),
    "appeals.ask": (For.OWNER, APPEALED),
    "appeals.feedback": (For.OWNER, APPEALED),
    "appeals.give": (For.OVER, APPEAL),
    "appeals.index": (For.OVER, ESSAYS),
    "appeals.own": (For.OWNER, APPEALED),
    "appeals.show": (For.OVER, APPEAL),
    "appeals.withdraw": (For.OWNER, APPEALED),
    "attachments.add": (For.OWNER, ATTEMPT),
    "attachments.index": (For.OWNER, ATTEMPT),
    "attachments.move": (For.OWNER, {**ATTEMPT, "file_id": "picture"}),
    "attachments.picture": (For.OWNER, {**ATTEMPT, "file_id": "picture"}),
    "attachments.remove": (For.OWNER, {**ATTEMPT, "file_id": "picture"}),
    "attempt_imports.confirm": (For.OVER, CONTEST),
    "attempt_imports.import_file": (For.OVER, CONTEST),
    "attempt_imports.preview": (For.OVER, CONTEST),
    "attempt_imports.sample": (For.OVER, CONTEST),
    "attempt_imports.undo": (For.OVER, {**CONTEST, "import_id": "attempt_import"}),
    "attempts.essay_revisions": (For.OWNER, ATTEMPT),
    "attempts.hand_in": (For.OWNER, ATTEMPT),
    "attempts.reopen": (For.OWNER, ATTEMPT),
    "attempts.mine": (For.PEOPLE, {}),
    "attempts.move_on": (For.OWNER, ATTEMPT),
    "attempts.record_essay": (For.OWNER, ATTEMPT),
    "attempts.record_prediction": (For.OWNER, ATTEMPT),
    "attempts.record_responses": (For.OWNER, ATTEMPT),
    "attempts.result": (For.OWNER, ATTEMPT),
    "attempts.reuse_revision": (For.OWNER, {**ATTEMPT, "number": "revision"}),
    "attempts.review": (For.OWNER, ATTEMPT),
    "attempts.save_form": (For.OWNER, ATTEMPT),
    "attempts.show": (For.OWNER, ATTEMPT),
    "attempts.start": (For.PEOPLE, {"slug": "contest", "key": "round"}),
    "attempts.take_over": (For.OWNER, ATTEMPT),
    "bank_files.download": (For.DESK, {"code": "bank"}),
    "bank_files.show": (For.DESK, {"code": "bank"}),
    "banks.index": (For.DESK, {}),
    "banks.discard": (For.OVER, IMPORT),
    "banks.edit": (For.OVER, OWN_BANK),
    "banks.import_file": (For.OVER, OWN_BANK),
    "banks.import_picture": (For.OVER, {**IMPORT, "number": "place"}),
    "banks.keep": (For.OVER, IMPORT),
    "banks.new": (For.DESK, {}),
    "banks.save": (For.OVER, OWN_BANK),
    "banks.save_new": (For.DESK, {}),
    "banks.sheet": (For.OVER, IMPORT),
    "banks.show": (For.DESK, {"code": "bank"}),
    "banks.undo": (For.OVER, IMPORT),
    "banks.upload": (For.OVER, OWN_BANK),
    "contests.home": (For.ANYBODY, {}),
    "contests.load_file": (For.DESK, {}),
    "contests.rules": (For.ANYBODY, CONTEST),
    "contests.save_file": (For.DESK, {}),
    "contests.show": (For.ANYBODY, CONTEST),
    "corrections.changes": (For.OVER, {**CONTEST, "version_id": "asked_version"}),
    "corrections.correct": (For.OVER, {**CONTEST, "version_id": "asked_version"}),
    "corrections.guesses": (For.OVER, CONTEST),
    "corrections.index": (For.OVER, CONTEST),
    "corrections.question": (For.OVER, {**CONTEST, "version_id": "asked_version"}),
    "corrections.recount": (For.OVER, {**CONTEST, "key": "guessed"}),
    "corrections.undo": (For.OVER, {**CONTEST, "correction_id": "correction"}),
    "drafting.arrange": (For.OVER, {**DRAFT, "part": "part"}),
    "drafting.change": (For.OVER, CONTEST),
    "drafting.delete": (For.OVER, DRAFT),
    "drafting.deleting": (For.OVER, DRAFT),
    "drafting.edit": (For.OVER, {**DRAFT, "part": "part", "number": "place"}),
    "drafting.edit_file": (For.OVER, DRAFT),
    "drafting.index": (For.DESK, {}),
    "drafting.make": (For.DESK, {}),
    "drafting.new": (For.DESK, {}),
    "drafting.save": (For.OVER, {**DRAFT, "part": "part", "number": "place"}),
    "drafting.save_file": (For.OVER, DRAFT),
    "drafting.show": (For.OVER, DRAFT),
    "entrants.decide": (For.OVER, ALIKE),
    "entrants.disqualified": (For.OVER, CONTEST),
    "entrants.disqualify": (For.OVER, ENTRANT),
    "entrants.duplicates": (For.OVER, CONTEST),
    "entrants.index": (For.OVER, CONTEST),
    "entrants.lift": (For.OVER, {"slug": "contest", "disqualification_id": "disqualification"}),
    "entrants.pair": (For.OVER, ALIKE),
    "entrants.place": (For.OVER, ENTRANT),
    "entrants.show": (For.OVER, ENTRANT),
    "entrants.undo": (For.OVER, ALIKE),
    "essays.allocate": (For.OVER, ESSAYS),
    "essays.decide": (For.OVER, ESSAY),
    "essays.index": (For.OVER, CONTEST),
    "essays.jury": (For.OVER, ESSAYS),
    "essays.listed": (For.OVER, ESSAYS),
    "essays.picture": (For.OVER, {**ESSAY, "place": "place"}),
    "essays.plant": (For.OVER, ESSAYS),
    "essays.seat": (For.OVER, ESSAYS),
    "essays.show": (For.OVER, ESSAY),
    "essays.unseat": (For.OVER, {**ESSAYS, "seat_id": "seat"}),
    "jobs.show": (For.OVER, {"job_id": "job"}),
    "fairness.download": (For.OVER, ESSAYS),
    "fairness.index": (For.OVER, ESSAYS),
    "fairness.judge": (For.OVER, {**ESSAYS, "seat_id": "seat"}),
    "judging.decide": (For.SEATED, DECISION),
    "judging.decided_picture": (For.SEATED, {**DECISION, "place": "place"}),
    "judging.decision": (For.SEATED, DECISION),
    "judging.complete": (For.SEATED, SEAT),
    "judging.criteria": (For.SEATED, SEAT),
    "judging.criterion": (For.SEATED, CRITERION),
    "judging.finish_complete": (For.SEATED, SEAT),
    "judging.give_back": (For.SEATED, ALLOCATION),
    "judging.give_back_form": (For.SEATED, ALLOCATION),
    "judging.keep": (For.SEATED, ALLOCATION),
    "judging.keep_criterion": (For.SEATED, CRITERION),
    "judging.listed": (For.SEATED, SEAT),
    "judging.mark": (For.SEATED, ALLOCATION),
    "judging.mark_criterion": (For.SEATED, CRITERION),
    "judging.next_by_criterion": (For.SEATED, {**SEAT, "key": "criterion"}),
    "judging.picture": (For.SEATED, {**ALLOCATION, "place": "place"}),
    "judging.queue": (For.JUDGE, {}),
    "judging.show": (For.SEATED, ALLOCATION),
    "judging.take": (For.SEATED, SEAT),
    "late.decide": (For.OVER, LATE),
    "late.index": (For.OVER, CONTEST),
    "late.show": (For.OVER, LATE),
    "late.undo": (For.OVER, LATE),
    "laws.edit": (For.DESK, {"law_id": "law"}),
    "laws.index": (For.DESK, {}),
    "laws.new": (For.DESK, {}),
    "laws.save": (For.DESK, {"law_id": "law"}),
    "laws.save_new": (For.DESK, {}),
    "laws.sign": (For.OVER, {**CONTEST, "question_id": "question"}),
    "laws.stale": (For.OVER, CONTEST),
    "likeness.add_text": (For.OVER, ESSAYS),
    "likeness.decide": (For.OVER, {**ESSAYS, "pair_id": "pair"}),
    "likeness.index": (For.OVER, ESSAYS),
    "likeness.pair": (For.OVER, {**ESSAYS, "pair_id": "pair"}),
    "likeness.search": (For.OVER, ESSAYS),
    "likeness.withdraw_text": (For.OVER, {**ESSAYS, "text_id": "given_text"}),
    "mark_appeals.answer": (For.OVER, {**CONTEST, "attempt_id": "handed_in"}),
    "mark_appeals.ask": (For.OWNER, {"attempt_id": "handed_in"}),
    "mark_appeals.export": (For.OVER, CONTEST),
    "mark_appeals.index": (For.OVER, CONTEST),
    "mark_appeals.own": (For.OWNER, {"attempt_id": "handed_in"}),
    "mark_appeals.show": (For.OVER, {**CONTEST, "attempt_id": "handed_in"}),
    "mark_appeals.withdraw": (For.OWNER, {"attempt_id": "handed_in"}),
    "members.codes": (For.DESK, {}),
    "members.confirm": (For.DESK, {}),
    "members.disable": (For.OVER, MEMBER),
    "members.edit": (For.OVER, MEMBER),
    "members.enable": (For.OVER, MEMBER),
    "members.grant": (For.ADMIN, MEMBER),
    "members.import_file": (For.DESK, {}),
    "members.index": (For.DESK, {}),
    "members.issue_code": (For.OVER, MEMBER),
    "members.issue_codes": (For.DESK, {}),
    "members.preview": (For.DESK, {}),
    "members.revoke": (For.ADMIN, {"person_id": "judge", "role": "judging", "union_id": "province"}),
    "members.roles": (For.ADMIN, MEMBER),
    "members.sample": (For.DESK, {}),
    "members.save": (For.OVER, MEMBER),
    "members.show": (For.OVER, MEMBER),
    "papers.index": (For.OVER, ESSAYS),
    "papers.marks": (For.OVER, ESSAYS),
    "papers.minutes": (For.OVER, ESSAYS),
    "papers.own": (For.SEATED, SEAT),
    "papers.own_confirm": (For.SEATED, SEAT),
    "papers.own_form": (For.SEATED, SEAT),
    "papers.own_pack": (For.SEATED, SEAT),
    "papers.own_preview": (For.SEATED, SEAT),
    "papers.seat": (For.OVER, {**ESSAYS, **SEAT}),
    "papers.seat_confirm": (For.OVER, {**ESSAYS, **SEAT}),
    "papers.seat_form": (For.OVER, {**ESSAYS, **SEAT}),
    "papers.seat_pack": (For.OVER, {**ESSAYS, **SEAT}),
    "papers.seat_preview": (For.OVER, {**ESSAYS, **SEAT}),
    "prizes.decide": (For.OVER, BOARD),
    "prizes.index": (For.OVER, CONTEST),
    "prizes.lot": (For.ANYBODY, BOARD),
    "prizes.publish_seed": (For.OVER, CONTEST),
    "prizes.show": (For.ANYBODY, CONTEST),
    "prizes.tie": (For.OVER, BOARD),
    "prizes.undo": (For.OVER, {**CONTEST, "decision_id": "place"}),
    "question_form.edit": (For.OVER, QUESTION),
    "question_form.new": (For.OVER, OWN_BANK),
    "question_form.save": (For.OVER, QUESTION),
    "question_form.save_new": (For.OVER, OWN_BANK),
    "question_pictures.show": (For.OWNER, {**ATTEMPT, "digest": "digest"}),
    "questions.change_many": (For.OVER, OWN_BANK),
    "questions.change_state": (For.OVER, QUESTION),
    "questions.compare": (For.OVER, QUESTION),
    "questions.copy": (For.OVER, QUESTION),
    "questions.index": (For.OVER, OWN_BANK),
    "questions.move": (For.OVER, QUESTION),
    "questions.picture": (For.OVER, {**OWN_BANK, "digest": "digest"}),
    "questions.reckon": (For.OVER, OWN_BANK),
    "questions.remake": (For.OVER, QUESTION),
    "questions.show": (For.OVER, QUESTION),
    "questions.undo_many": (For.OVER, OWN_BANK),
    "releasing.end_rehearsal": (For.OVER, CONTEST),
    "releasing.paper": (For.OVER, {**CONTEST, "key": "appealing"}),
    "releasing.publish": (For.OVER, CONTEST),
    "releasing.publishing": (For.OVER, CONTEST),
    "releasing.rehearse": (For.OVER, CONTEST),
    "releasing.save": (For.OVER, DRAFT),
    "releasing.show": (For.OVER, CONTEST),
    "releasing.take_back": (For.OVER, CONTEST),
    "reports.board": (For.OVER, BOARD),
    "reports.contest": (For.OVER, CONTEST),
    "reports.desk": (For.DESK, {}),
    "reports.export": (For.OVER, CONTEST),
    "reports.prepare": (For.OVER, CONTEST),
    "reports.publish": (For.OVER, CONTEST),
    "reports.publishing": (For.OVER, CONTEST),
    "reports.withdraw": (For.OVER, CONTEST),
    "reports.withdrawing": (For.OVER, CONTEST),
    "rubrics.all_samples": (For.DESK, {}),
    "rubrics.edit": (For.OVER, RUBRIC),
    "rubrics.index": (For.DESK, {}),
    "rubrics.new": (For.DESK, {}),
    "rubrics.save": (For.OVER, RUBRIC),
    "rubrics.save_new": (For.DESK, {}),
    "rubrics.show": (For.OVER, RUBRIC),
    "rubrics.show_sample": (For.DESK, {"code": "sample"}),
    "standings.mine": (For.PEOPLE, BOARD),
    "standings.show": (For.ANYBODY, BOARD),
    "static": (For.ANYBODY, {"filename": "file"}),
    "system.components": (For.ANYBODY, {}),
    "system.healthz": (For.ANYBODY, {}),
    "system.metrics": (For.ANYBODY, {}),  # from this machine, or with the token: tests/web/test_system.py
    "system.readyz": (For.ANYBODY, {}),
    "trials.add": (For.OVER, ESSAYS),
    "trials.change": (For.OVER, {**ESSAYS, "trial_id": "trial"}),
    "trials.edit": (For.OVER, {**ESSAYS, "trial_id": "trial"}),
    "trials.index": (For.OVER, ESSAYS),
    "trials.mark": (For.SEATED, {**SEAT, "trial_id": "trial"}),
    "trials.mine": (For.SEATED, SEAT),
    "trials.new": (For.OVER, ESSAYS),
    "trials.show": (For.SEATED, {**SEAT, "trial_id": "trial"}),
    "trials.waive": (For.OVER, {**ESSAYS, "seat_id": "seat"}),
    "trials.withdraw": (For.OVER, {**ESSAYS, "trial_id": "trial"}),
    "unions.add": (For.OVER, UNION),
    "unions.confirm": (For.DESK, {}),
    "unions.edit": (For.OVER, UNION),
    "unions.import_file": (For.DESK, {}),
    "unions.index": (For.DESK, {}),
    "unions.keep_count": (For.OVER, UNION),
    "unions.new": (For.OVER, UNION),
    "unions.preview": (For.DESK, {}),
    "unions.sample": (For.DESK, {}),
    "unions.save": (For.OVER, UNION),
    "unions.search": (For.ANYBODY, {}),
    "unions.show": (For.OVER, UNION),
    "windows.clock": (For.OWNER, ATTEMPT),
    "windows.index": (For.OVER, CONTEST),
    "windows.pause": (For.OVER, CONTEST),
    "windows.resume": (For.OVER, CONTEST),
    "windows.save": (For.OVER, CONTEST),
    "windows.undo": (For.OVER, {**CONTEST, "change_id": "place"}),
    "works.change": (For.OVER, APPEAL),
    "works.choose": (For.OVER, {"slug": "contest", "key": "appealing"}),
    "works.consent": (For.OWNER, APPEALED),
    "works.index": (For.OVER, ESSAYS),
    "works.own": (For.OWNER, APPEALED),
    "works.photo": (For.ANYBODY, {"slug": "contest", "number": "appealed", "place": "place"}),
    "works.show": (For.ANYBODY, {"slug": "contest", "number": "appealed"}),
    "works.shown": (For.ANYBODY, CONTEST),
}

EVERYBODY = {"owner", "colleague", "judge", "foreign organiser", "foreign admin", "organiser", "admin"}
LET_IN = {
    For.ANYBODY: {"stranger", "disabled", "logged out", *EVERYBODY},
    For.PEOPLE: EVERYBODY,
    For.OWNER: {"owner"},
    For.JUDGE: {"judge", "foreign admin", "admin"},
    For.SEATED: {"judge"},
    For.DESK: {"foreign organiser", "foreign admin", "organiser", "admin"},
    For.OVER: {"organiser", "admin"},
    For.ADMIN: {"admin"},
}
WITHOUT_LOG_IN = {"stranger", "disabled", "logged out"}


@dataclass
class World:
    """One of each thing, and somebody of each kind who looks at it."""

    people: dict[str, Person | None]
    values: dict[str, Any]


@pytest.fixture
def world(app, cast, clock) -> World:
    province = cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)
    foreign = cast.union("LĐLĐ tỉnh Khác", kind=UnionKind.PROVINCE)
    grassroots = cast.union("CĐCS Dệt Mẫu", parent=province, members=20)
    bank = cast.bank()
    live = PublishRule(board=BoardWhen.LIVE)
    files = FilesRule((FileKind.PHOTO,), count=5, most_mebibytes=5)
    essay = EssayRule(prompt="Bạn đề xuất điều gì?", max_mark=500, files=files, hand_in_again=True)
    chaired = EssayRule(prompt="Viết về công đoàn.", max_mark=500, **CHAIRED)
    afterwards = EssayRule(
        prompt="Viết về công đoàn.", max_mark=500, feedback=FeedbackWhen.SETTLED, appeals_until=LATER
    )
    rounds = [
        cast.round_rules(essay=essay),
        cast.round_rules("bai-viet", draws=(), essay=chaired),
        cast.round_rules("phuc-khao", draws=(), essay=afterwards),
    ]
    contest = cast.contest(organiser=province, publish=live, rounds=rounds)
    owner = cast.person("Trần Thị Chủ", union=grassroots)
    people: dict[str, Person | None] = {
        "stranger": None,
        "owner": owner,
        "colleague": cast.person("Lê Văn Bạn", union=grassroots),
        "judge": cast.person("Phạm Giám Khảo", union=province, roles=[(Role.JUDGE, province)]),
        "foreign organiser": cast.person("Ngô Xa", union=foreign, roles=[(Role.ORGANISER, foreign)]),
        "foreign admin": cast.person("Vũ Xa", union=foreign, roles=[(Role.ADMIN, foreign)]),
        "organiser": cast.person("Đỗ Tổ Chức", union=province, roles=[(Role.ORGANISER, province)]),
        "admin": cast.person("Hồ Quản Trị", union=province, roles=[(Role.ADMIN, province)]),
        "disabled": cast.person("Bùi Khóa", union=grassroots),
        "logged out": cast.person("Đặng Ra", union=grassroots),
    }
    with transaction():
        round_ = round_of(contest.slug, "tuan-1")
        sat = actions.start(session.merge(owner), round_, entry_code="", now=clock.instant)
        actions.hand_in(sat, now=clock.at(minutes=3))
        session.add(LateChange(attempt_id=sat.id, slot=1, number=1, answer="1", received_at=clock.instant))
        truth = {"target": "participants", "people": 1, "frozen_at": clock.instant}
        session.add(PredictionTruth(round_id=round_.id, **truth))
        session.add(MarkAppeal(attempt_id=sat.id, reason="Xin xem lại.", asked_at=clock.instant, mark_before=0))
        running = actions.start(session.merge(owner), round_, entry_code="", now=clock.instant).id
        written = {"attempt_id": running, "number": 1, "text": "Họp ngắn", "saved_at": clock.instant}
        session.add(Essay(code="ABC234", words=2, **written))
        session.flush()
        session.add(EssayRevision(**written))
        picture = add_picture(running, clock)
        opened = {"opened_at": clock.instant, "expires_at": clock.instant + timedelta(days=1)}
        session.add(LogInSession(token_hash="0" * 64, person_id=owner.id, device="another phone", **opened))
    kept = appealed(owner, people["organiser"], clock)
    kept |= judged(cast, contest, people["judge"], people["organiser"], cast.person(union=grassroots), clock)
    refresh(contest.id, clock.instant)
    values = {
        "attempt": running,
        "bank": bank.code,
        "criterion": "mark",
        "board": "ca-nhan",
        "contest": contest.slug,
        "file": "css/site.css",
        "guessed": "tuan-1",
        "handed_in": sat.id,
        "judge": people["judge"].id,
        "judging": "judge",
        "log_in": "0" * 64,
        "member": people["colleague"].id,
        "province": province.id,
        "picture": picture,
        "place": 1,
        "revision": 1,
        "round": "tuan-1",
        "sample": "y-tuong-doi-moi",
        "union": grassroots.id,
        "written": "bai-viet",
        **kept,
        **owned(cast.bank("rieng", single=1, union=province), running),
        **decided_about(contest, owner, people["organiser"], clock),
        **drafted(province, people["organiser"], clock),
        **compared(round_of_essays=contest.slug, organiser=people["organiser"], clock=clock),
    }
    return World(people, values)


def owned(bank, running):
    """A bank of the province, with its question and a picture; a text of law."""
    with transaction():
        picture = Picture(digest="0" * 64, content=b"RIFF", width=1, height=1)
        session.add(picture)
        session.flush()
        drawn = select(PaperSlot.version_id).join(Attempt, Attempt.paper_id == PaperSlot.paper_id)
        version = session.scalar(drawn.where(Attempt.id == running).limit(1))
        session.add(VersionPicture(version_id=version, position=-1, place=0, picture_id=picture.id))
        wrong = {"verdict": "void", "reason": "Sai.", "notice": "", "attempts": 0, "made_at": LATER, "undone_at": LATER}
        contest = session.scalar(select(Round.contest_id).join(Attempt).where(Attempt.id == running))
        organiser = session.scalar(select(RoleGrant.person_id).limit(1))
        correction = KeyCorrection(contest_id=contest, version_id=version, made_by_id=organiser, **wrong)
        session.add(correction)
        session.flush()
        law = LegalDocument(number="1/2020/QH14", title="Luật", changed_at=LATER)
        session.add(law)
        session.flush()
        question = session.scalars(select(Question.id).where(Question.bank_id == bank.id)).one()
        instants = {"uploaded_at": LATER, "imported_at": LATER}
        before = {"questions": {}, "topics": []}
        brought = QuestionImport(
            bank_id=bank.id, file_name="a.docx", digest="", format="docx", before=before, **instants
        )
        session.add(brought)
        session.flush()
        session.add(ImportPicture(import_id=brought.id, number=1, content=b"RIFF", width=1, height=1))
    right = {"asked_version": version, "correction": correction.id}
    return right | {
        "import": brought.id,
        "law": law.id,
        "own_bank": bank.code,
        "question": question,
        "digest": "0" * 64,
    }


def decided_about(contest, owner, organiser, clock):
    """Two who sat the contest: said to be two people, and the one's results left out."""
    with transaction():
        writer = select(Attempt.person_id).join(Essay, Essay.attempt_id == Attempt.id).where(Essay.code == "PH2345")
        other = session.scalars(writer).one()
        made = {"made_by_id": organiser.id, "made_at": clock.instant}
        out = Disqualification(contest_id=contest.id, person_id=owner.id, reason="Thi hộ", **made)
        said = {"verdict": "different", "reason": "Khác ngày sinh", "decided_by_id": organiser.id}
        pair = DuplicateDecision(first_id=owner.id, second_id=other, decided_at=clock.instant, **said)
        results = {"file_name": "a.csv", "digest": "", "attempts": 0, "imported_at": clock.instant}
        brought = AttemptImport(contest_id=contest.id, **results)
        session.add_all([out, pair, brought])
        session.flush()
    made = {"attempt_import": brought.id, "disqualification": out.id}
    return made | {"entrant": owner.id, "other_entrant": other}


def drafted(union, organiser, clock):
    """A contest that is being written, with a round of which nothing is known yet."""
    with transaction():
        made = {"made_by_id": organiser.id, "made_at": clock.instant}
        changed = {"changed_by_id": organiser.id, "changed_at": clock.instant}
        draft = ContestDraft(organiser_id=union.id, tree={"rounds": [{}]}, **made, **changed)
        session.add(draft)
        session.flush()
    return {"draft": draft.id, "part": "rounds"}


def compared(round_of_essays, organiser, clock):
    """A search for likeness, with the essay of the round like a given text."""
    with transaction():
        round_ = round_of(round_of_essays, "bai-viet")
        job = Job(kind="likeness", subject=f"contest:{round_of_essays}", details={}, asked_at=clock.instant)
        law = {"title": "Luật", "text": "Bài viết.", "added_by_id": organiser.id, "added_at": clock.instant}
        given = GivenText(round_id=round_.id, **law)
        session.add_all([job, given])
        session.flush()
        searched = LikenessSearch(round_id=round_.id, job_id=job.id, least=1200)
        session.add(searched)
        session.flush()
        essay = session.scalars(select(Essay).where(Essay.code == "PH2345")).one()
        pair = LikenessPair(search_id=searched.id, attempt_id=essay.attempt_id, text_id=given.id, share=10_000)
        session.add(pair)
        session.flush()
    return {"job": job.id, "given_text": given.id, "pair": pair.id}


def appealed(owner, organiser, clock):
    """An essay of the owner that was settled and appealed about."""
    with transaction():
        sat = actions.start(session.merge(owner), round_of("cuoc-thi", "phuc-khao"), entry_code="", now=clock.instant)
        kept = {"attempt_id": sat.id, "code": "PK2345", "number": 1, "text": "", "words": 0, "files": 1}
        session.add(Essay(saved_at=clock.instant, **kept))
        session.flush()
        add_picture(sat.id, clock)
        agreed = {"consented_at": clock.instant, "published_at": clock.instant}
        chosen = {"chosen_by_id": organiser.id, "chosen_at": clock.instant, "position": 1}
        session.add(ShownWork(attempt_id=sat.id, **chosen, **agreed))
        actions.hand_in(sat, now=clock.instant)
        actions.set_essay_mark(sat, 300, now=clock.instant)
        how = {"rule": "trung bình cộng", "totals": [300], "third": None, "used": [300]}
        session.add(Settlement(attempt_id=sat.id, mark=300, how=how, settled_at=clock.instant))
        session.add(Appeal(attempt_id=sat.id, reason="Xin chấm lại.", asked_at=clock.instant, mark_before=300))
    return {"appealed": sat.id, "appealing": "phuc-khao", "appeal": "PK2345"}


def add_picture(attempt_id, clock):
    facts = {"name": "a.jpg", "digest": "0" * 64, "content": b"RIFF", "size": 4, "width": 1, "height": 1}
    made = EssayFile(attempt_id=attempt_id, position=1, kind="photo", added_at=clock.instant, **facts)
    session.add(made)
    session.flush()
    return made.id


def judged(cast, contest, judge, organiser, writer, clock):
    """An essay that two judges marked so differently that the chair, one of them, must decide; a rubric of nobody."""
    with transaction():
        round_ = round_of(contest.slug, "bai-viet")
        sat = actions.start(session.merge(writer), round_, entry_code="", now=clock.instant)
        kept = {"attempt_id": sat.id, "code": "PH2345", "number": 1, "text": "Bài viết.", "words": 2}
        session.add(Essay(saved_at=clock.instant, **kept))
        session.flush()
        add_picture(sat.id, clock)
        actions.hand_in(sat, now=clock.at(minutes=4))
        for person, total in ((judge, 100), (organiser, 500)):
            seat = JudgeSeat(round_id=round_.id, person_id=person.id, is_chair=person is judge, seated_at=clock.instant)
            session.add(seat)
            session.flush()
            common = {"attempt_id": sat.id, "seat_id": seat.id, "turn": "first", "position": 1}
            allocation = Allocation(allocated_at=clock.instant, **common)
            session.add(allocation)
            session.flush()
            marks = {"marks": {"mark": total}, "comments": {}, "total": total}
            instants = {"saved_at": clock.instant, "finished_at": clock.instant}
            session.add(Assessment(allocation_id=allocation.id, **marks, **instants))
            if person is judge:
                ids = {"seat": seat.id, "allocation": allocation.id}
                sample = {"marks": {"mark": 300}, "total": 300, "reasons": "Ý rõ.", "made_at": clock.instant}
                tried = TrialEssay(round_id=round_.id, position=1, text="Mẫu.", made_by_id=organiser.id, **sample)
                session.add(tried)
                session.flush()
                ids["trial"] = tried.id
        content = RubricContent((Criterion("y-tuong", "Ý tưởng", "", 500),))
        shape = {"code": "phieu", "version": 1, "title": "Phiếu", "made_at": clock.instant}
        session.add(Rubric(union_id=contest.organiser_id, content=content, **shape))
    return ids | {"essay": "PH2345", "rubric": "phieu"}


def looks(app, cast, world, who):
    """Return the browser of somebody: logged in, but for strangers and those whose log-in has ended."""
    client = app.test_client()
    person = world.people[who]
    if person is None:
        return client
    cast.log_in(client, person)
    with transaction():
        if who == "disabled":
            session.get_one(Person, person.id).disabled_at = cast.now() - timedelta(hours=1)
        if who == "logged out":
            session.query(LogInSession).filter_by(person_id=person.id).delete()
    return client


def rules_of(app, endpoint):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint == endpoint]


def url_of(app, rule, world, values):
    return app.url_map.bind("localhost").build(rule.endpoint, {name: world.values[key] for name, key in values.items()})


def asked(app, client, rule, world, values):
    with app.test_request_context():
        url = app.url_map.bind("localhost").build(
            rule.endpoint, {name: world.values[key] for name, key in values.items()}
        )
    method = next(iter(rule.methods - {"HEAD", "OPTIONS"}))
    if method == "POST":
        reply = client.submit(url)
    else:
        reply = client.open(url, method=method, json={"opening": 0, "changes": []} if method == "PUT" else None)
    reply.get_data()
    reply.close()
    return reply


def outcome(reply):
    if reply.status_code == 401 and reply.is_json:
        return "log in"
    if reply.status_code == 302 and reply.location.partition("?")[0] == "/log-in":
        return "log in"
    return "not there" if reply.status_code == 404 else "in"


def expected(whom, who):
    if who in LET_IN[whom]:
        return "in"
    return "log in" if who in WITHOUT_LOG_IN else "not there"


def test_every_endpoint_is_in_the_table():
    app = create_app(DATABASE_URL="sqlite://", SECRET_KEY="test")
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(TABLE)


# Who may ask is decided in Python; what each page asks of either database is for the tests of its wing.
on_one_kind = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@on_one_kind
@pytest.mark.parametrize("endpoint", TABLE)
def test_who_may_ask(app, cast, world, endpoint):
    whom, values = TABLE[endpoint]
    rule = max(rules_of(app, endpoint), key=lambda each: len(each.arguments))
    # Those who are let in come last: what they do may change what there is.
    order = sorted(world.people, key=lambda who: who in LET_IN[whom])
    seen = {who: outcome(asked(app, looks(app, cast, world, who), rule, world, values)) for who in order}
    if whom is For.ANYBODY:  # being sent to the log-in is what some of these do
        seen = {who: "in" if what == "log in" else what for who, what in seen.items()}
    assert seen == {who: expected(whom, who) for who in order}


@on_one_kind
@pytest.mark.parametrize("who", ["organiser", "admin", "owner"])
def test_a_form_without_the_token_of_its_session_changes_nothing(app, cast, world, who):
    client = looks(app, cast, world, who)
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    assert posts
    for rule in posts:
        reply = client.post(url_of(app, rule, world, TABLE[rule.endpoint][1]))
        assert reply.status_code == 400, rule
        assert "tải lại trang" in reply.get_data(as_text=True)
