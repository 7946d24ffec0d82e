"""``xinheng file``, ``search``: looking into the ledger."""

from __future__ import annotations

import datetime as dt

import click

from xinheng.cli.printing import print_json, print_table, said, say
from xinheng.cli.starting import acting, day_of, day_option, now, today
from xinheng.core.access import Actor, Matter, Purpose


@click.command()
@click.argument("code")
@day_option("--as-of", help_text="The file as it stood on this day; default today.")
@click.option(
    "--for", "purpose", type=click.Choice(list(Purpose)), help="What the look-up is for, where records are not public."
)
@click.option("--reference", default="", help="The matter's code, the letter of authorization or the case; it is kept.")
@day_option(
    "--shown-from",
    help_text="The day from which the subject sees this look, where an investigation keeps it until then.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def file(
    code: str,
    as_of: dt.datetime | None,
    purpose: str | None,
    reference: str,
    shown_from: dt.datetime | None,
    as_json: bool,
    actor: Actor,
) -> None:
    """Show the credit file of the subject with this CODE."""
    from xinheng.usecases.ledger.file import shown_record, view_file

    matter = Matter(Purpose(purpose), reference) if purpose else None
    secret = shown_from.date() if shown_from else None
    held = view_file(code, as_of=day_of(as_of), today=today(), actor=actor, at=now(), matter=matter, shown_from=secret)
    subject = held.subject
    if as_json:
        print_json(
            {
                "code": subject.uscc, "name": subject.name, "kind": subject.kind, "status": subject.status,
                "names": [{"name": name, "current": current} for name, current in held.names], "as_of": held.as_of,
                "records": [shown_record(entry) for entry in held.entries], "withheld": held.withheld, "receipt": held.receipt,
            }
        )  # fmt: skip
        return
    click.echo(f"{subject.name}  {subject.uscc}  {subject.status}")
    former = "、".join(name for name, current in held.names if not current)
    if former:
        say(f"曾用名：{former}", f"Former names: {former}")
    if held.withheld:
        say(
            f"另有 {held.withheld} 条非公开信息：须以 --for 和 --reference 注明查询事由后查看。",
            f"{held.withheld} more that are not public: say what they are needed for with --for and --reference.",
        )
    if not held.entries:
        say(f"截至 {held.as_of}，没有可查看的记录。", f"No record to be seen as of {held.as_of}.")
        return
    rows = [
        (
            e.record.decided_on,
            e.record.decision_number,
            said(e.state.label),
            e.record.first_day,
            e.record.last_day,
            e.record.item,
            len(e.sources),
            e.corrects.submission if e.corrects else "",
        )
        for e in held.entries
    ]
    print_table(("decided", "number", "state", "first day", "last day", "item", "sources", "corrects"), rows)


@click.command()
@click.argument("text")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=50, show_default=True, help="How many to list at the most."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def search(text: str, limit: int, as_json: bool, actor: Actor) -> None:
    """Find subjects by a code or a part of a name."""
    from xinheng.usecases.ledger import file as ledger

    total, found = ledger.search(text, actor=actor, at=now(), limit=limit)
    if as_json:
        hits = [
            {"code": one.uscc, "name": one.name, "kind": one.kind, "status": one.status, "matched": one.matched}
            for one in found
        ]
        print_json({"total": total, "hits": hits})
        return
    print_table(("code", "name", "status", "matched"), [(one.uscc, one.name, one.status, one.matched) for one in found])
    say(f"共 {total} 个主体", f"{total} subjects in all")
