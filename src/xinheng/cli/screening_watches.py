"""``xinheng screen watch`` and its kin: be told when what a matter sees of a subject changes."""

from __future__ import annotations

import datetime as dt

import click

from xinheng.cli.printing import language, print_json, print_table, say
from xinheng.cli.starting import acting, day_of, day_option, now, today
from xinheng.core.access import Actor


@click.command()
@click.argument("code", default="")
@click.option("--screening", type=int, help="Every subject of this screening that was found by its code.")
@click.option("--matter", default="", help="The matter, where a code is given.")
@click.option("--business-number", default="", help="The number under which the business is handled.")
@click.option("--agency", default="", help="The agency that handles it; default the user's own.")
@acting
def watch(
    code: str, screening: int | None, matter: str, business_number: str, agency: str, actor: Actor
) -> None:  # fmt: skip
    """Watch the subject with this CODE in a matter, or every subject of a screening."""
    from xinheng.usecases.screening import watching

    if screening is not None:
        held = watching.watch_screening(screening, actor=actor, at=now(), on=today())
        say(f"已关注 {held} 个主体。", f"{held} subjects are watched.")
        return
    number = watching.watch(
        code, matter=matter, business_number=business_number, agency=agency, actor=actor, at=now(), on=today()
    )
    say(f"已关注，编号 {number}。", f"Watched; number {number}.")


@click.command()
@click.argument("number", type=int)
@acting
def unwatch(number: int, actor: Actor) -> None:
    """End one of one's own watches."""
    from xinheng.usecases.screening.watching import unwatch as end

    end(number, actor=actor, at=now())
    say(f"已取消关注 {number}。", f"Watch {number} has ended.")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def watches(as_json: bool, actor: Actor) -> None:
    """List one's own watches."""
    from xinheng.usecases.screening.watching import own_watches

    found = own_watches(actor=actor, at=now())
    rows = [(one.number, one.code, one.name, one.matter, one.business_number, one.since) for one in found]
    if as_json:
        titles = ("watch", "code", "name", "matter", "business_number", "since")
        print_json([dict(zip(titles, row, strict=True)) for row in rows])
        return
    chinese = ("编号", "代码", "名称", "事项", "业务编号", "自")
    print_table(chinese if language() == "zh" else ("watch", "code", "name", "matter", "number", "since"), rows)


@click.command()
@day_option("--on", help_text="As of this day; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def tell(on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Tell whoever watches subjects which of them changed; the timetable does it every morning."""
    from xinheng.usecases.screening.watching import tell_watches

    told = tell_watches(actor=actor, at=now(), on=day_of(on))
    if as_json:
        print_json({"watches": told.watches, "changed": told.changed, "people": told.people, "ended": told.ended})
        return
    say(
        f"关注 {told.watches} 项，有变化 {told.changed} 项，告知 {told.people} 人。",
        f"{told.watches} watches, {told.changed} changed, {told.people} people told.",
    )
