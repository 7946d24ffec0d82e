"""``xinheng persons``, ``keys``, ``retention``: natural persons' data, their keys, and their end."""

from __future__ import annotations

import datetime as dt
import sys

import click

from xinheng.cli.printing import print_json, print_table, said, say
from xinheng.cli.starting import acting, day_of, day_option, now, today
from xinheng.core.access import Actor
from xinheng.core.access.matters import matters


@click.group()
def persons() -> None:
    """Natural persons' data: by exact document and in a statutory matter only."""


@persons.command("show")
@click.option("--kind", required=True, help="The kind of document, e.g. 居民身份证 or resident-id.")
@click.option(
    "--number-from-stdin",
    is_flag=True,
    required=True,
    help="Read the number from standard input: it must not stand in a command.",
)
@click.option("--matter", required=True, help="The statutory matter (xinheng persons matters).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def show(kind: str, number_from_stdin: bool, matter: str, as_json: bool, actor: Actor) -> None:  # noqa: ARG001 (says where from)
    """Show what is kept of a person, masked as far as the matter allows; the look is recorded and told to the person."""
    from xinheng.usecases.persons.viewing import view_person

    number = sys.stdin.readline()
    held = view_person(kind, number, matter=matter, actor=actor, at=now(), on=today())
    if as_json:
        print_json(
            {
                "kind": held.kind, "number": held.number, "name": held.name, "receipt": held.receipt,
                "records": [
                    {
                        "item": one.item, "decided_on": one.decided_on, "agency": one.source_agency, "sources": one.other_sources,
                        "submission": one.submission, "kept_until": one.until, "fields": one.fields,
                    }
                    for one in held.entries
                ],
            }
        )  # fmt: skip
        return
    click.echo(f"{held.name}  {held.kind}  {held.number}")
    rows = [(one.decided_on, one.item, one.source_agency, one.until) for one in held.entries]
    print_table(("decided", "item", "agency", "kept until"), rows)
    say(f"回执 {held.receipt}", f"Receipt {held.receipt}")


@persons.command("matters")
def list_matters() -> None:
    """List the statutory matters in which a person may be looked at."""
    rows = [(one.code, said(one.title), one.basis, "✓" if one.shows_number else "") for one in matters()]
    print_table(("matter", "title", "basis", "number shown"), rows)


@click.group()
def keys() -> None:
    """The keys under which persons' data stand."""


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def list_all(as_json: bool, actor: Actor) -> None:
    """List the keys: purpose, algorithms, since when, and how much stands under each. No key is shown."""
    from xinheng.usecases.persons.keys import list_keys

    found = list_keys(actor=actor, at=now())
    rows = [
        (v.name, v.purpose, v.algorithms, v.made_on, v.destroyed_on or "", "✓" if v.current else "", v.holds)
        for v in found
    ]
    if as_json:
        titles = ("name", "purpose", "algorithms", "made_on", "destroyed_on", "current", "holds")
        print_json([dict(zip(titles, row, strict=True)) for row in rows])
        return
    print_table(("name", "purpose", "algorithms", "made", "destroyed", "current", "holds"), rows)


@keys.command("rotate")
@click.option(
    "--purpose",
    type=click.Choice(["seal", "lookup", "both"]),
    default="both",
    show_default=True,
    help="Which key is replaced.",
)
@acting
def rotate_keys(purpose: str, actor: Actor) -> None:
    """Make new keys for what comes; what stands under the old ones is renewed by ``keys renew`` or the nightly job."""
    from xinheng.gateways.keys import Purpose
    from xinheng.usecases.persons.keys import rotate

    purposes = tuple(Purpose) if purpose == "both" else (Purpose(purpose),)
    made = "、".join(rotate(purposes, actor=actor, at=now()))
    say(
        f"新密钥：{made}。请运行 xinheng keys renew，或等待夜间任务。",
        f"New keys: {made}. Run xinheng keys renew, or wait for the night.",
    )


@keys.command("renew")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def renew_keys(as_json: bool, actor: Actor) -> None:
    """Put everything under the current keys, in batches, and destroy the old ones; may be stopped and run again at any time."""
    from xinheng.usecases.persons.keys import renew, result_of_renewal

    renewed = renew(actor=actor, at=now())
    if as_json:
        print_json(result_of_renewal(renewed))
        return
    gone = "、".join(renewed.destroyed) or "—"
    say(
        f"已更新 {renewed.persons} 人、{renewed.records} 条记录；已销毁密钥：{gone}",
        f"Renewed {renewed.persons} persons and {renewed.records} records; keys destroyed: {gone}",
    )


@click.group()
def retention() -> None:
    """The end of what is kept."""


@retention.command("run")
@day_option("--on", help_text="The day by which something is kept no more; default today.")
@click.option("--dry-run", is_flag=True, help="Only say what would be destroyed; may look ahead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def run(on: dt.datetime | None, dry_run: bool, as_json: bool, actor: Actor) -> None:
    """Destroy the keys of persons' records, and of received files, that are kept no more. What is destroyed does not come back."""
    from xinheng.usecases.persons.retention import result_of_retention, run_retention

    report = run_retention(actor=actor, at=now(), on=day_of(on), today=today(), dry_run=dry_run)
    if as_json:
        print_json(result_of_retention(report))
        return
    items = sorted({*report.ended.records, *report.remaining})
    print_table(
        ("item", "ended", "remaining"),
        [(item, report.ended.records[item], report.remaining.get(item, 0)) for item in items],
    )
    zh, en = ("将销毁", "Would destroy") if report.dry_run else ("已销毁", "Destroyed")
    ended = report.ended
    say(
        f"{zh}：记录 {ended.records.total()} 条、自然人 {ended.persons} 人、文件 {ended.files} 份；下次期满：{report.next_due or '—'}",
        f"{en}: {ended.records.total()} records, {ended.persons} persons, {ended.files} files; next due: {report.next_due or '—'}",
    )


@retention.command("sign-on")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def sign_on(as_json: bool, actor: Actor) -> None:
    """Clear away what signing in left behind: old sessions, sign-ins, one-time secrets, tokens. The audit log keeps its events."""
    from xinheng.core.access.traces import kept
    from xinheng.usecases.sign_on.clearing import clear_sign_on

    gone = clear_sign_on(actor=actor, at=now())
    if as_json:
        print_json(dict(gone))
        return
    terms = {trace.value: (held.time.days, said(held.reason)) for trace, held in kept().items()}
    rows = [(kind, count, *terms.get(kind, ("", ""))) for kind, count in gone.items()]
    print_table(("what", "cleared", "days kept", "why"), rows)
