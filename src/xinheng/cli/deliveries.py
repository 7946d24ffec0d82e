"""``xinheng deliveries``: tables of departments' databases that are read by watermark and handed in."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING, Any

import click

from xinheng.cli.intake import SOME_REJECTED, show_outcome
from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.progress import Bar
from xinheng.cli.starting import acting, day_of, day_option, now, today
from xinheng.core.access import Actor
from xinheng.core.errors import Text

if TYPE_CHECKING:
    from xinheng.usecases.intake.deliveries import DeliveryView

STATES = {
    "never": Text("尚未运行", "never run"),
    "committed": Text("已入库", "committed"),
    "failed": Text("失败", "failed"),
    "unfinished": Text("未完成", "unfinished"),
}


@click.group()
def deliveries() -> None:
    """Deliveries from departments' databases: rows newer than a watermark, handed in like a file."""


@deliveries.command()
@click.argument("name")
@click.option("--item", required=True, help="The catalogue item that the rows are.")
@click.option("--agency", required=True, help="The unified code of the agency whose rows they are.")
@click.option(
    "--url-from-env",
    "variable",
    required=True,
    metavar="VARIABLE",
    help="The environment variable that holds the database's address (postgresql://… or mysql://…).",
)
@click.option("--table", required=True, help="The table or view to read; SCHEMA.TABLE is possible.")
@click.option("--profile", default="", help="A delivery profile, where the columns are the agency's own.")
@click.option("--watermark", required=True, help="The column that grows with each change: a time, a day or a number.")
@click.option("--key", default="", help="A column that tells rows with the same watermark apart.")
@acting
def add(
    name: str, item: str, agency: str, variable: str, table: str, profile: str, watermark: str, key: str, actor: Actor
) -> None:
    """Make the delivery NAME known; nothing is read yet, and the address stays in the environment."""
    from xinheng.usecases.intake.deliveries import Wanted, add_delivery

    wanted = Wanted(
        name=name, item=item, agency=agency, variable=variable, table=table, watermark=watermark, key=key, profile=profile
    )  # fmt: skip
    add_delivery(wanted, actor=actor, at=now(), on=today())
    say(f"已登记数据库报送：{name}", f"Known: delivery {name}")


@deliveries.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def list_all(as_json: bool, actor: Actor) -> None:
    """List the deliveries: what each reads, up to which watermark, and how its last run stands."""
    from xinheng.usecases.intake.deliveries import list_deliveries

    found = [_row(one) for one in list_deliveries(actor=actor, at=now())]
    if as_json:
        print_json(found)
    elif not found:
        say("没有登记数据库报送。", "No delivery is known.")
    else:
        zh = ("名称", "目录", "单位", "表", "水位列", "水位", "上次运行", "状态")
        titles = zh if language() == "zh" else _LISTED
        print_table(titles, [[*(row[name] for name in _LISTED[:-1]), said(STATES[row["state"]])] for row in found])


_LISTED = ("name", "item", "agency", "table", "watermark", "reached", "last_run", "state")


def _row(one: DeliveryView) -> dict[str, Any]:
    run = one.last_run
    return {
        "name": one.asked.name, "item": one.asked.item, "agency": one.asked.agency, "table": one.asked.table, "watermark": one.asked.watermark,
        "key": one.asked.key, "profile": one.asked.profile, "url_from_env": one.asked.variable, "url_is_set": one.address,
        "reached": one.reached, "last_run": run.at.astimezone(now().tzinfo).isoformat(timespec="seconds") if run else None,
        "submission": run.submission_id if run else None, "state": one.state,
    }  # fmt: skip


@deliveries.command()
@click.argument("name")
@day_option("--on", help_text="The day on which the rows are handed in; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def run(name: str, on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Read the rows of the delivery NAME from its watermark on and hand them in.

    Exit code: 0 all taken, or nothing new; 3 some rows rejected (the good ones are in); 2 the call or the rows are unusable; the watermark then
    stays where it was.
    """
    from xinheng.usecases.intake.delivering import result_of_run, run_delivery

    with Bar(quiet=as_json) as bar:
        delivered = run_delivery(name, actor=actor, at=now(), on=day_of(on), progress=bar.tell)
    result = result_of_run(delivered)
    if as_json:
        print_json(result)
    else:
        _tell(result)
        for note in delivered.notes:
            click.echo(said(note))
    sys.exit(SOME_REJECTED if delivered.outcome and delivered.outcome.counts.rejected else 0)


def _tell(result: dict[str, Any]) -> None:
    for number in result["finished"]:
        say(f"已接着完成上次中断的报送 {number}", f"Finished the submission {number} of an earlier run")
    since, upto = result["since"] or "—", result["upto"] or "—"
    say(
        f"读取 {result['rows']} 行，水位 {since} → {upto}",
        f"{result['rows']} rows read, watermark {since} → {upto}",
    )
    if result["submission"] is None:
        say("没有新的行。", "Nothing new.")
    else:
        show_outcome(result["submission"])
