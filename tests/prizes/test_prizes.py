"""Ties that organisers decide, the seed of the lots, and what everybody may see of prizes."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from quizapp.cli.housekeep import keep_house
from quizapp.db import session, transaction
from quizapp.formats import lot_table
from quizapp.models import (
    AuditEvent,
    Board,
    Contest,
    LotSeed,
    PrizeAward,
    PrizeDecision,
    PrizeTie,
    Snapshot,
    StandingsRow,
    WindowChange,
)
from quizapp.prizes import actions, queries
from quizapp.prizes.actions import Choice
from quizapp.refusals import ChoiceNotLeft, SeedTooLate, TieChanged, TieStillRunning
from quizapp.rules.contest_rules import PrizeRules, PublishRule
from quizapp.rules.prizes import Decision, Placed, awards
from quizapp.vocabulary import Names, OnTie, PrizeBy, Role, TieDecision, UnionKind
from tests.conftest import NOON

DESK = "/organise/contests/cuoc-thi/prizes"
PUBLIC = "/contests/cuoc-thi/prizes"
FIRST = PrizeRules("nhat", "Giải Nhất", "ca-nhan", 1, value_vnd=2_000_000)
SECOND = PrizeRules("nhi", "Giải Nhì", "ca-nhan", 2)
THIRD = PrizeRules("ba", "Giải Ba", "ca-nhan", 5)
WINNER, TIED = "Phạm Thị Hạnh Phúc", ["Lê Văn Hai", "Lê Văn Ba", "Lê Văn Tư"]


@pytest.fixture
def province(cast):
    return cast.union("LĐLĐ tỉnh Mẫu", kind=UnionKind.PROVINCE)


@pytest.fixture
def boss(cast, province):
    return cast.person("Trần Thị Tổ Chức", roles=[(Role.ORGANISER, province)])


@pytest.fixture
def contest(cast, province, clock):
    """One of an hour that is over: one winner, then three who share a rank where two prizes are left."""
    rounds = [cast.round_rules(closes_at=NOON + timedelta(hours=1))]
    made = cast.contest(organiser=province, rounds=rounds, publish=PublishRule(names=Names.MASKED))
    clock.at(hours=2)
    with transaction():
        found = session.get_one(Contest, made.id)
        found.rules = replace(found.rules, prizes=(FIRST, SECOND, THIRD))
    return found


@pytest.fixture
def people(cast, province):
    return [cast.person(name, union=province) for name in (WINNER, *TIED)]


@pytest.fixture
def snapshot(contest, people, clock):
    return stored(contest, people, clock.instant)


def stored(contest, people, made_at, **changed):
    """A snapshot of the board of people, with what the rules give by it."""
    with transaction():
        own = session.get_one(Contest, contest.id)
        facts = {"entrants": len(people), "attempts": 0, "remarkings": own.remarkings}
        made = Snapshot(contest_id=own.id, made_at=made_at, **facts, **changed)
        session.add(made)
        session.flush()
        board = Board(snapshot_id=made.id, position=0, key="ca-nhan", title="Cá nhân", of="people", size=len(people))
        session.add(board)
        session.flush()
        rows = [Placed(each.id, 1 if place == 0 else 2) for place, each in enumerate(people)]
        names = {each.id: each.full_name for each in people}
        for place, row in enumerate(rows, start=1):
            name = {"name": names[row.id], "name_folded": ""}
            session.add(
                StandingsRow(board_id=board.id, position=place, rank=row.rank, person_id=row.id, attempts=1, **name)
            )
        decided = {
            place: Decision(TieDecision(each.decision), each.contenders)
            for place, each in queries.standing_decisions(own).items()
        }
        seed = queries.seed_of(own)
        result = awards(own.rules, {("ca-nhan", ""): rows}, decided, seed.seed if seed else None)
        for number, each in enumerate(result.awards, start=1):
            place = {"prize_key": each.prize_key, "board_key": each.board_key, "division": each.division}
            won = {"number": number, "rank": each.rank, "by_lot": each.by_lot, "name": names[each.id]}
            session.add(PrizeAward(snapshot_id=made.id, person_id=each.id, **won, **place))
        for each in result.ties:
            place = {"prize_key": each.prize_key, "board_key": each.board_key, "division": each.division}
            facts = {"rank": each.rank, "remaining": each.remaining, "contending": len(each.contenders)}
            session.add(PrizeTie(snapshot_id=made.id, contenders=each.digest, **facts, **place))
    return made


def text(answer):
    return " ".join(answer.get_data(as_text=True).split())


def choose(tie, decision="all", **changed):
    return {"division": "", "contenders": tie.contenders, "decision": decision, "reason": "Họp ngày 8/12"} | changed


@pytest.fixture
def tie(snapshot):
    with transaction(writes=False):
        return session.scalars(select(PrizeTie)).one()


def events():
    with transaction(writes=False):
        return list(session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))


def remarkings(contest):
    with transaction(writes=False):
        return session.scalar(select(Contest.remarkings).where(Contest.id == contest.id))


def test_the_desk_shows_winners_the_tie_and_what_waits_for_it(client, cast, boss, tie):
    page = text(cast.log_in(client, boss).get(DESK))
    assert WINNER in page
    assert "3 người cùng hạng 2 mà chỉ còn 2 giải" in page
    assert "Còn 5 giải chờ quyết định" in page
    contenders = text(client.get(f"{DESK}/nhi"))
    assert all(name in contenders for name in TIED)
    assert WINNER not in contenders


def test_the_desk_before_there_is_a_board_and_without_prizes(client, cast, boss, contest):
    assert "Chưa có bảng xếp hạng nào" in text(cast.log_in(client, boss).get(DESK))
    with transaction():
        found = session.get_one(Contest, contest.id)
        found.rules = replace(found.rules, prizes=())
    assert "chưa ghi giải thưởng nào" in text(client.get(DESK))
    assert "không ghi giải thưởng" in text(client.get(PUBLIC))


def test_a_decision_with_its_reason_is_kept_and_makes_the_boards_old(client, cast, boss, contest, people, tie, clock):
    before = remarkings(contest)
    page = cast.log_in(client, boss).submit(f"{DESK}/nhi/decide", choose(tie), follow_redirects=True)
    assert "Đã quyết định: trao cho tất cả những người bằng nhau, lý do: Họp ngày 8/12" in text(page)
    assert events() == ["decide_tie"]
    assert remarkings(contest) == before + 1
    stored(contest, people, clock.at(hours=3))
    page = text(client.get(DESK))
    assert "người cùng hạng" not in page
    assert all(name in page for name in TIED)


def test_what_is_wrong_in_the_form_is_said_and_what_was_typed_stays(client, cast, boss, tie):
    answer = cast.log_in(client, boss).submit(f"{DESK}/nhi/decide", choose(tie, "", reason="Họp"))
    assert answer.status_code == 422
    assert "Xin ghi rõ hơn, ít nhất 5 ký tự." in text(answer)
    assert 'value="Họp"' in text(answer)
    assert events() == []


def test_a_decision_about_other_contenders_than_now_is_refused(client, cast, boss, tie):
    answer = cast.log_in(client, boss).submit(f"{DESK}/nhi/decide", choose(tie, contenders="0" * 64))
    assert answer.status_code == 409
    assert "vừa thay đổi" in text(answer)
    assert events() == []


def test_only_what_the_rules_leave_may_be_chosen(client, cast, boss, contest, tie, clock):
    page = text(cast.log_in(client, boss).get(f"{DESK}/nhi"))
    assert 'value="all"' in page
    assert 'value="lot"' not in page, "no seed is public"
    with pytest.raises(ChoiceNotLeft), transaction():
        decide(contest, tie, boss, clock, TieDecision.LOT)


def test_nothing_is_decided_while_a_round_of_the_board_runs(contest, people, boss, clock, client, cast):
    stored(contest, people, clock.at(minutes=30))
    with transaction(writes=False):
        tie = session.scalars(select(PrizeTie)).one()
    with pytest.raises(TieStillRunning), transaction():
        decide(contest, tie, boss, clock)
    assert "hết đợt thi mới quyết định" in text(cast.log_in(client, boss).get(f"{DESK}/nhi"))


def test_nothing_is_decided_while_somebody_has_time_of_their_own(contest, people, boss, clock):
    more = {"kind": "extension", "minutes": 90, "reason": "Mất điện", "made_by_id": boss.id, "made_at": NOON}
    with transaction():
        session.add(WindowChange(contest_id=contest.id, person_id=people[0].id, **more))
    stored(contest, people, clock.at(hours=2))
    with transaction(writes=False):
        tie = session.scalars(select(PrizeTie)).one()
    with pytest.raises(TieStillRunning), transaction():
        decide(contest, tie, boss, clock)


@pytest.mark.parametrize(("minutes", "told"), [(90, False), (0, True)])
def test_no_board_tells_a_prize_while_somebody_has_time_of_their_own(
    client, contest, people, boss, clock, minutes, told
):
    more = {"kind": "extension", "minutes": minutes, "reason": "Mất điện", "made_by_id": boss.id, "made_at": NOON}
    stored(contest, people, clock.at(hours=2), published_at=clock.instant)
    with transaction():
        session.add(WindowChange(contest_id=contest.id, person_id=people[0].id, **more))
        session.execute(update(StandingsRow).values(marks=1800, seconds=600, submitted_at=NOON))
        session.execute(update(StandingsRow).where(StandingsRow.position == 1).values(prize="Giải Nhất"))
    page = text(client.get("/contests/cuoc-thi/standings/ca-nhan"))
    assert ("Giải Nhất" in page) == told


def test_a_decision_is_made_once_and_may_be_taken_back(client, cast, boss, contest, tie, clock):
    with transaction():
        made = decide(contest, tie, boss, clock)
    with pytest.raises(TieChanged), transaction():
        decide(contest, tie, boss, clock)
    cast.log_in(client, boss)
    assert "Đã rút lại quyết định" in text(client.submit(f"{DESK}/decisions/{made.id}/undo", follow_redirects=True))
    assert "vừa thay đổi" in text(client.submit(f"{DESK}/decisions/{made.id}/undo", follow_redirects=True))
    assert events() == ["decide_tie", "undo_tie"]
    with transaction():
        decide(contest, tie, boss, clock, TieDecision.NOBODY)
        assert queries.standing_decisions(contest)["nhi", ""].decision == "nobody"


def test_a_decision_about_others_gives_way_to_a_new_one(contest, boss, tie, clock, people):
    with transaction():
        old = decide(contest, tie, boss, clock)
    stored(contest, people[:1] + people[2:], clock.at(hours=3))  # who is left share two prizes: no tie
    with transaction():
        found = session.get_one(Contest, contest.id)
        found.rules = replace(found.rules, prizes=(FIRST, replace(SECOND, count=1)))
    stored(contest, people[:1] + people[2:], clock.at(hours=4))
    with transaction():
        newest = session.scalars(select(PrizeTie).order_by(PrizeTie.snapshot_id.desc())).first()
        decide(contest, newest, boss, clock)
    with transaction(writes=False):
        assert session.get_one(PrizeDecision, old.id).undone_at is not None


def test_lots_are_drawn_from_the_published_seed(client, cast, boss, contest, people, clock):
    clock.at(minutes=30)
    page = text(cast.log_in(client, boss).submit(f"{DESK}/seed", follow_redirects=True))
    with transaction(writes=False):
        seed = session.get_one(LotSeed, contest.id).seed
    assert len(seed) == 64
    assert seed in page
    assert seed in text(client.get(PUBLIC))
    client.submit(f"{DESK}/seed")
    with transaction():
        assert session.get_one(LotSeed, contest.id).seed == seed, "it never changes"
        found = session.get_one(Contest, contest.id)
        found.rules = replace(found.rules, prizes=(FIRST, replace(SECOND, on_tie=OnTie.LOT)))
    stored(contest, people, clock.at(hours=2))
    assert text(client.get(DESK)).count("(rút thăm)") == 2
    assert events() == ["publish_seed"]


def has_prizes(contest, *prizes):
    with transaction():
        found = session.get_one(Contest, contest.id)
        found.rules = replace(found.rules, prizes=prizes)


@pytest.mark.parametrize("prize", [replace(SECOND, by=PrizeBy.LOT), replace(SECOND, on_tie=OnTie.LOT)])
def test_a_seed_that_the_rules_need_is_published_by_itself(client, contest, clock, prize):
    has_prizes(contest, FIRST, prize)
    keep_house(now=clock.at(minutes=30))
    with transaction(writes=False):
        made = session.get_one(LotSeed, contest.id)
        assert (made.published_at, made.published_by_id) == (clock.instant, None)
        assert session.scalars(select(AuditEvent.actor_id).where(AuditEvent.action == "publish_seed")).all() == [None]
    assert made.seed in text(client.get(PUBLIC))
    keep_house(now=clock.at(minutes=31))
    assert events() == ["publish_seed"]


def test_a_seed_is_not_published_by_itself_where_nobody_needs_one_or_it_is_late(contest, clock):
    keep_house(now=clock.at(minutes=30))  # ties are asked about: a lot is one of the choices
    has_prizes(contest, FIRST, replace(SECOND, on_tie=OnTie.LOT))
    keep_house(now=clock.at(hours=1))
    with transaction():
        session.get_one(Contest, contest.id).published_at = None
    keep_house(now=clock.at(minutes=30))
    with transaction(writes=False):
        assert session.get(LotSeed, contest.id) is None


def test_everybody_may_draw_a_published_lot_again(client, cast, boss, contest, people, clock, app, tmp_path):
    with transaction():
        found = session.get_one(Contest, contest.id)
        actions.publish_seed(found, by=boss, now=clock.at(minutes=30))
        found.rules = replace(found.rules, prizes=(FIRST, replace(SECOND, on_tie=OnTie.LOT), THIRD))
    stored(contest, people, clock.at(hours=2))
    assert client.get(f"{PUBLIC}/nhi.csv").status_code == 302, "nothing is published"
    stored(contest, people, clock.instant, published_at=clock.instant)
    assert f"{PUBLIC}/nhi.csv" in text(client.get(PUBLIC))
    answer = client.get(f"{PUBLIC}/nhi.csv")
    (drawn,) = lot_table.replay(answer.get_data())
    assert set(drawn.contenders) == {each.id for each in people[1:]}
    with transaction(writes=False):
        won = session.scalars(select(PrizeAward.person_id).where(PrizeAward.prize_key == "nhi")).all()
    assert drawn.winners == set(won)
    assert not any(name in answer.get_data(as_text=True) for name in TIED)
    file = tmp_path / "rut-tham.csv"
    file.write_bytes(answer.get_data())
    result = app.test_cli_runner().invoke(args=["prizes", "replay", str(file)])
    assert "nhi: đúng; 2 trong 3 người trúng" in result.output
    file.write_bytes(answer.get_data().replace(b",x", b",", 1))
    result = app.test_cli_runner().invoke(args=["prizes", "replay", str(file)])
    assert result.exit_code == 1
    assert "không trúng" in result.output
    assert client.get(f"{PUBLIC}/nhat.csv").status_code == 302, "no lot was drawn for it"


def test_a_prize_by_lot_lists_all_who_had_none_before(client, contest, boss, people, clock):
    lucky = PrizeRules("may-man", "Giải may mắn", "ca-nhan", 1, by=PrizeBy.LOT)
    with transaction():
        found = session.get_one(Contest, contest.id)
        actions.publish_seed(found, by=boss, now=clock.at(minutes=30))
        found.rules = replace(found.rules, prizes=(FIRST, lucky, THIRD))
    stored(contest, people, clock.at(hours=2), published_at=clock.instant)
    (drawn,) = lot_table.replay(client.get(f"{PUBLIC}/may-man.csv").get_data())
    assert set(drawn.contenders) == {each.id for each in people[1:]}, "those who got a later prize were in it"
    assert len(drawn.winners) == 1


def test_winners_are_not_told_while_a_round_of_their_board_runs(client, contest, people, clock):
    stored(contest, people, clock.at(minutes=30), published_at=clock.instant)
    assert "Phạm" not in text(client.get(PUBLIC))


def test_the_command_shows_awards_ties_and_what_waits(app, tie):
    result = app.test_cli_runner().invoke(args=["prizes", "show", "cuoc-thi", "--json"])
    shown = json.loads(result.output)
    assert [(each["prize"], each["person"], each["rank"]) for each in shown["awards"]] == [("nhat", WINNER, 1)]
    assert [(each["prize"], each["rank"], each["remaining"]) for each in shown["ties"]] == [("nhi", 2, 2)]
    assert [each["prize"] for each in shown["waiting"]] == ["ba"]
    assert (
        "Chờ quyết định: nhi, hạng 2, còn 2."
        in app.test_cli_runner().invoke(args=["prizes", "show", "cuoc-thi"]).output
    )


def test_no_seed_is_published_after_the_close(client, cast, boss, contest, clock):
    clock.at(hours=1)
    with pytest.raises(SeedTooLate), transaction():
        actions.publish_seed(session.get_one(Contest, contest.id), by=boss, now=clock.instant)
    cast.log_in(client, boss)
    assert "không rút thăm được" in text(client.get(DESK))
    assert "không công bố mầm rút thăm được nữa" in text(client.submit(f"{DESK}/seed", follow_redirects=True))


def test_everybody_sees_the_prizes_but_winners_only_of_what_is_published(client, contest, people, snapshot, clock):
    page = text(client.get(PUBLIC))
    assert "Giải Nhất" in page
    assert "2.000.000 đồng" in page
    assert "Phạm" not in page
    later = clock.at(hours=3)
    stored(contest, people, later, published_at=later)
    page = text(client.get(PUBLIC))
    assert "Phạm T. H. P***" in page
    assert WINNER not in page
    assert "Còn 2 giải đang được Ban tổ chức xem xét" in page
    with transaction():
        session.scalars(select(Snapshot).order_by(Snapshot.id.desc())).first().withdrawn_at = later
    assert "Phạm" not in text(client.get(PUBLIC))


def test_a_winner_sees_the_own_name_in_full(client, cast, contest, people, clock):
    stored(contest, people, clock.instant, published_at=clock.instant)
    assert WINNER in text(cast.log_in(client, people[0]).get(PUBLIC))


def decide(contest, tie, boss, clock, decision=TieDecision.ALL):
    own = session.get_one(Contest, contest.id)
    choice = Choice(tie.contenders, decision, "Họp ngày 8/12")
    return actions.decide(own, "nhi", "", choice, by=boss, now=clock.instant)
