"""How far a job is, for the page that waits for it."""

from typing import Any

from flask import Blueprint

from quizapp.jobs import queries
from quizapp.models import Job
from quizapp.web.guards import load

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.get("/<int:job_id>")
def show(job_id: int) -> dict[str, Any]:
    job = load(Job, job_id, queries.may_see)
    return {"progress": job.progress, "is_finished": job.finished_at is not None, "problem": job.problem}
