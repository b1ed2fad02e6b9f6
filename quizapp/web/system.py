"""What machines ask: is it alive, is it ready, how is it doing; and the page of components, for who builds pages."""

import hmac
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from quizapp.db import session
from quizapp.errors import NotFound
from quizapp.models.schema import is_newest
from quizapp.web.components import samples
from quizapp.web.guards import public

bp = Blueprint("system", __name__)


@bp.get("/healthz")
@public
def healthz() -> dict[str, str]:
    return {"status": "alive"}


@bp.get("/readyz")
@public
def readyz() -> Any:
    try:
        ready = is_newest(session.connection())
    except SQLAlchemyError:
        return {"status": "database unreachable"}, 503
    return ({"status": "ready"}, 200) if ready else ({"status": "database not migrated"}, 503)


@bp.get("/metrics")
@public
def metrics() -> Response:
    token = current_app.config.get("METRICS_TOKEN") or ""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    # Behind proxies the address is what a header says, which anybody can write who reaches this server directly.
    local = request.remote_addr in ("127.0.0.1", "::1") and not current_app.config.get("TRUSTED_PROXIES")
    if not (hmac.compare_digest(token, sent) if token else local):
        raise NotFound()
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


@bp.get("/components")
@public
def components() -> str:
    """Each component once, in all its tones and states; linked from nowhere."""
    return render_template("system/components.html", **samples())
