"""The categories of Moodle ↔ topics of a bank: '$course$/top/Luật/Hợp đồng' ↔ 'luat/hop-dong' and the names of both."""

import re
from collections.abc import Mapping

from quizapp.rules.vietnamese import clean, fold

SLASH = re.compile(r"(?<!/)/(?!/)")  # two slashes are a slash inside a name
TOP = "$course$/top"


class Topics:
    """Gives codes to paths of names; `names`: code → name of all that were met."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._codes: dict[tuple[str, ...], str] = {}

    def code_of(self, path: str) -> str:
        """Return the code of a category's path, '' for the top of all."""
        parts = [clean(each.replace("//", "/")) for each in SLASH.split(path.strip())]
        parts = [each for each in parts if each]
        if parts and re.fullmatch(r"\$\w+\$", parts[0]):
            parts = parts[1:]
        if parts and parts[0] == "top":
            parts = parts[1:]
        code = ""
        for length in range(1, len(parts) + 1):
            code = self._code(tuple(parts[:length]), code)
        return code

    def _code(self, path: tuple[str, ...], above: str) -> str:
        if path not in self._codes:
            name = slug(path[-1]) or "chu-de"
            start = f"{above}/{name}" if above else name
            code, number = start, 1
            while code in self.names:
                number += 1
                code = f"{start}-{number}"
            self._codes[path] = code
            self.names[code] = path[-1]
        return self._codes[path]


def slug(name: str) -> str:
    """Return a name as the code of a topic: 'Hợp đồng (thử việc)' → 'hop-dong-thu-viec'."""
    return "-".join(re.findall("[a-z0-9]+", fold(name)))


def path_of(code: str, names: Mapping[str, str]) -> str:
    """Return the category of a topic."""
    parts = code.split("/")
    codes = ["/".join(parts[:length]) for length in range(1, len(parts) + 1)] if code else []
    # A slash at the end of a name would make three in a row with the one that ends it.
    shown = [clean(names.get(each, each.rpartition("/")[2])).strip("/").replace("/", "//") for each in codes]
    return "/".join([TOP, *shown])
