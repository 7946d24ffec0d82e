"""``xinheng waiting``: the rows that wait for their subject, who may be meant, and a person's judgement."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from xinheng.cli.printing import print_json, print_table, said, say
from xinheng.cli.starting import acting, day_of, day_option, now, today
from xinheng.core.access import Actor
from xinheng.core.subjects.judgement import Verdict

if TYPE_CHECKING:
    from xinheng.usecases.judgements.touched import Touched


@click.group()
def waiting() -> None:
    """Rows that wait for their subject: list them, see who may be meant, judge, and take a judgement back."""


@waiting.command(name="list")
@click.option("--agency", default="", help="Only those of this agency.")
@click.option("--item", default="", help="Only those of this item.")
@click.option("--submission", default="", help="Only those of this submission.")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=100, show_default=True, help="How many to list at the most."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def listed(agency: str, item: str, submission: str, limit: int, as_json: bool, actor: Actor) -> None:
    """List the waiting rows, newest submission first."""
    from xinheng.usecases.intake.listing import Wanted, page_of_waiting

    filters = {"agency": agency, "item": item, "submission": submission}
    found = page_of_waiting(Wanted(filters=filters, limit=limit), actor=actor, at=now())
    if as_json:
        print_json({"total": found.total, "rows": [asdict(one) for one in found.rows]})
        return
    if not found.rows:
        say("没有待认领的行。", "No row waits.")
        return
    names = ("number", "submission", "row", "item", "agency", "reason", "code", "name")
    print_table(names, [[getattr(one, name) for name in names] for one in found.rows])
    say(f"共 {found.total} 行。", f"{found.total} in all.")


@waiting.command()
@click.argument("row", type=int)
@click.option("--code", default="", help="One more subject to be seen, by its code.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def candidates(row: int, code: str, as_json: bool, actor: Actor) -> None:
    """Show who may be meant by a waiting ROW, with what speaks for and against each, and what was judged of it."""
    from xinheng.usecases.judgements.viewing import shown_case, view_case

    case = view_case(row, actor=actor, at=now(), on=today(), chosen=code)
    if as_json:
        print_json(shown_case(case))
        return
    say(
        f"{case.name}（报送 {case.submission} 第 {case.row} 行）",
        f"{case.name} (submission {case.submission}, row {case.row})",
    )
    for one in case.shown:
        possible = one.candidate.possible
        click.echo(f"\n{possible.uscc}  {possible.name}  {one.candidate.likeness.score:.0%}")
        if one.differences.words.zh:
            click.echo(f"  {said(one.differences.words)}")
        for piece in one.candidate.evidence:
            click.echo(f"  {_SIGNS[piece.agrees]} {said(piece.ground.label)}: {said(piece.words)}")
    if not case.shown and not case.ended:
        say("没有候选主体。", "Nobody in the register may be meant.")
    for judged in case.judgements:
        ended = f"  ({judged.ended_by}: {judged.ended_reason})" if judged.ended_at else ""
        click.echo(
            f"\n[{judged.number}] {judged.code} {said(judged.verdict.label)}  {judged.by}: {judged.reason}{ended}"
        )
    if case.siblings:
        numbers = " ".join(str(one.number) for one in case.siblings)
        say(f"\n同一单位的同名行：{numbers}", f"\nRows of the same name and agency: {numbers}")


@waiting.command()
@click.argument("row", type=int)
@click.argument("code")
@click.argument("verdict", type=click.Choice([one.value for one in Verdict]))
@click.option(
    "--reason",
    required=True,
    help="What was compared, e.g. that the address in the decision is the register's. A name is no evidence.",
)
@click.option(
    "--also",
    type=int,
    multiple=True,
    help="A row of the same name and agency to be judged so as well; may be given several times.",
)
@day_option("--on", help_text="The day of the judgement; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def judge(
    row: int,
    code: str,
    verdict: str,
    reason: str,
    also: tuple[int, ...],
    on: dt.datetime | None,
    as_json: bool,
    actor: Actor,
) -> None:
    """Say that a waiting ROW and the subject with this CODE are the same or different, or that it is not sure."""
    from xinheng.usecases.judgements.judging import judge as judge_now

    made = judge_now(row, code, Verdict(verdict), reason=reason, also=also, actor=actor, at=now(), on=day_of(on))
    if as_json:
        print_json([{**asdict(one), "verdict": one.verdict.value} for one in made])
        return
    for one in made:
        became = f" → {one.became}" if one.became else ""
        say(
            f"已判定（编号 {one.number}）：第 {one.row} 号行{one.verdict.label.zh}{became}",
            f"Judged (number {one.number}): row {one.row} is {one.verdict.label.en}{became}",
        )


@waiting.command()
@click.argument("judgement", type=int)
@click.option("--reason", required=True, help="Why it is taken back.")
@day_option("--on", help_text="The day from which the record is not the subject's; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def reverse(judgement: int, reason: str, on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Take a JUDGEMENT back: its record leaves the file, its row waits again."""
    from xinheng.usecases.judgements.reversing import reverse as reverse_now

    done = reverse_now(judgement, reason=reason, actor=actor, at=now(), on=day_of(on))
    told = _told(done.touched)
    if as_json:
        print_json(
            {"judgement": done.number, "row": done.row, "verdict": done.verdict.value, "receipt": done.receipt, **told}
        )
        return
    say(f"判定 {done.number} 已撤销。", f"Judgement {done.number} is taken back.")
    _say_touched(done.touched)


@waiting.command()
@click.argument("code")
@click.argument("record")
@click.option("--reason", required=True, help="Why the record is not this subject's.")
@day_option("--on", help_text="The day from which it is not; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def detach(code: str, record: str, reason: str, on: dt.datetime | None, as_json: bool, actor: Actor) -> None:
    """Judge that a RECORD which its name attached to the subject with this CODE is not its own: it waits for a person."""
    from xinheng.usecases.judgements.detaching import detach as detach_now

    judgement, touched = detach_now(code, record, reason=reason, actor=actor, at=now(), on=day_of(on))
    if as_json:
        print_json({"judgement": judgement.pk, "row": judgement.row_id, **_told(touched)})
        return
    say(
        f"记录已移出（判定 {judgement.pk}），第 {judgement.row_id} 号行等待判定。",
        f"The record left the file (judgement {judgement.pk}); row {judgement.row_id} waits.",
    )
    _say_touched(touched)


def _told(touched: Touched | None) -> dict[str, Any]:
    receipts = touched.receipts if touched else ()
    return {"receipts": [{"receipt": receipt, "actor": actor, "at": at.isoformat()} for receipt, actor, at in receipts]}


def _say_touched(touched: Touched | None) -> None:
    if touched and touched.receipts:
        count = len(touched.receipts)
        say(
            f"此前告知过该记录的 {count} 份回执已加注。",
            f"{count} receipts that told of the record carry a remark now.",
        )


_SIGNS = {True: "+", False: "-", None: "·"}
