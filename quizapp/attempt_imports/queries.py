"""Finds what rows of results speak of: unions, people, what they have sat before, and earlier imports."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from quizapp.db import session
from quizapp.models import (
    AnswerOption,
    Attempt,
    AttemptImport,
    Contest,
    Entrant,
    JudgeSeat,
    Person,
    Question,
    QuestionBank,
    QuestionVersion,
    RoleGrant,
    Round,
    TradeUnion,
)
from quizapp.questions.keys import keys_of
from quizapp.rules.grading import Key
from quizapp.vocabulary import QuestionKind

AT_ONCE = 500  # values in one statement


@dataclass(frozen=True)
class Unit:
    """A union as an import needs it."""

    id: int
    code: str
    name: str
    folded: str
    path: str
    kind: str
    workplace: str | None


@dataclass(frozen=True)
class Held:
    """A role of somebody who is already there."""

    role: str
    union: Unit


@dataclass
class Known:
    """Somebody who is already there, or, with an id below 0, whom the file brings; reads like a Person."""

    id: int
    full_name: str
    birth_date: date | None
    phone: str | None
    member_number: str | None
    entrant_role: str
    union: Unit | None
    grants: list[Held] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.id < 0


@dataclass(frozen=True)
class Sat:
    """An attempt that is there already. stands: False when its import was taken back; it counts no more."""

    person_id: int
    round_id: int
    number: int
    started_at: datetime
    ended_at: datetime
    stands: bool


@dataclass(frozen=True)
class Asked:
    """A question of a fixed paper with its key; options in the bank's order, none where the answer is typed."""

    version_id: int
    kind: QuestionKind
    options: tuple[str, ...]
    key: Key


def units() -> list[Unit]:
    columns = (TradeUnion.id, TradeUnion.code, TradeUnion.name, TradeUnion.name_folded, TradeUnion.path)
    return [Unit(*row) for row in session.execute(select(*columns, TradeUnion.kind, TradeUnion.workplace)).tuples()]


def people(column: Any, values: Collection[Any], units_by_id: dict[int, Unit]) -> Iterator[Known]:
    """Give everybody who has one of the values in a column; no objects of the ORM, for there may be many."""
    columns = (
        Person.id,
        Person.full_name,
        Person.birth_date,
        Person.phone,
        Person.member_number,
        Person.entrant_role,
        Person.union_id,
    )
    for some in _portions(sorted(values)):
        for row in session.execute(select(*columns).where(column.in_(some))):
            person_id, name, born, phone, number, role, union_id = row
            yield Known(person_id, name, born, phone, number, role, units_by_id.get(union_id))


def grants_by_person() -> dict[int, list[tuple[str, int]]]:
    """Return the roles of all who have one, as pairs of role and union's id."""
    found: dict[int, list[tuple[str, int]]] = {}
    asked = select(RoleGrant.person_id, RoleGrant.role, RoleGrant.union_id)
    for person_id, role, union_id in session.execute(asked).tuples():
        found.setdefault(person_id, []).append((role, union_id))
    return found


def sat_before(contest: Contest, person_ids: Collection[int]) -> list[Sat]:
    """Return all attempts of these people in the contest's rounds."""
    asked = (
        select(
            Attempt.person_id,
            Attempt.round_id,
            Attempt.number,
            Attempt.started_at,
            func.coalesce(Attempt.submitted_at, Attempt.closes_at, type_=Attempt.closes_at.type),
            AttemptImport.undone_at,
        )
        .outerjoin(AttemptImport, AttemptImport.id == Attempt.import_id)
        .where(Attempt.round_id.in_([each.id for each in contest.rounds]))
    )
    found = (row for some in _portions(sorted(person_ids)) for row in _rows(asked, Attempt.person_id.in_(some)))
    return [
        Sat(person, round_id, number, started, ended, stands=undone_at is None)
        for person, round_id, number, started, ended, undone_at in found
    ]


def entrants(contest: Contest, person_ids: Collection[int]) -> dict[int, tuple[str, str | None]]:
    """Return role and division of those of these people who are entrants already, by id."""
    asked = select(Entrant.person_id, Entrant.role, Entrant.division).where(Entrant.contest_id == contest.id)
    found = (row for some in _portions(sorted(person_ids)) for row in _rows(asked, Entrant.person_id.in_(some)))
    return {person: (role, division) for person, role, division in found}


def judges(contest: Contest) -> frozenset[int]:
    """Return who sits in a jury of the contest."""
    asked = select(JudgeSeat.person_id).join(Round).where(Round.contest_id == contest.id)
    return frozenset(session.scalars(asked))


def authors(contest: Contest) -> frozenset[tuple[int, str]]:
    """Return who made or reviewed a version of a question in the contest's banks, as pairs of person and bank."""
    banks = {code for each in contest.rounds for code in each.rules.banks}
    asked = (
        select(QuestionVersion.made_by_id, QuestionVersion.reviewed_by_id, QuestionBank.code)
        .join(Question, Question.id == QuestionVersion.question_id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .where(QuestionBank.code.in_(banks))
        .distinct()
    )
    found = session.execute(asked).tuples()
    return frozenset((who, code) for maker, reviewer, code in found for who in (maker, reviewer) if who is not None)


def questions(round_: Round) -> dict[tuple[str, str], Asked]:
    """Return the questions of a round's fixed papers as they are in use now, by bank and ref."""
    refs = {each for paper in round_.rules.papers for each in paper.questions}
    asked = (
        select(QuestionBank.code, Question.ref, QuestionVersion.id, QuestionVersion.kind)
        .join(Question, Question.bank_id == QuestionBank.id)
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .where(QuestionBank.code.in_({each.bank for each in refs}), Question.ref.in_({each.ref for each in refs}))
    )
    found = session.execute(asked).all()
    versions = [version for _, _, version, _ in found]
    keys, options = keys_of(versions), _options(versions)
    return {
        (bank, ref): Asked(version, QuestionKind(kind), tuple(options.get(version, ())), keys[version])
        for bank, ref, version, kind in found
        if version in keys
    }


def imports(contest: Contest) -> Sequence[AttemptImport]:
    """Return all imports of a contest, the newest first."""
    return session.scalars(
        select(AttemptImport)
        .where(AttemptImport.contest_id == contest.id)
        .options(joinedload(AttemptImport.imported_by))
        .order_by(AttemptImport.id.desc())
    ).all()


def import_of(contest: Contest, import_id: int) -> AttemptImport | None:
    """Return an import of the contest, held for a change."""
    return session.scalar(
        select(AttemptImport)
        .where(AttemptImport.id == import_id, AttemptImport.contest_id == contest.id)
        .with_for_update()
    )


def standing_import(contest: Contest, digest: str) -> AttemptImport | None:
    """Return the import of the same file that was not taken back."""
    asked = select(AttemptImport).where(AttemptImport.contest_id == contest.id, AttemptImport.digest == digest)
    return session.scalar(asked.where(AttemptImport.undone_at.is_(None)).limit(1))


def _options(versions: Collection[int]) -> dict[int, list[str]]:
    asked = select(AnswerOption.version_id, AnswerOption.text).where(AnswerOption.version_id.in_(versions))
    found: dict[int, list[str]] = {}
    for version, text in session.execute(asked.order_by(AnswerOption.version_id, AnswerOption.position)):
        found.setdefault(version, []).append(text)
    return found


def _rows(asked: Any, condition: ColumnElement[bool]) -> Any:
    return session.execute(asked.where(condition)).tuples()


def _portions(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
