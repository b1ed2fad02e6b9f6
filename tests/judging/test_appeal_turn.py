"""An essay marked once more for an appeal: by whom, and that it settles nothing by itself."""

import pytest
from sqlalchemy import select

from quizapp.db import session, transaction
from quizapp.errors import AssessmentLocked
from quizapp.judging import actions, drafts, giving, returning, settling
from quizapp.models import Allocation, Appeal, JudgeSeat
from quizapp.vocabulary import Turn


@pytest.fixture
def appealed(jury):
    """Two of three judges have settled PH2222; the third is called for the appeal."""
    jury.allocate()
    jury.finished = [each for each in (jury.an, jury.binh, jury.chi) if jury.given(each)]
    [jury.fresh] = {jury.an, jury.binh, jury.chi} - set(jury.finished)
    for judge in jury.finished:
        jury.finish("PH2222", judge, 200, 100)
    with transaction():
        essay = session.scalars(select(Allocation.attempt_id)).first()
        session.add(Appeal(attempt_id=essay, reason="Xin chấm lại", asked_at=jury.clock.instant, mark_before=300))
    jury.essay = essay
    return jury


def call(jury):
    with transaction():
        giving.hold_jury(jury.round())
        seat = giving.call_for_appeal(jury.round(), jury.essay, seed="s", now=jury.clock.instant)
        session.get_one(Appeal, jury.essay).allocation_id = given_for_appeal().id if seat else None
        return session.get_one(JudgeSeat, seat).person_id if seat else None


def given_for_appeal():
    asked = select(Allocation).where(Allocation.turn == Turn.APPEAL.value, Allocation.withdrawn_at.is_(None))
    return session.scalar(asked)


def finish(jury, judge, mark):
    with transaction():
        draft = drafts.read({"mark-y-tuong": "2", "mark-cach-viet": mark}, given_for_appeal())
        actions.finish(given_for_appeal(), draft, by=judge, now=jury.clock.instant)


def test_an_appeal_goes_to_a_judge_who_never_had_the_essay(appealed):
    assert call(appealed) == appealed.fresh.id
    assert call(appealed) is None  # now all three have had it


def test_marks_for_an_appeal_settle_nothing_and_are_locked_when_it_is_decided(appealed):
    call(appealed)
    with transaction(writes=False):
        assert settling.appeal_total(appealed.essay) is None
    for mark in ("3", "2,5"):
        finish(appealed, appealed.fresh, mark)
    with transaction(writes=False):
        assert settling.appeal_total(appealed.essay) == 450
    assert appealed.settlements() == [("PH2222", 300, True)]
    with transaction():
        appeal = session.get_one(Appeal, appealed.essay)
        appeal.answer, appeal.decided_at = "Điểm giữ nguyên", appealed.clock.instant
    with pytest.raises(AssessmentLocked):
        finish(appealed, appealed.fresh, "1")


def test_an_appeal_that_is_given_back_goes_to_another_who_never_had_it(appealed):
    four = appealed.judge("Hồ Dung", appealed.cast.union(parent=appealed.province))
    first = call(appealed)
    judge, other = (appealed.fresh, four) if first == appealed.fresh.id else (four, appealed.fresh)
    with transaction():
        returning.give_back(given_for_appeal(), reason="Tôi biết người viết", by=judge, now=appealed.clock.instant)
    with transaction(writes=False):
        again = given_for_appeal()
        assert again.seat.person_id == other.id
        assert session.get_one(Appeal, appealed.essay).allocation_id == again.id
