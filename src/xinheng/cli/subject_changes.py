"""``xinheng subjects changed``, ``branch``, ``unchanged`` and ``around``: what happened to subjects, and who stands around one."""

from __future__ import annotations

import datetime as dt

import click

from xinheng.cli.printing import print_json, said, say
from xinheng.cli.starting import acting, day_of, day_option, now, today
from xinheng.core.access import Actor
from xinheng.core.subjects.change import ChangeKind


@click.command()
@click.argument("code")
@click.argument("kind", type=click.Choice([one.value for one in ChangeKind]))
@click.option("--successor", default="", help="The code of the subject that follows; none after a deregistration.")
@click.option("--document", required=True, help="What it is known from, e.g. the notice of the registering authority.")
@click.option(
    "--inherits-by",
    default="",
    help="The decision by which what stands against the subject holds against the successor too.",
)
@day_option("--on", help_text="The day of the change; default today.")
@acting
def changed(
    code: str, kind: str, successor: str, document: str, inherits_by: str, on: dt.datetime | None, actor: Actor
) -> None:
    """Write down that the subject with this CODE was absorbed, merged, split, divided or deregistered; its records stay where they are."""
    from xinheng.usecases.subjects.changes import record_change

    made = record_change(
        code, ChangeKind(kind), successor=successor, on=day_of(on), document=document, inherits_by=inherits_by, actor=actor, at=now()
    )  # fmt: skip
    label = ChangeKind(kind).label
    say(
        f"已登记变更 {made}：{code} {label.zh}。记录不随之移动。",
        f"Change {made} is written down: {code} {label.en}. No record moves.",
    )


@click.command()
@click.argument("change", type=int)
@click.option("--reason", required=True, help="Why it was wrong.")
@acting
def unchanged(change: int, reason: str, actor: Actor) -> None:
    """End a CHANGE that was written down wrongly; it is kept, marked."""
    from xinheng.usecases.subjects.changes import end_change

    end_change(change, reason=reason, actor=actor, at=now())
    say(f"变更 {change} 已终止。", f"Change {change} is ended.")


@click.command()
@click.argument("code")
@click.argument("parent")
@click.option("--document", required=True, help="What it is known from, e.g. the branch's licence.")
@day_option("--since", help_text="From which day; default not known.")
@acting
def branch(code: str, parent: str, document: str, since: dt.datetime | None, actor: Actor) -> None:
    """Write down that the subject with this CODE is a branch of PARENT; its records stay its own."""
    from xinheng.usecases.subjects.changes import set_branch

    set_branch(code, parent, document=document, since=since.date() if since else None, actor=actor, at=now())
    say(f"已登记：{code} 是 {parent} 的分支机构。", f"Written down: {code} is a branch of {parent}.")


@click.command()
@click.argument("code")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def around(code: str, as_json: bool, actor: Actor) -> None:
    """Show what happened to the subject with this CODE, what it came from, whose branch it is, and its branches."""
    from xinheng.usecases.ledger.file import view_file

    found = view_file(code, as_of=today(), today=today(), actor=actor, at=now()).around
    if as_json:
        changes = [
            {
                "change": one.number, "kind": one.kind.value, "on": one.on.isoformat(), "other": one.other, "is_successor": one.is_successor,
                "document": one.document, "inherits_by": one.inherits_by,
            }
            for one in found.changes
        ]  # fmt: skip
        print_json({"changes": changes, "parent": found.parent, "branches": found.branches})
        return
    if not found:
        say("没有变更，也没有分支机构关系。", "Nothing happened to it, and it has no branches.")
    for one in found.changes:
        arrow, other = "←" if one.is_successor else "→", " ".join(one.other) if one.other else ""
        click.echo(
            f"[{one.number}] {one.on} {said(one.kind.label)} {arrow} {other}  {one.document}  {one.inherits_by}".rstrip()
        )
    if found.parent:
        say(f"分支机构，隶属 {' '.join(found.parent)}", f"a branch of {' '.join(found.parent)}")
    for pair in found.branches:
        click.echo(f"  └ {' '.join(pair)}")
