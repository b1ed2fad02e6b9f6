"""What the documents say of commands, files, settings, tables and packages is so."""

import re
import shlex
from functools import cache

import click
import pytest
import yaml

from quizapp import FOUR_MEBIBYTES, config
from quizapp.banks import views as banks
from quizapp.cli import COMMANDS
from quizapp.models import Base
from quizapp.questions import uploading
from quizapp.web.children import MOST_SECONDS
from tests.house import ROOT

DOCS = sorted(path for path in [*ROOT.glob("docs/*.md"), ROOT / "README.md"] if path.exists())
DEPLOY = ROOT / "deploy"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
OWN_FILE = re.compile(r"(?:quizapp|tests|docs|deploy|bench|migrations|question_banks)/[\w./-]+")
FLASK = re.compile(r"(?:(?<![\w./-])quiz-flask|(?<![\w-])flask) (?:--app [\w./]+ )?(.*)")
MAKE = re.compile(r"(?:^|[;&] |[A-Z]=\S+ )make ([a-z]+)")
END_OF_COMMAND = {"|", ">", "&&", ";", "…", "\\"}

document = pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)


class Reads(dict):
    """An environment that notes what is asked of it, and with which default."""

    def __init__(self, **given):
        super().__init__(given)
        self.asked = {}

    def get(self, key, default=None):
        self.asked[key] = default
        return super().get(key, default)


@pytest.fixture
def settings(tmp_path):
    environment = Reads(INSTANCE=str(tmp_path))
    config.from_env(environment)
    return environment.asked


def code(text):
    """Return what stands as code: the lines of fenced blocks, and the spans of the rest."""
    blocks = re.findall(r"^ *```.*?\n(.*?)^ *```", text, flags=re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^ *```.*?^ *```", "", text, flags=re.DOTALL | re.MULTILINE)
    return [line.strip() for block in blocks for line in block.splitlines()] + re.findall(r"`([^`\n]+)`", rest)


def wrong_commands(line):
    """Return what of a line of code names no command or option of ours."""
    found = FLASK.search(line)
    if found is None or line.startswith("#"):
        return []
    lexer = shlex.shlex(found[1], posix=True, punctuation_chars="|&;>")
    lexer.whitespace_split, lexer.commenters = True, "#"
    words = []
    for word in lexer:
        if word in END_OF_COMMAND:
            break
        words.append(word.strip("[]"))
    return wrong_words(click.Group("flask", {each.name: each for each in COMMANDS}), words)


def wrong_words(command, words):
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, *words = words
        inner = command.get_command(click.Context(command), name)
        if inner is None:
            return [name]
        command = inner
    known = {name for each in command.get_params(click.Context(command)) for name in each.opts}
    return [word for word in words if word.startswith("-") and word.partition("=")[0] not in known]


@cache
def targets():
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE))


def table_rows(text, *, columns):
    """Return the cells of all rows of tables with so many columns, without their heads."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("|")]
    return [row for row in rows if len(row) == columns and not set(row[0]) <= set("-|")]


def names(cell):
    return re.findall(r"`([^`]+)`", cell)


@document
def test_every_linked_file_is_there(path):
    targets_of = [link.partition("#")[0] for link in LINK.findall(path.read_text()) if "://" not in link]
    assert [each for each in targets_of if each and not (path.parent / each).exists()] == []


@document
def test_every_named_file_of_the_project_is_there(path):
    named = [each for each in code(path.read_text()) if OWN_FILE.fullmatch(each)]
    kept = [each for each in named if each not in ("bench/results.json", "deploy/.env")]  # made, not kept
    assert [each for each in kept if not (ROOT / each).exists()] == []


@document
def test_every_flask_command_and_option_is_there(path):
    assert {line: wrong for line in code(path.read_text()) if (wrong := wrong_commands(line))} == {}


@document
def test_every_make_target_is_there(path):
    named = {name for line in code(path.read_text()) for name in MAKE.findall(line)}
    assert named <= targets()


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("flask migrate", []),
        (".venv/bin/flask --app wsgi contests list --json | head", []),
        ("quiz-flask members import FILE [--unit CODE] --codes-out codes.csv", []),
        ("flask contests check FILE     # --nothing is asked", []),
        ("flask results export SLUG --out FILE", []),
        ("flask …", []),
        ("install deploy/quiz-flask /usr/local/sbin/", []),
        ("runuser -u quiz -- /opt/quiz/.venv/bin/flask lode", ["lode"]),
        ("flask backup create FILE", ["backup"]),
        ("flask members forget LOGIN", ["forget"]),
        ("flask contests list --yaml", ["--yaml"]),
        ("umask 077; flask banks lode", ["lode"]),
    ],
)
def test_a_stale_command_is_noticed(line, wrong):
    assert wrong_commands(line) == wrong


def test_code_is_found_in_blocks_and_spans():
    assert code("Say `flask migrate` or:\n\n   ```sh\n   make run\n   ```\n") == ["make run", "flask migrate"]


@pytest.mark.parametrize(
    "path", sorted(path for path in DEPLOY.iterdir() if path.is_file()), ids=lambda path: path.name
)
def test_files_of_deploy_run_commands_that_are_there(path):
    lines = [line for line in path.read_text().splitlines() if "Exec" in line or "command:" in line]
    assert {line: wrong for line in lines if (wrong := wrong_commands(line))} == {}


def test_the_table_of_settings_is_what_is_read(settings):
    rows = table_rows((ROOT / "docs/operations.md").read_text(), columns=3)
    told = {names(variable)[0]: default for variable, default, _ in rows if re.fullmatch(r"`[A-Z_]+`", variable)}
    assert set(told) == set(settings)
    assert {name: default for name, default in settings.items() if default and f"`{default}`" not in told[name]} == {}


def test_files_of_deploy_set_only_what_is_read(settings):
    example = re.findall(r"^([A-Z_]+)=", (DEPLOY / "quiz.env.example").read_text(), flags=re.MULTILINE)
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["web"]["environment"]
    assert set(example) == set(settings)
    assert set(compose) <= set(settings)


def test_nginx_waits_longer_than_the_app_works_and_takes_more_than_the_app():
    text = (DEPLOY / "nginx.conf").read_text()
    place, block = re.search(r"location ~ (\S+) \{(.*?)\}", text, flags=re.DOTALL).groups()
    for path in ("/organise/contests/nq02-2026/results.xlsx", "/organise/contests/nq02-2026/publish/prepare"):
        assert re.search(place, path)
    assert not re.search(place, "/organise/contests/nq02-2026/publish")
    assert int(re.search(r"proxy_read_timeout (\d+)s", block)[1]) > MOST_SECONDS
    assert int(re.search(r"client_max_body_size (\d+)m", text)[1]) * 1024 * 1024 > FOUR_MEBIBYTES


@pytest.mark.parametrize(
    ("path", "mebibytes"),
    [
        ("/organise/banks/luat/import", banks.MOST_MEBIBYTES),
        ("/organise/banks/luat/questions/new", 3 * uploading.MOST_MEBIBYTES),
        ("/organise/banks/luat/questions/7/edit", 3 * uploading.MOST_MEBIBYTES),
    ],
)
def test_nginx_lets_files_of_questions_and_their_pictures_through(path, mebibytes):
    blocks = re.findall(r"location ~ (\S+) \{(.*?)\n    \}", (DEPLOY / "nginx.conf").read_text(), flags=re.DOTALL)
    (block,) = (block for place, block in blocks if re.search(place, path))
    assert int(re.search(r"client_max_body_size (\d+)m", block)[1]) > mebibytes


@pytest.mark.parametrize(
    ("heading", "file"),
    [("On the server", "requirements.in"), ("For tests and checks", "requirements-dev.in")],
)
def test_every_requirement_has_its_reason_licence_and_way_out(heading, file):
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", (ROOT / "docs/dependencies.md").read_text(), re.S | re.M)[
        1
    ]
    rows = {names(package)[0]: rest for package, *rest in table_rows(section, columns=4) if names(package)}
    lines = (ROOT / file).read_text().splitlines()
    required = {re.split(r"[=;<>~ ]", line)[0] for line in lines if line and not line.startswith(("-", "#"))}
    assert set(rows) == required
    assert all(all(cell.strip() for cell in rest) for rest in rows.values())


def test_every_column_about_people_is_told():
    text = (ROOT / "docs/privacy.md").read_text()
    told = {}
    for table, columns, *_ in table_rows(text, columns=5):
        if names(table):
            told.setdefault(names(table)[0], []).extend(names(columns))
    impersonal = set(
        names(re.search(r"^Tables without personal data:(.*?)\.", text, flags=re.DOTALL | re.MULTILINE)[1])
    )
    tables = {table.name: {column.name for column in table.columns} for table in Base.metadata.sorted_tables}
    assert {name: set(columns) for name, columns in told.items()} == {
        name: columns for name, columns in tables.items() if name not in impersonal
    }
    assert impersonal == set(tables) - set(told)
