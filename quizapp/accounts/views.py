"""Log-in and log-out, one's own account."""

import secrets
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request
from flask import session as cookie
from flask_login import current_user, login_user

from quizapp import clock
from quizapp.accounts import actions, devices, queries, tries
from quizapp.accounts.forms import LogInForm
from quizapp.accounts.queries import Claimant
from quizapp.db import transaction
from quizapp.errors import BadLogIn
from quizapp.rules.log_ins import device_name
from quizapp.web.guards import local_path, public
from quizapp.web.login import Viewer, me
from quizapp.web.passwords import is_password

bp = Blueprint("accounts", __name__)

HOME = "/"


@bp.get("/log-in")
@public
def log_in() -> Any:
    target = local_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target or HOME)
    return _log_in_page(LogInForm(next=target))


@bp.post("/log-in")
@public
def check_log_in() -> Any:
    """No transaction is open while a password is checked: nobody's answers wait for it."""
    form, now = LogInForm(), clock.now()
    if not form.validate():
        return _log_in_page(form), 422
    name, device = queries.log_in_name(form.login.data), _device()
    key = tries.key_of(name, device)
    with transaction(writes=False):
        claimant = queries.claimant(form.login.data)
    try:
        with transaction():
            tries.take(key, now=now)
    except tries.TriesUsed as used:
        return _log_in_page(form, used=used), 429
    if not is_password(claimant.password_hash if claimant else None, form.password.data) or claimant is None:
        return _log_in_page(form, sentence=BadLogIn.message), 401
    tries.forget([key])
    return _enter(claimant, device.with_name(name), form.next.data, now)


@bp.post("/log-out")
def log_out() -> Any:
    actions.end_log_in(current_user.token)
    cookie.clear()
    flash("Bạn đã đăng xuất.", "good")
    return redirect(HOME)


@bp.get("/account")
def account() -> Any:
    return render_template("accounts/account.html", person=me(), log_ins=queries.log_ins_of(me(), clock.now()))


def _log_in_page(form: LogInForm, **facts: Any) -> str:
    return render_template("accounts/log_in.html", form=form, **facts)


def _device() -> devices.Device:
    return devices.device_of(request.cookies.get(devices.COOKIE))


def _enter(claimant: Claimant, device: devices.Device, target: str | None, now: datetime) -> Any:
    """Log in: a new token, and nothing of the cookie that the browser had before."""
    token, old = secrets.token_urlsafe(32), cookie.get("_user_id")
    named = device_name(request.user_agent.string)
    person = actions.open_log_in(claimant, token, device=named, instead_of=old, now=now)
    cookie.clear()
    # A role's log-in ends with the browser, a contestant's stays on the phone.
    cookie.permanent = not person.grants
    login_user(Viewer(person, token))
    answer = redirect(local_path(target) or HOME)
    answer.set_cookie(
        devices.COOKIE,
        device.signed(),
        max_age=devices.SECONDS,
        path=devices.PATH,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return answer


@bp.get("/register")
@public
def register() -> Any:
    return render_template("accounts/no_registration.html")


@bp.get("/privacy")
@public
def privacy() -> Any:
    return render_template("accounts/privacy.html")
