"""Numbers in addresses: no longer than a row or a page can have, since a database would choke on them."""

from flask import Flask, request
from werkzeug.routing import IntegerConverter


class KeyConverter(IntegerConverter):
    regex = r"\d{1,18}"


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = KeyConverter
    app.url_map.merge_slashes = False  # the redirect would name whatever host the request named


def asked_number(name: str, default: int = 0) -> int:
    """Return a whole number of the query string, at least the default and at most a billion; anything else is that."""
    return min(max(default, request.args.get(name, default, type=int)), 1_000_000_000)
