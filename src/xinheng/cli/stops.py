"""``xinheng stop``: emergency stops of publication, asked by one person and confirmed by another, and their lifting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import CHINA, acting, now, today
from xinheng.core.access import Actor
from xinheng.core.ledger.stops import Ground, Scope

if TYPE_CHECKING:
    from xinheng.usecases.stops import StopView


@click.group()
def stop() -> None:
    """Stop publication at once, by two people: a record, an item, an agency, a consumer, or the whole portal."""


@stop.command()
@click.argument("scope", type=click.Choice([one.value for one in Scope]))
@click.argument("target", default="")
@click.option(
    "--ground",
    required=True,
    type=click.Choice([one.value for one in Ground]),
    help="The public ground: what officials and the subject read.",
)
@click.option("--reason", required=True, help="Why, for the second person and the log.")
@click.option("--basis", required=True, help="By which rule or order.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def ask(scope: str, target: str, ground: str, reason: str, basis: str, as_json: bool, actor: Actor) -> None:
    """Ask for a stop. TARGET is CODE/KEY of a record, an item, an agency's code or a consumer's name; the portal has none."""
    from xinheng.usecases import stops

    done = stops.ask(
        Scope(scope), target, ground=Ground(ground), reason=reason, basis=basis, actor=actor, at=now(), on=today()
    )
    _tell(done, as_json)


@stop.command()
@click.argument("number", type=int)
@click.option("--reason", default="", help="A remark, where there is one.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def confirm(number: int, reason: str, as_json: bool, actor: Actor) -> None:
    """Confirm what is asked for, the stop NUMBER or its lifting, as the second person: it holds from now on."""
    from xinheng.usecases import stops

    _tell(stops.confirm(number, reason=reason, actor=actor, at=now()), as_json)


@stop.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why not.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def refuse(number: int, reason: str, as_json: bool, actor: Actor) -> None:
    """Refuse what is asked for, the stop NUMBER or its lifting, or take back what you asked for yourself."""
    from xinheng.usecases import stops

    _tell(stops.refuse(number, reason=reason, actor=actor, at=now()), as_json)


@stop.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why it may be shown again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def lift(number: int, reason: str, as_json: bool, actor: Actor) -> None:
    """Ask that the stop NUMBER be lifted; a second person confirms with ``xinheng stop confirm``."""
    from xinheng.usecases import stops

    _tell(stops.lift(number, reason=reason, actor=actor, at=now()), as_json)


@stop.command(name="list")
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=200, show_default=True, help="How many to list at the most."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def listed(limit: int, as_json: bool, actor: Actor) -> None:
    """List stops, the newest first."""
    from xinheng.usecases import stops

    found = stops.list_stops(actor=actor, at=now(), limit=limit)
    if as_json:
        print_json([stops.shown_stop(one) for one in found])
        return
    if not found:
        say("没有停止公示的事项。", "There is no stop.")
        return
    titles = ("编号", "范围", "对象", "名称", "状态", "申请人", "原因")
    english = ("stop", "scope", "target", "name", "state", "asked by", "ground")
    rows = [
        (
            one.number,
            said(one.scope.label),
            one.target,
            one.name[:24],
            said(one.state.label),
            one.steps[0].by,
            said(one.ground.wording),
        )
        for one in found
    ]
    print_table(titles if language() == "zh" else english, rows)


def _tell(done: StopView, as_json: bool) -> None:
    if as_json:
        from xinheng.usecases import stops

        print_json(stops.shown_stop(done))
        return
    state, due = done.state.label, f"{done.due.astimezone(CHINA):%Y-%m-%d %H:%M}" if done.due else ""
    until = (f"，{due} 前有效", f", until {due}") if due else ("", "")
    say(
        f"停止公示 {done.number}（{done.scope.label.zh}）：{state.zh}{until[0]}",
        f"Stop {done.number} ({done.scope.label.en}): {state.en}{until[1]}",
    )
