"""Lets a person in: looks at the hours, at who enters, the code and the limit, and keeps who took part."""

import hmac
from datetime import datetime, timedelta

from quizapp.contests import entering
from quizapp.db import session
from quizapp.errors import NoAttemptsLeft, NotFound, RoundClosed, RoundNotOpen, WrongEntryCode
from quizapp.models import Entrant, Person, Round
from quizapp.refusals import DivisionNotChosen, OutsideSittings, WaitForNextAttempt
from quizapp.rules.divisions import NO_DIVISION, choices, division_of
from quizapp.rules.entering import may_start_from
from quizapp.rules.permissions import may_organise
from quizapp.rules.sittings import next_sitting, phase_of
from quizapp.rules.windows import Window
from quizapp.vocabulary import Phase, Purpose


def check(person: Person, round_: Round, window: Window, *, entry_code: str, division: str, now: datetime) -> None:
    """Raise the `Refused` that says why the person may not begin an attempt now; NotFound: not public, a rehearsal."""
    if round_.purpose == Purpose.REHEARSAL:
        if not may_organise(person, round_.contest):
            raise NotFound()
    elif round_.contest.published_at is None:
        raise NotFound()
    _check_hours(round_, window, now)
    if round_.purpose != Purpose.REHEARSAL:
        _check_person(person, round_, entry_code)
    _check_limit(person, round_, now)
    if round_.purpose == Purpose.REAL:
        _check_division(person, round_, division)


def note_entrant(person: Person, round_: Round, division: str, *, now: datetime) -> None:
    """Keep that the person takes part: role and division stay what they are at the first attempt."""
    contest = round_.contest
    if round_.purpose != Purpose.REAL or entering.has_entered(person, contest):
        return
    line = entering.line_of(person.union) if contest.rules.divisions else ()
    session.add(
        Entrant(
            contest_id=contest.id,
            person_id=person.id,
            role=person.entrant_role,
            division=division_of(contest.rules.divisions, line, person.entrant_role, division or None),
            entered_at=now,
        )
    )


def _check_hours(round_: Round, window: Window, now: datetime) -> None:
    zone = entering.zone_of(round_.contest)
    hours = {"opens_at": window.opens_at.astimezone(zone), "closes_at": window.closes_at.astimezone(zone)}
    sittings = round_.rules.sittings
    now_in = phase_of((window.opens_at, window.closes_at), sittings, now, zone)
    if now_in is Phase.UPCOMING:
        raise RoundNotOpen(**hours)
    if now_in is Phase.CLOSED:
        raise RoundClosed(**hours)
    if sittings and now_in is Phase.BETWEEN:
        coming = next_sitting(sittings, now, zone, until=window.closes_at)
        told = "Đợt thi này không còn ca nào nữa."
        if coming:
            told = f"Ca sau mở lúc {coming[0].astimezone(zone):%H:%M ngày %d/%m/%Y}."
        raise OutsideSittings(next=told)


def _check_person(person: Person, round_: Round, entry_code: str) -> None:
    if refused := entering.refusal(person, round_):
        raise refused
    code = round_.contest.rules.entry.code
    if code is not None and not hmac.compare_digest(code.casefold().encode(), entry_code.casefold().encode()):
        raise WrongEntryCode()


def _check_limit(person: Person, round_: Round, now: datetime) -> None:
    rule, own = round_.rules.attempts, entering.begun(person, round_.contest, round_.purpose)
    if entering.left_of(round_, own, now) == 0:
        raise NoAttemptsLeft(limit=rule.limit, span=entering.SPANS[rule.per])
    until = may_start_from(own, round_id=round_.id, wait=rule.wait)
    if rule.wait and until and now < until:
        zone = entering.zone_of(round_.contest)
        raise WaitForNextAttempt(wait=_told(rule.wait), until=until.astimezone(zone))


def _check_division(person: Person, round_: Round, division: str) -> None:
    open_to = entering.divisions_to_choose(person, round_.contest)
    if open_to and division not in choices(open_to):
        none = ["không thuộc bảng nào"] if NO_DIVISION in choices(open_to) else []
        raise DivisionNotChosen(titles=", ".join([*(each.title for each in open_to), *none]))


def _told(span: timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    return f"{minutes // 60} giờ" if minutes % 60 == 0 else f"{minutes} phút"
