"""The application factory: registers wings, login, errors, commands and database; knows nothing else."""

from typing import Any

from flask import Flask
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp import cli, db
from quizapp.accounts.views import bp as accounts
from quizapp.appeals.notes import tell as of_appeals
from quizapp.appeals.views import bp as appeals
from quizapp.attachments.views import bp as attachments
from quizapp.attempt_imports.views import bp as attempt_imports
from quizapp.attempts.views import bp as attempts
from quizapp.banks.download.views import bp as bank_files
from quizapp.banks.views import bp as banks
from quizapp.contests.views import bp as contests
from quizapp.corrections.views import bp as corrections
from quizapp.drafting.views import bp as drafting
from quizapp.entrants.notes import tell as of_entrants
from quizapp.entrants.views import bp as entrants
from quizapp.essays.views import bp as essays
from quizapp.fairness.views import bp as fairness
from quizapp.jobs.views import bp as jobs
from quizapp.judging.views import bp as judging
from quizapp.late.views import bp as late
from quizapp.laws.views import bp as laws
from quizapp.likeness.views import bp as likeness
from quizapp.mark_appeals.notes import tell as of_mark_appeals
from quizapp.mark_appeals.views import bp as mark_appeals
from quizapp.members.views import bp as members
from quizapp.papers.views import bp as papers
from quizapp.prizes.views import bp as prizes
from quizapp.questions.editing.views import bp as question_form
from quizapp.questions.papers.views import bp as question_pictures
from quizapp.questions.views import bp as questions
from quizapp.releasing.views import bp as releasing
from quizapp.reports.views import bp as reports
from quizapp.rubrics.views import bp as rubrics
from quizapp.standings.views import bp as standings
from quizapp.trials.views import bp as trials
from quizapp.unions.views import bp as unions
from quizapp.web import assets, attempt_notes, bodies, errors, filters, guards, headers, login, navigation, system, urls
from quizapp.windows.views import bp as windows
from quizapp.works.notes import tell as of_works
from quizapp.works.views import bp as works

FOUR_MEBIBYTES = 4 * 1024 * 1024


def create_app(**config: Any) -> Flask:
    """Return the app; `config` as `config.from_env` gives it: DATABASE_URL and SECRET_KEY at least."""
    app = Flask(__name__)
    app.config.update(
        MAX_CONTENT_LENGTH=FOUR_MEBIBYTES,
        MAX_FORM_MEMORY_SIZE=FOUR_MEBIBYTES,
        SESSION_COOKIE_NAME="quiz",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SECURE=bool(config.get("HTTPS")),
        SESSION_REFRESH_EACH_REQUEST=False,
        # A paper lies open for hours on a phone without network: the token lives as long as the log-in.
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIN_SIZE=600,
        PERMANENT_SESSION_LIFETIME=60 * 24 * 3600,
    )
    app.config.update(config)
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    csrf = CSRFProtect(app)
    Compress(app)
    for part in (urls, bodies, db, attempt_notes, login, errors, filters, assets, navigation, headers, cli):
        part.init_app(app)
    people, writing = (accounts, members, unions), (attempts, question_pictures, late, windows, entrants, mark_appeals)
    asking = (banks, bank_files, questions, question_form, laws, rubrics, contests, drafting, releasing)
    afterwards = (attempt_imports, reports, papers, appeals, works, corrections, prizes)
    juries = (judging, attachments, trials, essays, fairness, likeness)
    for wing in (*people, *asking, *writing, *juries, standings, *afterwards, jobs, system.bp):
        app.register_blueprint(wing)
    for teller in (of_entrants, of_mark_appeals, of_appeals, of_works):
        attempt_notes.bring(app, teller)
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            app.view_functions[endpoint] = db.frame(guards.guarded(view))
        if getattr(view, "own_csrf", False):
            csrf.exempt(view)
    if hops := config.get("TRUSTED_PROXIES"):
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app
