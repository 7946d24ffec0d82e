"""``xinheng server``: the embedded PostgreSQL of this home."""

from __future__ import annotations

from pathlib import Path

import click

from xinheng import server as supervisor
from xinheng.cli.printing import print_json, print_table, say


@click.group()
def server() -> None:
    """The embedded database server of this home (XINHENG_HOME)."""


_HOME = click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="XINHENG_HOME",
    default="var",
    show_default=True,
    help="The home whose server is meant.",
)


@server.command()
@_HOME
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(home: Path, as_json: bool) -> None:
    """Say whether it runs, where, since when and for whom."""
    found = supervisor.status(home)
    facts = {name: getattr(found, name) for name in found.__slots__}
    if as_json:
        print_json(facts)
    else:
        print_table(("what", "value"), facts.items())


@server.command()
@_HOME
@click.option("--force", is_flag=True, help="Stop it although other processes use it.")
def stop(home: Path, force: bool) -> None:
    """Stop it; it stops by itself with the last process that uses it."""
    supervisor.stop(home, force=force)
    say("数据库已停止。", "The database server has stopped.")
