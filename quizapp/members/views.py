"""Members, their first-time codes and their roles."""

from flask import Blueprint

bp = Blueprint("members", __name__)
