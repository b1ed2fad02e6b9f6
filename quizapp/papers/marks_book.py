"""All marks of a round's essays as a workbook; writers are named only on a sheet of their own that was asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.errors import NamesSealed
from quizapp.essays import queries as essays
from quizapp.formats import essay_marks
from quizapp.formats.minutes import CHAIR, MEMBER
from quizapp.formats.sheet_writing import Book
from quizapp.judging import states
from quizapp.judging.queries import essay_rule
from quizapp.models import Person, Round
from quizapp.papers import queries
from quizapp.papers.queries import Given, Layer
from quizapp.rules import essay_wording
from quizapp.rules.rubrics import FREE
from quizapp.rules.wording import hundredths, window
from quizapp.vocabulary import EssayState, Turn

BY_RULE = "Theo quy tắc"


@dataclass(frozen=True)
class Source:
    """What all sheets of one workbook are made from."""

    round: Round
    zone: ZoneInfo
    given: list[Given]
    layers: list[Layer]

    def of_turn(self, turn: Turn) -> dict[int, list[int]]:
        """Return the totals of a turn by essay, in the order of giving."""
        found: dict[int, list[int]] = {}
        for each in self.given:
            if each.turn is turn:
                found.setdefault(each.attempt_id, []).append(each.total)
        return found

    def local(self, instant: datetime | None) -> datetime | None:
        return instant.astimezone(self.zone) if instant else None


def source_of(round_: Round) -> Source:
    zone = ZoneInfo(round_.contest.rules.timezone)
    return Source(round_, zone, queries.finished(round_), queries.layers(round_))


def write(round_: Round, path: Path, *, with_names: bool, by: Person | None, now: datetime) -> int:
    """Write the workbook of a round and return its rows; called inside one steady transaction. Raises NamesSealed."""
    if with_names and not queries.may_name_writers(round_):
        raise NamesSealed()
    source = source_of(round_)
    book = Book(f"Điểm bài tự luận – {round_.title}")
    _add_essays(book, source)
    _add_criteria(book, source)
    book.add("Giám khảo", "Mỗi dòng một giám khảo", essay_marks.JUDGES, _judges(source))
    book.add("Quyết định", "Mỗi dòng một lần bài có điểm", essay_marks.DECISIONS, _decisions(source))
    if with_names:
        book.add("Rọc phách", "Mã bài và người viết", essay_marks.WRITERS, _writers(source))
    essay_marks.finish(book, _cover(source, with_names=with_names, by=by, now=now), path)
    return sum(each.rows for each in book.written)


def _add_essays(book: Book, source: Source) -> None:
    first = source.of_turn(Turn.FIRST)
    judges = max([essay_rule(source.round).judges, *map(len, first.values())])
    rows = _essays(source, first, judges)
    book.add("Bài", "Mỗi dòng một bài đã nộp", essay_marks.essay_columns(judges), rows)


def _essays(source: Source, first: dict[int, list[int]], judges: int) -> Iterator[Sequence[Any]]:
    third, appeal = source.of_turn(Turn.THIRD), source.of_turn(Turn.APPEAL)
    standing = {each.code: each.settlement for each in source.layers if each.settlement.superseded_at is None}
    pages = queries.pages(source.round)
    for each in states.listed(source.round):
        totals = first.get(each.attempt_id, [])
        settled = standing.get(each.code)
        yield (
            *(each.code, each.words, pages.get(each.attempt_id, 0), each.state.label),
            *totals,
            *[None] * (judges - len(totals)),
            *(_last(turn.get(each.attempt_id)) for turn in (third, appeal)),
            max(totals) - min(totals) if len(totals) > 1 else None,
            *((settled.mark, settled.how.get("rule"), settled.reason) if settled else (None, None, None)),
        )


def _add_criteria(book: Book, source: Source) -> None:
    titles: dict[str, str] = {}
    for each in source.given:
        shown = each.rubric.content.criteria if each.rubric else (FREE,)
        titles |= {criterion.key: criterion.title for criterion in shown if criterion.key not in titles}
    columns = essay_marks.criterion_columns(list(titles.values()))
    book.add("Điểm từng tiêu chí", "Mỗi dòng một lượt chấm đã xong", columns, _assessments(source, titles))


def _assessments(source: Source, titles: dict[str, str]) -> Iterator[Sequence[Any]]:
    for each in source.given:
        kept = each.assessment
        comments = "\n".join(f"{titles.get(key, key)}: {text}" for key, text in kept.comments.items())
        yield (
            *(each.code, each.alias, each.judge, each.union, each.turn.label),
            *(kept.marks.get(key) for key in titles),
            *(kept.total, kept.comment, comments, "x" if kept.is_in_doubt else None, source.local(kept.finished_at)),
        )


def _judges(source: Source) -> Iterator[Sequence[Any]]:
    for each in essays.jury(source.round):
        seat = each.seat
        union = seat.person.union.name if seat.person.union else None
        yield (
            *(seat.person.full_name, union, CHAIR if seat.is_chair else MEMBER, seat.capacity),
            *(each.given, each.finished, each.left, source.local(seat.left_at)),
        )


def _decisions(source: Source) -> Iterator[Sequence[Any]]:
    for each in source.layers:
        settled = each.settlement
        third = settled.how.get("third")
        totals = [*settled.how.get("totals", []), *([third] if third is not None else [])]
        yield (
            *(each.code, each.number, settled.mark, settled.how.get("rule")),
            "; ".join(map(hundredths, totals)),
            *(each.by or BY_RULE, settled.reason, source.local(settled.settled_at)),
            "Đã thay thế" if settled.superseded_at else "Đang áp dụng",
        )


def _writers(source: Source) -> Iterator[Sequence[Any]]:
    for code, mark, person, union in queries.writers(source.round):
        yield (
            *(code, person.full_name, person.birth_date, person.member_number, person.phone),
            *(union.code if union else None, union.name if union else None, mark),
        )


def _cover(source: Source, *, with_names: bool, by: Person | None, now: datetime) -> essay_marks.Cover:
    round_, counts = source.round, states.counts(source.round)
    contest = round_.contest
    return essay_marks.Cover(
        contest=contest.title,
        slug=contest.slug,
        organiser=contest.organiser.name,
        round=round_.title,
        window=window(round_.opens_at, round_.closes_at, source.zone),
        rule=essay_wording.judging(essay_rule(round_), queries.rubric_title(round_), source.zone),
        states=[
            ("Bài đã nộp", sum(counts.values())),
            *((str(state.label), count) for state, count in counts.items() if count),
            ("Lượt nộp không viết gì", states.empty(round_)),
        ],
        open=sum(counts.values()) - counts[EssayState.SETTLED],
        with_names=with_names,
        exported_by=by.full_name if by else "Lệnh trên máy chủ",
        exported_at=now.astimezone(source.zone),
    )


def _last(totals: list[int] | None) -> int | None:
    return totals[-1] if totals else None
