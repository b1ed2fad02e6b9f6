"""The organisers' desk for who takes part: one person's results, what does not count, accounts that look alike."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.contests.addressed import organised_contest
from quizapp.entrants import actions, pairs, queries
from quizapp.entrants.forms import PairForm, PlaceForm, ReasonForm
from quizapp.errors import NotFound, Refused
from quizapp.members.queries import union_of
from quizapp.models import Contest, Person
from quizapp.rules import permissions
from quizapp.vocabulary import DuplicateVerdict, Role, Source
from quizapp.web.guards import desk
from quizapp.web.login import me
from quizapp.web.urls import asked_number

ALREADY_PLACED = "Người này đã có đơn vị, hoặc có vai trò mà bạn không có; xin nhờ người phụ trách ở cấp cao nhất."

bp = Blueprint("entrants", __name__, url_prefix="/organise/contests/<slug>")
bp.add_app_template_filter(lambda value: Source(value).label, "source")


@bp.get("/entrants")
@desk(Role.ORGANISER)
def index(slug: str) -> Any:
    contest, search = organised_contest(slug), request.args.get("q", "").strip()[:100]
    page = queries.entrants(contest, search=search, page=asked_number("page", 1))
    return render_template("entrants/index.html", contest=contest, page=page, search=search)


@bp.get("/entrants/disqualified")
@desk(Role.ORGANISER)
def disqualified(slug: str) -> Any:
    contest = organised_contest(slug)
    return render_template("entrants/disqualified.html", contest=contest, all=queries.disqualifications(contest))


@bp.get("/entrants/<int:person_id>")
@desk(Role.ORGANISER)
def show(slug: str, person_id: int) -> Any:
    contest = organised_contest(slug)
    return _page(contest, _entrant(contest, person_id))


@bp.post("/entrants/<int:person_id>/disqualify")
@desk(Role.ORGANISER)
def disqualify(slug: str, person_id: int) -> Any:
    contest, form = organised_contest(slug), ReasonForm()
    person, attempts = _entrant(contest, person_id), {each.id: each for each in queries.attempts_in(contest, person_id)}
    if form.attempt_id not in {None, *attempts}:
        raise NotFound()
    if not form.validate_on_submit():
        return _page(contest, person, form), 422
    attempt = attempts[form.attempt_id] if form.attempt_id else None
    try:
        actions.disqualify(contest, person, attempt, reason=form.reason.data, by=me(), now=clock.now())
    except Refused as refused:
        form.form_errors.append(str(refused))
        return _page(contest, person, form), 409
    flash("Kết quả không còn được công nhận; bảng xếp hạng sẽ được tính lại.", "good")
    return redirect(url_for("entrants.show", slug=slug, person_id=person_id))


@bp.post("/entrants/disqualified/<int:disqualification_id>/lift")
@desk(Role.ORGANISER)
def lift(slug: str, disqualification_id: int) -> Any:
    contest, form = organised_contest(slug), ReasonForm()
    standing = queries.disqualification(contest, disqualification_id)
    if standing is None:
        raise NotFound()
    if not form.validate_on_submit():
        return _page(contest, standing.person, lifted=form, lifting=standing.id), 422
    try:
        actions.lift(contest, standing, reason=form.reason.data, by=me(), now=clock.now())
    except Refused as refused:
        flash(str(refused), "bad")
    else:
        flash("Đã khôi phục kết quả; bảng xếp hạng sẽ được tính lại.", "good")
    return redirect(url_for("entrants.show", slug=slug, person_id=standing.person_id))


@bp.post("/entrants/<int:person_id>/union")
@desk(Role.ORGANISER)
def place(slug: str, person_id: int) -> Any:
    contest, form = organised_contest(slug), PlaceForm()
    person = _entrant(contest, person_id)
    union = union_of(form.unit.data, me()) if form.unit.data else None
    if not permissions.may_place(me(), person):
        flash(ALREADY_PLACED, "bad")
    elif not form.is_right(union_found=union is not None) or union is None:
        return _page(contest, person, placing=form), 422
    else:
        actions.place(contest, person, union, reason=form.why.data, by=me(), now=clock.now())
        flash(f"Đã ghi đơn vị: {union.name}.", "good")
    return redirect(url_for("entrants.show", slug=slug, person_id=person_id))


@bp.get("/duplicates")
@desk(Role.ORGANISER)
def duplicates(slug: str) -> Any:
    contest, page = organised_contest(slug), asked_number("page", 1)
    found = pairs.undecided(contest)
    start = (page - 1) * pairs.ON_A_PAGE
    return render_template(
        "entrants/duplicates.html",
        contest=contest,
        count=len(found),
        weak=sum(each.is_weak for each in found),
        shown=pairs.side_by_side(contest, found[start : start + pairs.ON_A_PAGE]),
        decided=pairs.decided(contest),
        page=page,
        pages=-(-len(found) // pairs.ON_A_PAGE),
        sees=_sees,
    )


@bp.get("/duplicates/<int:first_id>/<int:second_id>")
@desk(Role.ORGANISER)
def pair(slug: str, first_id: int, second_id: int) -> Any:
    contest = organised_contest(slug)
    return _pair_page(contest, _pair(contest, first_id, second_id))


@bp.post("/duplicates/<int:first_id>/<int:second_id>")
@desk(Role.ORGANISER)
def decide(slug: str, first_id: int, second_id: int) -> Any:
    contest = organised_contest(slug)
    two = _pair(contest, first_id, second_id)
    form = PairForm(two)
    if not form.validate_on_submit():
        return _pair_page(contest, two, form), 422
    facts: dict[str, Any] = {"reason": form.reason.data, "by": me(), "now": clock.now()}
    try:
        actions.decide_pair(contest, two, form.chosen, out=form.left_out, **facts)
    except Refused as refused:
        form.form_errors.append(str(refused))
        return _pair_page(contest, two, form), 409
    flash(f"Đã ghi: {form.chosen.label.lower()}.", "good")
    return redirect(url_for("entrants.duplicates", slug=slug))


@bp.post("/duplicates/<int:first_id>/<int:second_id>/undo")
@desk(Role.ORGANISER)
def undo(slug: str, first_id: int, second_id: int) -> Any:
    contest, form = organised_contest(slug), ReasonForm()
    two = _pair(contest, first_id, second_id)
    decision = pairs.standing_decision(first_id, second_id)
    if decision is None:
        raise NotFound()
    if not form.validate_on_submit():
        return _pair_page(contest, two, undone=form), 422
    restored = actions.undo_pair(contest, decision, reason=form.reason.data, by=me(), now=clock.now())
    flash("Đã bỏ kết luận" + (" và khôi phục kết quả." if restored else "."), "good")
    return redirect(url_for("entrants.pair", slug=slug, first_id=first_id, second_id=second_id))


def _entrant(contest: Contest, person_id: int) -> Person:
    found = queries.entrant(contest, person_id)
    if found is None:
        raise NotFound()
    return found


def _pair(contest: Contest, first_id: int, second_id: int) -> tuple[Person, Person]:
    if first_id >= second_id:
        raise NotFound()
    return _entrant(contest, first_id), _entrant(contest, second_id)


def _sees(person: Person) -> bool:
    """Whether the viewer may read a whole phone number of one who takes part: of the own subtree, or of no union."""
    return person.union_id is None or permissions.may_see_person(me(), person)


def _page(
    contest: Contest,
    person: Person,
    form: ReasonForm | None = None,
    *,
    lifted: ReasonForm | None = None,
    lifting: int | None = None,
    placing: PlaceForm | None = None,
) -> str:
    attempts = queries.attempts_in(contest, person.id)
    return render_template(
        "entrants/show.html",
        contest=contest,
        person=person,
        attempts=attempts,
        out=queries.standing_of(attempts),
        all=queries.disqualifications(contest, person.id),
        form=form,
        lifted=lifted,
        lifting=lifting,
        blank=ReasonForm(formdata=None),
        sees=_sees,
        has_page=permissions.may_see_person(me(), person),
        placing=(placing or PlaceForm(formdata=None)) if permissions.may_place(me(), person) else None,
    )


def _pair_page(
    contest: Contest, two: tuple[Person, Person], form: PairForm | None = None, *, undone: ReasonForm | None = None
) -> str:
    decision = pairs.standing_decision(two[0].id, two[1].id)
    sides = [(each, queries.attempts_in(contest, each.person.id)) for each in queries.listed(contest, two)]
    return render_template(
        "entrants/pair.html",
        contest=contest,
        two=two,
        sides=sides,
        signs=pairs.signs_of(*two).signs,
        decision=decision,
        verdict=DuplicateVerdict(decision.verdict) if decision else None,
        form=form or PairForm(two),
        undone=undone or ReasonForm(formdata=None),
        sees=_sees,
    )
