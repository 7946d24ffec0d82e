"""``xinheng server``: the embedded PostgreSQL of this home."""

from __future__ import annotations

import os
from pathlib import Path

import click

from xinheng import server as supervisor
from xinheng.cli.printing import print_json, print_table, say


@click.group()
def server() -> None:
    """The embedded database server of this home (XINHENG_HOME)."""


@server.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(as_json: bool) -> None:  # noqa: FBT001
    """Say whether it runs, where, since when and for whom."""
    found = supervisor.status(_home())
    facts = {name: getattr(found, name) for name in found.__slots__}
    if as_json:
        print_json(facts)
    else:
        print_table(("what", "value"), facts.items())


@server.command()
@click.option("--force", is_flag=True, help="Stop it although other processes use it.")
def stop(force: bool) -> None:  # noqa: FBT001
    """Stop it; it stops by itself with the last process that uses it."""
    supervisor.stop(_home(), force=force)
    say("数据库已停止。", "The database server has stopped.")


def _home() -> Path:
    return Path(os.environ.get("XINHENG_HOME", "var"))
