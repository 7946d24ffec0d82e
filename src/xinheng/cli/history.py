"""``xinheng history``: old records come in with their past, and an import is checked against its file."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from xinheng.cli.intake import SOME_REJECTED, show_outcome
from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.progress import Bar
from xinheng.cli.starting import acting, day_of, day_option, now
from xinheng.core.access import Actor

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

DIFFERENT = 3


@click.group()
def history() -> None:
    """Import old records with their past states, and check what was imported."""


@history.command("import")
@click.argument("item")
@click.argument("file", type=FILE)
@click.option("--agency", required=True, help="The unified code of the agency whose records these are.")
@click.option("--source-system", required=True, help="The system that the records come from.")
@day_option("--on", help_text="The day of the import; default today.")
@click.option("--check-only", is_flag=True, help="Say what would become of the file; take nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def import_command(
    item: str,
    file: Path,
    agency: str,
    source_system: str,
    on: dt.datetime | None,
    check_only: bool,
    as_json: bool,
    actor: Actor,
) -> None:
    """Import FILE of old records of an ITEM: its columns, and those of their past (published_from, published_to, repaired_on …).

    Exit code: 0 all taken; 3 some rows rejected (the good ones are in); 2 the call or the file is unusable (nothing is in).
    """
    from xinheng.usecases.intake.submit import Call, result_of
    from xinheng.usecases.ledger import history as ledger

    with file.open("rb") as content, Bar(quiet=as_json) as bar:
        call = Call(
            item=item,
            agency=agency,
            file_name=file.name,
            content=content,
            size=file.stat().st_size,
            received_on=day_of(on),
        )
        act = ledger.foresee_history if check_only else ledger.import_history
        imported = act(call, source_system=source_system, actor=actor, at=now(), progress=bar.tell)
    result, told = result_of(imported.outcome), ledger.result_of_import(imported)
    problems = [(one.row, one.column, said(one.words)) for one in imported.problems]
    if as_json:
        listed = [dict(zip(("row", "column", "problem"), one, strict=True)) for one in problems]
        print_json({**result, **told, "problems": listed})
    else:
        show_outcome(result)
        _tell(told, problems)
    sys.exit(SOME_REJECTED if imported.outcome.counts.rejected else 0)


def _tell(told: dict[str, object], problems: list[tuple[int, str, str]]) -> None:
    chinese = language() == "zh"
    states = told["states"]
    if isinstance(states, dict):
        print_table(
            ("状态", "条数") if chinese else ("state", "records"),
            [(_STATES[name] if chinese else name, n) for name, n in states.items()],
        )
    if told["left"]:
        say(
            f"{told['left']} 行的决定已在库中，未作改动",
            f"{told['left']} rows were in the ledger already and changed nothing",
        )
    if problems:
        print_table(("行", "列", "问题") if chinese else ("row", "column", "problem"), problems)


@history.command()
@click.argument("batch", type=int)
@click.option("--sample", type=click.IntRange(0), default=100, show_default=True, help="How many rows to compare.")
@click.option("--seed", type=int, default=1, show_default=True, help="Which rows: the same seed draws the same rows.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def verify(batch: int, sample: int, seed: int, as_json: bool, actor: Actor) -> None:
    """Compare a BATCH of history with its file: counts, and a sample row by row. Exit code 3 where anything differs."""
    from xinheng.usecases.ledger.history_check import verify_history

    found = verify_history(batch, sample=sample, seed=seed, actor=actor, at=now())
    counts = [(count.name, count.expected, count.found) for count in found.counts]
    listed = [(one.row, one.column, one.file, one.ledger) for one in found.differences]
    if as_json:
        print_json(
            {
                "batch": batch, "source_system": found.source_system, "agrees": found.agrees, "drawn": found.drawn,
                "compared": found.compared, "others": found.others,
                "counts": [dict(zip(("name", "expected", "found"), one, strict=True)) for one in counts],
                "differences": [dict(zip(("row", "column", "file", "ledger"), one, strict=True)) for one in listed],
            }
        )  # fmt: skip
    else:
        chinese = language() == "zh"
        print_table(("项目", "应为", "实为") if chinese else ("count", "expected", "found"), counts)
        if listed:
            print_table(("行", "列", "文件", "库中") if chinese else ("row", "column", "file", "ledger"), listed)
        say(
            f"抽取 {found.drawn} 行，比对 {found.compared} 行，不符 {len(listed)} 处",
            f"{found.drawn} rows drawn, {found.compared} compared, {len(listed)} differences",
        )
    sys.exit(0 if found.agrees else DIFFERENT)


_STATES = {
    "running": "仍在公示", "ended": "公示期满", "repaired": "已修复", "withdrawn": "已撤回", "untold": "未载明公示起始日期，不公示",
    "unpublished": "依法不公示", "unclear": "日期矛盾，不公示",
}  # fmt: skip
