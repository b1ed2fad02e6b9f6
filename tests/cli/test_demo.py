"""`flask demo`."""

from quizapp.contests import citations
from quizapp.db import transaction


def test_the_demo_knows_the_laws_that_its_questions_cite(app):
    with app.app_context():
        app.test_cli_runner().invoke(args=["demo"], catch_exceptions=False)
        with transaction(writes=False):
            assert "Bộ luật Lao động" in citations.register()["45/2019/QH14"].title
