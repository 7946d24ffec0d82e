"""``xinheng withdraw`` and ``xinheng corrections``: asking that a record be withdrawn, and deciding as the second person."""

from __future__ import annotations

import datetime as dt

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import acting, day_of, day_option, now
from xinheng.core.access import Actor


@click.command()
@click.argument("code")
@click.argument("decision_number")
@click.option("--agency", required=True, help="The agency that handed the decision in.")
@click.option("--reason", required=True, help="Why it is withdrawn, e.g. that the decision was revoked.")
@day_option("--on", help_text="The day as of which the decision is looked up; default today.")
@acting
def withdraw(code: str, decision_number: str, agency: str, reason: str, on: dt.datetime | None, actor: Actor) -> None:
    """Ask that a decision on the subject with this CODE be withdrawn: it is, once another person has approved it."""
    from xinheng.usecases.corrections.asking import ask_withdrawal_of_decision

    number = ask_withdrawal_of_decision(
        code, decision_number, agency=agency, reason=reason, actor=actor, at=now(), on=day_of(on)
    )
    say(
        f"已申请撤回，编号 {number}，待另一人审批：xinheng corrections approve {number}",
        f"Asked for; request {number} waits for another person: xinheng corrections approve {number}",
    )


@click.group()
def corrections() -> None:
    """Withdrawals and corrections of standing records that somebody asked for."""


@corrections.command("list")
@click.option("--decided", is_flag=True, help="Those that were decided, instead of those that wait.")
@click.option("--page", type=click.IntRange(1, 100_000), default=1, show_default=True, help="Which page.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def list_asked(decided: bool, page: int, as_json: bool, actor: Actor) -> None:
    """List what waits for a second person."""
    from xinheng.usecases.corrections.listing import list_corrections, shown_correction

    found = list_corrections(decided=decided, page=page, actor=actor, at=now())
    if as_json:
        print_json([shown_correction(one) for one in found.found])
        return
    rows = [
        (one.number, said(one.kind.label), said(one.state.label), one.name, one.decision_number, one.asked_by, one.due)
        for one in found.found
    ]
    english = ("number", "what", "state", "subject", "decision", "asked by", "due")
    print_table(
        ("编号", "事项", "状态", "主体", "文书号", "申请人", "办理期限") if language() == "zh" else english, rows
    )
    say(f"共 {found.total} 项", f"{found.total} in all")


@corrections.command()
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def show(number: int, as_json: bool, actor: Actor) -> None:
    """Show a request by its NUMBER: what it changes, how it was decided, and who was told."""
    from xinheng.usecases.corrections.listing import shown_correction, view_correction

    found = view_correction(number, actor=actor, at=now())
    told = [
        {"account": one.name, "door": one.door.value, "looks": one.looks, "last_look": one.last_look, "told_at": one.told_at, "read_at": one.read_at}
        for one in found.told
    ]  # fmt: skip
    if as_json:
        changes = [{"field": title.zh, "before": before, "after": after} for title, before, after in found.changes]
        about = {"changes": changes, "replaced_by": found.replaced_by, "submission": found.submission}
        print_json({**shown_correction(found.view), **about, "told": told, "shown_publicly": found.shown_publicly})
        return
    one = found.view
    click.echo(
        f"{one.number}  {said(one.kind.label)}  {said(one.state.label)}  {one.name}  {one.code}  {one.decision_number}"
    )
    say(f"理由：{one.reason}（{one.asked_by}）", f"Reason: {one.reason} ({one.asked_by})")
    print_table(("field", "before", "after"), [(said(title), before, after) for title, before, after in found.changes])
    print_table(
        ("account", "door", "looks", "told", "read"),
        [
            (row.name or "—", said(row.door.label), row.looks, row.told_at or "—", row.read_at or "—")
            for row in found.told
        ],
    )


@corrections.command()
@click.argument("number", type=int)
@click.option("--remark", default="", help="A remark; it is kept.")
@day_option("--on", help_text="The day from which it holds; default today.")
@acting
def approve(number: int, remark: str, on: dt.datetime | None, actor: Actor) -> None:
    """Approve, as the second person, the request with this NUMBER: it takes effect, and who was shown the record is told."""
    from xinheng.usecases.corrections.deciding import approve as approve_it
    from xinheng.usecases.corrections.listing import view_correction

    approve_it(number, remark=remark, actor=actor, at=now(), on=day_of(on))
    found = view_correction(number, actor=actor, at=now())
    told, untold = (
        sum((one.told_at is None) is missing for one in found.told if one.name) for missing in (False, True)
    )
    say(
        f"已办理：{found.view.decision_number}。告知 {told} 个账号和主体本人，{untold} 个无法告知。",
        f"Done: {found.view.decision_number}. {told} accounts and the subject were told, {untold} cannot be.",
    )
    say(
        f"公示网站上显示过 {found.shown_publicly} 次，公众是谁不作记录，无法逐一告知。",
        f"It was shown {found.shown_publicly} times on the public portal; to whom is not recorded, and cannot be told.",
    )


@corrections.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why; who asked reads it.")
@acting
def refuse(number: int, reason: str, actor: Actor) -> None:
    """Refuse the request with this NUMBER."""
    from xinheng.usecases.corrections.deciding import refuse as refuse_it

    refuse_it(number, reason=reason, actor=actor, at=now())
    say(f"未同意申请 {number}。", f"Request {number} is refused.")


@corrections.command("take-back")
@click.argument("number", type=int)
@acting
def take_back(number: int, actor: Actor) -> None:
    """Take back the request with this NUMBER that you made yourself."""
    from xinheng.usecases.corrections.asking import take_back as take_it_back

    take_it_back(number, actor=actor, at=now())
    say(f"已收回申请 {number}。", f"Request {number} is taken back.")
