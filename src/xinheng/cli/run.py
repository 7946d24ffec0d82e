"""``xinheng run``: everything at once, with a sample province, for whoever wants to see the platform at work."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from xinheng.cli import sample as sample_command
from xinheng.cli import serving
from xinheng.cli.printing import language, print_table, said, say
from xinheng.cli.progress import Bar
from xinheng.cli.starting import now, start, today
from xinheng.core.access import Actor
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Text
from xinheng.core.intake.rules import checks_for, rule_named
from xinheng.core.intake.rules.rule import Level

ORGANISATIONS, RECORDS, SEED = 3_000, 10_000, 2026
ITEM = "administrative-penalty"
INTERRUPTED = 130  # what a shell expects of a command that Ctrl-C ended
COUNTS = ("received", "accepted", "unchanged", "corrected", "rejected", "waiting")
COUNTS_ZH = ("收到", "入库", "未变", "更正", "退回", "待认领")

Result = Mapping[str, Any]  # how a submission ended, as ``xinheng submit --json`` prints it


@click.command()
@serving.at_an_address
@click.option("--no-serve", is_flag=True, help="Make the sample province and run the journey, then stop.")
def run(host: str, port: int, no_serve: bool) -> None:
    """Start everything with a small sample province; run again, it changes nothing that need not change."""
    with contextlib.ExitStack() as held:
        door = None if no_serve else held.enter_context(serving.listening(host, port))
        with _interruptible():
            start()
            journey()
        if door is not None:
            serving.serve_all(door)


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        say("\n已中断。再次运行，会接着完成。", "\nInterrupted. Run it again: it finishes what is left.")
        sys.exit(INTERRUPTED)


def journey() -> None:
    """Make the sample province once, load its register and agencies, hand its files in, and say how it went."""
    from django.conf import settings

    from xinheng.usecases.users import FIRST_OPERATOR, actor_named

    folder: Path = settings.HOME / "sample"
    if not folder.exists():
        say("正在生成样例省……", "Making a sample province …")
        _make(folder)
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    actor = actor_named(FIRST_OPERATOR, on=today())
    _seed(folder, summary["organisations"], actor)
    done = _handed_in_before(actor)
    fresh = [file for file in summary["files"] if (file["agency"], file["name"]) not in done]
    for file in fresh:
        done[file["agency"], file["name"]] = _hand_in(folder / file["name"], file["agency"], actor, summary["today"])
    if not fresh:
        say("样例数据此前已经入库，没有改动：", "The sample was taken before; nothing was changed:")
    _tell([(file["agency_name"], done[file["agency"], file["name"]]) for file in summary["files"]])


def _make(folder: Path) -> None:
    """Write the sample beside its place first: what is in its place is complete."""
    draft = folder.with_name("sample.part")
    shutil.rmtree(draft, ignore_errors=True)
    sample_command.made(draft, organisations=ORGANISATIONS, records=RECORDS, seed=SEED, today=today())
    draft.rename(folder)


def _seed(folder: Path, organisations: int, actor: Actor) -> None:
    from xinheng.store.queries.subjects import subject_count
    from xinheng.usecases.agencies import list_agencies, load_agencies
    from xinheng.usecases.subjects.load import load_register

    if not list_agencies(actor=actor, at=now()):
        with (folder / "agencies.csv").open(encoding="utf-8", newline="") as sheet:
            items = (ITEM, "legal-entity-registration")
            load_agencies(csv.DictReader(sheet), items=items, actor=actor, at=now(), on=today())
    if subject_count() < organisations:
        register = folder / "register.csv"
        size = register.stat().st_size
        with register.open("rb") as content, Bar(label="register  ") as bar:
            load_register(
                content, name=register.name, size=size, as_of=today(), actor=actor, at=now(), progress=bar.tell
            )


def _handed_in_before(actor: Actor) -> dict[tuple[str, str], Result]:
    """Return how the files that were taken by an earlier run ended, by agency and name."""
    from xinheng.usecases.intake.submit import outcome_of, result_of
    from xinheng.usecases.intake.views import list_submissions

    taken = (one for one in list_submissions(actor=actor, at=now()) if one.committed_at and one.item == ITEM)
    return {(one.agency.uscc, one.file_name): result_of(outcome_of(one)) for one in taken}


def _hand_in(path: Path, agency: str, actor: Actor, day: str) -> Result:
    from xinheng.usecases.intake import submit as intake

    size = path.stat().st_size
    with path.open("rb") as content, Bar(label="penalties ") as bar:
        call = intake.Call(
            item=ITEM,
            agency=agency,
            file_name=path.name,
            content=content,
            size=size,
            received_on=dt.date.fromisoformat(day),
        )
        return intake.result_of(intake.submit(call, actor=actor, at=now(), progress=bar.tell))


def _tell(results: list[tuple[str, Result]]) -> None:
    """Print what was received and what became of it, file by file and in all, and why rows went back."""
    chinese = language() == "zh"
    rows = [(result["submission"], name, *(result[count] for count in COUNTS)) for name, result in results]
    total = ("", "合计" if chinese else "in all", *(sum(result[count] for _, result in results) for count in COUNTS))
    titles = ("报送编号", "单位", *COUNTS_ZH) if chinese else ("submission", "agency", *COUNTS)
    print_table(titles, [*rows, total])
    seconds = sum(result["seconds"] for _, result in results)
    speed = round(total[2] / seconds) if seconds else 0
    say(
        f"校验并入库用时 {seconds:.1f} 秒，每秒 {speed:,} 行\n",
        f"Checked and taken in {seconds:.1f} s, {speed:,} rows/s\n",
    )
    _tell_why(sum((Counter(result["issues"]) for _, result in results), Counter()))
    say(
        "逐格说明：xinheng issues 报送编号；退回表：加 --rejects 文件名.xlsx",
        "Cell by cell: xinheng issues SUBMISSION; as a workbook: add --rejects FILE.xlsx",
    )


def _tell_why(issues: Counter[str]) -> None:
    effects = _effects()
    found = sorted(issues.items(), key=lambda issue: (_EFFECTS.index(effects.get(issue[0], _BACK)), issue[0]))
    rows = [(said(effects.get(code, _BACK)), code, count, said(rule_named(code).title)) for code, count in found]
    titles = ("结果", "代码", "次数", "原因") if language() == "zh" else ("effect", "code", "count", "reason")
    print_table(titles, rows)


def _effects() -> dict[str, Text]:
    """Return what each rule of the item does to a row that breaks it."""
    levels: dict[str, set[Level]] = {}
    for check in checks_for(load(ITEM).latest):
        levels.setdefault(check.code, set()).add(check.level)
    return {code: _effect(found) for code, found in levels.items()}


def _effect(levels: set[Level]) -> Text:
    if Level.WAIT in levels:
        return _WAITS
    if Level.REJECT in levels:
        return _BACK_OR_NOTED if Level.WARN in levels else _BACK
    return _NOTED


_BACK = Text("退回", "sent back")
_BACK_OR_NOTED = Text("退回或提示", "sent back, or noted")
_WAITS = Text("待认领", "waits for its subject")
_NOTED = Text("提示，已入库", "noted, taken")
_EFFECTS = (_BACK, _BACK_OR_NOTED, _WAITS, _NOTED)
