"""`make bench`: starts real servers, loads them from another process, compares with floors measured in the same run.

`python -m bench [NAME…]` measures only the rows whose names begin so: `python -m bench save.sqlite`.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import boards, imports, page_weight, ranking, saves, sittings
from bench.rows import Row, table

RESULTS = Path(__file__).with_name("results.json")
PARTS = (saves, sittings, page_weight, ranking, boards, imports)


def measured(wanted: list[str], folder: Path) -> Iterator[Row]:
    for part in PARTS:
        if not wanted or any(name.startswith(asked) for name in part.NAMES for asked in wanted):
            yield from part.measure(folder, wanted)


def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory(prefix="quiz-bench-") as folder:
        for row in measured(sys.argv[1:], Path(folder)):
            rows.append(row)
            print(row, file=sys.stderr, flush=True)
    RESULTS.write_text(json.dumps(_with_former(rows), ensure_ascii=False, indent=1) + "\n")
    print(table(rows))


def _with_former(rows: list[Row]) -> list[dict[str, Any]]:
    """Return what was measured now, and of what was not measured now what was measured last."""
    former = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    now = {row.name for row in rows}
    return [row.as_json() for row in rows] + [each for each in former if each["name"] not in now]


if __name__ == "__main__":
    main()
