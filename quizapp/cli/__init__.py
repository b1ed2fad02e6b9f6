"""The flask commands: each file has a group; thin."""

from flask import Flask

from quizapp.cli import accounts, banks, contests, demo, housekeep, members, results, schema, serve, standings, unions

COMMANDS = (
    schema.migrate,
    demo.demo,
    serve.serve,
    housekeep.housekeep,
    accounts.accounts,
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
