"""Sitting a round: start, the paper, saving, handing in, the receipt."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie

from quizapp import clock
from quizapp.attempts import actions, form_saving, pacing, predicting, queries
from quizapp.attempts.changes import BLOCK, parse
from quizapp.attempts.essay_reading import revisions_of, shown_essay, stored_essay
from quizapp.attempts.essay_saving import record_essay as record_text
from quizapp.attempts.essay_saving import reuse
from quizapp.attempts.paper_form import digest, provisional, written
from quizapp.attempts.reopening import is_allowed, refusal
from quizapp.attempts.reopening import reopen as open_again
from quizapp.attempts.saving import Saved
from quizapp.attempts.saving import record_responses as record
from quizapp.attempts.shown_list import reopened, shown_attempts
from quizapp.attempts.shown_paper import shown_slots
from quizapp.attempts.shown_result import check_whole, missing_of, shown_result
from quizapp.attempts.takeovers import take_over as go_on
from quizapp.contests.entering import attempts_left
from quizapp.db import reads, session, transaction
from quizapp.errors import BadShape, NotFound, Refused
from quizapp.models import Attempt, EssayRevision
from quizapp.refusals import BlanksLeft
from quizapp.rules import permissions
from quizapp.rules.deadlines import attempt_state
from quizapp.vocabulary import AttemptState
from quizapp.web import attempt_notes
from quizapp.web.errors import wants_json
from quizapp.web.filters import vn_second
from quizapp.web.guards import guards_itself, json_only, load
from quizapp.web.login import hash_token, me

bp = Blueprint("attempts", __name__)

LOG_IN_AGAIN = "Phiên đăng nhập đã hết. Câu trả lời vẫn được giữ trong máy; xin đăng nhập lại để gửi tiếp."


@bp.post("/contests/<slug>/rounds/<key>/attempts")
def start(slug: str, key: str) -> Any:
    round_ = queries.round_of(slug, key)
    if round_ is None:
        raise NotFound()
    code, division, paper = (request.form.get(name, "").strip() for name in ("code", "division", "paper"))
    attempt = actions.start(me(), round_, entry_code=code, division=division, paper=paper, now=clock.now())
    return redirect(url_for("attempts.show", attempt_id=attempt.id))


@bp.get("/attempts/<int:attempt_id>")
def show(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    now = clock.now()
    if _state(attempt, now) is not AttemptState.OPEN:
        return redirect(url_for("attempts.result", attempt_id=attempt_id))
    walk, essay = pacing.walk_now(attempt, now), shown_essay(attempt)
    questions = shown_slots(attempt, only=walk.slot if walk else None)
    return render_template(
        "attempts/show.html",
        attempt=attempt,
        contest=attempt.round.contest,
        round_title=attempt.round.title,
        questions=questions,
        walk=walk,
        was=written(questions),
        essay=essay,
        essay_was=digest(essay.text) if essay else "",
        prediction=attempt.round.rules.prediction,
        must_answer_all=attempt.round.rules.must_answer_all,
        provisional=provisional(attempt.takeovers),
        **reopened(attempt),
        **pacing.times_of(attempt, now),
    )


@bp.put("/attempts/<int:attempt_id>/responses")
@guards_itself
@reads
def record_responses(attempt_id: int) -> dict[str, Any] | tuple[dict[str, Any], int]:
    return _record(attempt_id, record)


@bp.put("/attempts/<int:attempt_id>/essay")
@guards_itself
@reads
def record_essay(attempt_id: int) -> dict[str, Any] | tuple[dict[str, Any], int]:
    return _record(attempt_id, record_text)


@bp.put("/attempts/<int:attempt_id>/prediction")
@json_only
def record_prediction(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    now = clock.now()
    opening, guess = predicting.parse(request.get_json(silent=True))
    if not predicting.keep(attempt, guess, opening=opening, now=now):
        return {"error": _closed(attempt.submitted_at or attempt.closes_at), **pacing.times_of(attempt, now)}, 409
    return {"taken_over": opening < attempt.takeovers * BLOCK, **pacing.times_of(attempt, now)}


@bp.post("/attempts/<int:attempt_id>/takeovers")
def take_over(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    now = clock.now()
    if _state(attempt, now) is not AttemptState.OPEN:
        return {"error": _closed(attempt.submitted_at or attempt.closes_at), **pacing.times_of(attempt, now)}, 409
    taken = go_on(attempt, now=now)
    stored = {"responses": queries.responses_of(attempt), "essay": stored_essay(attempt)}
    return {"base": taken.base, "prediction": attempt.prediction, **stored, **pacing.times_of(attempt, now)}


@bp.post("/attempts/<int:attempt_id>/form")
@reads
def save_form(attempt_id: int) -> Any:
    """What a browser without JavaScript sends: the whole paper at once."""
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    now = clock.now()
    saved = form_saving.save(attempt, hash_token(cookie["_user_id"]), request.form, now=now)
    if saved is None or saved.closed_at:
        flash(_closed(attempt.closes_at), "bad")
        return redirect(url_for("attempts.result", attempt_id=attempt_id))
    if saved.missed:
        flash(_missed(saved.missed), "bad")
        return redirect(url_for("attempts.show", attempt_id=attempt_id))
    if request.form.get("action") == "review":
        return redirect(url_for("attempts.review", attempt_id=attempt_id))
    if request.form.get("action") == "files":
        return redirect(url_for("attachments.index", attempt_id=attempt_id))
    flash(f"Đã lưu lúc {vn_second(now)}.", "good")
    return redirect(url_for("attempts.show", attempt_id=attempt_id))


@bp.post("/attempts/<int:attempt_id>/questions")
@reads
def move_on(attempt_id: int) -> Any:
    """To the next question, where they come one after the other; a form without JavaScript brings its answer along."""
    attempt, now = load(Attempt, attempt_id, permissions.may_answer), clock.now()
    if not wants_json():
        saved = form_saving.save(attempt, hash_token(cookie["_user_id"]), request.form, now=now)
        if saved and saved.missed:
            flash(_missed(saved.missed), "bad")
    with transaction():
        attempt = load(Attempt, attempt_id, permissions.may_answer)
        is_open = pacing.move_on(attempt, pacing.leaving_of(request), now=now)
        facts = pacing.times_of(attempt, now)
    if not wants_json():
        return redirect(url_for("attempts.show", attempt_id=attempt_id))
    return facts if is_open else ({"error": _closed(attempt.submitted_at or attempt.closes_at), **facts}, 409)


@bp.get("/attempts/<int:attempt_id>/review")
def review(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    if _state(attempt, clock.now()) is not AttemptState.OPEN:
        return redirect(url_for("attempts.result", attempt_id=attempt_id))
    slots = shown_slots(attempt)
    unanswered = [slot.slot for slot in slots if not slot.is_answered]
    return render_template(
        "attempts/review.html",
        attempt=attempt,
        contest=attempt.round.contest,
        unanswered=unanswered,
        missing=missing_of(attempt),
        unread=[slot.slot for slot in slots if slot.is_unread],
        flagged=[slot.slot for slot in slots if slot.flagged],
        answered=len(slots) - len(unanswered),
        total=len(slots),
        essay=shown_essay(attempt),
        **reopened(attempt),
    )


@bp.get("/attempts/<int:attempt_id>/essay/revisions")
def essay_revisions(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    essay = shown_essay(attempt)
    if essay is None:
        raise NotFound()
    is_open = _state(attempt, clock.now()) is AttemptState.OPEN
    found = revisions_of(attempt)
    return render_template(
        "attempts/essay_revisions.html", attempt=attempt, essay=essay, revisions=found, is_open=is_open
    )


@bp.post("/attempts/<int:attempt_id>/essay/revisions/<int:number>")
def reuse_revision(attempt_id: int, number: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    revision = session.get(EssayRevision, (attempt_id, number))
    if revision is None:
        raise NotFound()
    now = clock.now()
    taken = go_on(attempt, now=now)
    if not reuse(attempt, revision, base=taken.base, now=now):
        flash(_closed(attempt.submitted_at or attempt.closes_at), "bad")
        return redirect(url_for("attempts.result", attempt_id=attempt_id))
    flash(f"Đã lấy lại bản lưu lúc {vn_second(revision.saved_at)}; bản trước đó nằm trong các bản đã lưu.", "good")
    return redirect(url_for("attempts.show", attempt_id=attempt_id) + "#bai-viet")


@bp.post("/attempts/<int:attempt_id>/submission")
def hand_in(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    now = clock.now()
    if _state(attempt, now) is AttemptState.OPEN and attempt.at_slot is None:  # a question that is over stays blank
        try:
            check_whole(attempt)
        except BlanksLeft as refused:
            if wants_json():
                raise
            flash(str(refused), "bad")
            return redirect(url_for("attempts.review", attempt_id=attempt_id))
    actions.hand_in(attempt, now=now)
    return redirect(url_for("attempts.result", attempt_id=attempt_id))


@bp.post("/attempts/<int:attempt_id>/reopening")
def reopen(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    if not is_allowed(attempt):
        raise NotFound()
    try:
        open_again(attempt, now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
        return redirect(url_for("attempts.result", attempt_id=attempt_id))
    return redirect(url_for("attempts.show", attempt_id=attempt_id))


@bp.get("/attempts/<int:attempt_id>/result")
def result(attempt_id: int) -> Any:
    attempt = load(Attempt, attempt_id, permissions.may_answer)
    now = clock.now()
    state = _state(attempt, now)
    if state is AttemptState.OPEN:
        return redirect(url_for("attempts.show", attempt_id=attempt_id))
    contest = attempt.round.contest
    return render_template(
        "attempts/result.html",
        attempt=attempt,
        contest=contest,
        round_title=attempt.round.title,
        state=state.value,
        standings_url=url_for("standings.show", slug=contest.slug),
        attempts_left=attempts_left(me(), attempt.round, now),
        refusal=refusal(attempt, now) if is_allowed(attempt) else None,
        **reopened(attempt),
        notes=attempt_notes.of([attempt], now).get(attempt_id, ()),
        **shown_result(attempt, now),
    )


@bp.get("/me/attempts")
def mine() -> Any:
    now, attempts = clock.now(), queries.attempts_of(me())
    rows = shown_attempts(attempts, attempt_notes.of(attempts, now), now)
    return render_template("attempts/mine.html", attempts=rows)


def _record(attempt_id: int, keep: Callable[..., Saved | None]) -> dict[str, Any] | tuple[dict[str, Any], int]:
    if request.mimetype != "application/json":
        raise BadShape(what="Nội dung phải là JSON.")
    opening, changes = parse(request.get_json(silent=True))
    token = cookie.get("_user_id")
    now = clock.now()
    saved = keep(attempt_id, hash_token(token), opening, changes, now=now) if token else None
    if saved is None:
        return _stranger()
    times = pacing.times(saved.closes_at, now, saved.walk)
    facts = {"acknowledged": saved.acknowledged, "taken_over": saved.taken_over, **times}
    if saved.closed_at:
        return {"error": _closed(saved.closed_at), **facts}, 409
    if saved.missed:
        return {"error": _missed(saved.missed), "missed": list(saved.missed), **facts}, 409
    return facts


def _state(attempt: Attempt, now: datetime) -> AttemptState:
    return attempt_state(attempt.closes_at, attempt.submitted_at, now)


def _closed(at: datetime) -> str:
    return f"Bài thi đã đóng lúc {vn_second(at)}; câu trả lời gửi sau giờ đóng không được tính."


def _missed(slots: Sequence[int]) -> str:
    return f"Câu {', '.join(map(str, slots))} đã hết giờ; câu trả lời gửi sau đó không được tính."


def _stranger() -> dict[str, Any] | tuple[dict[str, Any], int]:
    """A log-in that ended is told so; somebody else's attempt does not exist."""
    me_known = session.scalar(queries.log_in_of(hash_token(cookie.get("_user_id", "")), clock.now()))
    return ({"error": NotFound.message}, 404) if me_known else ({"error": LOG_IN_AGAIN}, 401)
