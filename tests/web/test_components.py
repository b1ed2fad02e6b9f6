"""The page of components: whoever adds a component shows it there, in all its states."""

import re

import pytest
from sqlalchemy import event

from quizapp.db import database
from tests.house import ROOT

TEMPLATES = ROOT / "quizapp/templates"
PAGE = TEMPLATES / "system/components.html"
CSS = ROOT / "quizapp/static/css/site.css"
MACRO = re.compile(r"{%-? macro ([a-z]\w*)\(")
CLASS = re.compile(r"\.([a-z][\w-]*)(?=[^{}]*{)")
# What a page is, not what stands on it; and the map over the paper, which lies over everything while it is open.
OF_WHOLE_PAGES = {"sitting", "paper", "is-open"}


@pytest.fixture
def html(client):
    reply = client.get("/components")
    assert reply.status_code == 200
    return reply.get_data(as_text=True)


def macros(text):
    return set(MACRO.findall(text))


def classes(css):
    """The classes of a stylesheet's selectors; a number such as .5rem or an address in a comment is none."""
    return set(CLASS.findall(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)))


def shown(html):
    return {name for names in re.findall(r'class="([^"]*)"', html) for name in names.split()}


@pytest.mark.parametrize(
    ("file", "name", "some"),
    [("components.html", "ui", {"page_head", "field", "pager"}), ("plots.html", "plots", {"bars", "line", "scatter"})],
)
def test_every_macro_is_shown(file, name, some):
    page = PAGE.read_text()
    everything = macros((TEMPLATES / file).read_text())
    assert some <= everything
    assert {macro for macro in everything if f"{name}.{macro}(" not in page} == set()


def test_every_class_of_the_stylesheet_is_shown(html):
    everything = classes(CSS.read_text())
    assert {"button", "card", "notice--bad"} <= everything
    assert everything - shown(html) - OF_WHOLE_PAGES == set(), "show it in templates/system/components.html"


def test_every_tone_of_a_badge_has_its_colours():
    told = "".join(file.read_text() for file in TEMPLATES.rglob("*.html"))
    tones = set(re.findall(r'ui\.badge\([^()]*, "(\w+)"\)', told))
    assert {"open", "gold"} <= tones
    assert {f"badge--{tone}" for tone in tones - {"done"}} <= classes(CSS.read_text())


def test_what_is_not_shown_is_noticed():
    assert macros("{% macro old() %}{% macro brand_new(text) %}") == {"old", "brand_new"}
    assert classes("/* a.b { */ .old { margin: 0.5rem } @media (x: 1.5em) { .brand-new::before { top: .5rem } }") == {
        "old",
        "brand-new",
    }


@pytest.mark.parametrize("kind", ["text", "tel", "email", "password", "number", "date", "datetime-local", "file"])
def test_a_field_of_every_type_is_shown_with_and_without_an_error(html, kind):
    fields = re.findall(rf'<input[^>]*type="{kind}"[^>]*>', html)
    assert any('aria-invalid="true"' in field for field in fields)
    assert any("aria-describedby" in field and "aria-invalid" not in field for field in fields)


def test_no_id_is_there_twice(html):
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_search_engines_stay_away(html):
    assert '<meta name="robots" content="noindex">' in html


def test_it_asks_no_database_even_of_who_is_logged_in(client, cast, app):
    cast.log_in(client, cast.person())
    asked = []
    with app.app_context():
        event.listen(database().engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))
    assert client.get("/components").status_code == 200
    assert asked == []
