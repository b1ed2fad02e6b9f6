"""The questions of a bank, for its organisers: the list with its bulk changes, one question and what is done to it."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for

from quizapp import clock
from quizapp.banks.addressed import changeable_bank, usable_bank
from quizapp.banks.queries import pictures_of
from quizapp.contests import citations
from quizapp.errors import NotFound, QuestionRefused
from quizapp.jobs import actions as jobs
from quizapp.jobs import queries as job_queries
from quizapp.models import QuestionBank
from quizapp.questions import actions, bulk, figures, queries
from quizapp.questions.addressed import listed_question
from quizapp.questions.comparing import compared
from quizapp.questions.forms import ListFilter
from quizapp.questions.previewing import preview_of
from quizapp.questions.queries import Listed, Wish
from quizapp.rules import permissions
from quizapp.rules.question_content import undescribed
from quizapp.rules.question_review import review_refusal, use_refusal
from quizapp.rules.question_typing import split_tags
from quizapp.vocabulary import BulkChange, Level, Role
from quizapp.web.filters import VIETNAM
from quizapp.web.guards import desk
from quizapp.web.login import me
from quizapp.web.pictures import answer_picture
from quizapp.web.urls import asked_number

bp = Blueprint("questions", __name__, url_prefix="/organise/banks/<code>/questions")

ON_A_PAGE = 30
DONE = {
    "review": "Đã duyệt câu hỏi.",
    "use": "Câu hỏi đã được đưa vào dùng; các đề thi từ nay có thể rút câu này.",
    "retire": "Đã rút câu hỏi: các đề thi từ nay không rút câu này nữa; đề đã rút vẫn giữ nguyên.",
    "restore": "Đã trả câu hỏi về bản nháp: đề thi chưa rút câu này cho đến khi được đưa vào dùng lại.",
}


@bp.get("")
@desk(Role.ORGANISER)
def index(code: str) -> Any:
    bank = usable_bank(code)
    every = queries.listed(bank)
    form = _filter(bank, every)
    found = queries.matching(every, Wish(**form.asked))
    pages = -(-len(found) // ON_A_PAGE)
    page = max(1, min(asked_number("page", 1), pages))  # the last page may have gone with what was moved from it
    shown = found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    facts = {"found": found, "shown": shown, "page": page, "pages": pages, "every": every}
    facts |= {"job": job_queries.unfinished(figures.KIND, figures.subject_of(bank))}
    return render_template(
        "questions/index.html", bank=bank, form=form, **facts, **_tools(bank), **_counts(bank, every)
    )


@bp.post("/bulk")
@desk(Role.ORGANISER)
def change_many(code: str) -> Any:
    bank = changeable_bank(code)
    change, ids = _asked_change(), _asked_ids(bank)
    if not ids:
        raise QuestionRefused(why="Chưa chọn câu nào. Xin đánh dấu các câu cần thay đổi rồi bấm lại.")
    if change.what is BulkChange.MOVE:
        return _move_many(bank, ids)
    made = bulk.plan(bank, ids, change)
    if "confirm" not in request.form:
        return render_template("questions/bulk.html", bank=bank, plan=made, asked=_sent_filter(), **_tools(bank))
    event = bulk.carry_out(bank, made, by=me(), now=clock.now())
    return redirect(url_for("questions.index", code=code, done=event.id, count=len(made.done)))


@bp.post("/bulk/undo")
@desk(Role.ORGANISER)
def undo_many(code: str) -> Any:
    bank = changeable_bank(code)
    count = bulk.undo(bank, request.form.get("event", 0, type=int), by=me(), now=clock.now())
    flash(f"Đã hoàn tác: {count} câu trở lại như trước.", "good")
    return redirect(url_for("questions.index", code=code))


@bp.post("/figures")
@desk(Role.ORGANISER)
def reckon(code: str) -> Any:
    bank = usable_bank(code)
    jobs.ask(figures.KIND, figures.subject_of(bank), {}, by=me(), now=clock.now())
    return redirect(url_for("questions.index", code=code, _anchor="figures"))


@bp.get("/pictures/<digest>")
@desk(Role.ORGANISER)
def picture(code: str, digest: str) -> Any:
    usable_bank(code)
    found = pictures_of([digest]).get(digest)
    if found is None:
        raise NotFound()
    return answer_picture(found.content)


@bp.get("/<int:question_id>")
@desk(Role.ORGANISER)
def show(code: str, question_id: int) -> Any:
    bank = usable_bank(code)
    listed = listed_question(bank, question_id)
    versions = queries.versions(listed.question)
    content = queries.content_of(listed.version)
    return render_template(
        "questions/show.html",
        bank=bank,
        listed=listed,
        versions=versions,
        content=content,
        preview=preview_of(content),
        undescribed=undescribed(content),
        figures=queries.figures_of(each.id for each in versions),
        uses=queries.round_uses(listed.question, me()),
        drawing=queries.drawing_rounds(bank, listed.question.current, me()),
        citation=citations.told(content.document, clock.now().astimezone(VIETNAM).date()),
        review_refusal=review_refusal(listed.standing, me().id),
        use_refusal=use_refusal(listed.standing, needs_review=bank.needs_review),
        may_list_law=permissions.may_change_laws(me()),
        to_review=_to_review(bank, after=question_id),
        **_tools(bank),
    )


@bp.get("/<int:question_id>/compare")
@desk(Role.ORGANISER)
def compare(code: str, question_id: int) -> Any:
    bank = usable_bank(code)
    listed = listed_question(bank, question_id)
    versions = {each.number: each for each in queries.versions(listed.question)}
    later = versions.get(asked_number("b"), listed.version)
    former = versions.get(asked_number("a")) or versions.get(later.number - 1) or later
    fields = compared(queries.content_of(former), queries.content_of(later), bank.topics)
    pair = {"former": former, "later": later, "versions": list(versions.values())}
    return render_template("questions/compare.html", bank=bank, listed=listed, fields=fields, **pair, **_tools(bank))


@bp.post("/<int:question_id>/state")
@desk(Role.ORGANISER)
def change_state(code: str, question_id: int) -> Any:
    bank = changeable_bank(code)
    listed_question(bank, question_id)
    asked, number = request.form.get("action", ""), request.form.get("number", 0, type=int)
    who: dict[str, Any] = {"by": me(), "now": clock.now()}
    if asked in ("review", "review_use"):
        actions.review(bank, question_id, number=number, **who)
    if asked in ("use", "review_use"):
        actions.use(bank, question_id, number=number, **who)
    elif asked in ("retire", "restore"):
        (actions.retire if asked == "retire" else actions.restore)(bank, question_id, **who)
    flash(DONE.get("use" if asked == "review_use" else asked, "Xin bấm một nút trên trang."), "good")
    return redirect(url_for("questions.show", code=code, question_id=question_id))


@bp.post("/<int:question_id>/remake")
@desk(Role.ORGANISER)
def remake(code: str, question_id: int) -> Any:
    bank = changeable_bank(code)
    listed_question(bank, question_id)
    number = request.form.get("number", 0, type=int)
    made = actions.remake(bank, question_id, number, by=me(), now=clock.now())
    flash(f"Nội dung phiên bản {number} nay là phiên bản {made.version.number}, bản mới nhất.", "good")
    return redirect(url_for("questions.show", code=code, question_id=question_id))


@bp.post("/<int:question_id>/copy")
@desk(Role.ORGANISER)
def copy(code: str, question_id: int) -> Any:
    bank = changeable_bank(code)
    listed_question(bank, question_id)
    made = actions.copy(bank, question_id, by=me(), now=clock.now())
    flash("Đây là bản sao, chưa đưa vào dùng; xin sửa rồi lưu.", "good")
    return redirect(url_for("question_form.edit", code=code, question_id=made.question.id))


@bp.post("/<int:question_id>/move")
@desk(Role.ORGANISER)
def move(code: str, question_id: int) -> Any:
    bank = changeable_bank(code)
    listed_question(bank, question_id)
    to = _receiver()
    actions.move(bank, question_id, to, by=me(), now=clock.now())
    flash(f"Đã chuyển câu hỏi sang ngân hàng “{to.title}”.", "good")
    return redirect(url_for("questions.show", code=to.code, question_id=question_id))


def _receiver() -> QuestionBank:
    if not request.form.get("to"):
        raise QuestionRefused(why="Xin chọn ngân hàng nhận câu hỏi.")
    return changeable_bank(request.form["to"])


def _tools(bank: QuestionBank) -> dict[str, Any]:
    """Return what pages need to offer changes: whether the viewer may make them, and to which banks one may move."""
    may_change = permissions.may_change_bank(me(), bank)
    others = [each for each in queries.changeable_banks(me()) if each.id != bank.id] if may_change else []
    return {"may_change": may_change, "other_banks": others, "changes": BulkChange, "levels": Level}


def _filter(bank: QuestionBank, every: list[Listed]) -> ListFilter:
    tags = sorted({tag for each in every for tag in each.version.tags})
    documents = sorted({each.version.document for each in every} - {""})
    return ListFilter(request.args, topics=bank.topics, tags=tags, documents=documents)


def _to_review(bank: QuestionBank, *, after: int = 0, every: list[Listed] | None = None) -> list[Listed]:
    """Return the other questions that wait for the viewer's review, where the bank asks for one; the next one first."""
    if not (bank.needs_review and permissions.may_change_bank(me(), bank)):
        return []
    waiting = queries.to_review(queries.listed(bank) if every is None else every, me().id)
    others = [each for each in waiting if each.question.id != after]
    return sorted(others, key=lambda each: (each.question.id < after, each.question.id))


def _counts(bank: QuestionBank, every: list[Listed]) -> dict[str, Any]:
    return {
        "to_review": _to_review(bank, every=every),
        "stock": queries.drawable(every),
        "figures": queries.figures_of(each.version.id for each in every),
        "me_id": me().id,
        "waiting": sum(bool(each.version.why) for each in every),
        "undescribed": sum(bool(each.undescribed) for each in every),
    }


def _asked_change() -> bulk.Change:
    what = request.form.get("change", "")
    if what not in list(BulkChange):
        raise QuestionRefused(why="Xin chọn việc cần làm với các câu đã đánh dấu.")
    kind = BulkChange(what)
    value = request.form.get({"topic": "topic", "level": "level"}.get(what, ""), "")
    return bulk.Change(kind, value, split_tags(request.form.get("tags")))


def _asked_ids(bank: QuestionBank) -> set[int]:
    """Return the marked questions, or, when the whole list was asked for, all that its filter finds."""
    if request.form.get("whole") == "1":
        every = queries.listed(bank)
        return {each.question.id for each in queries.matching(every, Wish(**_sent_filter()))}
    return {int(each) for each in request.form.getlist("chosen") if each.isascii() and each.isdecimal()}


def _sent_filter() -> dict[str, str]:
    """Return what narrowed the list from which the change was asked, as its address says it."""
    sent = {name: request.form.get(f"f-{name}", "") for name in Wish.__dataclass_fields__}
    return {name: value for name, value in sent.items() if value}


def _move_many(bank: QuestionBank, ids: set[int]) -> Any:
    to = _receiver()
    chosen = [each for each in queries.listed(bank) if each.question.id in ids]
    if "confirm" not in request.form:
        made = bulk.Plan(bulk.Change(BulkChange.MOVE, to.code), chosen, [])
        facts = {"to": to, "asked": _sent_filter()}
        return render_template("questions/bulk.html", bank=bank, plan=made, **facts, **_tools(bank))
    for each in chosen:
        actions.move(bank, each.question.id, to, by=me(), now=clock.now())
    flash(f"Đã chuyển {len(chosen)} câu sang ngân hàng “{to.title}”.", "good")
    return redirect(url_for("questions.index", code=bank.code))
