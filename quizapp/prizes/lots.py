"""Who were in a lot that a snapshot tells the winners of: enough for anybody to draw it again."""

from collections.abc import Sequence

from sqlalchemy import select

from quizapp.db import session
from quizapp.formats.lot_table import LotTable
from quizapp.models import Board, Contest, PrizeAward, Snapshot, StandingsRow
from quizapp.prizes import queries
from quizapp.rules.contest_rules import PrizeRules
from quizapp.rules.prize_slots import all_slots, in_turn
from quizapp.vocabulary import PrizeBy


def lot_of(contest: Contest, snapshot: Snapshot, prize: PrizeRules, division: str) -> LotTable | None:
    """Return the lot that was drawn for a prize in a division; None: none was."""
    given = session.scalars(select(PrizeAward).where(PrizeAward.snapshot_id == snapshot.id)).all()
    own = [each for each in given if (each.prize_key, each.division) == (prize.key, division) and each.by_lot]
    seed = queries.seed_of(contest)
    if not own or seed is None:
        return None
    rank = None if prize.by is PrizeBy.LOT else own[0].rank
    served = _served_before(contest, prize, division, given)
    contenders = [each for each in _standing(snapshot, prize.board, division, rank) if each not in served]
    winners = frozenset(each.person_id or each.union_id or 0 for each in own)
    return LotTable(seed.seed, prize.key, division, contenders, winners)


def _served_before(contest: Contest, prize: PrizeRules, division: str, given: Sequence[PrizeAward]) -> set[int | None]:
    """Return who had a prize that kept them out of the lot: one that was given before it."""
    rules = contest.rules
    prizes = {each.key: each for each in rules.prizes}
    places = {(each.board, at) for each in rules.prizes for at in ("", *(one.key for one in rules.divisions))}
    order = [(each.prize.key, each.division) for each in in_turn(all_slots(rules, dict.fromkeys(places, ())))]
    before = set(order[: order.index((prize.key, division))])
    return {
        each.person_id or each.union_id
        for each in given
        if (each.prize_key, each.division) in before
        and queries.keeps_from(rules, prizes[each.prize_key], each.division, prize, division)
    }


def _standing(snapshot: Snapshot, board_key: str, division: str, rank: int | None) -> list[int]:
    """Return who stands on a board, at one rank or at any."""
    board = select(Board.id).where(Board.snapshot_id == snapshot.id, Board.key == board_key, Board.division == division)
    asked = select(StandingsRow.person_id, StandingsRow.union_id, Board.of).join(
        Board, Board.id == StandingsRow.board_id
    )
    asked = asked.where(StandingsRow.board_id.in_(board))
    if rank is not None:
        asked = asked.where(StandingsRow.rank == rank)
    return [(person if of == "people" else union) or 0 for person, union, of in session.execute(asked)]
