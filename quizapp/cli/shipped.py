"""What comes with the platform: question banks, and what they are held against."""

from collections.abc import Sequence
from pathlib import Path

from quizapp.formats.questions.checks.grounds import Grounds, read_laws, read_numbers
from quizapp.formats.questions.checks.waivers import read_waivers
from quizapp.laws import actions

SHIPPED = Path(__file__).parents[2] / "question_banks"
EXCEPTIONS = "exceptions.yaml"
LAWS = Path(actions.__file__).parent


def bank_files(paths: Sequence[Path]) -> list[Path]:
    """Return the bank files that the paths are or hold; the exceptions beside them are no bank."""
    held = [(path, sorted(path.glob("*.yaml")) if path.is_dir() else [path]) for path in paths]
    return [file for path, files in held for file in files if file == path or file.name != EXCEPTIONS]


def grounds(folder: Path | None) -> Grounds:
    """Return the register, the numbers of its texts, and the exceptions of a folder. Raises BadFile."""
    known, articles = ((LAWS / name).read_text(encoding="utf-8") for name in ("known.yaml", "articles.yaml"))
    drawn = [file.read_text(encoding="utf-8") for file in sorted((SHIPPED / "facts").glob("*.yaml"))]
    exceptions = folder / EXCEPTIONS if folder else None
    waivers = read_waivers(exceptions.read_text(encoding="utf-8")) if exceptions and exceptions.exists() else ()
    return Grounds(read_laws(known, articles), read_numbers(drawn), waivers)
