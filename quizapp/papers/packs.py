"""What one judge takes home: the essays of the seat without their writers, and the form for the marks."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from quizapp.formats import essay_pack, marking_form
from quizapp.formats.essay_pack import Pack, PackedEssay
from quizapp.formats.marking_form import FormRow
from quizapp.judging.queries import blind_text, essay_rule
from quizapp.models import JudgeSeat
from quizapp.papers import queries
from quizapp.papers.queries import Taken


def write_pack(seat: JudgeSeat, path: Path, *, all_essays: bool, now: datetime) -> int:
    """Write the essays of a seat that are not finished, or all; return how many."""
    round_, found = seat.round, _chosen(seat, all_essays=all_essays)
    sheet, rubric = queries.sheet_of(round_), queries.rubric_title(round_)
    pack = Pack(
        organiser=round_.contest.organiser.name,
        contest=round_.contest.title,
        round=round_.title,
        judge=seat.person.full_name,
        prompt=essay_rule(round_).prompt,
        rubric=rubric or "",
        max_mark=sheet.max_mark,
        criteria=tuple(sheet.criteria),
        essays=tuple(_packed(each) for each in found),
        made_at=now.astimezone(ZoneInfo(round_.contest.rules.timezone)),
    )
    essay_pack.write(pack, path)
    return len(found)


def write_form(seat: JudgeSeat, path: Path, *, all_essays: bool) -> int:
    """Write the form of a seat with what its judge has given so far; return how many rows."""
    found = _chosen(seat, all_essays=all_essays)
    rows = []
    for each in found:
        kept = each.assessment
        given = (kept.marks, kept.comment, kept.is_in_doubt) if kept else ({}, "", False)
        rows.append(FormRow(each.allocation.code, *given))
    title = f"{seat.round.contest.title} – {seat.round.title}"
    marking_form.write(title, seat.person.full_name, queries.sheet_of(seat.round).criteria, rows, path)
    return len(rows)


def _chosen(seat: JudgeSeat, *, all_essays: bool) -> list[Taken]:
    return [each for each in queries.taken(seat) if all_essays or not each.is_finished]


def _packed(each: Taken) -> PackedEssay:
    essay = each.allocation.essay
    pictures = tuple(queries.pictures(essay)) if essay.files else ()
    return PackedEssay(each.allocation.code, essay.words, blind_text(essay), pictures)
