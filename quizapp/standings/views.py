"""."""

from flask import Blueprint

bp = Blueprint("standings", __name__)
