"""``xinheng agencies``: who may hand in what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import acting, day_of, now, today
from xinheng.core.access import Actor, AgencyKind, Level

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
@click.option("--region", default="", help="Its division (GB/T 2260, six digits), or the code of its zone.")
@click.option("--kind", default="", help="Department, public-body, …, by code or label; default as its code tells.")
@click.option("--level", default="", help="Province, city, county or zone; default that of its region.")
@click.option("--parent", default="", help="The agency (USCC) that supervises it, from the day given with --from.")
@click.option("--grant", "items", multiple=True, help="An item that it may hand in; may be given again.")
@_since
@acting
def add(
    uscc: str, name: str, region: str, items: tuple[str, ...], since: dt.datetime | None, actor: Actor, **standing: str
) -> None:
    """Make an agency known, rename it or put it elsewhere in the tree, with grants."""
    from xinheng.usecases.agencies import add_agency
    from xinheng.usecases.places import Standing

    stands = Standing(**standing)
    add_agency(uscc, name, region_code=region, items=items, actor=actor, at=now(), on=day_of(since), standing=stands)
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


@agencies.command("end-grant")
@click.argument("uscc")
@click.argument("item")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The first day without it; default today.")
@acting
def end_grant(uscc: str, item: str, until: dt.datetime | None, actor: Actor) -> None:
    """End an agency's grant of an item; what was handed in stays."""
    from xinheng.usecases.catalogue import granting

    granting.end_grant(uscc, item, until=day_of(until), actor=actor, at=now(), on=today())
    say(f"已终止：{uscc} 报送 {item}", f"Ended: {uscc} may no longer hand in {item}")


@agencies.command()
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--grant", "items", multiple=True, help="An item that all of them may hand in; may be given again.")
@_since
@acting
def load(sheet: Path, items: tuple[str, ...], since: dt.datetime | None, actor: Actor) -> None:
    """Make all agencies of a SHEET (columns uscc, name, region, kind, level, parent) known: all, or none where a row is wrong."""
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
        print_json(
            [
                {
                    "uscc": a.uscc, "name": a.name, "region": a.region_code, "kind": a.kind, "level": a.level,
                    "items": a.items,
                }
                for a in found
            ]
        )  # fmt: skip
    else:
        print_table(
            ("uscc", "name", "region", "items"), [(a.uscc, a.name, a.region_code, " ".join(a.items)) for a in found]
        )


@agencies.command()
@click.option("--region", default="", help="Only agencies in this region, its zones included.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="As it stood on this day; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def tree(region: str, day: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Show the tree of administrations: who supervises whom, on a day."""
    from xinheng.usecases.places import view_tree

    found = view_tree(actor=actor, at=now(), on=day_of(day), under=region)
    if as_json:
        print_json(
            [
                {
                    "uscc": one.code, "name": one.name, "kind": one.kind, "level": one.level, "region": one.region,
                    "parent": one.parent, "depth": depth,
                }
                for depth, one in found
            ]
        )  # fmt: skip
        return
    titles = (
        ("单位", "性质", "层级", "地区", "代码")
        if language() == "zh"
        else ("agency", "kind", "level", "region", "uscc")
    )
    print_table(
        titles,
        [
            (
                "  " * depth + one.name,
                said(AgencyKind(one.kind).label) if one.kind else "",
                said(Level(one.level).label) if one.level else "",
                one.region,
                one.code,
            )
            for depth, one in found
        ],
    )


@agencies.command()
@click.argument("code")
@click.option("--name", required=True, help="The zone's name.")
@_since
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The day on which it ended; default it stands.")
@acting
def zone(code: str, name: str, since: dt.datetime | None, until: dt.datetime | None, actor: Actor) -> None:
    """Make a functional zone known; its CODE is that of its city or county, a hyphen, and 2 to 8 capitals (320500-SIP)."""
    from xinheng.usecases.places import add_zone

    ends = until.date() if until else None
    add_zone(code, name, since=day_of(since), until=ends, actor=actor, at=now())
    say(f"已登记功能区 {code}。", f"The zone {code} is known.")
