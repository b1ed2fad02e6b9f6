"""`make bench`: starts real servers, loads them from another process, compares with floors measured in the same run.

`python -m bench [NAME…]` measures only the rows whose names begin so: `python -m bench save.sqlite`.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import imports, page_weight, ranking, saves, sittings
from bench.rows import Row, table

RESULTS = Path(__file__).with_name("results.json")
PARTS = (saves, sittings, page_weight, ranking, imports)


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
    RESULTS.write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1) + "\n")
    print(table(rows))


if __name__ == "__main__":
    main()
