"""``xinheng submit``, ``issues``: a department's file goes in, and what is wrong comes back explained."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.progress import Bar
from xinheng.cli.queueing import ensure_can_be_full, ensure_can_wait, put_in_line
from xinheng.cli.starting import acting, day_of, day_option, now
from xinheng.cli.writing import place_to_write
from xinheng.core.access import Actor
from xinheng.core.errors import Text
from xinheng.core.intake.rules import rule_named

SOME_REJECTED = 3


@click.command()
@click.argument("item")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--agency", required=True, help="The unified code of the agency that hands the file in.")
@day_option("--on", help_text="The day on which it is handed in; default today.")
@click.option("--profile", default="", help="A delivery profile, where the columns are the agency's own.")
@click.option("--queue", is_flag=True, help="Put FILE, or every file of that folder, in line for a worker.")
@click.option("--full", is_flag=True, help="FILE is the agency's whole state of the item: ask about what is not in it.")
@click.option("--check-only", is_flag=True, help="Say what would become of the file; take nothing.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=place_to_write,
    help="Write the rejected rows, marked, to this workbook (.xlsx).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def submit(
    item: str,
    file: Path,
    agency: str,
    on: dt.datetime | None,
    profile: str,
    queue: bool,
    full: bool,
    check_only: bool,
    rejects: Path | None,
    as_json: bool,
    actor: Actor,
) -> None:
    """Hand FILE in for a catalogue ITEM.

    With --queue it is received now and taken by a worker later.

    Exit code: 0 all taken (or in line); 3 some rows rejected (the good ones are in); 2 the call or the file is unusable (nothing is in).
    """
    from xinheng.usecases.intake import submit as intake
    from xinheng.usecases.intake.views import write_rejects_of

    if full:
        ensure_can_be_full(file, check_only=check_only)
    if queue or file.is_dir():
        ensure_can_wait(file, queue=queue, at_once=check_only or rejects is not None)
        at = day_of(on)
        put_in_line(file, item=item, agency=agency, on=at, profile=profile, full=full, as_json=as_json, actor=actor)
        return
    with file.open("rb") as content, Bar(quiet=as_json) as bar:
        call = intake.Call(
            item=item,
            agency=agency,
            file_name=file.name,
            content=content,
            size=file.stat().st_size,
            received_on=day_of(on),
            profile=profile,
            full=full,
        )
        act = intake.check_only if check_only else intake.submit
        outcome = act(call, actor=actor, at=now(), progress=bar.tell)
    if rejects is not None and outcome.submission is not None and outcome.counts.rejected:
        with rejects.open("wb") as out:
            write_rejects_of(outcome.submission, out, actor=actor, at=now())
    result = intake.result_of(outcome)
    if as_json:
        print_json(result)
    else:
        show_outcome(result, rejects)
    sys.exit(SOME_REJECTED if outcome.counts.rejected else 0)


def show_outcome(result: dict[str, object], rejects: Path | None = None) -> None:
    """Print how a submission ended, with the table of reasons."""
    if result["submission"] is None:
        say("试校验，未入库：", "Checked only, nothing taken:")
    else:
        say(f"报送编号 {result['submission']}", f"Submission {result['submission']}")
    names = ("received", "accepted", "unchanged", "corrected", "rejected", "waiting", "warnings")
    zh = ("收到", "入库", "未变", "更正", "退回", "待认领", "提示")
    titles = zh if language() == "zh" else names
    print_table(titles, [[result[name] for name in names]])
    issues = result["issues"]
    if isinstance(issues, dict) and issues:
        print_table(
            ("code", "count", "reason"), [(code, count, said(rule_named(code).title)) for code, count in issues.items()]
        )
    notes = result["notes"]
    for note in notes if isinstance(notes, list) else ():
        click.echo(said(Text(**note)))
    if result.get("questions"):
        count, see = result["questions"], f"xinheng questions list --submission {result['submission']}"
        say(f"全量文件中没有的记录 {count} 条，请核实：{see}", f"{count} records are not in this full file; see {see}")
    say(
        f"{result['seconds']} 秒，每秒 {result['rows_per_second']} 行",
        f"{result['seconds']} s, {result['rows_per_second']} rows/s",
    )
    if rejects is not None and result["rejected"]:
        say(f"退回表：{rejects}", f"Rejected rows: {rejects}")


@click.command()
@click.argument("submission", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=place_to_write,
    help="Write the rejected rows, marked, to this workbook (.xlsx).",
)
@acting
def issues(submission: int, as_json: bool, rejects: Path | None, actor: Actor) -> None:
    """List what is wrong with the rows of a SUBMISSION, cell by cell."""
    from xinheng.usecases.intake.views import view_issues, write_rejects_of

    found = view_issues(submission, actor=actor, at=now())
    if rejects is not None:
        with rejects.open("wb") as out:
            write_rejects_of(submission, out, actor=actor, at=now())
    if as_json:
        print_json(
            [
                {
                    "row": one.row, "column": one.column, "title": one.title, "code": one.code, "level": one.level, "found": one.found,
                    "expected": said(one.expected), "mend": said(one.mend),
                }
                for one in found
            ]
        )  # fmt: skip
        return
    rows = [
        (one.row, one.title, one.code, one.level, (one.found or "")[:24], said(one.expected)[:40], said(one.mend)[:60])
        for one in found
    ]
    print_table(("row", "column", "code", "level", "found", "expected", "how to mend"), rows)
