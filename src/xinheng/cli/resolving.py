"""``xinheng subjects resolve``: whose the names and codes of a list are."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from xinheng.cli.printing import language, print_json, say
from xinheng.cli.progress import Bar
from xinheng.cli.starting import acting, now
from xinheng.cli.writing import place_to_write, replacing
from xinheng.core.access import Actor

if TYPE_CHECKING:
    from xinheng.core.subjects.resolving import Resolution

COLUMNS = ("verdict", "subject_code", "subject_name", "score", "why", "candidates")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name-column", required=True, metavar="C", help="The heading of the names.")
@click.option("--code-column", default="", metavar="C", help="The heading of the codes; default none.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    callback=place_to_write,
    help="Where the rows go, with verdict, subject_code, subject_name, score, why, candidates.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def resolve(file: Path, name_column: str, code_column: str, out: Path, as_json: bool, actor: Actor) -> None:
    """Say of every row of FILE whose it is (same, ask, none), by name and code; nothing is attached."""
    from xinheng.usecases.subjects.resolving import resolve_file

    with file.open("rb") as content, replacing(out) as sheet, Bar(quiet=as_json) as bar:
        counted = resolve_file(
            content, name=file.name, size=file.stat().st_size, name_column=name_column, code_column=code_column, write=_Rows(sheet).write,
            actor=actor, at=now(), progress=bar.tell,
        )  # fmt: skip
    told = {verdict.value: count for verdict, count in sorted(counted.items())}
    if as_json:
        print_json({"rows": counted.total(), **told})
        return
    same, ask, none = (told.get(verdict, 0) for verdict in ("same", "ask", "none"))
    say(
        f"共 {counted.total()} 行：已识别 {same}，需人工核对 {ask}，未找到 {none}。结果：{out}",
        f"{counted.total()} rows: {same} identified, {ask} for a person to look at, {none} not found. Result: {out}",
    )


class _Rows:
    """The rows of the result; the headings go first."""

    def __init__(self, sheet: TextIO) -> None:
        self._writer = csv.writer(sheet, lineterminator="\r\n")
        self._width = 0

    def write(self, header: Sequence[str], rows: Sequence[tuple[tuple[str, ...], Resolution]]) -> None:
        if not self._width:
            self._width = len(header)
            self._writer.writerow([*header, *COLUMNS])
        self._writer.writerows([*self._fitted(cells), *_told(answer)] for cells, answer in rows)

    def _fitted(self, cells: Sequence[str]) -> list[str]:
        """Return as many cells as there are headings: a row that could not be read may have more or fewer."""
        return [*cells[: self._width], *[""] * (self._width - len(cells))]


def _told(answer: Resolution) -> tuple[str, ...]:
    bearer = answer.bearer
    candidates = "; ".join(
        f"{one.bearer.uscc} {one.bearer.name} {one.comparison.score:.2f}" for one in answer.candidates
    )
    return (
        answer.verdict.value, bearer.uscc if bearer else "", bearer.name if bearer else "", f"{answer.score:.4f}",
        getattr(answer.why, language()), candidates,
    )  # fmt: skip
