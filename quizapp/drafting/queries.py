"""Finds drafts, what is wrong with one, and what its form offers: unions, rounds, boards, banks, rubrics."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from quizapp.contests import checking
from quizapp.contests.queries import contest_of
from quizapp.db import session
from quizapp.errors import RowProblem
from quizapp.formats.contest_tree import Checked, Tree, checked, items_of, named_in
from quizapp.models import Contest, ContestDraft, Person, Question, QuestionBank, QuestionVersion, Rubric, TradeUnion
from quizapp.models.unions import lies_within
from quizapp.rules import permissions
from quizapp.rules.question_content import DRAWN
from quizapp.vocabulary import Level, Role
from quizapp.web.unions import managed_unions

Offer = list[tuple[str, Any]]
MOST_LISTED = 100


def drafts_of(by: Person) -> Sequence[ContestDraft]:
    """Return the drafts that a person may change, the last changed first."""
    asked = select(ContestDraft).join(TradeUnion, TradeUnion.id == ContestDraft.organiser_id).where(_held(by))
    newest = asked.order_by(ContestDraft.changed_at.desc(), ContestDraft.id.desc()).limit(MOST_LISTED)
    return session.scalars(newest.options(joinedload(ContestDraft.organiser))).all()


def draft_of(contest: Contest) -> ContestDraft | None:
    """Return the draft of changes to a contest, or the one that it was made from."""
    return session.scalar(select(ContestDraft).where(ContestDraft.contest_id == contest.id))


def contests_of(by: Person, *, unpublished: bool = False) -> Sequence[Contest]:
    """Return the contests that a person organises, or only those that nobody else sees yet; the last loaded first."""
    asked = select(Contest).join(TradeUnion, TradeUnion.id == Contest.organiser_id).where(_held(by))
    if unpublished:
        asked = asked.where(Contest.published_at.is_(None))
    return session.scalars(asked.order_by(Contest.loaded_at.desc(), Contest.id.desc()).limit(MOST_LISTED)).all()


def taken_slugs(draft: ContestDraft | None) -> set[str]:
    """Return the addresses of all contests but the one that a draft changes."""
    own = draft.contest_id if draft else None
    return {slug for slug, key in session.execute(select(Contest.slug, Contest.id)).tuples() if key != own}


def checked_draft(draft: ContestDraft, by: Person) -> Checked:
    """Return what keeps a draft from being a contest, first by its own keys, then by what the database has."""
    found = checked(draft.tree)
    if found.file is None:
        return Checked(None, tuple(each for each in found.problems if not _fills_itself(each, draft.tree)))
    contest = contest_of(found.file.rules.slug)
    problems = checking.problems(found.file, contest, by)
    if contest is not None and contest.id != draft.contest_id and not any(each.column == "slug" for each in problems):
        text = "đã có cuộc thi khác ở địa chỉ này; xin chọn tên khác"
        problems.append(RowProblem(row=found.file.line_of("slug"), column="slug", text=text))
    return Checked(None if problems else found.file, tuple(sorted(problems)), found.warnings)


def offers(draft: ContestDraft, by: Person) -> dict[str, Offer]:
    """Return what the choices of the forms offer, by their names."""
    return {
        "unions": [(each.code, f"{each.name} ({each.code})") for each in managed_unions(by)],
        "rounds": _titled(draft.tree, "rounds"),
        "boards": _titled(draft.tree, "standings"),
        "rubrics": _rubrics(draft.organiser),
        "sources": _sources(draft.organiser),
        "banks": [(each.code, each.title) for each in _banks(draft.organiser)],
        "prompts": _prompts(draft.tree),
    }


def _fills_itself(problem: RowProblem, tree: Tree) -> bool:
    """The address is made of the title as soon as there is one."""
    return problem.column == "slug" and not tree.get("slug") and not tree.get("title")


def _held(by: Person) -> ColumnElement[bool]:
    return lies_within(permissions.paths(by, Role.ORGANISER))


def _titled(tree: Tree, part: str) -> Offer:
    items = tree.get(part)
    named = (each for each in items if isinstance(each, dict)) if isinstance(items, list) else ()
    return [(str(each["key"]), str(each.get("title") or each["key"])) for each in named if each.get("key")]


def _rubrics(organiser: TradeUnion) -> Offer:
    asked = select(Rubric).join(Rubric.union).order_by(Rubric.code, Rubric.version)
    usable = (each for each in session.scalars(asked) if permissions.is_one_line(each.union.path, organiser.path))
    return list({each.code: each.title for each in usable}.items())


def _sources(organiser: TradeUnion) -> Offer:
    """Return banks and their topics with how many questions each has; a bank's title heads its own."""
    usable = _banks(organiser)
    counts = _counts(each.id for each in usable)
    return [entry for bank in usable for entry in _of_bank(bank, counts[bank.id])]


def _banks(organiser: TradeUnion) -> list[QuestionBank]:
    banks = session.scalars(select(QuestionBank).options(joinedload(QuestionBank.union)).order_by(QuestionBank.title))
    return [each for each in banks if not each.union or permissions.is_one_line(each.union.path, organiser.path)]


def _prompts(tree: Tree) -> Offer:
    """Return what the questions of the fixed papers ask, by 'bank:id', as far as they are in use."""
    rounds = (each for each in items_of(tree, "rounds") if isinstance(each, dict))
    papers = [paper for each in rounds for paper in items_of(each, "papers") if isinstance(paper, dict)]
    named = {name for paper in papers for name in named_in(paper)}
    asked = (
        select(QuestionBank.code, Question.ref, QuestionVersion.prompt)
        .join(Question, Question.bank_id == QuestionBank.id)
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .where(QuestionBank.code.in_({each.partition(":")[0] for each in named}))
        .where(Question.ref.in_({each.partition(":")[2] for each in named}))
    )
    return [(f"{bank}:{ref}", prompt) for bank, ref, prompt in session.execute(asked).tuples()] if named else []


def _of_bank(bank: QuestionBank, counts: Counter[tuple[str, str]]) -> Offer:
    topics = ((code, name, _only(counts, code)) for code, name in bank.topics.items())
    whole = (bank.code, f"{bank.title} – cả ngân hàng: {_told(counts)}")
    return [whole, *((f"{bank.code}|{code}", f"· {name}: {_told(found)}") for code, name, found in topics if found)]


def _only(counts: Counter[tuple[str, str]], topic: str) -> Counter[tuple[str, str]]:
    return Counter({key: count for key, count in counts.items() if key[0] == topic})


def _told(counts: Counter[tuple[str, str]]) -> str:
    """Say how many questions there are, and of each level: '20 câu (dễ 12, khó 8)'."""
    found = ((level.label.lower(), sum(n for (_, each), n in counts.items() if each == level.value)) for level in Level)
    return (
        f"{counts.total()} câu ({', '.join(f'{label} {n}' for label, n in found if n) or 'chưa có câu nào dùng được'})"
    )


def _counts(banks: Iterable[int]) -> dict[int, Counter[tuple[str, str]]]:
    """Return how many questions in use each bank has, by topic and level."""
    asked = (
        select(Question.bank_id, QuestionVersion.topic, QuestionVersion.level, func.count())
        .join(QuestionVersion, QuestionVersion.id == Question.current_id)
        .where(Question.bank_id.in_(list(banks)), QuestionVersion.kind.in_([each.value for each in DRAWN]))
        .group_by(Question.bank_id, QuestionVersion.topic, QuestionVersion.level)
    )
    found: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    for bank, topic, level, count in session.execute(asked).tuples():
        found[bank][topic, level] = count
    return found
