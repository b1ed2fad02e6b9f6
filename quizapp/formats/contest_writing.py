"""`ContestRules` → the text of a contest file that reads back as the same rules."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from quizapp.formats.contest_essay import decimal, write_essay
from quizapp.rules.contest_rules import BoardRules, ContestRules
from quizapp.rules.round_rules import Draw, RoundRules
from quizapp.vocabulary import StandingsOf


class Dumper(yaml.SafeDumper):
    """Puts quotation marks around words that would be read as nothing."""


Dumper.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("(none|null)$", re.IGNORECASE), list("nN"))


def write_contest(rules: ContestRules) -> str:
    """Return the contest file of these rules; instants are written to the second, in the contest's zone."""
    zone = ZoneInfo(rules.timezone)
    contest = {
        "slug": rules.slug,
        "title": rules.title,
        "organiser": rules.organiser,
        "timezone": rules.timezone,
        "audience": {"units": list(rules.audience)},
        "entry": {"code": rules.entry.code, "registration": "open" if rules.entry.registration else "closed"},
        "rounds": [_round(each, zone) for each in rules.rounds],
        "standings": [_board(each) for each in rules.boards],
        "publish": {"board": rules.publish.board.value, "names": rules.publish.names.value},
    }
    return yaml.dump({"contest": contest}, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=1000)


def _round(rules: RoundRules, zone: ZoneInfo) -> dict[str, Any]:
    attempts = rules.attempts
    written = {
        "key": rules.key,
        "title": rules.title,
        "opens": _local(rules.opens_at, zone),
        "closes": _local_end(rules.closes_at, zone),
        "attempts": {"limit": attempts.limit, "per": attempts.per.value, "counted": attempts.counted.value},
        "time": None if rules.time_limit is None else {"minutes": rules.time_limit // timedelta(minutes=1)},
        "paper": [_draw(each) for each in rules.draws] or None,
        "order": {"questions": rules.question_order.value, "options": rules.option_order.value},
        "marks": {"right": decimal(rules.right_mark)},
        "show": {"result": rules.show.result.value, "answers": rules.show.answers.value},
    }
    return written | ({"essay": write_essay(rules.essay, zone)} if rules.essay else {})


def _draw(draw: Draw) -> dict[str, Any]:
    written: dict[str, Any] = {"bank": draw.bank, "count": draw.count}
    if draw.topic is not None:
        written["topic"] = draw.topic
    if draw.level is not None:
        written["level"] = draw.level.value
    return written


def _board(board: BoardRules) -> dict[str, Any]:
    written: dict[str, Any] = {
        "key": board.key,
        "title": board.title,
        "of": board.of.value,
        "rounds": "all" if board.rounds is None else list(board.rounds),
        "combine": board.combine.value,
    }
    if board.of is StandingsOf.PEOPLE:
        written["order"] = [each.value for each in board.order]
    else:
        written |= {"level": board.level.name.lower(), "measure": board.measure.value}
    return written


def _local(instant: datetime, zone: ZoneInfo) -> str:
    local = instant.astimezone(zone)
    return f"{local:%Y-%m-%dT%H:%M:%S}" if local.second else f"{local:%Y-%m-%dT%H:%M}"


def _local_end(instant: datetime, zone: ZoneInfo) -> str:
    """A close at midnight is the 24:00 of the day before, as people write it."""
    local = instant.astimezone(zone)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return f"{local - timedelta(days=1):%Y-%m-%dT24:00}"
    return _local(instant, zone)
