"""``xinheng severity``: what is proposed of a submission's records, a clerk's confirmation, and its undoing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from xinheng.cli.law import member_of, plain_assessment
from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import acting, day_of, day_option, now, today
from xinheng.core.access import Actor
from xinheng.core.law.severity import Severity

if TYPE_CHECKING:
    from xinheng.usecases.ledger.severity import Confirmation


@click.group()
def severity() -> None:
    """Propose, confirm and undo the severity of penalties."""


@severity.command()
@click.argument("submission", type=int)
@click.option(
    "--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many to list at the most."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def propose(submission: int, limit: int, as_json: bool, actor: Actor) -> None:
    """List the records of a SUBMISSION whose severity a person has to confirm, with what is proposed and why."""
    from xinheng.usecases.ledger import severity as ledger

    found = ledger.propose(submission, actor=actor, at=now(), on=today(), limit=limit)
    if as_json:
        listed = [
            {
                "record": one.name,
                "row": one.row,
                "decision_number": one.decision_number,
                **plain_assessment(one.assessment),
            }
            for one in found.listed
        ]
        print_json({"submission": submission, "counts": dict(sorted(found.counts.items())), "proposals": listed})
        return
    chinese = language() == "zh"
    rows = [
        (
            one.row,
            one.decision_number,
            _class(one.assessment.severity),
            (one.assessment.procedure.label if chinese else one.assessment.procedure.label_en),
            said(one.assessment.reasons[-1])[:60],
            one.name,
        )
        for one in found.listed
    ]
    print_table(
        ("行", "文书号", "程度", "程序", "理由", "记录")
        if chinese
        else ("row", "number", "severity", "procedure", "why", "record"),
        rows,
    )
    counts = found.counts
    say(
        f"确定 {counts['certain']}，已确认 {counts['confirmed']}，待确认 {counts['proposed']}，与来源不符 {counts['disagrees']}，已期满 {counts['ended']}",
        f"{counts['certain']} certain, {counts['confirmed']} confirmed, {counts['proposed']} proposed, {counts['disagrees']} disagree, {counts['ended']} ended",
    )


@severity.command()
@click.argument("record")
@click.option("--severity", "word", required=True, help="minor, general, serious (or 轻微, 一般, 严重).")
@click.option("--reason", required=True, help="Why, e.g. by which standard of the line ministry.")
@day_option("--on", help_text="The day from which it holds; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def confirm(record: str, word: str, reason: str, on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Confirm the severity of a RECORD (CODE/KEY): its days of publication follow from it."""
    from xinheng.usecases.ledger import severity as ledger

    chosen = member_of(Severity, word)
    done = ledger.confirm(record, chosen, reason=reason, actor=actor, at=now(), on=day_of(on))
    _tell(done, as_json)


@severity.command()
@click.argument("record")
@click.option("--reason", required=True, help="Why the confirmation is undone.")
@day_option("--on", help_text="The day from which it holds; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def undo(record: str, reason: str, on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Undo the confirmation of a RECORD (CODE/KEY): the days that the law gave it at first hold again."""
    from xinheng.usecases.ledger import severity as ledger

    _tell(ledger.undo(record, reason=reason, actor=actor, at=now(), on=day_of(on)), as_json)


def _tell(done: Confirmation, as_json: bool) -> None:
    record = done.record
    if as_json:
        days = {
            "first_day": record.first_day,
            "shortest_last_day": record.shortest_last_day,
            "last_day": record.last_day,
        }
        shown = {name: day.isoformat() if day else None for name, day in days.items()}
        reasons = [said(reason) for reason in done.terms.period.reasons] if done.terms else []
        print_json(
            {
                "record": record.record_key,
                "severity": record.severity,
                "published": record.published,
                **shown,
                "reason": reasons,
            }
        )
        return
    classed = Severity(record.severity) if record.severity else None
    number = record.decision_number
    if record.published:
        say(
            f"{number}：{_class(classed)}；公示 {record.first_day} 至 {record.last_day}",
            f"{number}: {_class(classed)}; published {record.first_day} to {record.last_day}",
        )
    else:
        say(f"{number}：{_class(classed)}；不公示", f"{number}: {_class(classed)}; not published")


def _class(severity: Severity | None) -> str:
    if severity is None:
        return "—"
    return severity.label if language() == "zh" else severity.label_en
