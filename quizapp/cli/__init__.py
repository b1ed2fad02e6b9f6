"""The flask commands: each file has a group; thin."""

from flask import Flask

from quizapp.cli import banks, contests, housekeep, schema, serve, standings

COMMANDS = (schema.migrate, serve.serve, housekeep.housekeep, banks.banks, contests.contests, standings.standings)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
