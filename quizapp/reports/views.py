"""The organiser's desk: contests, participation, publishing, Excel."""

from flask import Blueprint

bp = Blueprint("reports", __name__)
