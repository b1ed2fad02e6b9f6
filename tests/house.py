"""Reads the code as text and says where it breaks a rule of the house; docs/architecture.md tells why."""

import ast
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLOORS = (
    ("vocabulary", "errors", "refusals", "config", "clock"),
    ("rules",),
    ("db",),
    ("models", "formats"),
    ("web",),
    ("accounts", "members", "unions", "banks", "rubrics", "contests", "jobs"),
    ("questions", "laws", "drafting"),
    ("attempts",),
    ("judging", "attachments", "releasing"),
    ("attempt_imports", "entrants", "essays", "late", "mark_appeals", "windows", "trials", "fairness", "likeness"),
    ("standings",),
    ("reports", "papers", "appeals", "prizes", "works", "corrections", "admin", "demo"),
    ("cli",),
    ("quizapp",),
    ("wsgi",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS, start=1) for room in rooms}
GROUND = FLOORS[0]
WINGS = frozenset(room for rooms in FLOORS[5:12] for room in rooms)
DESK = {"views": 4, "forms": 0, "actions": 3, "queries": 1}  # any other file of a wing serves its actions: 2
OTHER = 2

MAY_READ_THE_CLOCK = ("web/login.py",)  # beside the views and the commands
MAY_COMMIT = ("db.py", "models/schema.py")  # the schema's migration is a transaction of its own
FOREIGN_TO = {
    "models": {"flask", "flask_login", "flask_wtf", "wtforms", "werkzeug"},
    "formats": {"flask", "flask_login", "flask_wtf", "wtforms", "werkzeug", "sqlalchemy"},
}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40

Rule = Callable[["House"], Iterator[str]]


@dataclass(frozen=True)
class File:
    """One file of the house; `module` as one imports it: 'quizapp.attempts.views'."""

    path: str
    module: str
    tree: ast.Module
    lines: int

    @property
    def room(self) -> str:
        parts = self.module.split(".")
        return parts[1] if len(parts) > 1 else parts[0]

    @property
    def name(self) -> str:
        return self.module.rpartition(".")[2]

    @property
    def inside(self) -> str:
        return self.path.removeprefix("quizapp/")

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


class House:
    """The files, by the name under which they are imported."""

    def __init__(self, sources: Mapping[str, str]):
        files = [File(path, _module(path), _parsed(text), text.count("\n")) for path, text in sources.items()]
        self.files = {file.module: file for file in files}

    def imports(self, file: File) -> Iterator[tuple[ast.stmt, str]]:
        """Give each statement that imports, with the full name of what it imports: of a file where there is one."""
        for node in ast.walk(file.tree):
            if isinstance(node, ast.Import):
                yield from ((node, each.name) for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                whole = "." * node.level + (node.module or "")
                for each in node.names:
                    part = f"{whole}.{each.name}"
                    yield node, part if part in self.files else whole

    def own_imports(self, file: File) -> Iterator[tuple[ast.stmt, File]]:
        return ((node, self.files[name]) for node, name in self.imports(file) if name in self.files)


def sources() -> dict[str, str]:
    """Return the house as it stands: path → text."""
    paths = [*ROOT.glob("quizapp/**/*.py"), ROOT / "wsgi.py"]
    return {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}


def rooms_without_a_floor(house: House) -> Iterator[str]:
    for file in house.files.values():
        if file.room not in FLOOR:
            yield f"{file.path}: no floor is known for “{file.room}”"


def imports_of_a_higher_floor_or_a_neighbour(house: House) -> Iterator[str]:
    for file in house.files.values():
        for node, other in house.own_imports(file):
            own = file.room == other.room or {file.room, other.room} <= set(GROUND)
            if not own and FLOOR.get(other.room, 0) >= FLOOR.get(file.room, 0):
                yield f"{file.at(node)}: {file.room} imports {other.module}"


def relative_imports(house: House) -> Iterator[str]:
    for file in house.files.values():
        for node, name in house.imports(file):
            if name.startswith("."):
                yield f"{file.at(node)}: write the whole name"


def imports_inside_a_function(house: House) -> Iterator[str]:
    for file in house.files.values():
        for function in _functions(file):
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield f"{file.at(node)}: import inside {function.name}"


def rules_that_know_more_than_paper(house: House) -> Iterator[str]:
    for file in house.files.values():
        for node, name in house.imports(file) if file.room == "rules" else ():
            own = name.startswith(("quizapp.vocabulary", "quizapp.errors", "quizapp.refusals", "quizapp.rules"))
            if not own and name.split(".")[0] not in sys.stdlib_module_names:
                yield f"{file.at(node)}: a rule imports {name}"


def models_and_formats_that_know_the_web(house: House) -> Iterator[str]:
    for file in house.files.values():
        for node, name in house.imports(file):
            base = name.split(".")[0]
            if base in FOREIGN_TO.get(file.room, ()) or (file.room == "formats" and name == "quizapp.db"):
                yield f"{file.at(node)}: {file.room} imports {name}"


def desks_out_of_order(house: House) -> Iterator[str]:
    """Views → forms, actions, queries; actions → queries; forms and queries → nothing of the wing."""
    for file in house.files.values():
        for node, other in house.own_imports(file) if file.room in WINGS else ():
            above, below = DESK.get(file.name, OTHER), DESK.get(other.name, OTHER)
            same_wing = file.room == other.room and other is not file and other.name != other.room
            helpers = above == below == OTHER
            form_of_no_view = other.name == "forms" and file.name != "views"
            if same_wing and (form_of_no_view or (below >= above and not helpers)):
                yield f"{file.at(node)}: {file.name} imports {other.name} of its wing"


def views_and_forms_used_by_others(house: House) -> Iterator[str]:
    for file in house.files.values():
        for node, other in house.own_imports(file):
            outside = other.room in WINGS and file.room != other.room and file.room != "quizapp"
            if outside and other.name in ("views", "forms"):
                yield f"{file.at(node)}: {file.room} uses {other.module}"


def readings_of_the_clock(house: House) -> Iterator[str]:
    for file in house.files.values():
        may_ask = file.room == "cli" or file.name == "views" or file.inside in MAY_READ_THE_CLOCK
        for node, name in _calls(file) if file.room != "clock" else ():
            asks_clock = name in ("clock.now", "now") and not may_ask
            reads_watch = name.endswith(("datetime.now", "datetime.utcnow", "date.today", "datetime.today"))
            if asks_clock or reads_watch or name in ("time.time", "time.time_ns"):
                yield f"{file.at(node)}: {name}()"


def commits(house: House) -> Iterator[str]:
    for file in house.files.values():
        for node, name in _calls(file):
            if name.endswith((".commit", ".rollback")) and file.inside not in MAY_COMMIT:
                yield f"{file.at(node)}: {name}()"


def prints(house: House) -> Iterator[str]:
    for file in house.files.values():
        yield from (f"{file.at(node)}: print()" for node, name in _calls(file) if name == "print")


def files_too_long(house: House) -> Iterator[str]:
    for file in house.files.values():
        if file.lines > LONGEST_FILE:
            yield f"{file.path}: {file.lines} lines"


def functions_too_long(house: House) -> Iterator[str]:
    for file in house.files.values():
        for function in _functions(file):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{file.at(function)}: {function.name} has {length} lines"


def files_without_a_docstring(house: House) -> Iterator[str]:
    for file in house.files.values():
        if file.tree.body and not ast.get_docstring(file.tree):
            yield f"{file.path}: no sentence that tells its room"


RULES: tuple[Rule, ...] = (
    rooms_without_a_floor,
    imports_of_a_higher_floor_or_a_neighbour,
    relative_imports,
    imports_inside_a_function,
    rules_that_know_more_than_paper,
    models_and_formats_that_know_the_web,
    desks_out_of_order,
    views_and_forms_used_by_others,
    readings_of_the_clock,
    commits,
    prints,
    files_too_long,
    functions_too_long,
    files_without_a_docstring,
)


@cache
def _parsed(text: str) -> ast.Module:
    """Return a tree that nobody changes: each breach that is planted looks at the whole house again."""
    return ast.parse(text)


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _functions(file: File) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(file.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _calls(file: File) -> Iterator[tuple[ast.Call, str]]:
    """Give each call of a dotted name, with the name: 'clock.now', 'print'."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Call):
            yield node, ast.unparse(node.func)
