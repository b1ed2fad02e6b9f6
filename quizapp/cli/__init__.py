"""The flask commands: each file has a group; thin."""

from flask import Flask

from quizapp.cli import (
    accounts,
    bank_template,
    banks,
    contests,
    demo,
    housekeep,
    members,
    schema,
    serve,
    standings,
    unions,
)
from quizapp.cli.later import Later

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
    Later("attempts", module="quizapp.cli.attempts", help="Results of paper and in-person sittings."),
    Later("jobs", module="quizapp.cli.jobs", help="Long work that people asked for."),
    Later("laws", module="quizapp.cli.laws", help="The register of laws."),
    Later("papers", module="quizapp.cli.papers", help="Papers of a jury as files."),
    Later("prizes", module="quizapp.cli.prizes", help="Prizes of a contest."),
    Later("results", module="quizapp.cli.results", help="Results of a contest as files."),
)


banks.banks.add_command(bank_template.template)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
