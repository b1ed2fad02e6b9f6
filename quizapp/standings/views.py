"""Public boards, and a person's own place on them with its reasons."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_login import current_user

from quizapp.attempts import truths
from quizapp.contests.addressed import public_contest
from quizapp.errors import NotFound
from quizapp.models import Board, Contest, Snapshot, StandingsRow
from quizapp.rules.contest_rules import BoardRules
from quizapp.rules.ranking import PersonRow, decided_by
from quizapp.rules.vietnamese import masked
from quizapp.standings import queries
from quizapp.vocabulary import Names, StandingsOf
from quizapp.web.guards import public
from quizapp.web.login import me
from quizapp.web.urls import asked_number

bp = Blueprint("standings", __name__)

PAGE = 50


@bp.get("/contests/<slug>/standings")
@bp.get("/contests/<slug>/standings/<key>")
@public
def show(slug: str, key: str | None = None) -> Any:
    contest = public_contest(slug)
    found = queries.published(contest)
    if found is None:
        return render_template("standings/waiting.html", contest=contest, when=contest.rules.publish.board.label)
    snapshot, boards = found
    board = _chosen(boards, key)
    search = request.args.get("q", "").strip()[:100]
    masks = board.of == StandingsOf.PEOPLE and contest.rules.publish.names is Names.MASKED
    found_rows = queries.masked_rows_of if masks else queries.rows_of
    rows = found_rows(board, after=asked_number("after"), most=PAGE + 1, search=search)
    return render_template(
        "standings/show.html",
        snapshot=snapshot,
        boards=boards,
        rows=rows[:PAGE],
        more_after=rows[PAGE - 1].position if len(rows) > PAGE else None,
        search=search,
        masks=masks,
        own=_own(board),
        with_prizes=queries.is_over(contest, board, snapshot.made_at),
        **_about(contest, board),
    )


@bp.get("/contests/<slug>/standings/<key>/me")
def mine(slug: str, key: str) -> Any:
    contest = public_contest(slug)
    found = queries.published(contest)
    if found is None:
        raise NotFound()
    snapshot, boards = found
    board = _chosen(boards, key)
    row = queries.row_of(board, person_id=me().id)
    if row is None or board.of != StandingsOf.PEOPLE:
        return render_template("standings/absent.html", contest=contest, board=board)
    rules = _rules(contest, board)
    above, below = queries.neighbours(row)
    return render_template(
        "standings/mine.html",
        snapshot=snapshot,
        row=row,
        above=above,
        below=below,
        lost_by=_decided(above, row, rules),
        won_by=_decided(row, below, rules),
        attempts=_attempts(contest, rules, snapshot),
        **_about(contest, board),
    )


def _chosen(boards: list[Board], key: str | None) -> Board:
    """Return the board that is asked for; of one by division, if none is named, that on which the viewer stands."""
    division = request.args.get("division")
    first = queries.chosen(boards, key, division)
    if first is None:
        raise NotFound()
    if division is None and first.division:
        return next((each for each in boards if each.key == first.key and _own(each)), first)
    return first


def _about(contest: Contest, board: Board) -> dict[str, Any]:
    """What every page of a board shows of the contest and of its rules."""
    rules = _rules(contest, board)
    return {
        "contest": contest,
        "board": board,
        "rules": rules,
        "truths": truths.told(contest, rules) if board.of == StandingsOf.PEOPLE else [],
        "shown_name": _shown_name(contest),
    }


def _rules(contest: Contest, board: Board) -> BoardRules:
    return next(each for each in contest.rules.boards if each.key == board.key)


def _own(board: Board) -> StandingsRow | None:
    if not current_user.is_authenticated:
        return None
    if board.of == StandingsOf.PEOPLE:
        return queries.row_of(board, person_id=me().id)
    union = me().union_id
    return queries.row_of(board, union_id=union) if union else None


def _shown_name(contest: Contest) -> Any:
    """A person always sees the own name in full; others' as the contest's rules say."""
    full = contest.rules.publish.names is Names.FULL
    own = me().id if current_user.is_authenticated else None
    return lambda row: row.name if full or row.person_id in (None, own) else masked(row.name)


def _decided(better: StandingsRow | None, worse: StandingsRow | None, rules: BoardRules) -> Any:
    if better is None or worse is None:
        return None
    return decided_by(_person_row(better), _person_row(worse), rules.order)


def _person_row(row: StandingsRow) -> PersonRow:
    if row.person_id is None or row.marks is None or row.seconds is None or row.submitted_at is None:
        raise NotFound()
    return PersonRow(
        *(row.person_id, row.marks, row.seconds, row.submitted_at),
        prediction=row.prediction,
        distance=row.distance,
    )


def _attempts(contest: Contest, rules: BoardRules, snapshot: Snapshot) -> Any:
    rounds = [each.key for each in contest.rules.rounds_of(rules)]
    return queries.attempts_behind(contest, me(), rounds, snapshot.made_at)
