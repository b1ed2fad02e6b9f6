"""The rules of the house hold, and each rule notices when it is broken."""

import re

import pytest

from tests import house
from tests.house import ROOT, RULES, House

PLANTED = [
    (house.rooms_without_a_floor, "utils.py", ""),
    (house.imports_of_a_higher_floor_or_a_neighbour, "rules/x.py", "from quizapp import db"),
    (house.imports_of_a_higher_floor_or_a_neighbour, "models/x.py", "from quizapp.web.guards import load"),
    (house.imports_of_a_higher_floor_or_a_neighbour, "models/x.py", "import quizapp.formats"),
    (house.imports_of_a_higher_floor_or_a_neighbour, "banks/actions.py", "from quizapp.unions import queries"),
    (house.imports_of_a_higher_floor_or_a_neighbour, "attempts/x.py", "from quizapp.standings.queries import rows_of"),
    (house.imports_of_a_higher_floor_or_a_neighbour, "reports/x.py", "from quizapp.cli import standings"),
    (house.imports_of_a_higher_floor_or_a_neighbour, "web/x.py", "from quizapp import create_app"),
    (house.imports_of_a_higher_floor_or_a_neighbour, "cli/x.py", "import wsgi"),
    (house.relative_imports, "attempts/x.py", "from . import queries"),
    (house.imports_inside_a_function, "banks/x.py", "def f():\n    if True:\n        import json"),
    (house.rules_that_know_more_than_paper, "rules/x.py", "import yaml"),
    (house.rules_that_know_more_than_paper, "rules/x.py", "from quizapp import clock"),
    (house.models_and_formats_that_know_the_web, "models/x.py", "from flask import url_for"),
    (house.models_and_formats_that_know_the_web, "formats/x.py", "import sqlalchemy.orm"),
    (house.models_and_formats_that_know_the_web, "formats/x.py", "from quizapp.db import session"),
    (house.desks_out_of_order, "attempts/queries.py", "from quizapp.attempts import actions"),
    (house.desks_out_of_order, "attempts/queries.py", "from quizapp.attempts.saving import Saved"),
    (house.desks_out_of_order, "attempts/actions.py", "from quizapp.attempts.views import bp"),
    (house.desks_out_of_order, "attempts/x.py", "from quizapp.attempts import actions"),
    (house.desks_out_of_order, "attempts/forms.py", "from quizapp.attempts import queries"),
    (house.desks_out_of_order, "accounts/actions.py", "from quizapp.accounts import forms"),
    (house.views_and_forms_used_by_others, "standings/x.py", "from quizapp.attempts.views import show"),
    (house.views_and_forms_used_by_others, "cli/x.py", "from quizapp.accounts import forms"),
    (house.readings_of_the_clock, "attempts/actions.py", "from quizapp import clock\nclock.now()"),
    (house.readings_of_the_clock, "rules/x.py", "import datetime\nx = datetime.date.today()"),
    (house.readings_of_the_clock, "attempts/views.py", "import time\ntime.time()"),
    (house.commits, "attempts/actions.py", "session.commit()"),
    (house.prints, "cli/x.py", "print('x')"),
    (house.files_too_long, "banks/x.py", "x = 1\n" * 301),
    (house.functions_too_long, "banks/x.py", "def f():\n" + "    x = 1\n" * 40),
    (house.files_without_a_docstring, "banks/x.py", "x = 1"),
]
FINE = {
    "quizapp/accounts/forms.py": "from quizapp.web.forms import BaseForm",
    "quizapp/attempts/views.py": "from quizapp import clock\nfrom quizapp.attempts import actions, forms\nclock.now()",
    "quizapp/attempts/actions.py": "from quizapp.attempts import queries\nfrom quizapp.unions import queries as unions",
    "quizapp/attempts/forms.py": "from quizapp.web.forms import BaseForm",
    "quizapp/attempts/queries.py": "from quizapp.models import Attempt",
}
FINE = {path: f'"""Room."""\n{code}\n' for path, code in FINE.items()}
INLINE = re.compile(r"""<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|<(?:link|img|script)[^>]*//""")


@pytest.fixture(scope="module")
def sources():
    return house.sources()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule, sources):
    assert list(rule(House(sources))) == []


@pytest.mark.parametrize(("rule", "path", "code"), PLANTED)
def test_a_planted_breach_is_noticed(rule, path, code, sources):
    planted = House(sources | FINE | {f"quizapp/{path}": code})
    assert any(problem.startswith(f"quizapp/{path}") for problem in rule(planted))


def test_every_rule_has_a_planted_breach():
    assert {rule for rule, _, _ in PLANTED} == set(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_what_is_allowed_is_not_noticed(rule, sources):
    problems = list(rule(House(sources | FINE)))
    assert [problem for problem in problems if problem.startswith(tuple(FINE))] == []


@pytest.mark.parametrize("path", sorted(ROOT.glob("quizapp/templates/**/*.html")), ids=lambda path: path.name)
def test_a_template_has_nothing_that_the_policy_of_content_forbids(path):
    assert INLINE.findall(path.read_text()) == []


@pytest.mark.parametrize("text", ["<script>", '<p style="x">', '<a onclick="x">', '<img src="https://x/y.png">'])
def test_what_the_policy_of_content_forbids_is_noticed(text):
    assert INLINE.search(text)


@pytest.mark.parametrize(
    "text", ['<script src="/static/x.js" defer>', '<a href="https://x/">', "<strong>on = 1</strong>"]
)
def test_what_the_policy_of_content_allows_is_not_noticed(text):
    assert not INLINE.search(text)
