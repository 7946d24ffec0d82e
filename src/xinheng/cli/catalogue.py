"""``xinheng catalogue``: the items that may be collected."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from xinheng.cli.printing import print_json, print_table, said, say
from xinheng.cli.starting import today
from xinheng.core.catalogue.check import check
from xinheng.core.catalogue.describe import described, overview
from xinheng.core.catalogue.item import Item, ItemVersion
from xinheng.core.catalogue.load import load
from xinheng.core.errors import Explanation, Text, UnusableCall


@click.group()
def catalogue() -> None:
    """The catalogue of public credit information."""


@catalogue.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_items(as_json: bool) -> None:
    """List the items."""
    rows = overview(on=today())
    if as_json:
        print_json(rows)
    else:
        print_table(tuple(rows[0]), [list(row.values()) for row in rows])


@catalogue.command()
@click.argument("item")
@click.option("--version", "label", help="A revision, e.g. 2018; else the one in force today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show(item: str, label: str | None, as_json: bool) -> None:
    """Show an item: its basis, terms and fields."""
    held = load(item)
    version = _labelled(held, label) if label else held.at(today())
    if as_json:
        print_json(described(held, version))
        return
    say(
        f"{version.title}（{version.name}，{version.revision.version} 版）",
        f"{version.title_en} ({version.name}, {version.revision.version})",
    )
    for basis in version.basis:
        click.echo(f"  {basis.instrument} {basis.article} [{basis.sure}]")
    rows = [
        (f.name, f.title, f.title_en, f.type, "*" if f.required else "", f.max_length or "", f.unit)
        for f in version.fields
    ]
    print_table(("code", "名称", "name", "type", "required", "length", "unit"), rows)


def _labelled(item: Item, label: str) -> ItemVersion:
    known = [version.revision.version for version in item.versions]
    if label in known:
        return item.version(label)
    there = "、".join(known)
    raise UnusableCall(
        Explanation(
            Text(f"{item.name} 没有 {label} 版", f"{item.name} has no revision {label}"),
            Text(f"现有版本：{there}", f"revisions: {there}"),
            Text("请用 --version 指定现有版本，或不指定。", "Name one of them with --version, or leave it out."),
        )
    )


@catalogue.command("check")
@click.argument("definition", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check_definition(definition: Path, as_json: bool) -> None:
    """Check an item's DEFINITION (YAML): form, and what law forbids to collect."""
    problems = check(definition.read_text(encoding="utf-8"), on=today())
    if as_json:
        print_json(
            [{"code": p.code, "where": p.where, "message": said(p.message), "basis": str(p.basis)} for p in problems]
        )
    else:
        for problem in problems:
            click.echo(f"{problem.code}  {problem.where}  {said(problem.message)}")
        if not problems:
            say("没有问题。", "No problems.")
    sys.exit(2 if problems else 0)
