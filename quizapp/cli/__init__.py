"""The flask commands: each file has a group; thin."""

from flask import Flask

from quizapp.cli import schema, standings

COMMANDS = (schema.migrate, standings.standings)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
