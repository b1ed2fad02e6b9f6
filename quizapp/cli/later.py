"""A group of commands whose file is read when it is called: what it needs is too heavy for a server to carry along."""

from importlib import import_module
from typing import Any

import click


class Later(click.Group):
    """Stands for the group of the same name in `module`."""

    def __init__(self, name: str, *, module: str, **more: Any):
        super().__init__(name, **more)
        self.module = module

    def list_commands(self, ctx: click.Context) -> list[str]:
        return self._group().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return self._group().get_command(ctx, cmd_name)

    def _group(self) -> click.Group:
        found: click.Group = getattr(import_module(self.module), self.name or "")
        return found
