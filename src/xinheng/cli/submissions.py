"""``xinheng submissions``: what was handed in, and how far a submission is."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from xinheng.cli.printing import print_json, print_table, said, say
from xinheng.cli.progress import Bar
from xinheng.cli.starting import acting, now
from xinheng.core.access import Actor
from xinheng.core.errors import Text

if TYPE_CHECKING:
    from xinheng.usecases.intake.queueing import Progress

FAILED = 2
_PAUSE = 0.5  # seconds between two looks
STATES = {
    "waiting": Text("等待处理", "waiting"),
    "running": Text("正在处理", "running"),
    "committed": Text("已入库", "committed"),
    "failed": Text("失败", "failed"),
}
_NAMES = (
    "submission",
    "item",
    "agency",
    "file",
    "received_on",
    "state",
    "received",
    "accepted",
    "rejected",
    "waiting_now",
)


@click.group(invoke_without_command=True)
@click.option("--agency", default="", help="Only those of this agency.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--as", "user", default="operator", show_default=True, help="The user who acts.")
@click.pass_context
def submissions(context: click.Context, agency: str, as_json: bool, user: str) -> None:
    """List submissions, newest first; ``xinheng submissions show`` tells how far one is."""
    if context.invoked_subcommand is None:
        context.invoke(listed, agency=agency, as_json=as_json, user=user)


@acting
def listed(agency: str, as_json: bool, actor: Actor) -> None:
    """Print the submissions that the actor may see."""
    from xinheng.usecases.intake.views import list_submissions

    rows = [_row(one) for one in list_submissions(actor=actor, at=now(), agency=agency)]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(_NAMES, [[row[name] for name in _NAMES] for row in rows])
    else:
        say("还没有报送。", "Nothing has been handed in yet.")


def _row(one: Any) -> dict[str, object]:
    from xinheng.usecases.intake.submit import outcome_of, result_of
    from xinheng.usecases.intake.views import waiting_now

    state = "failed" if one.failed else "committed" if one.committed_at else "unfinished"
    facts = {
        "agency": one.agency.uscc,
        "file": one.file_name,
        "received_on": one.received_on.isoformat(),
        "state": state,
    }
    return {**result_of(outcome_of(one)), **facts, "waiting_now": waiting_now(one.pk)}


@submissions.command()
@click.argument("submission", type=int)
@click.option(
    "--watch", is_flag=True, help="Stay until it is committed or has failed; with --json a line for each step."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def show(submission: int, watch: bool, as_json: bool, actor: Actor) -> None:
    """Show how far a SUBMISSION is: its state, the rows and bytes written so far, and why it failed.

    Exit code: 0, or 2 where it has failed.
    """
    from xinheng.usecases.intake.queueing import view_progress

    found = view_progress(submission, actor=actor, at=now())
    if watch:
        found = _watched(found, as_json=as_json)
    elif as_json:
        print_json(plain(found))
    if not as_json:
        show_progress(found)
    sys.exit(FAILED if found.state == "failed" else 0)


def _watched(found: Progress, *, as_json: bool) -> Progress:
    from xinheng.usecases.intake.queueing import ENDED, progress_of

    told: Progress | None = None
    done = 0
    with Bar(quiet=as_json) as bar:
        while True:
            if found != told and as_json:
                click.echo(json.dumps(plain(found), ensure_ascii=False))
            bar.tell(found.bytes_done - done, found.size, found.rows)
            told, done = found, found.bytes_done
            if found.state in ENDED:
                return found
            time.sleep(_PAUSE)
            found = progress_of(found.submission)


def plain(found: Progress) -> dict[str, object]:
    """Return how far a submission is as plain data."""
    return {**asdict(found), "again_at": found.again_at.isoformat() if found.again_at else None}


def show_progress(found: Progress) -> None:
    """Print how far a submission is."""
    share = f"{found.bytes_done / found.size:.0%}" if found.size else "100%"
    state = said(STATES[found.state])
    say(
        f"报送 {found.submission}：{state}，已写入 {found.rows} 行，{found.bytes_done} / {found.size} 字节（{share}）",
        f"Submission {found.submission}: {state}, {found.rows} rows written, {found.bytes_done} of {found.size} bytes ({share})",
    )
    if found.reason is not None:
        say(f"原因：{found.reason.zh}", f"Why: {found.reason.en}")
    if found.again_at is not None:
        say(f"将于 {_local(found.again_at)} 重试", f"Tried again at {_local(found.again_at)}")
    if found.job is not None and found.state == "failed":
        say(f"任务编号 {found.job}：xinheng jobs show {found.job}", f"Job {found.job}: xinheng jobs show {found.job}")


def _local(moment: Any) -> str:
    return str(moment.astimezone(now().tzinfo).strftime("%Y-%m-%d %H:%M:%S"))
