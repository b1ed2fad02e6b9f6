"""Makes papers: for one attempt when it starts, or many ahead of an opening rush."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, insert, select

from quizapp.contests.citations import barred as barred_versions
from quizapp.db import session
from quizapp.models import (
    AnswerOption,
    Attempt,
    Paper,
    PaperSlot,
    Person,
    Question,
    QuestionBank,
    QuestionVersion,
    Round,
)
from quizapp.refusals import NothingToPrepare, PaperNotChosen
from quizapp.rules import drawing
from quizapp.rules.drawing import Candidate
from quizapp.rules.question_content import DRAWN
from quizapp.rules.round_rules import FixedPaper, RoundRules
from quizapp.vocabulary import Level, QuestionKind

MOST_STALE = 50  # papers in reserve that one start looks at before it draws its own


def paper_for(person: Person, round_: Round, *, chosen: str = "", now: datetime) -> Paper:
    """Return the paper of an attempt that begins: one out of the reserve where that may be, or newly drawn.

    chosen: the key of a fixed paper, where the entrant chooses. Raises NotEnoughQuestions, QuestionGone,
    PaperNotChosen.
    """
    rules = round_.rules
    barred = barred_versions(rules, _opening_day(round_), round_.contest_id)
    if is_preparable(rules) and (ready := _out_of_reserve(round_, barred)):
        return ready
    seed = secrets.token_hex(16)
    fixed = _fixed(rules, chosen, seed)
    seen = seen_by(person.id, round_.contest_id) if rules.avoid_seen else frozenset()
    slots = drawing.draw(rules, candidates(rules, _opening_day(round_), barred), seed, seen=seen, fixed=fixed)
    paper = Paper(round_id=round_.id, seed=seed, shape=drawing.shape(slots), made_at=now)
    paper.fixed_key = fixed.key if fixed else None
    return _kept([(paper, slots)])[0]


def is_preparable(rules: RoundRules) -> bool:
    """Return whether papers of a round can be anybody's, and so be made before somebody starts."""
    return bool(rules.draws) and not rules.papers and not rules.avoid_seen


def prepare_papers(round_: Round, count: int, *, now: datetime) -> int:
    """Make papers that starts then take one by one; return how many are in reserve.

    Raises NothingToPrepare, NotEnoughQuestions.
    """
    rules = round_.rules
    if not is_preparable(rules):
        raise NothingToPrepare(round=round_.title)
    day = _opening_day(round_)
    found = candidates(rules, day, barred_versions(rules, day, round_.contest_id))
    seeds = [f"{secrets.token_hex(16)}-{_print_of(round_)}" for _ in range(count)]
    drawn = [(seed, drawing.draw(rules, found, seed)) for seed in seeds]
    _kept(
        [
            (Paper(round_id=round_.id, seed=seed, shape=drawing.shape(slots), made_at=now, in_reserve=True), slots)
            for seed, slots in drawn
        ]
    )
    asked = select(func.count()).where(Paper.round_id == round_.id, Paper.in_reserve)
    return session.scalar(asked) or 0


def seen_by(person_id: int, contest_id: int, *, before: int | None = None) -> frozenset[int]:
    """Return the questions, by their versions of today, that a person had in a contest.

    before: the id of an attempt, of which the drawing is replayed; None: in all.
    """
    asked = (
        select(Question.current_id)
        .join(QuestionVersion, QuestionVersion.question_id == Question.id)
        .join(PaperSlot, PaperSlot.version_id == QuestionVersion.id)
        .join(Attempt, Attempt.paper_id == PaperSlot.paper_id)
        .join(Round, Round.id == Attempt.round_id)
        .where(Attempt.person_id == person_id, Round.contest_id == contest_id)
    )
    if before is not None:
        asked = asked.where(Attempt.id < before)
    return frozenset(version for version in session.scalars(asked) if version is not None)


def candidates(rules: RoundRules, on: date, barred: frozenset[int] = frozenset()) -> dict[str, list[Candidate]]:
    """Return, by bank code and in the banks' order, the questions that a round may draw: current and valid on a day.

    barred: versions that must not be drawn, since what they cite is out of force and nobody signed for them.
    """
    options = func.count(AnswerOption.position)
    asked = (
        select(
            QuestionBank.code,
            QuestionVersion.id,
            QuestionVersion.kind,
            QuestionVersion.topic,
            QuestionVersion.level,
            QuestionVersion.tags,
            Question.ref,
            options,
        )
        .join(Question, Question.bank_id == QuestionBank.id)
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .outerjoin(AnswerOption, AnswerOption.version_id == QuestionVersion.id)
        .where(
            QuestionVersion.kind.in_([kind.value for kind in DRAWN]),
            QuestionBank.code.in_(_banks(rules)),
            QuestionVersion.valid_from.is_(None) | (QuestionVersion.valid_from <= on),
            QuestionVersion.valid_to.is_(None) | (QuestionVersion.valid_to >= on),
        )
        .group_by(QuestionBank.code, Question.id, QuestionVersion.id)
        .order_by(Question.id)
    )
    found: dict[str, list[Candidate]] = {}
    pinned = _pinned(rules)
    for code, version, kind, topic, level, tags, ref, count in session.execute(asked):
        if version not in barred:
            held = frozenset(pinned.get(version, ()))
            more = {"pinned": held, "tags": frozenset(tags), "ref": ref}
            found.setdefault(code, []).append(
                Candidate(version, QuestionKind(kind), topic, Level(level), count, **more)
            )
    return found


def _fixed(rules: RoundRules, chosen: str, seed: str) -> FixedPaper | None:
    if not rules.papers or not rules.chooses_paper:
        return drawing.by_chance(rules.papers, seed)
    found = next((each for each in rules.papers if each.key == chosen), None)
    if found is None:
        raise PaperNotChosen()
    return found


def _out_of_reserve(round_: Round, barred: frozenset[int]) -> Paper | None:
    """Return a paper that was made ahead and is still as one that would be drawn now; stale ones are thrown away."""
    asked = select(Paper).where(Paper.round_id == round_.id, Paper.in_reserve).order_by(Paper.id).limit(1)
    for _ in range(MOST_STALE):
        # Two starts at once never take the same: PostgreSQL passes over the row that another holds.
        paper = session.scalar(asked.with_for_update(skip_locked=True, of=Paper))
        if paper is None or _is_fresh(paper, round_, barred):
            break
        session.execute(delete(PaperSlot).where(PaperSlot.paper_id == paper.id))
        session.execute(delete(Paper).where(Paper.id == paper.id))
    else:
        return None
    if paper is not None:
        paper.in_reserve = False
        session.flush()
    return paper


def _is_fresh(paper: Paper, round_: Round, barred: frozenset[int]) -> bool:
    if not paper.seed.endswith(f"-{_print_of(round_)}"):
        return False
    asked = (
        select(PaperSlot.version_id, Question.current_id)
        .join(QuestionVersion, QuestionVersion.id == PaperSlot.version_id)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(PaperSlot.paper_id == paper.id)
    )
    return all(version == current and version not in barred for version, current in session.execute(asked))


def _print_of(round_: Round) -> str:
    """Return what tells apart the rules by which a paper is drawn: a paper made by other rules is stale."""
    rules = round_.rules
    ruled = (rules.draws, rules.question_order.value, rules.option_order.value, _opening_day(round_).isoformat())
    return sha256(repr(ruled).encode()).hexdigest()[:12]


def _opening_day(round_: Round) -> date:
    return round_.opens_at.astimezone(ZoneInfo(round_.contest.rules.timezone)).date()


def _kept(made: Sequence[tuple[Paper, Sequence[drawing.Slot]]]) -> list[Paper]:
    papers = [paper for paper, _ in made]
    session.add_all(papers)
    session.flush()
    rows = [
        {
            "paper_id": paper.id,
            "number": number,
            "version_id": slot.version_id,
            "option_order": ",".join(map(str, slot.option_order)),
            "right_mark": slot.right_mark,
            "section": slot.section,
        }
        for paper, slots in made
        for number, slot in enumerate(slots, start=1)
    ]
    if rows:  # a round may be only an essay
        session.execute(insert(PaperSlot), rows)
    return papers


def _banks(rules: RoundRules) -> set[str]:
    return {each.bank for each in rules.draws} | {one.bank for each in rules.papers for one in each.questions}


def _pinned(rules: RoundRules) -> Mapping[int, list[int]]:
    """Return the options that keep their place, by version, of what the round's banks have in use."""
    pinned: dict[int, list[int]] = {}
    asked = (
        select(AnswerOption.version_id, AnswerOption.position)
        .join(Question, Question.current_id == AnswerOption.version_id)
        .join(QuestionBank, QuestionBank.id == Question.bank_id)
        .where(AnswerOption.pinned, QuestionBank.code.in_(_banks(rules)))
    )
    for version, position in session.execute(asked):
        pinned.setdefault(version, []).append(position)
    return pinned
