"""`ContestRules` → the text of a contest file that reads back as the same rules."""

import re
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from quizapp.formats import contest_values as values
from quizapp.formats.contest_boards import write_board
from quizapp.formats.contest_entrants import write_audience, write_division
from quizapp.formats.contest_prizes import write_prize
from quizapp.formats.contest_round import write_round
from quizapp.rules.contest_rules import ContestRules, PublishRule
from quizapp.vocabulary import IdentityField, OnePrize


class Dumper(yaml.SafeDumper):
    """Puts quotation marks around words that would be read as nothing."""


Dumper.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(none|null)$", re.IGNORECASE), list("nN"))


def write_contest(rules: ContestRules) -> str:
    """Return the contest file of these rules; instants are written to the second, in the contest's zone."""
    zone = ZoneInfo(rules.timezone)
    contest: dict[str, Any] = {
        "slug": rules.slug,
        "title": rules.title,
        "organiser": rules.organiser,
        "timezone": rules.timezone,
        "audience": write_audience(rules.audience, rules.entrants),
        "entry": {"code": rules.entry.code, "registration": "open" if rules.entry.registration else "closed"},
    }
    if rules.identity != tuple(IdentityField):
        contest["identity"] = [each.value for each in rules.identity]
    if rules.divisions:
        contest["divisions"] = [write_division(each) for each in rules.divisions]
    contest["rounds"] = [write_round(each, zone) for each in rules.rounds]
    contest["standings"] = [write_board(each) for each in rules.boards]
    if rules.prizes:
        contest["prizes"] = [write_prize(each) for each in rules.prizes]
    if rules.one_prize is not OnePrize.CONTEST:
        contest["one_prize_per_person"] = rules.one_prize.value
    if rules.target_rate is not None:
        contest["target_rate"] = values.write_share(rules.target_rate)
    if rules.appeals_until:
        contest["appeals"] = {"until": values.local_end(rules.appeals_until, zone)}
    contest["publish"] = _publish(rules.publish, zone)
    return yaml.dump({"contest": contest}, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1000)


def _publish(rule: PublishRule, zone: ZoneInfo) -> dict[str, Any]:
    written = {"board": rule.board.value, "names": rule.names.value}
    return written | ({"freeze_at": values.local(rule.freeze_at, zone)} if rule.freeze_at else {})
