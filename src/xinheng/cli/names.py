"""``xinheng names``: what the parts of an organisation's name are, and whether two names mean one organisation; no database."""

from __future__ import annotations

import csv
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.writing import place_to_write, replacing
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.intake.read import open_table
from xinheng.core.names import Comparison, compare, compare_pairs, parse

_POINTS_TO = {
    "branch": Text("一方是另一方的分支机构", "one is a branch of the other"),
    "group": Text("一方是集团，另一方可能是其成员", "one is the group that the other may belong to"),
    "former": Text("一方括注的原名是另一方", "one notes the other as its former name"),
}


@click.group()
def names() -> None:
    """Names of organisations: read them, compare them."""


@names.command("parse")
@click.argument("texts", nargs=-1, required=True, metavar="NAME...")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def parse_names(texts: tuple[str, ...], as_json: bool) -> None:
    """Say what the parts of each NAME are, and what was changed in its writing before it was read."""
    read = [parse(text) for text in texts]
    if as_json:
        print_json([
            {
                "name": name.original,
                "parts": [{"kind": part.kind.value, "text": part.text, "start": part.start, "end": part.end} for part in name.parts],
                "steps": [{"kind": step.kind, "before": step.before, "after": step.after} for step in name.steps],
            }
            for name in read
        ])  # fmt: skip
        return
    for name in read:
        print_table(
            ("part", "text", "from", "to"),
            [(said(part.kind.label), part.text, part.start, part.end) for part in name.parts],
        )
        for step in name.steps:
            say(
                f"书写统一（{step.kind}）：{step.before} → {step.after}",
                f"writing ({step.kind}): {step.before} → {step.after}",
            )


@names.command("compare")
@click.argument("words", nargs=-1, required=True, metavar="(A B | FILE)")
@click.option("--a", "first", metavar="COLUMN", help="The heading of the first name in FILE.")
@click.option("--b", "second", metavar="COLUMN", help="The heading of the second name in FILE.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=place_to_write,
    help="Where the rows of FILE go with verdict, score and why.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare_names(
    words: tuple[str, ...], first: str | None, second: str | None, out: Path | None, as_json: bool
) -> None:
    """Say whether A and B mean one organisation (same, ask, different) and why; or say it of every row of FILE."""
    if len(words) == 1 and first and second and out:
        _compare_file(Path(words[0]), first, second, out, as_json=as_json)
        return
    if len(words) != 2 or first or second or out:
        raise UnusableCall(_what_is_needed())
    found = compare(*words)
    if as_json:
        print_json(_plain(found))
        return
    label = found.verdict.label
    say(
        f"结论：{label.zh}（{found.verdict.value}），得分 {found.score:.2f}",
        f"{label.en} ({found.verdict.value}), score {found.score:.2f}",
    )
    for finding in found.findings:
        click.echo(f"  {said(finding.says)}")
    if found.points_to:
        click.echo(f"  → {said(_POINTS_TO[found.points_to])}")


def _plain(found: Comparison) -> dict[str, object]:
    findings = [
        {
            "code": finding.code,
            "points": finding.weight.points,
            "a": finding.a,
            "b": finding.b,
            "zh": finding.says.zh,
            "en": finding.says.en,
        }
        for finding in found.findings
    ]
    return {
        "verdict": found.verdict.value,
        "score": round(found.score, 4),
        "points_to": found.points_to,
        "findings": findings,
    }


def _compare_file(path: Path, first: str, second: str, out: Path, *, as_json: bool) -> None:
    if not path.is_file():
        raise UnusableCall(_no_file(path))
    counted = Counter[str]()
    with path.open("rb") as content, replacing(out) as sheet, _comparing(path.stat().st_size) as comparing:
        reader = open_table(content, name=path.name, size=path.stat().st_size)
        places = tuple(_place(reader.header, heading) for heading in (first, second))
        writer = csv.writer(sheet, lineterminator="\r\n")
        writer.writerow([*reader.header, "verdict", "score", "why"])
        for raw in reader.chunks():
            columns = [[cell or "" for cell in column.to_pylist()] for column in raw.parse().table.columns]
            rows = list(zip(*columns, strict=True))
            pieces = [(rows[start : start + _PIECE], places, language()) for start in range(0, len(rows), _PIECE)]
            for piece, answers in zip(pieces, comparing(_compared, pieces), strict=True):
                counted.update(verdict for verdict, _, _ in answers)
                writer.writerows([*row, *answer] for row, answer in zip(piece[0], answers, strict=True))
    told = {verdict: counted[verdict] for verdict in ("same", "ask", "different")}
    if as_json:
        print_json({"rows": counted.total(), **told})
        return
    say(f"已比对 {counted.total()} 行：相同 {told['same']}，需核对 {told['ask']}，不同 {told['different']}。",
        f"{counted.total()} rows: {told['same']} the same, {told['ask']} to be asked about, {told['different']} different.")  # fmt: skip


_Piece = tuple[list[tuple[str, ...]], tuple[int, ...], str]
_Answers = list[tuple[str, str, str]]
_PIECE = 2_000
"""Pairs that are compared at a time."""
_LARGE = 1 << 20
"""Bytes of a file from which on all processors compare."""


def _compared(piece: _Piece) -> _Answers:
    """Return verdict, score and why of some rows' two names."""
    rows, (a, b), language_ = piece
    found = compare_pairs([row[a] for row in rows], [row[b] for row in rows])
    return [(one.verdict.value, f"{one.score:.4f}", getattr(one.why, language_)) for one in found]


@contextmanager
def _comparing(size: int) -> Iterator[Callable[[Callable[[_Piece], _Answers], Sequence[_Piece]], Iterable[_Answers]]]:
    """Give what maps the comparing over pieces: here, or for a large file in forks of this process, one a processor."""
    processes = len(os.sched_getaffinity(0))
    if size < _LARGE or processes == 1:
        yield map
        return
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        yield pool.imap


def _place(header: tuple[str, ...], heading: str) -> int:
    if heading in header:
        return header.index(heading)
    raise UnusableCall(
        Explanation(
            Text(f"文件中没有“{heading}”列。", f"The file has no column {heading!r}."),
            Text("表头为：" + "、".join(header), "Its headings are: " + ", ".join(header)),
            Text("请用 --a、--b 写明表头中的列名。", "Name columns of the heading row with --a and --b."),
        )
    )


def _no_file(path: Path) -> Explanation:
    return Explanation(
        Text(f"没有文件“{path}”。", f"There is no file {str(path)!r}."),
        Text("比对一个文件时应写明已有的文件。", "A file to compare must be there."),
        Text("请核对文件名，或者直接写两个名称。", "Check its name, or give two names instead."),
    )


def _what_is_needed() -> Explanation:
    return Explanation(
        Text(
            "应写明两个名称，或者一个文件及 --a、--b、--out。",
            "Two names are needed, or one file with --a, --b and --out.",
        ),
        Text("其他写法不能确定比对什么。", "Otherwise it is not certain what is to be compared."),
        Text(
            "例如：xinheng names compare 名单.csv --a 名称 --b 登记名称 --out 结果.csv",
            "For example: xinheng names compare list.csv --a name --b registered --out result.csv",
        ),
    )
