"""The rubrics that come with the platform, for unions to take over."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from quizapp.formats.rubric_file import RubricDraft, read_rubrics

SAMPLES = Path(__file__).parents[2] / "question_banks" / "rubrics"


@cache
def samples(folder: Path = SAMPLES) -> Sequence[RubricDraft]:
    """Return the rubrics of the files of a folder, by title. Raises BadFile."""
    found = [each for file in sorted(folder.glob("*.yaml")) for each in read_rubrics(file.read_bytes())]
    return tuple(sorted(found, key=lambda each: each.title))


def sample(code: str) -> RubricDraft | None:
    return next((each for each in samples() if each.code == code), None)
