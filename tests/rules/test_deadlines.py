from datetime import UTC, datetime, timedelta

from quizapp.rules.deadlines import GRACE, accepts_answers, attempt_state, closing_time, handed_in_at, is_shown, phase
from quizapp.vocabulary import AttemptState, Phase, ShownWhen

START = datetime(2026, 12, 6, 16, 50, tzinfo=UTC)
END = datetime(2026, 12, 6, 17, 0, tzinfo=UTC)  # 24:00 in Vietnam
TICK = timedelta(microseconds=1)


def test_a_window_is_open_at_its_first_instant_and_closed_at_its_last():
    assert [phase(START, END, at) for at in (START - TICK, START, END - TICK, END)] == [
        Phase.UPCOMING,
        Phase.OPEN,
        Phase.OPEN,
        Phase.CLOSED,
    ]


def test_an_attempt_begun_late_closes_with_the_round():
    assert closing_time(START, timedelta(minutes=20), END) == END
    assert closing_time(START, timedelta(minutes=5), END) == START + timedelta(minutes=5)


def test_answers_are_taken_through_the_grace_and_not_at_its_end():
    assert accepts_answers(END, None, END + GRACE - TICK)
    assert not accepts_answers(END, None, END + GRACE)
    assert not accepts_answers(END, START, START)


def test_an_attempt_nobody_handed_in_is_overdue_by_itself():
    assert attempt_state(END, None, END + GRACE) is AttemptState.OVERDUE
    assert attempt_state(END, END, END + GRACE) is AttemptState.HANDED_IN


def test_the_receipt_never_shows_an_instant_after_the_close():
    assert handed_in_at(END, END + GRACE) == END
    assert handed_in_at(END, END - TICK) == END - TICK


def test_keys_wait_for_the_last_answer_that_may_still_count():
    shown = {"round_closes": END, "contest_closes": END + timedelta(days=7)}
    assert not is_shown(ShownWhen.AFTER_ROUND, now=END + GRACE - TICK, **shown)
    assert is_shown(ShownWhen.AFTER_ROUND, now=END + GRACE, **shown)
    assert not is_shown(ShownWhen.AFTER_CONTEST, now=END + GRACE, **shown)
    assert not is_shown(ShownWhen.NEVER, now=END + timedelta(days=999), **shown)
