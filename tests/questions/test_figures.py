"""How questions did: reckoned from handed-in papers by a job, and equal to what numpy reckons."""

import random

import numpy as np
import pytest
from sqlalchemy import select

from quizapp.attempts.actions import hand_in, start
from quizapp.attempts.queries import order_of, round_of
from quizapp.cli.jobs import HANDLERS, work_one
from quizapp.db import session, transaction
from quizapp.jobs import actions as jobs
from quizapp.models import (
    AnswerKey,
    Attempt,
    AttemptImport,
    Contest,
    Job,
    KeyCorrection,
    PaperSlot,
    QuestionFigures,
    Response,
)
from quizapp.questions.figures import KIND
from quizapp.rules.item_figures import Answered, ItemTally, count_paper
from tests.conftest import NOON


def test_discrimination_is_numpys_correlation_with_the_rest_of_the_paper():
    rng = random.Random(7)
    able = [rng.random() for _ in range(300)]
    right = np.array([[rng.random() < 0.2 + 0.6 * each * (item % 3 > 0) for item in range(6)] for each in able])
    tallies: dict[int, ItemTally] = {}
    for row in right:
        count_paper(tallies, [Answered(item, False, bool(hit), frozenset({1 - hit})) for item, hit in enumerate(row)])
    for item in range(6):
        rest = np.delete(right, item, axis=1).mean(axis=1)
        expected = np.corrcoef(right[:, item].astype(float), rest)[0, 1]
        assert tallies[item].discrimination == round(100 * expected)
        assert tallies[item].facility == round(10_000 * right[:, item].mean())


@pytest.mark.parametrize("hits", [[True] * 20, [True, False] * 4])
def test_all_alike_or_too_few_say_nothing(hits):
    tallies: dict[int, ItemTally] = {}
    for place, hit in enumerate(hits):
        count_paper(tallies, [Answered(1, False, hit), Answered(2, False, place % 3 == 0)])
    assert tallies[1].discrimination is None


def test_a_blank_answer_counts_as_wrong_and_as_blank():
    tally = ItemTally()
    tally.add(Answered(1, is_blank=True, is_right=False), None)
    tally.add(Answered(1, is_blank=False, is_right=True, chosen=frozenset({2})), None)
    assert (tally.asked, tally.blank, tally.facility, tally.taken) == (2, 1, 5000, {2: 1})


@pytest.fixture
def sat(cast):
    """Fourteen people who sat a paper of five; the n-th answers n mod 6 of them right, one leaves all blank."""
    union = cast.union()
    cast.bank(single=5)
    cast.contest(organiser=union)
    for n in range(14):
        _sit(cast.person(f"Người {n}", union=union), n)
    return union


def _sit(person, n, *, handed_in=True):
    with transaction():
        attempt = start(session.merge(person), round_of("cuoc-thi", "tuan-1"), entry_code="", now=NOON)
        slots = session.scalars(
            select(PaperSlot).where(PaperSlot.paper_id == attempt.paper_id).order_by(PaperSlot.version_id)
        )
        for place, slot in enumerate(slots):
            order = order_of(slot.option_order)
            position = 0 if place < n % 6 else 1 + n % 3
            if n != 13:
                session.add(
                    Response(
                        attempt_id=attempt.id,
                        slot=slot.number,
                        paper_id=attempt.paper_id,
                        number=1,
                        answer=str(1 + order.index(position)),
                        saved_at=NOON,
                    )
                )
        session.flush()
        if handed_in:
            hand_in(attempt, now=NOON)


def _reckon(versions=None):
    with transaction():
        jobs.ask(KIND, "bank:luat", {}, by=None, now=NOON)
    assert work_one(HANDLERS)
    with transaction(writes=False):
        assert session.scalars(select(Job.problem)).all()[-1] == ""
        found = session.scalars(select(QuestionFigures).order_by(QuestionFigures.version_id)).all()
        asked = versions or session.scalars(select(AnswerKey.version_id).order_by(AnswerKey.version_id)).all()
        assert asked == [each.version_id for each in found]
    return found


def test_the_job_reckons_what_was_chosen_in_handed_in_papers(sat, cast):
    _sit(cast.person("Còn đang làm", union=sat), 1, handed_in=False)
    figures = _reckon()
    hits = np.array([[n != 13 and place < n % 6 for place in range(5)] for n in range(14)])
    for place, each in enumerate(figures):
        assert (each.answered, each.blank, each.right) == (13, 1, hits[:, place].sum())
        assert each.taken["0"] == each.right
        assert sum(each.taken.values()) == 13
        rest = np.delete(hits, place, axis=1).mean(axis=1)
        assert each.discrimination == round(100 * np.corrcoef(hits[:, place].astype(float), rest)[0, 1])


def test_reckoning_again_replaces_the_old_figures(sat):
    first = [(each.version_id, each.right, each.taken) for each in _reckon()]
    assert [(each.version_id, each.right, each.taken) for each in _reckon()] == first


def test_parts_of_a_right_answer_count_in_the_correlation():
    rng = np.random.default_rng(7)
    parts = rng.choice([0.0, 0.5, 1.0], size=(200, 4))
    tallies: dict[int, ItemTally] = {}
    for row in parts:
        count_paper(tallies, [Answered(item, False, part == 1, part=part) for item, part in enumerate(row)])
    for item in range(4):
        rest = np.delete(parts, item, axis=1).mean(axis=1)
        assert tallies[item].discrimination == round(100 * np.corrcoef(parts[:, item], rest)[0, 1])
        assert tallies[item].right == (parts[:, item] == 1).sum()


def _put_right(version_id, by, verdict, options=None):
    with transaction():
        facts = {"contest_id": session.scalars(select(Contest.id)).one(), "version_id": version_id, "reason": "Sai"}
        facts |= {"notice": "", "attempts": 0, "made_by_id": by.id, "made_at": NOON}
        session.add(KeyCorrection(verdict=verdict, options=options, **facts))


def test_figures_go_by_the_keys_as_they_were_put_right(sat, cast):
    first, second, third, *_ = versions = [each.version_id for each in _reckon()]
    boss = cast.person(union=sat)
    _put_right(first, boss, "new_key", [1])
    _put_right(second, boss, "void")
    _put_right(third, boss, "all_right")
    figures = {each.version_id: each for each in _reckon(versions=[*versions[:1], *versions[2:]])}
    assert figures[first].right == figures[first].taken["1"]
    assert second not in figures
    assert figures[third].right == 14


def test_an_import_that_was_taken_back_is_in_no_figures(sat):
    with transaction():
        facts = {"contest_id": session.scalars(select(Contest.id)).one(), "file_name": "x", "digest": "x"}
        undone = AttemptImport(**facts, attempts=1, imported_at=NOON, undone_at=NOON)
        session.add(undone)
        session.flush()
        attempt = session.scalars(select(Attempt).order_by(Attempt.id)).first()
        attempt.import_id, attempt.source = undone.id, "imported"
    assert {each.answered + each.blank for each in _reckon()} == {13}
