"""The flask commands: each file has a group; thin."""

from flask import Flask

from quizapp.cli import banks, contests, housekeep, members, results, schema, serve, standings, unions

COMMANDS = (
    schema.migrate,
    serve.serve,
    housekeep.housekeep,
    banks.banks,
    unions.unions,
    members.members,
    contests.contests,
    standings.standings,
    results.results,
)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
