"""Log-in, registration, one's own account.

No transaction is open while a password is hashed or checked: nobody's answers wait for it.
"""

import secrets
from datetime import date, datetime
from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_login import current_user, login_user

from quizapp import clock
from quizapp.accounts import actions, choosing, devices, queries, tries
from quizapp.accounts.forms import ChangePasswordForm, FirstPasswordForm, LogInForm, RegistrationForm, UnionChoice
from quizapp.accounts.queries import Choice, Claimant
from quizapp.db import transaction
from quizapp.errors import BadLogIn, LogInRush, LogInThrottled, PhoneTaken
from quizapp.models import Contest, LogInSession, Person
from quizapp.rules import permissions
from quizapp.rules.log_ins import device_name
from quizapp.rules.vietnamese import canonical_phone, clean
from quizapp.web.filters import VIETNAM
from quizapp.web.guards import known_first, load, local_path, public
from quizapp.web.identity import locks_of
from quizapp.web.login import Viewer, hash_token, me
from quizapp.web.navigation import landing
from quizapp.web.passwords import hash_password, is_code, is_password, turn

bp = Blueprint("accounts", __name__)

HOME = "/"


@bp.get("/log-in")
@public
def log_in() -> Any:
    target = local_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target or landing(me()))
    return render_template("accounts/log_in.html", form=LogInForm(next=target))


@bp.post("/log-in")
@public
def check_log_in() -> Any:
    form, now = LogInForm(), clock.now()
    if not form.validate():
        return render_template("accounts/log_in.html", form=form), 422
    with transaction(writes=False):
        claimant = queries.claimant(form.login.data)
    if claimant and is_code(claimant.first_code_hash, form.password.data):
        choosing.begin(cookie, claimant, target=form.next.data, now=now)
        return redirect(url_for("accounts.choose_password"))
    try:
        return _enter(_check(form.login.data, claimant, form.password.data, now), form.next.data, now)
    except (BadLogIn, LogInThrottled, LogInRush) as error:
        status = {BadLogIn: 401, LogInRush: 503}.get(type(error), 429)
        return render_template("accounts/log_in.html", form=form, sentence=str(error)), status


@bp.get("/log-in/password")
@public
def choose_password() -> Any:
    person = choosing.holder(cookie, clock.now())
    if person is None:
        return _code_is_over()
    return render_template("accounts/choose_password.html", form=FirstPasswordForm(person), person=person)


@bp.post("/log-in/password")
@public
def set_password() -> Any:
    now = clock.now()
    with transaction(writes=False):
        person = choosing.holder(cookie, now)
    if person is None or person.first_code_hash is None:
        return _code_is_over()
    form, target = FirstPasswordForm(person), choosing.target(cookie)
    if not form.validate():
        return render_template("accounts/choose_password.html", form=form, person=person), 422
    with turn():
        password_hash = hash_password(form.password.data)
    try:
        claimant = actions.set_first_password(person.id, person.first_code_hash, password_hash, now=now)
    except BadLogIn:
        return _code_is_over()
    tries.forget(tries.keys_of(queries.names_of(person), _device()))
    return _enter(claimant, target, now)


@bp.post("/log-out")
def log_out() -> Any:
    actions.end_log_in(hash_token(current_user.token))
    return _gone("Bạn đã đăng xuất.")


@bp.post("/log-out/everywhere")
def log_out_everywhere() -> Any:
    actions.end_all_log_ins(me().id)
    return _gone("Bạn đã đăng xuất khỏi mọi thiết bị.")


@bp.get("/account")
def account() -> Any:
    return _account_page(ChangePasswordForm(me()), clock.now())


@bp.get("/account/union")
def name_union() -> Any:
    if not queries.may_join_union(me()):
        return redirect(url_for("accounts.account"))
    return render_template("accounts/union.html", form=UnionChoice(), choice=None)


@bp.post("/account/union")
def join_union() -> Any:
    form, now = UnionChoice(), clock.now()
    choice = queries.chosen_union(queries.paths_to_join(now), form.union.data, form.picked_id, _today(now))
    if not form.is_right(union_found=choice.union is not None, matches=bool(choice.matches)) or not choice.union:
        return render_template("accounts/union.html", form=form, choice=choice), 422
    actions.join_union(me(), choice.union, now=now)
    flash(f"Đã ghi đơn vị của bạn: {choice.union.name}.", "good")
    return redirect(url_for("accounts.account"))


@bp.post("/account/password")
@known_first
def change_password() -> Any:
    person, form, now = me(), ChangePasswordForm(me()), clock.now()
    if form.validate():
        try:
            with turn():
                _check_own(person, form.old.data, now)
                new_hash = hash_password(form.password.data)
            actions.change_password(person.id, person.password_hash or "", new_hash, token=current_user.token)
        except LogInThrottled as error:
            form.old.errors = [str(error)]
        except BadLogIn:
            form.old.errors = ["Mật khẩu hiện nay không phải như vậy."]
        else:
            flash("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất.", "good")
            return redirect(url_for("accounts.account"))
    with transaction(writes=False):
        return _account_page(form, now), 422


@bp.post("/account/log-ins/<token_hash>/end")
def end_log_in(token_hash: str) -> Any:
    held = load(LogInSession, clean(token_hash), permissions.may_end_log_in)
    actions.end_log_in(held.token_hash)
    if held.token_hash == hash_token(current_user.token):
        return _gone("Bạn đã đăng xuất.")
    flash(f"Đã đăng xuất {held.device}.", "good")
    return redirect(url_for("accounts.account"))


@bp.get("/register")
@public
def register() -> Any:
    now = clock.now()
    contest = queries.contest_to_register_for(request.args.get("contest", ""), now)
    if contest is None:
        return render_template("accounts/no_registration.html")
    if current_user.is_authenticated:
        return redirect(url_for("contests.show", slug=contest.slug))
    return _registration_page(_registration_form(contest, now), contest)


@bp.post("/register")
@public
def sign_up() -> Any:
    now = clock.now()
    with transaction(writes=False):
        contest = queries.contest_to_register_for(request.args.get("contest", ""), now)
        if contest is None:
            return render_template("accounts/no_registration.html"), 409
        form, paths = _registration_form(contest, now), [union.path for union in contest.audience]
        choice = queries.chosen_union(paths, form.union.data, form.picked_id, form.today)
        phone_taken = queries.is_known(canonical_phone(form.phone.data))
    if not _is_complete(form, choice, phone_taken=phone_taken):
        return _registration_page(form, contest, choice), 422
    try:
        entrant = actions.Entrant(**form.facts, union_id=choice.union.id if choice.union else None)
        with turn():
            password_hash = hash_password(form.password.data)
        claimant = actions.register(entrant, password_hash, now=now)
    except PhoneTaken:
        _is_complete(form, choice, phone_taken=True)
        return _registration_page(form, contest, choice), 422
    answer = _enter(claimant, url_for("contests.show", slug=contest.slug), now)
    flash(f"Đã lập tài khoản. Lần sau, xin đăng nhập bằng số {form.facts['phone']} và mật khẩu vừa đặt.", "good")
    return answer


@bp.get("/privacy")
@public
def privacy() -> Any:
    return render_template("accounts/privacy.html")


def _check(login: str, claimant: Claimant | None, password: str, now: datetime) -> Claimant:
    """Return who logs in. Unknown names take the same way and time. Raises BadLogIn, LogInThrottled, LogInRush."""
    key = tries.key_of(queries.log_in_name(login), _device())
    with turn():
        with transaction():
            tries.take(key, now=now)
        if not is_password(claimant.password_hash if claimant else None, password) or claimant is None:
            raise BadLogIn()
    tries.forget([key])
    return claimant


def _check_own(person: Person, password: str, now: datetime) -> None:
    """Raise BadLogIn unless it is the person's password, LogInThrottled when it was tried too often on this page."""
    key = devices.digest(f"own-page:{person.id}")
    with transaction():
        tries.take(key, now=now)
    if not is_password(person.password_hash, password):
        raise BadLogIn()
    tries.forget([key])


def _enter(claimant: Claimant, target: str | None, now: datetime) -> Any:
    """Log in: a new token, and nothing of the cookie that the browser had before."""
    token, old, device = secrets.token_urlsafe(32), cookie.get("_user_id"), _device()
    named = device_name(request.user_agent.string)
    person = actions.open_log_in(claimant, token, device=named, instead_of=old, now=now)
    cookie.clear()
    # A role's log-in ends with the browser, a contestant's stays on the phone.
    cookie.permanent = not person.grants
    login_user(Viewer(person, token))
    answer = redirect(local_path(target) or landing(person))
    answer.set_cookie(
        devices.COOKIE,
        device.with_names(queries.names_of(person)).signed(),
        max_age=devices.SECONDS,
        path=devices.PATH,
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
        httponly=True,
        samesite="Lax",
    )
    return answer


def _gone(sentence: str) -> Any:
    cookie.clear()
    flash(sentence, "good")
    return redirect(HOME)


def _code_is_over() -> Any:
    flash("Mã đã được dùng, hoặc đã quá 30 phút kể từ lúc nhập. Xin nhập lại mã vào ô mật khẩu.", "bad")
    return redirect(url_for("accounts.log_in", next=choosing.target(cookie)))


def _account_page(form: ChangePasswordForm, now: datetime) -> str:
    log_ins, here = queries.log_ins_of(me(), now), hash_token(current_user.token)
    locks = locks_of([me().id]).get(me().id, ())
    shown = {"log_ins": log_ins, "here": here, "locks": locks, "may_join": queries.may_join_union(me())}
    return render_template("accounts/account.html", form=form, person=me(), **shown)


def _registration_page(form: RegistrationForm, contest: Contest, choice: Choice | None = None) -> str:
    if choice and choice.union:
        form.union.data = choice.union.name  # a person must see which one was taken
    return render_template("accounts/register.html", form=form, contest=contest, choice=choice)


def _registration_form(contest: Contest, now: datetime) -> RegistrationForm:
    return RegistrationForm(_today(now), without_union=contest.rules.entrants.without_unit)


def _is_complete(form: RegistrationForm, choice: Choice, *, phone_taken: bool) -> bool:
    found, matches = choice.union is not None, bool(choice.matches)
    return form.is_complete(union_found=found, matches=matches, phone_taken=phone_taken)


def _device() -> devices.Device:
    return devices.device_of(request.cookies.get(devices.COOKIE))


def _today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()
