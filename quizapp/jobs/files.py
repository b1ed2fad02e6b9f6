"""The file that a job makes for who asked: kept in the database in parts, so that every web node can hand it out."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from sqlalchemy import Select, delete, select

from quizapp.db import session, transaction
from quizapp.models import Job, JobFile

KEPT = timedelta(days=1)
PART_BYTES = 1 << 20  # what one transaction writes: nobody waits long for it


def keep(job_id: int, file: Path) -> None:
    """Keep a file as that of a job, in place of the one that an earlier try has begun to keep."""
    with transaction():
        session.execute(delete(JobFile).where(JobFile.job_id == job_id))
    with file.open("rb") as source:
        for number, part in enumerate(iter(lambda: source.read(PART_BYTES), b""), start=1):
            with transaction():
                session.add(JobFile(job_id=job_id, number=number, content=part))


def has_file(job: Job) -> bool:
    return (
        job.finished_at is not None and session.scalar(_part(job.id, 1).with_only_columns(JobFile.number)) is not None
    )


def file_of(job: Job) -> IO[bytes] | None:
    """Return the file of a job that is over, at its beginning, to be closed; None: it has none, or has it no more."""
    if job.finished_at is None:
        return None
    file = TemporaryFile()  # noqa: SIM115 - whoever gets it closes it
    for part in _parts(job.id):
        file.write(part)
    if not file.tell():
        file.close()
        return None
    file.seek(0)
    return file


def forget_old(*, now: datetime) -> None:
    """Delete the files of jobs that were finished more than a day ago."""
    old = select(Job.id).where(Job.finished_at < now - KEPT)
    session.execute(delete(JobFile).where(JobFile.job_id.in_(old)))


def _parts(job_id: int) -> Iterator[bytes]:
    number = 1
    while part := session.scalar(_part(job_id, number)):
        yield part
        number += 1


def _part(job_id: int, number: int) -> Select[tuple[bytes]]:
    return select(JobFile.content).where(JobFile.job_id == job_id, JobFile.number == number)
