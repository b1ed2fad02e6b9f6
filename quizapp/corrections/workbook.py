"""Makes a preview and its workbook of all changes: the work of a job."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from quizapp.contests.queries import contest_of
from quizapp.corrections import looking, queries
from quizapp.corrections.consequences import all_ranks, consequences
from quizapp.corrections.looking import Look
from quizapp.corrections.reckoning import Reckoned
from quizapp.corrections.wishes import Wish
from quizapp.db import session, transaction
from quizapp.errors import NotFound
from quizapp.formats import key_changes
from quizapp.jobs import files
from quizapp.jobs.working import Tell, Work
from quizapp.models import Contest, Job, QuestionVersion


def make_preview(work: Work, tell: Tell) -> None:
    """Make a preview and its workbook: the work of a job. Begun anew it makes them again. Raises NotFound, JobLost."""
    now = tell(0)
    wish, slug = Wish.of(work.details["wish"]), work.subject.partition(":")[2].partition("/")[0]
    with TemporaryDirectory() as place:
        file = Path(place) / "changes.xlsx"
        with transaction(writes=False, steady=True):
            contest = contest_of(slug)
            if contest is None:
                raise NotFound()
            seen = looking.look(contest, wish, now=now, told=lambda share: tell(round(8_000 * share)))
            told = looking.preview(contest, seen)
            tell(8_500)
            write_changes(contest, seen, file)
        tell(9_500)
        files.keep(work.job_id, file)
    tell(9_900)
    with transaction():
        job = session.get_one(Job, work.job_id, with_for_update=True)
        job.details = {**job.details, "told": asdict(told)}


def write_changes(contest: Contest, seen: Look, out: Path) -> None:
    """Write every mark, rank and prize that would change, as .xlsx."""
    version, found = session.get_one(QuestionVersion, seen.wish.version_id), consequences(seen.before, seen.after)
    facts = [
        ("Cuộc thi", contest.title),
        ("Câu hỏi", version.prompt),
        ("Cách xử lý", seen.wish.verdict.label),
        ("Lý do", seen.wish.reason),
        ("Lượt thi có câu hỏi", len(seen.marks.before)),
        ("Tính lúc", seen.at.astimezone(ZoneInfo(contest.rules.timezone))),
    ]
    lost, won = (("Không còn", each) for each in found.prizes_lost), (("Được thêm", each) for each in found.prizes_won)
    ranks = all_ranks(seen.before, seen.after)
    key_changes.write(out, contest.title, facts, marks=_mark_rows(seen.marks), ranks=ranks, prizes=[*lost, *won])


def _mark_rows(marks: Reckoned) -> Iterator[tuple[Any, ...]]:
    changed = sorted(marks.after)
    for start in range(0, len(changed), queries.CHUNK):
        some = changed[start : start + queries.CHUNK]
        about = queries.described(some)
        for each in some:
            yield *about[each], marks.before[each], marks.after[each]
