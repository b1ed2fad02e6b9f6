"""The union tree."""

from flask import Blueprint

bp = Blueprint("unions", __name__)
