"""``xinheng agencies``: who may hand in what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from xinheng.cli.printing import print_json, print_table, say
from xinheng.cli.starting import acting, day_of, now
from xinheng.core.access import Actor

_since = click.option(
    "--from",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day from which the grants hold; default today. A file of an earlier day is refused.",
)


@click.group()
def agencies() -> None:
    """Agencies and the items granted to them."""


@agencies.command()
@click.argument("uscc")
@click.option("--name", required=True, help="The agency's full name.")
@click.option("--region", default="", help="Its division (GB/T 2260), six digits.")
@click.option("--grant", "items", multiple=True, help="An item that it may hand in; may be given again.")
@_since
@acting
def add(uscc: str, name: str, region: str, items: tuple[str, ...], since: dt.datetime | None, actor: Actor) -> None:
    """Make an agency known (or rename it), with grants."""
    from xinheng.usecases.agencies import add_agency

    add_agency(uscc, name, region_code=region, items=items, actor=actor, at=now(), on=day_of(since))
    say(f"已登记：{name}（{uscc}）", f"Known: {name} ({uscc})")


@agencies.command()
@click.argument("uscc")
@click.argument("item")
@_since
@acting
def grant(uscc: str, item: str, since: dt.datetime | None, actor: Actor) -> None:
    """Let a known agency hand in an item."""
    from xinheng.usecases.agencies import grant_item

    grant_item(uscc, item, actor=actor, at=now(), on=day_of(since))
    say(f"已授权：{uscc} 报送 {item}", f"Granted: {uscc} may hand in {item}")


@agencies.command()
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--grant", "items", multiple=True, help="An item that all of them may hand in; may be given again.")
@_since
@acting
def load(sheet: Path, items: tuple[str, ...], since: dt.datetime | None, actor: Actor) -> None:
    """Make all agencies of a SHEET (columns uscc, name, region) known: all of them, or none where a row is wrong."""
    from xinheng.usecases.agencies import agency_rows, load_agencies

    with sheet.open("rb") as content:
        rows = agency_rows(content, name=sheet.name, size=sheet.stat().st_size)
        count = load_agencies(rows, items=items, actor=actor, at=now(), on=day_of(since))
    say(f"已登记 {count} 个单位。", f"{count} agencies are known.")


@agencies.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def list_known(as_json: bool, actor: Actor) -> None:
    """List the agencies."""
    from xinheng.usecases.agencies import list_agencies

    found = list_agencies(actor=actor, at=now())
    if as_json:
        print_json([{"uscc": a.uscc, "name": a.name, "region": a.region_code, "items": a.items} for a in found])
    else:
        print_table(
            ("uscc", "name", "region", "items"), [(a.uscc, a.name, a.region_code, " ".join(a.items)) for a in found]
        )
