"""How a key shall be put right, as a form, a job and a correction know it."""

from dataclasses import dataclass
from typing import Any, Self

from quizapp.questions.keys import PutRight
from quizapp.vocabulary import KeyVerdict


@dataclass(frozen=True)
class Wish:
    """options: positions of the right options in the bank, with a new key alone."""

    version_id: int
    verdict: KeyVerdict
    options: tuple[int, ...]
    reason: str

    @property
    def put_right(self) -> PutRight:
        return PutRight(self.verdict, frozenset(self.options))

    def plain(self) -> dict[str, Any]:
        """Return the wish as a job keeps it."""
        options, verdict = sorted(self.options), self.verdict.value
        return {"version": self.version_id, "verdict": verdict, "options": options, "reason": self.reason}

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        """Return the wish that a job kept."""
        return cls(kept["version"], KeyVerdict(kept["verdict"]), tuple(kept["options"]), kept["reason"])
