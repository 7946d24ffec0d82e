"""``xinheng jobs``: what waits for a worker, what failed and why, and what a person decides about it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import CHINA, acting, now
from xinheng.core.access import Actor
from xinheng.core.errors import Text

if TYPE_CHECKING:
    from xinheng.usecases.jobs.views import JobView

_STATES = {
    "waiting": Text("等待", "waiting"),
    "running": Text("执行中", "running"),
    "dead": Text("失败待处置", "dead"),
    "done": Text("完成", "done"),
    "discarded": Text("已作废", "discarded"),
}


@click.group()
def jobs() -> None:
    """Jobs in line, and those that failed for good."""


@jobs.command("list")
@click.option("--dead", is_flag=True, help="Only those that failed for good: a person has to decide on them.")
@click.option("--all", "ended", is_flag=True, help="Those that ended well or were discarded, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def list_jobs(dead: bool, ended: bool, as_json: bool, actor: Actor) -> None:
    """List jobs, newest first."""
    from xinheng.usecases.jobs.views import list_jobs as listed

    found = listed(actor=actor, at=now(), dead=dead, ended=ended)
    if as_json:
        print_json([plain(job) for job in found])
    elif found:
        titles = (
            ("编号", "状态", "任务", "失败次数", "下次")
            if language() == "zh"
            else ("job", "state", "what", "failures", "due")
        )
        rows = [
            (job.number, said(_STATES[job.state]), said(job.what), job.failures or "", _local(job.due)) for job in found
        ]
        print_table(titles, rows)
    elif dead:
        say("没有失败待处置的任务。", "No job is dead.")
    else:
        say("没有等待或执行中的任务。", "No job waits or runs.")


@jobs.command()
@click.argument("job", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def show(job: int, as_json: bool, actor: Actor) -> None:
    """Show a JOB: what it is to do, where it stands, why it failed and what to do now."""
    from xinheng.usecases.jobs.views import view_job

    found = view_job(job, actor=actor, at=now())
    if as_json:
        print_json(plain(found))
        return
    say(f"任务 {found.number}：{found.what.zh}", f"Job {found.number}: {found.what.en}")
    say(
        f"状态：{_STATES[found.state].zh}（{_local(found.since)}）",
        f"State: {_STATES[found.state].en} ({_local(found.since)})",
    )
    if found.due is not None:
        say(f"下次执行：{_local(found.due)}", f"Due: {_local(found.due)}")
    if found.failure is not None:
        what, why, mend = found.failure.in_language(language())
        say(
            f"失败 {found.failures} 次，最近一次 {_local(found.failed_at)}：{what}",
            f"Failed {found.failures} times, last at {_local(found.failed_at)}: {what}",
        )
        say(f"原因：{why}", f"Why: {why}")
        say(f"处理：{mend}", f"What to do: {mend}")
    if found.state == "dead":
        say(
            f"处理后重试：xinheng jobs retry {job}；不再需要：xinheng jobs discard {job} --reason …",
            f"Mended: xinheng jobs retry {job}; no longer wanted: xinheng jobs discard {job} --reason …",
        )
    if found.discarded:
        say(f"作废理由：{found.discarded}", f"Discarded: {found.discarded}")


@jobs.command()
@click.argument("job", type=int)
@acting
def retry(job: int, actor: Actor) -> None:
    """Put a dead JOB in line again."""
    from xinheng.usecases.jobs.deciding import retry_job

    retry_job(job, actor=actor, at=now())
    say(f"任务 {job} 已重新排队。", f"Job {job} is in line again.")


@jobs.command()
@click.argument("job", type=int)
@click.option("--reason", required=True, help="Why; it is kept.")
@acting
def discard(job: int, reason: str, actor: Actor) -> None:
    """Take a JOB out of the line for good; its submission counts as failed."""
    from xinheng.usecases.jobs.deciding import discard_job

    discard_job(job, reason=reason, actor=actor, at=now())
    say(f"任务 {job} 已作废。", f"Job {job} is discarded.")


@jobs.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def timetable(as_json: bool) -> None:
    """Print what starts by itself and when, in Chinese time."""
    from xinheng.jobs.timetable import TIMETABLE
    from xinheng.usecases.jobs.tasks import words_of

    entries = [(entry, words_of(entry.task, {})) for entry in TIMETABLE]
    if as_json:
        print_json(
            [
                {"task": e.task, "when": said(e.when.words), "what": said(what), "cron_utc": e.when.cron}
                for e, what in entries
            ]
        )
        return
    titles = ("时间（北京时间）", "任务", "名称") if language() == "zh" else ("when (Chinese time)", "what", "task")
    print_table(titles, [(said(entry.when.words), said(what), entry.task) for entry, what in entries])


def plain(job: JobView) -> dict[str, object]:
    """Return a job as plain data, moments in Chinese time."""
    failure = job.failure
    parts = {"what": failure.what, "why": failure.why, "mend": failure.mend} if failure else {}
    return {
        "job": job.number, "task": job.task, "what": {"zh": job.what.zh, "en": job.what.en}, "state": job.state, "queue": job.queue,
        "submission": job.submission, "due": _iso(job.due), "since": _iso(job.since), "failures": job.failures, "failed_at": _iso(job.failed_at),
        "failure": {name: {"zh": text.zh, "en": text.en} for name, text in parts.items()} or None, "discarded": job.discarded,
    }  # fmt: skip


def _iso(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(CHINA).isoformat(timespec="seconds") if moment else None


def _local(moment: dt.datetime | None) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S") if moment else ""
