"""`flask laws`: what the register of laws begins with."""

from datetime import datetime
from pathlib import Path

import click
import yaml

from quizapp import clock
from quizapp.db import transaction
from quizapp.laws import actions
from quizapp.laws.actions import LawFacts

KNOWN = Path(actions.__file__).with_name("known.yaml")


@click.group()
def laws() -> None:
    """The register of laws that questions cite."""


@laws.command()
def load() -> None:
    """Add the texts that this version knows and the register lacks; entries that are there stay as they are."""
    with transaction():
        added = load_known(now=clock.now())
    click.echo(f"Đã thêm {len(added)} văn bản: {', '.join(added)}." if added else "Danh mục đã có đủ các văn bản này.")


def load_known(*, now: datetime) -> list[str]:
    """Add the texts that this version knows and the register lacks; return their numbers."""
    known = [LawFacts(**each) for each in yaml.safe_load(KNOWN.read_text(encoding="utf-8"))]
    return actions.load(known, now=now)
