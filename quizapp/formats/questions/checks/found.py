"""One thing that was found in a bank, before its line is known."""

from dataclasses import dataclass
from enum import Enum


class Weight(Enum):
    """PROBLEM: must be mended in every bank. DOUBT: in a strict check only, else a remark. GAP: strict only."""

    PROBLEM = "problem"
    DOUBT = "doubt"
    GAP = "gap"
    REMARK = "remark"


@dataclass(frozen=True)
class Found:
    """`path`: of the key in the file, a question's begins with its id. `about`: what an exception may name."""

    path: str
    text: str
    weight: Weight = Weight.PROBLEM
    about: str = ""

    @property
    def ref(self) -> str:
        return self.path.partition(".")[0]
