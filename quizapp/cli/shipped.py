"""What comes with the platform: question banks, and what they are held against."""

from collections.abc import Sequence
from pathlib import Path

from quizapp.errors import BadFile, RowProblem
from quizapp.formats.questions.checks.grounds import Grounds, read_laws, read_numbers
from quizapp.formats.questions.checks.waivers import Waiver, read_waivers
from quizapp.formats.rubric_file import read_rubrics
from quizapp.laws import actions

SHIPPED = Path(__file__).parents[2] / "question_banks"
EXCEPTIONS, RUBRICS = "exceptions.yaml", "rubrics"
LAWS = Path(actions.__file__).parent


def bank_files(paths: Sequence[Path]) -> list[Path]:
    """Return the bank files that the paths are or hold; the exceptions beside them are no bank."""
    held = [(path, sorted(path.glob("*.yaml")) if path.is_dir() else [path]) for path in paths]
    return [file for path, files in held for file in files if file == path or file.name != EXCEPTIONS]


def rubrics(folder: Path) -> tuple[frozenset[str], dict[str, list[RowProblem]]]:
    """Return the codes of the rubrics of a folder, or of those that are shipped, and what is wrong by file."""
    held = folder / RUBRICS if (folder / RUBRICS).is_dir() else SHIPPED / RUBRICS
    codes: set[str] = set()
    wrong: dict[str, list[RowProblem]] = {}
    for file in sorted(held.glob("*.yaml")):
        try:
            codes.update(each.code for each in read_rubrics(file.read_bytes()))
        except BadFile as error:
            wrong[f"{RUBRICS}/{file.name}"] = error.problems
    return frozenset(codes), wrong


def exceptions(folder: Path) -> tuple[Waiver, ...]:
    """Return what the check lets pass in a folder. Raises BadFile."""
    file = folder / EXCEPTIONS
    return read_waivers(file.read_text(encoding="utf-8")) if file.exists() else ()


def grounds() -> Grounds:
    """Return the register of laws and the numbers of its texts."""
    known, articles = ((LAWS / name).read_text(encoding="utf-8") for name in ("known.yaml", "articles.yaml"))
    drawn = [file.read_text(encoding="utf-8") for file in sorted((SHIPPED / "facts").glob("*.yaml"))]
    return Grounds(read_laws(known, articles), read_numbers(drawn))
