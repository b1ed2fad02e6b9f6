"""Numbers in addresses: those that a primary key can be; a longer one is no row's, and a database would choke on it."""

from flask import Flask
from werkzeug.routing import IntegerConverter


class KeyConverter(IntegerConverter):
    regex = r"\d{1,18}"


def init_app(app: Flask) -> None:
    app.url_map.converters["int"] = KeyConverter
