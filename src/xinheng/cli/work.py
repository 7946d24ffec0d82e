"""``xinheng work``: what somebody has to do, collection tasks, zero reports, and the day's reminders."""

from __future__ import annotations

import datetime as dt

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import acting, day_of, day_option, now
from xinheng.core.access import Actor
from xinheng.core.collecting import TaskState
from xinheng.core.errors import Text


@click.group()
def work() -> None:
    """See what is to do, collection tasks and their reminders; report that there was nothing to report."""


@work.command(name="list")
@click.option("--agency", default="", help="Of this agency, where it is within reach; default the user's own.")
@day_option("--on", help_text="The day from which days are counted; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def listed(agency: str, on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """List what is to do, by due day."""
    from xinheng.usecases.collecting.work import page_of_work, shown_line
    from xinheng.usecases.intake.listing import LONGEST, Wanted

    wanted = Wanted(filters={"agency": agency}, limit=LONGEST)
    found = page_of_work(wanted, actor=actor, at=now(), on=day_of(on)).rows
    if as_json:
        print_json([shown_line(one) for one in found])
        return
    if not found:
        say("没有待办事项。", "There is nothing to do.")
        return
    rows = [
        (one.due, said(one.state.label), one.days_left, said(one.kind.label), one.item, one.number, one.agency_name, one.rows)
        for one in found
    ]  # fmt: skip
    chinese = ("到期日", "状态", "剩余工作日", "事项", "目录", "编号", "单位", "数量")
    english = ("due", "state", "working days left", "what", "item", "number", "agency", "rows")
    print_table(chinese if language() == "zh" else english, rows)


@work.command()
@click.option("--agency", default="", help="Only those of this agency.")
@click.option("--item", default="", help="Only those of this item.")
@click.option("--state", default="", type=click.Choice(["", *TaskState]), help="Only those that stand so.")
@day_option("--on", help_text="The day on which they stand so; default today.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=200, show_default=True, help="How many to list at the most."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def tasks(agency: str, item: str, state: str, on: dt.datetime | None, limit: int, as_json: bool, actor: Actor) -> None:
    """List collection tasks, the latest due first."""
    from xinheng.usecases.collecting.tasks import page_of_tasks, shown_task
    from xinheng.usecases.intake.listing import Wanted

    wanted = Wanted(filters={"agency": agency, "item": item, "state": state}, limit=limit)
    found = page_of_tasks(wanted, actor=actor, at=now(), on=day_of(on))
    if as_json:
        print_json([shown_task(one) for one in found.rows])
        return
    if not found.rows:
        say("没有符合条件的归集任务。", "No collection task matches.")
        return
    rows = [
        (one.number, one.item, f"{one.first} – {one.last}", one.due, said(one.state.label), _done(one.done_by, zero=one.zero), one.agency_name)
        for one in found.rows
    ]  # fmt: skip
    chinese, english = (
        ("编号", "目录", "周期", "到期日", "状态", "完成", "单位"),
        ("task", "item", "period", "due", "state", "done by", "agency"),
    )
    print_table(chinese if language() == "zh" else english, rows)
    if found.total > len(rows):
        say(f"共 {found.total} 项。", f"{found.total} in all.")


@work.command()
@click.argument("task", type=int)
@click.option("--reason", required=True, help="Why there was nothing to report.")
@day_option("--on", help_text="The day of the report; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def zero(task: int, reason: str, on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Report that there was nothing to report for a TASK (零报告)."""
    from xinheng.usecases.collecting.zero import declare_zero

    receipt = declare_zero(task, reason=reason, actor=actor, at=now(), on=day_of(on))
    if as_json:
        print_json({"task": task, "receipt": receipt})
        return
    say(f"任务 {task} 已作零报告，回执 {receipt}。", f"A zero report was made for task {task}; receipt {receipt}.")


@work.command()
@day_option("--on", help_text="The day; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def remind(on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Make the tasks of a day and send its reminders; what was sent is not sent again."""
    from xinheng.usecases.collecting.remind import remind as send

    sent = send(actor=actor, at=now(), on=day_of(on))
    if as_json:
        print_json({"people": sent.people, "tasks": sent.tasks})
        return
    say(f"已提醒 {sent.people} 人，共 {sent.tasks} 项。", f"{sent.people} people were told of {sent.tasks} tasks.")


def _done(submission: int | None, *, zero: bool) -> str:
    if submission is not None:
        return said(Text(f"报送 {submission}", f"submission {submission}"))
    return said(Text("零报告", "zero report")) if zero else "—"
