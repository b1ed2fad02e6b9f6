"""Tables of statements a), b), c) … with columns to tick for true and for false, below the question they are of."""

import re
from dataclasses import replace

from quizapp.formats.questions import labels
from quizapp.formats.questions.lines import Grid, Line
from quizapp.formats.questions.options import label_at_start
from quizapp.formats.questions.rich import Rich, plain


def statements_in(grid: Grid, head: int, columns: dict[int, str]) -> list[Line]:
    """Return the statements a), b), c) … of the question above, each with what is ticked; [] when a table has none."""
    places = {name: place for place, name in columns.items()}
    if not {"stem", "true", "false"} <= places.keys():
        return []
    made: list[Line] = []
    for row in grid.rows[head + 1 :]:
        cells = {place: [*cell.lines()] for place, cell in enumerate(row)}
        stem = [line for line in cells.get(places["stem"], []) if line.text]
        front = row[places["stem"] - 1].shown.strip(" .)") if 0 < places["stem"] <= len(row) else ""
        if re.fullmatch("[a-h]", front) and stem:
            stem[0] = replace(stem[0], text=plain(f"{front}) ") + stem[0].text, auto=0)
        label = label_at_start(stem[0].text.text) if stem else None
        if label is None or not label.style.small or label.letter != labels.LETTERS[len(made) :][:1]:
            return []
        ticked = [word for word, name in (("Đúng", "true"), ("Sai", "false")) if has_text(cells, places[name])]
        text = Rich()
        for line in stem:
            text = text + plain(" ") + line.text if text else line.text
        made.append(replace(stem[0], text=text + plain(f" ({ticked[0]})") if len(ticked) == 1 else text))
    return made if len(made) > 1 else []


def has_text(cells: dict[int, list[Line]], place: int) -> bool:
    """Tell whether a cell holds more than empty boxes."""
    return any(line.shown.strip("☐□ ") for line in cells.get(place, []))
