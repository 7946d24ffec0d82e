"""``xinheng catalogue``: the items that may be collected, their versions, and the workbooks that departments fill in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from xinheng.cli.catalogue_cycle import cycle
from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import today
from xinheng.cli.writing import place_to_write
from xinheng.core.catalogue.check import check
from xinheng.core.catalogue.compare import as_data, compare
from xinheng.core.catalogue.compare_item import EFFECTS
from xinheng.core.catalogue.describe import described, overview
from xinheng.core.catalogue.item import Effect, Item, ItemVersion, Status
from xinheng.core.catalogue.load import add_items, load
from xinheng.core.catalogue.reading import texts_in
from xinheng.core.catalogue.stub import NOT_TAKEN, check_reportable
from xinheng.core.catalogue.supplement import check_supplement, define_supplements
from xinheng.core.catalogue.volume import bounds
from xinheng.core.errors import Explanation, Text, UnusableCall


@click.group()
@click.option(
    "--supplements",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="XINHENG_CATALOGUE",
    help="A folder with a city's supplementary items (YAML), known beside the province's.",
)
def catalogue(supplements: Path | None) -> None:
    """The catalogue of public credit information."""
    if supplements is not None:
        add_items(define_supplements(texts_in(supplements)))


@catalogue.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_items(as_json: bool) -> None:
    """List the items: class of the national directory, openness, whether files of them are taken."""
    rows = overview(on=today())
    if as_json:
        print_json(rows)
        return
    chinese = language() == "zh"
    heads = ("标识", "名称", "国家目录分类", "公开属性", "影响", "版本", "状态", "地区")
    heads_en = ("item", "title", "class", "openness", "effect", "version", "state", "region")
    print_table(heads if chinese else heads_en, [_listed(row, chinese=chinese) for row in rows])


def _listed(row: dict[str, Any], *, chinese: bool) -> list[str]:
    state = Text("仅公布", "stub") if row["status"] == Status.STUB.value else Text("可报送", "taken")
    words = [row["title"], row["national_class"]] if chinese else [row["title_en"], row["national_class_en"]]
    openness = row["openness"] if chinese else row["openness_en"]
    effect = said(EFFECTS[Effect(row["effect"])])
    return [row["name"], *words, openness, effect, row["version"], said(state), row["region"]]


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
    if version.status is Status.STUB:
        click.echo(said(NOT_TAKEN))
    for name, value in _terms(version, described(held, version)):
        click.echo(f"  {name}: {value}")
    for basis in version.basis:
        click.echo(f"  {basis.instrument} {basis.article} [{basis.sure}]")
    rows = [
        (f.name, f.title, f.title_en, f.type, _need(version, f.name), f.max_length or "", f.unit, f.openness.value)
        for f in version.fields
    ]
    print_table(("code", "名称", "name", "type", "required", "length", "unit", "公开属性"), rows)


def _terms(version: ItemVersion, data: dict[str, Any]) -> list[tuple[str, str]]:
    chinese = language() == "zh"
    end, kept = "" if chinese else "_en", data["retention"]
    years = f"{kept['from_zh']} {kept['years']} 年" if chinese else f"{kept['years']} years {kept['from_en']}"
    said_of = [
        ("国家目录分类", "class", data[f"national_class{end}"]),
        ("提供单位", "provider", data[f"provider{end}"]),
        ("公开属性", "openness", data[f"openness{end}"]),
        ("更新频次", "frequency", data[f"frequency{end}"]),
        ("保存期限", "retention", years),
        ("重复判断", "key", "、".join(version.key)),
        ("数据量", "rows", said(bounds(version.volume)) if version.volume else ""),
        ("地区", "region", version.region),
    ]
    return [(zh if chinese else en, value) for zh, en, value in said_of if value]


def _need(version: ItemVersion, field: str) -> str:
    """Return the mark of a field: required, required with an allowance, or one of a group."""
    if field in version.allowances:
        return "(*)"
    grouped = any(field in group for group in version.groups)
    return "*" if version.field(field).required else "+" if grouped else ""


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
@click.option(
    "--city", is_flag=True, help="Check it as a city's supplementary item, which may not repeat the province's."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check_definition(definition: Path, city: bool, as_json: bool) -> None:
    """Check an item's DEFINITION (YAML): form, and what law forbids to collect."""
    problems = (check_supplement if city else check)(definition.read_text(encoding="utf-8"), on=today())
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


@catalogue.command()
@click.argument("item")
@click.option("--from", "since", default="", help="The earlier version, or a year; default the one before --to.")
@click.option("--to", "until", default="", help="The later version, or a year; default the latest.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def diff(item: str, since: str, until: str, as_json: bool) -> None:
    """Say what differs between two versions of an ITEM."""
    found = compare(load(item), since=since, until=until)
    if as_json:
        print_json(as_data(found))
        return
    before, after = found.before.revision, found.after.revision
    say(
        f"{found.after.title}：{before.version} 版（{before.in_force} 起）→ {after.version} 版（{after.in_force} 起）",
        f"{found.after.title_en}: {before.version} (from {before.in_force}) → {after.version} (from {after.in_force})",
    )
    say(f"依据：{after.basis.instrument}", f"Basis: {after.basis.instrument}")
    for difference in found.differences:
        click.echo(f"  {said(difference.sentence)}")
    if not found.differences:
        say("字段没有变化。", "No field differs.")


@catalogue.command()
@click.argument("item")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), callback=place_to_write)
@click.option("--version", "label", help="A revision, e.g. 2018; else the one in force today.")
def template(item: str, out: Path, label: str | None) -> None:
    """Write the workbook (.xlsx) that a department fills in for an ITEM, with its rules inside."""
    from xinheng.core.catalogue.template import write_template

    held = load(item)
    version = _labelled(held, label) if label else held.at(today())
    check_reportable(version)
    with out.open("wb") as stream:
        write_template(stream, version, today=today())
    say(f"已写入 {out}", f"Written to {out}")


catalogue.add_command(cycle)
