"""``xinheng submit … --queue``: files are received now and taken by a worker; a folder is as many submissions as it has files."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import now
from xinheng.cli.submissions import STATES, plain, show_progress
from xinheng.core.access import Actor
from xinheng.core.errors import Explanation, Text, UnusableCall, UnusableFile

if TYPE_CHECKING:
    from xinheng.usecases.intake.queueing import Progress

UNUSABLE = 2


def ensure_can_wait(place: Path, *, queue: bool, at_once: bool) -> None:
    """Raise ``UnusableCall`` for a folder without ``--queue``, or for ``--queue`` with what only a finished submission can give."""
    if not queue:
        raise UnusableCall(_folder(place))
    if at_once:
        raise UnusableCall(_AT_ONCE)


def ensure_can_be_full(place: Path, *, check_only: bool) -> None:
    """Raise ``UnusableCall`` for a folder handed in as the whole state, or for a mere check of it."""
    if place.is_dir():
        raise UnusableCall(_ONE_FILE)
    if check_only:
        raise UnusableCall(_NOT_LOOKED_UP)


def put_in_line(
    place: Path, *, item: str, agency: str, on: dt.date, profile: str, full: bool, as_json: bool, actor: Actor
) -> None:
    """Receive a file, or every file of a folder, put it in line, and print number and state.

    A file of a folder that cannot be read is told and left out; the others are in line, and the exit code is 2.
    """
    from xinheng.usecases.intake.queueing import queue
    from xinheng.usecases.intake.submit import Call

    def one(path: Path) -> Progress:
        with path.open("rb") as content:
            call = Call(
                item=item, agency=agency, file_name=path.name, content=content, size=path.stat().st_size, received_on=on,
                profile=profile, full=full,
            )  # fmt: skip
            return queue(call, actor=actor, at=now())

    if place.is_file():
        found = one(place)
        print_json(plain(found)) if as_json else _show(found)
        return
    taken, refused = [], []
    for path in sorted(path for path in place.iterdir() if path.is_file() and not path.name.startswith(".")):
        try:
            taken.append((path.name, one(path)))
        except UnusableFile as error:
            refused.append((path.name, error.explanation))
    _show_folder(taken, refused, as_json=as_json)
    sys.exit(UNUSABLE if refused else 0)


def _show(found: Progress) -> None:
    show_progress(found)
    number = found.submission
    say(f"查看进度：xinheng submissions show {number} --watch", f"Follow it: xinheng submissions show {number} --watch")


def _show_folder(taken: list[tuple[str, Progress]], refused: list[tuple[str, Explanation]], *, as_json: bool) -> None:
    if as_json:
        failed = [{"file": name, "error": {"what": said(why.what), "why": said(why.why)}} for name, why in refused]
        print_json({"submissions": [{"file": name, **plain(found)} for name, found in taken], "unusable": failed})
        return
    titles = ("文件", "报送编号", "状态") if language() == "zh" else ("file", "submission", "state")
    print_table(titles, [(name, found.submission, said(STATES[found.state])) for name, found in taken])
    for name, why in refused:
        what, reason, mend = why.in_language(language())
        click.echo(f"{name}: {what}（{reason}）{mend}" if language() == "zh" else f"{name}: {what} ({reason}). {mend}")
    say(
        f"已排队 {len(taken)} 个文件，不能读取 {len(refused)} 个。",
        f"{len(taken)} files are in line, {len(refused)} cannot be read.",
    )


def _folder(place: Path) -> Explanation:
    return Explanation(
        Text(f"{place} 是文件夹，不能直接报送", f"{place} is a folder and cannot be handed in at once"),
        Text("文件夹中的文件须排队报送", "its files have to stand in line"),
        Text("请加 --queue，并启动 xinheng worker。", "Add --queue, and start xinheng worker."),
    )


_ONE_FILE = Explanation(
    Text("文件夹不能作为全量报送", "A folder cannot be handed in as the whole state"),
    Text("全量是指一个文件含有全部记录", "the whole state is one file that holds every record"),
    Text("请把全部记录导出为一个文件。", "Export every record into one file."),
)
_NOT_LOOKED_UP = Explanation(
    Text("--full 不能与 --check-only 同用", "--full does not go with --check-only"),
    Text("试校验不查看已入库的记录", "a mere check does not look at what is in the ledger"),
    Text(
        "请去掉其中一个选项；全量报送只提出问题，不改变记录。",
        "Leave one out; a full file only asks, it changes no record.",
    ),
)
_AT_ONCE = Explanation(
    Text("--queue 不能与 --check-only 或 --rejects 同用", "--queue does not go with --check-only or --rejects"),
    Text("排队的文件此刻尚未校验", "what stands in line is not checked yet"),
    Text(
        "入库后可用 xinheng issues 报送编号 --rejects 取得退回表。",
        "Once it is committed, xinheng issues SUBMISSION --rejects writes the workbook.",
    ),
)
