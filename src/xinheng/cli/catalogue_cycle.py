"""``xinheng catalogue cycle``: the catalogue of a year, drafted, answered by the departments, and signed by a second person."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import acting, now, today
from xinheng.core.access import Actor
from xinheng.core.catalogue.cycle import DraftAnswer
from xinheng.core.catalogue.draft import LONGEST
from xinheng.core.catalogue.lines import Lines
from xinheng.core.catalogue.problem import InvalidDefinition
from xinheng.core.errors import Text

if TYPE_CHECKING:
    from xinheng.usecases.catalogue.views import YearView

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def cycle() -> None:
    """The yearly cycle: draft, the departments' answers, signature."""


@cycle.command("open")
@click.argument("year", type=int)
@click.option("--from", "first_day", type=DAY, required=True, help="The first day of the new versions.")
@click.option("--basis", required=True, help="The document that issues it.")
@click.option("--region", default="", help="The code of a city, for its supplementary items; else the province.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def open_cycle(year: int, first_day: dt.datetime, basis: str, region: str, as_json: bool, actor: Actor) -> None:
    """Open the catalogue of a YEAR: nothing of it is changed yet."""
    from xinheng.usecases.catalogue.cycle import open_year

    day = first_day.date()
    number = open_year(year, region=region, first_day=day, basis=basis, actor=actor, at=now(), on=today())
    if as_json:
        print_json({"number": number})
        return
    say(f"编号 {number}：{year} 年度目录，自 {day} 起", f"Number {number}: the catalogue of {year}, from {day}")


@cycle.command()
@click.argument("number", type=int)
@click.argument("item")
@click.argument("definition", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--note", default="", help="What is changed and why.")
@click.option("--leave-out", is_flag=True, help="Take the item out of the draft.")
@acting
def change(number: int, item: str, definition: Path | None, note: str, leave_out: bool, actor: Actor) -> None:
    """Keep the file DEFINITION (YAML) as the draft of an ITEM; without one, print what the draft is now."""
    from xinheng.usecases.catalogue import cycle as usecase
    from xinheng.usecases.catalogue.views import view_draft

    if leave_out:
        usecase.leave_out(number, item, actor=actor, at=now())
        say("已撤出草案", "Left out of the draft")
        return
    if definition is None:
        click.echo(view_draft(number, item, actor=actor, at=now(), on=today()).text, nl=False)
        return
    text = definition.read_bytes()[: 4 * LONGEST + 4].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    try:
        usecase.change_item(number, item, text, note=note, actor=actor, at=now(), on=today())
    except InvalidDefinition as error:
        lines = Lines(text[:LONGEST])
        for problem in error.problems:
            click.echo(
                f"{definition}:{lines.at(problem.where)}: {problem.code}  {problem.where}  {said(problem.message)}"
            )
        sys.exit(2)
    say(f"已保存 {item} 的草案", f"The draft of {item} is kept")


@cycle.command()
@click.argument("number", type=int)
@click.option("--answer-by", type=DAY, required=True, help="The last day for answers.")
@click.option("--from", "first_day", type=DAY, help="Another first day of the new versions.")
@acting
def ask(number: int, answer_by: dt.datetime, first_day: dt.datetime | None, actor: Actor) -> None:
    """Ask every department that may hand a changed item in."""
    from xinheng.usecases.catalogue.cycle import ask_departments

    first = first_day.date() if first_day else None
    asked = ask_departments(number, answer_by=answer_by.date(), first_day=first, actor=actor, at=now(), on=today())
    for item, agencies in asked.items():
        say(f"{item}：征求 {agencies} 家", f"{item}: {agencies} asked")


@cycle.command()
@click.argument("number", type=int)
@click.argument("item")
@click.option("--agency", required=True, help="The department that answers (USCC).")
@click.option("--agree/--object", "agrees", required=True, default=None, help="Whether it agrees.")
@click.option("--text", default="", help="In words; an objection needs them.")
@acting
def answer(number: int, item: str, agency: str, agrees: bool, text: str, actor: Actor) -> None:
    """Answer for a department about the draft of an ITEM."""
    from xinheng.usecases.catalogue import cycle as usecase

    chosen = DraftAnswer.AGREE if agrees else DraftAnswer.OBJECT
    usecase.answer(number, item, agency, chosen, text=text, actor=actor, at=now(), on=today())
    say(f"已答复：{chosen.label.zh}", f"Answered: {chosen.label.en}")


@cycle.command("take-back")
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why.")
@acting
def take_back(number: int, reason: str, actor: Actor) -> None:
    """Take the draft back to change it."""
    from xinheng.usecases.catalogue import cycle as usecase

    usecase.take_back(number, reason=reason, actor=actor, at=now())
    say("已收回修改", "Taken back")


@cycle.command()
@click.argument("number", type=int)
@click.option("--reason", required=True, help="Why.")
@acting
def drop(number: int, reason: str, actor: Actor) -> None:
    """Drop the year: nothing of it will be in force."""
    from xinheng.usecases.catalogue import cycle as usecase

    usecase.drop(number, reason=reason, actor=actor, at=now())
    say("已作废", "Dropped")


@cycle.command()
@click.argument("number", type=int)
@click.option("--reason", default="", help="A remark; why a standing objection is not followed.")
@acting
def sign(number: int, reason: str, actor: Actor) -> None:
    """Sign the year as the second person: its versions are in force from its first day."""
    from xinheng.usecases.catalogue import cycle as usecase

    usecase.sign(number, reason=reason, actor=actor, at=now(), on=today())
    say("已签发", "Signed")


@cycle.command()
@click.argument("number", type=int, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def show(number: int | None, as_json: bool, actor: Actor) -> None:
    """Show the years, or the year NUMBER: where it stands, its items with what differs, who answered what."""
    from xinheng.usecases.catalogue.views import list_years, shown_year, view_year

    if number is None:
        years = list_years(actor=actor, at=now())
        if as_json:
            print_json(
                [
                    {"number": one.number, "year": one.year, "region": one.region, "state": one.state.value}
                    for one in years
                ]
            )
            return
        heads = (
            ("编号", "年度", "地区", "状态", "施行日期")
            if language() == "zh"
            else ("number", "year", "region", "state", "from")
        )
        print_table(heads, [(one.number, one.year, one.region, said(one.state.label), one.first_day) for one in years])
        return
    found = view_year(number, actor=actor, at=now(), on=today())
    if as_json:
        print_json(shown_year(found))
        return
    _print(found)


def _print(found: YearView) -> None:
    row = found.row
    click.echo(f"{row.year} {row.region} {said(row.state.label)} {row.first_day} {found.basis}")
    for step in found.steps:
        click.echo(f"  {step.at:%Y-%m-%d %H:%M} {step.by} {said(step.kind.label)} {step.reason}".rstrip())
    for draft in found.drafts:
        counts = Text(
            f"征求 {draft.asked}，同意 {draft.agreed}，有意见 {draft.objected}，未答复 {draft.open}",
            f"asked {draft.asked}, agree {draft.agreed}, object {draft.objected}, open {draft.open}",
        )
        click.echo(f"{draft.item} {draft.version}  {said(counts)}")
        for difference in draft.differences:
            click.echo(f"    {said(difference.sentence)}")
    for one in found.answers:
        if one.answer is not None:
            click.echo(f"{one.agency} {one.agency_name} {one.item}  {said(one.answer.label)} {one.text}".rstrip())
