"""What a job made for who asked is handed out whole, by whichever node, and not for ever."""

from quizapp.db import session, transaction
from quizapp.jobs import files, working
from quizapp.jobs.actions import ask
from quizapp.models import Job


def made(clock, path, content):
    """Return the id of a finished job that keeps a file of this content."""
    with transaction():
        ask("kind", "contest:thi", {}, by=None, now=clock.instant)
    work = working.claim(now=clock.instant)
    path.write_bytes(content)
    files.keep(work.job_id, path)
    working.finish(work, now=clock.instant)
    return work.job_id


def kept(job_id):
    with transaction(writes=False):
        job = session.get_one(Job, job_id)
        file = files.file_of(job)
        assert files.has_file(job) is (file is not None)
        if file is None:
            return None
        with file:
            return file.read()


def test_a_file_of_several_parts_comes_back_whole(cast, clock, tmp_path):
    content = bytes(range(256)) * (3 * files.PART_BYTES // 256) + b"end"
    assert kept(made(clock, tmp_path / "file", content)) == content


def test_a_file_that_is_kept_again_leaves_nothing_of_the_first(cast, clock, tmp_path):
    job_id = made(clock, tmp_path / "file", b"x" * (files.PART_BYTES + 1))
    (tmp_path / "file").write_bytes(b"short")
    files.keep(job_id, tmp_path / "file")
    assert kept(job_id) == b"short"


def test_a_file_is_handed_out_when_its_job_is_over(cast, clock, tmp_path):
    with transaction():
        ask("kind", "contest:thi", {}, by=None, now=clock.instant)
    work = working.claim(now=clock.instant)
    (tmp_path / "file").write_bytes(b"half")
    files.keep(work.job_id, tmp_path / "file")
    assert kept(work.job_id) is None
    working.finish(work, now=clock.instant)
    assert kept(work.job_id) == b"half"


def test_files_go_with_their_jobs_or_after_a_day(cast, clock, tmp_path):
    job_id = made(clock, tmp_path / "file", b"content")
    with transaction():
        files.forget_old(now=clock.at(days=1))
    assert kept(job_id) == b"content"
    with transaction():
        files.forget_old(now=clock.at(days=1, seconds=1))
    assert kept(job_id) is None
