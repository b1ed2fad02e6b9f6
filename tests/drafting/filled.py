"""What a browser would send of a form on a page, without anything changed by hand."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.select: str | None = None
        self.options: list[tuple[str, bool]] = []
        self.area: str | None = None
        self.text = ""
        self.is_open = False

    def handle_starttag(self, tag, attrs):
        found = {key: value or "" for key, value in attrs}
        if tag == "form":
            self.is_open = True
        if tag == "input" and found.get("name") and found.get("type") not in ("submit", "file"):
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                self.fields.append((found["name"], found.get("value", "")))
        elif tag == "select":
            self.select, self.options = found["name"], []
        elif tag == "option":
            self.options.append((found.get("value", ""), "selected" in found))
        elif tag == "textarea":
            self.area, self.text = found["name"], ""

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            chosen = [value for value, is_chosen in self.options if is_chosen]
            self.fields.append((self.select, (chosen or [self.options[0][0]])[0]))
            self.select = None
        elif tag == "textarea" and self.area:
            self.fields.append((self.area, self.text.strip("\r\n")))
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.text += data


def filled(page: str) -> dict[str, list[str]]:
    """Return the fields of all forms of the page's main part, by name."""
    reader = _Fields()
    reader.feed(page[page.index("<main") :])
    found: dict[str, list[str]] = {}
    for name, value in reader.fields:
        found.setdefault(name, []).append(value)
    return found
