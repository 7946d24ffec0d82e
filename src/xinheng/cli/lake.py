"""``xinheng lake``: the copy of the ledger for bulk work."""

from __future__ import annotations

from dataclasses import asdict
from time import monotonic
from typing import TYPE_CHECKING

import click

from xinheng.cli.printing import print_json, say
from xinheng.cli.starting import acting, now
from xinheng.core.access import Actor

if TYPE_CHECKING:
    from xinheng.usecases.lake.project import Projected
    from xinheng.usecases.lake.upkeep import Standing

_DIFFERENT = 1
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def lake() -> None:
    """The lake: the ledger column by column, for bulk work. Derived; it can be rebuilt at any time."""


@lake.command()
@click.option(
    "--entries", type=click.IntRange(1), default=5000, show_default=True, help="Entries of the outbox in one commit."
)
@_json
@acting
def project(entries: int, as_json: bool, actor: Actor) -> None:
    """Bring the lake up to the ledger, and make it where there is none."""
    from xinheng.usecases.lake import project as projecting

    started = monotonic()
    _print_projected(projecting.project(actor=actor, at=now(), entries=entries), monotonic() - started, as_json)


@lake.command()
@_json
@acting
def rebuild(as_json: bool, actor: Actor) -> None:
    """Build the lake anew beside the old one, then switch; readers of the old one are not disturbed."""
    from xinheng.usecases.lake import rebuild as rebuilding

    started = monotonic()
    _print_projected(rebuilding.rebuild(actor=actor, at=now()), monotonic() - started, as_json)


@lake.command()
@click.option(
    "--retention-hours", type=click.IntRange(0), default=168, show_default=True,
    help="How long files of older versions stay that no running reader has pinned.",
)  # fmt: skip
@_json
@acting
def compact(retention_hours: int, as_json: bool, actor: Actor) -> None:
    """Make large files of small ones and delete the files that nobody reads any more."""
    from xinheng.usecases.lake import upkeep

    done = upkeep.compact(actor=actor, at=now(), retention=retention_hours)
    if as_json:
        print_json(asdict(done))
        return
    say(
        f"文件 {done.before} → {done.after} 个；删除旧文件 {done.deleted} 个、旧副本 {done.generations} 份。",
        f"Files {done.before} → {done.after}; deleted: {done.deleted} old files, {done.generations} old generations.",
    )


@lake.command()
@click.option("--compare", is_flag=True, help="Compare it with the ledger row for row; ends with 1 where it differs.")
@_json
@acting
def status(compare: bool, as_json: bool, actor: Actor) -> None:
    """Say how the lake stands: version, ledger position, lag, files, size, oldest readable version."""
    from xinheng.usecases.lake import upkeep

    standing = upkeep.status(actor=actor, at=now(), compare=compare)
    if as_json:
        print_json(_told(standing))
    else:
        _print_standing(standing)
    if standing.differences:
        click.get_current_context().exit(_DIFFERENT)


def _told(standing: Standing) -> dict[str, object]:
    found = standing.differences
    told = {
        **asdict(standing.measure), "lag_entries": standing.lag_entries, "lag_rows": standing.lag_rows
    }  # fmt: skip
    return told if found is None else {**told, "differences": [asdict(one) for one in found]}


def _print_standing(standing: Standing) -> None:
    held = standing.measure
    say(
        f"版本 {held.version}（第 {held.generation} 份），账本位置 {held.position}，落后 {standing.lag_entries} 条变更、{standing.lag_rows} 行",
        f"version {held.version} (generation {held.generation}), ledger position {held.position}, "
        f"behind by {standing.lag_entries} entries, {standing.lag_rows} rows",
    )
    say(
        f"记录 {held.rows} 行，事件 {held.events} 行，文件 {held.files} 个，{held.size >> 20} MiB（连同旧版本 {held.stored >> 20} MiB）",
        f"{held.rows} records, {held.events} events, {held.files} files, {held.size >> 20} MiB ({held.stored >> 20} MiB with old versions)",
    )
    say(
        f"可读的最早版本 {held.oldest_version}；正在读取 {held.pinned} 处",
        f"oldest readable version {held.oldest_version}; {held.pinned} readers",
    )
    if standing.differences is None:
        return
    if not standing.differences:
        say("与账本逐行一致。", "Equal to the ledger, row for row.")
    for one in standing.differences:
        say(
            f"与账本不一致：{one.table} 分区 {one.bucket}，账本 {one.ledger} 行，数据湖 {one.lake} 行。请运行 xinheng lake rebuild。",
            f"differs from the ledger: {one.table} bucket {one.bucket}, ledger {one.ledger} rows, lake {one.lake}. Run xinheng lake rebuild.",
        )


def _print_projected(done: Projected, seconds: float, as_json: bool) -> None:
    rate = round(done.rows / seconds) if seconds else 0
    if as_json:
        print_json({**asdict(done), "seconds": round(seconds, 3), "rows_per_second": rate})
        return
    say(
        f"账本位置 {done.start} → {done.position}：{done.entries} 条变更，{done.rows} 行，{done.commits} 次提交，{seconds:.1f} 秒",
        f"ledger position {done.start} → {done.position}: {done.entries} entries, {done.rows} rows, {done.commits} commits, {seconds:.1f} s",
    )
