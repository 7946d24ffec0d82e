"""``xinheng profile``: delivery profiles, and what one makes of a file before it is used. Nothing is handed in, and nothing is kept."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import Any

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import today
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import Explanation, Text, UnusableCall
from xinheng.core.intake.profiles import Profile, ProfileError, define, load_profile, profile_names
from xinheng.core.intake.profiles.preview import Preview, PreviewRow, mapped_fields, never_carried, preview
from xinheng.core.intake.read import open_table

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
CELL = 32  # columns of the terminal that a cell of the preview may take


@click.group()
def profile() -> None:
    """Delivery profiles: an agency's own columns, units and words mapped onto an item."""


@profile.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_profiles(as_json: bool) -> None:
    """List the profiles that are shipped."""
    held = [load_profile(name) for name in profile_names()]
    if as_json:
        print_json([_head(one) for one in held])
        return
    titles = ("名称", "目录", "来源") if language() == "zh" else ("name", "item", "source")
    print_table(titles, [(one.name, one.item, said(one.title)) for one in held])


@profile.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(name: str, as_json: bool) -> None:
    """Show the profile NAME: from which columns each field is made, what is not used, and what the source never carries."""
    held = load_profile(name)
    version = load(held.item).at(today())
    if as_json:
        print_json(_described(held, version))
        return
    say(f"{held.title.zh}（{held.name}）→ {version.title}", f"{held.title.en} ({held.name}) → {version.title_en}")
    say(f"来源：{held.source.zh}", f"From: {held.source.en}")
    _print_mapping(held, version)
    _print_rest(held, version)


@profile.command("check")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check_profile(file: Path, as_json: bool) -> None:
    """Check a profile of one's own: FILE is its YAML, named like the profile. Exit code 2 where it is wrong."""
    try:
        held = _own(file)
    except ProfileError as wrong:
        why = wrong.explanation.why
        if as_json:
            print_json({"where": wrong.where, "problem": said(why)})
        else:
            say(f"有误：{why.zh}", f"Wrong: {why.en}")
        sys.exit(2)
    if as_json:
        print_json({**_head(held), "problem": None})
    else:
        say(f"没有问题：{held.name} → {held.item}。", f"No problems: {held.name} → {held.item}.")


@profile.command("try")
@click.argument("words", nargs=-1, required=True, metavar="[NAME] FILE")
@click.option("--profile", "own", type=FILE, help="A profile of one's own (YAML) instead of NAME.")
@click.option("--rows", default=5, show_default=True, type=click.IntRange(1, 1000), help="How many rows.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def try_profile(words: tuple[str, ...], own: Path | None, rows: int, as_json: bool) -> None:
    """Show what becomes what: the first rows of FILE as the profile NAME (or one's own) would hand them on."""
    named, path = _named(words, own)
    version = load(named.item).at(today())
    seen = _preview(named, version, path, rows)
    if as_json:
        print_json(_as_data(seen, version))
        return
    _print_mapping(named, version)
    for row in seen.rows:
        _print_row(row)
    _print_empty(seen)
    _print_rest(named, version)


def _named(words: tuple[str, ...], own: Path | None) -> tuple[Profile, Path]:
    if len(words) != (1 if own else 2):
        raise UnusableCall(
            Explanation(
                Text("应写明配置和文件各一个。", "One profile and one file are needed."),
                Text(
                    "配置用名称，或者用 --profile 指定自己的文件，不能都写。",
                    "The profile is a NAME, or a file of one's own given with --profile, not both.",
                ),
                Text(
                    "例如：xinheng profile try tax-a-list 名单.csv",
                    "For example: xinheng profile try tax-a-list list.csv",
                ),
            )
        )
    path = Path(words[-1])
    if not path.is_file():
        raise UnusableCall(
            Explanation(
                Text(f"没有文件“{words[-1]}”。", f"There is no file {words[-1]!r}."),
                Text("路径有误，或者文件已经移走。", "The path is wrong, or the file has moved."),
                Text("请核对路径。", "Check the path."),
            )
        )
    return (_own(own) if own else load_profile(words[0])), path


def _own(file: Path) -> Profile:
    try:
        return define(file.read_text(encoding="utf-8-sig"), name=file.stem)
    except UnicodeDecodeError as wrong:
        raise ProfileError(file.stem, Text("应为 UTF-8 编码的 YAML", "it must be YAML in UTF-8")) from wrong


def _preview(held: Profile, version: ItemVersion, path: Path, rows: int) -> Preview:
    """Read the first rows of a file as they would be handed on."""
    with path.open("rb") as stream, contextlib.closing(Calculator()) as calculator:
        reader = open_table(stream, name=path.name, size=path.stat().st_size, chunk_bytes=1 << 20)
        table, numbers = None, []
        for raw in reader.chunks():
            chunk = raw.parse()
            if chunk.table.num_rows:
                table, numbers = chunk.table.slice(0, rows), [int(row) for row in chunk.rows[:rows]]
                break
        held.mapping_sql(reader.header)  # columns that do not fit are told also where there is no row
        if table is None:
            return Preview(held, mapped_fields(held, version), (), never_carried(held, version), ())
        return preview(held, version, header=reader.header, table=table, numbers=numbers, calculator=calculator)


def _print_mapping(held: Profile, version: ItemVersion) -> None:
    titles = ("来源列", "目录项", "名称", "怎样得到") if language() == "zh" else ("column", "field", "name", "how")
    rows = [
        (" + ".join(one.columns) or "—", one.field.name, _title(one.field.title, one.field.title_en), said(one.how))
        for one in mapped_fields(held, version)
    ]
    print_table(titles, rows)


def _print_row(row: PreviewRow) -> None:
    say(f"\n第 {row.row} 行", f"\nRow {row.row}")
    if row.person:
        say("自然人，不予接收，不显示。", "About a natural person: refused, and not shown.")
        return
    titles = ("目录项", "名称", "原值", "新值", "") if language() == "zh" else ("field", "name", "old", "new", "")
    cells = [
        (
            change.field,
            change.title,
            _short(" | ".join(old or "" for old in change.old) or "—"),
            _short(change.new or ""),
            _mark(dropped=change.dropped, changed=change.changed),
        )
        for change in row.changes
    ]
    print_table(titles, cells)


def _mark(*, dropped: bool, changed: bool) -> str:
    if dropped:
        return said(Text("未取用", "dropped"))
    return said(Text("已改写", "changed")) if changed else ""


def _print_empty(seen: Preview) -> None:
    for field, times in seen.empty:
        say(
            f"必填项“{field.title}”在 {times} 行中为空，这些行将退回。",
            f"{field.title_en} is mandatory and empty in {times} row(s), which would go back.",
        )
    if seen.persons:
        say(f"自然人 {seen.persons} 行，将退回。", f"{seen.persons} row(s) about natural persons would go back.")


def _print_rest(held: Profile, version: ItemVersion) -> None:
    for column, reason in held.ignored.items():
        say(f"不用的列 {column}：{reason.zh}", f"Not used, {column}: {reason.en}")
    for field, reason in never_carried(held, version):
        say(
            f"来源没有的项 {field.name} {field.title}：{reason.zh}",
            f"Never carried, {field.name} {field.title_en}: {reason.en}",
        )
    if held.publish_reason is not None:
        say(f"只保存，不公示：{held.publish_reason.zh}", f"Kept and not published: {held.publish_reason.en}")


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= CELL else flat[: CELL - 1] + "…"


def _title(zh: str, en: str) -> str:
    return said(Text(zh, en))


def _head(held: Profile) -> dict[str, Any]:
    return {
        "name": held.name,
        "item": held.item,
        "title": held.title.zh,
        "title_en": held.title.en,
        "publish": held.publish,
        "publish_reason": held.publish_reason and said(held.publish_reason),
    }


def _described(held: Profile, version: ItemVersion) -> dict[str, Any]:
    fields = [
        {
            "field": one.field.name, "title": one.field.title, "title_en": one.field.title_en, "columns": list(one.columns),
            "how": said(one.how), "constant": one.constant or None,
        }
        for one in mapped_fields(held, version)
    ]  # fmt: skip
    return {
        **_head(held),
        "source": said(held.source),
        "fields": fields,
        "ignored": {column: said(reason) for column, reason in held.ignored.items()},
        "never_carried": {field.name: said(reason) for field, reason in never_carried(held, version)},
    }


def _as_data(seen: Preview, version: ItemVersion) -> dict[str, Any]:
    rows = [
        {
            "row": row.row,
            "person": row.person,
            "fields": [
                {
                    "field": one.field,
                    "old": list(one.old),
                    "new": one.new,
                    "changed": one.changed,
                    "dropped": one.dropped,
                }
                for one in row.changes
            ],
        }
        for row in seen.rows
    ]
    return {
        **_described(seen.profile, version),
        "rows": rows,
        "empty": {field.name: times for field, times in seen.empty},
        "persons": seen.persons,
    }
