"""Who may enter a contest, and how often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from quizapp.errors import NotInAudience, Refused
from quizapp.refusals import ExcludedFromContest, IdentityMissing, WrongAge, WrongEntrantRole
from quizapp.rules.birth_dates import age_on
from quizapp.rules.contest_rules import EntrantsRule
from quizapp.rules.sittings import Span
from quizapp.vocabulary import EntrantRole, Excluded, IdentityField, LimitPer


@dataclass(frozen=True)
class PersonFacts:
    """What the rules ask of a person.

    unit: the union's name, None: of none; works_as: what may exclude the person. Whoever registers gives a birth date;
    those whom a union lists may have none, and only a rule of ages needs it.
    """

    full_name: str
    birth_date: date | None
    is_reachable: bool  # by a phone number, or by the union that gave the member number
    role: EntrantRole
    unit: str | None
    is_in_audience: bool
    works_as: frozenset[Excluded] = frozenset()


@dataclass(frozen=True)
class Begun:
    """An attempt that was begun. ended_at: when it was handed in, or else closes."""

    round_id: int
    started_at: datetime
    ended_at: datetime


def refusal(
    rule: EntrantsRule, identity: Sequence[IdentityField], person: PersonFacts, *, audience: str, on: date
) -> Refused | None:
    """Return why a person may not enter, None: may.

    audience: the names of its unions; on: the day on which the contest opens, where it is held.
    """
    if excluded := next((each for each in rule.excluded if each in person.works_as), None):
        return ExcludedFromContest(who=excluded.label)
    if not person.is_in_audience and not (rule.without_unit and person.unit is None):
        unit = person.unit or "không đơn vị nào; xin ghi đơn vị ở trang Tài khoản, hoặc nhờ Ban tổ chức bổ sung"
        return NotInAudience(audience=audience, unit=unit)
    if rule.roles and person.role not in rule.roles:
        wanted = ", ".join(each.label.lower() for each in rule.roles)
        return WrongEntrantRole(wanted=wanted, role=person.role.label.lower())
    if missing := _missing(rule, identity, person):
        return IdentityMissing(fields=", ".join(each.label for each in missing))
    return _age_refusal(rule, person, on)


def attempts_used(begun: Iterable[Begun], *, per: LimitPer, round_id: int, span: Span | None) -> int:
    """Return how many of a person's attempts in a contest count against a round's limit.

    span: that of `rules.spans` in which the person would start; the end of it is exclusive.
    """
    return sum(
        (per is LimitPer.CONTEST or each.round_id == round_id)
        and (span is None or span[0] <= each.started_at < span[1])
        for each in begun
    )


def may_start_from(begun: Iterable[Begun], *, round_id: int, wait: timedelta | None) -> datetime | None:
    """Return from when on the wait after the last attempt in a round is over; None: there is none to wait for."""
    ended = [each.ended_at for each in begun if each.round_id == round_id]
    return max(ended) + wait if wait and ended else None


def _missing(rule: EntrantsRule, identity: Sequence[IdentityField], person: PersonFacts) -> list[IdentityField]:
    asks_age = rule.least_age is not None or rule.most_age is not None
    known = {
        IdentityField.FULL_NAME: bool(person.full_name.strip()),
        IdentityField.BIRTH_DATE: person.birth_date is not None or not asks_age,  # who registers gives one
        IdentityField.PHONE: person.is_reachable,
        IdentityField.UNIT: person.unit is not None or rule.without_unit,
    }
    return [
        each
        for each in IdentityField
        if not known[each] and (each in identity or (each is IdentityField.BIRTH_DATE and asks_age))
    ]


def _age_refusal(rule: EntrantsRule, person: PersonFacts, on: date) -> Refused | None:
    if person.birth_date is None:
        return None
    age = age_on(person.birth_date, on)
    if (rule.least_age or 0) <= age and (rule.most_age is None or age <= rule.most_age):
        return None
    return WrongAge(ages=_ages(rule.least_age, rule.most_age), on=on, born=person.birth_date, age=age)


def _ages(least: int | None, most: int | None) -> str:
    if most is None:
        return f"từ {least} tuổi trở lên"
    return f"từ {least} đến {most} tuổi" if least else f"không quá {most} tuổi"
