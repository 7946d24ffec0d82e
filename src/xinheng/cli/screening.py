"""``xinheng screen``: what stands against subjects in a matter, one by one and in lists; what was done with it, and how far matters are screened."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xinheng.cli import screening_watches
from xinheng.cli.printing import language, print_json, print_table, said, say
from xinheng.cli.starting import acting, day_of, day_option, now, today
from xinheng.cli.writing import place_to_write
from xinheng.core.access import Actor
from xinheng.core.screening import Outcome, matters
from xinheng.core.screening.feedback import Feedback

if TYPE_CHECKING:
    from xinheng.usecases.screening.keeping import Line
    from xinheng.usecases.screening.viewing import ScreeningView


@click.group()
def screen() -> None:
    """Screen subjects in a matter of the register (信用审查)."""


def _asked(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say for what is screened."""
    for option in (
        click.option("--agency", default="", help="The agency that handles the business; default the user's own."),
        click.option("--business-number", required=True, help="The number under which the business is handled."),
        click.option("--matter", required=True, help="The matter (xinheng screen matters)."),
    ):
        command = option(command)
    return command


@screen.command("matters")
@day_option("--on", help_text="Those in force on this day; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_matters(on: dt.datetime | None, as_json: bool) -> None:
    """List the matters for which may be screened, on what basis, and what each looks at."""
    from xinheng.usecases.screening.shown import shown_matter

    found = matters(on=day_of(on))
    if as_json:
        print_json([shown_matter(one) for one in found])
        return
    rows = [
        (one.code, one.number, said(one.title), "✓" if one.obligatory else "", "；".join(said(look.words) for look in one.looks), one.basis)
        for one in found
    ]  # fmt: skip
    chinese = ("事项", "事项编码", "名称", "必须审查", "所查", "依据")
    print_table(
        chinese if language() == "zh" else ("matter", "number", "title", "obligatory", "looks at", "basis"), rows
    )


@screen.command()
@click.argument("code", default="")
@click.option("--name", default="", help="The full name, where there is no code; to be confirmed.")
@_asked
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def check(
    code: str, name: str, matter: str, business_number: str, agency: str, as_json: bool, actor: Actor
) -> None:  # fmt: skip
    """Check one subject by its CODE, or by its full name."""
    from xinheng.usecases.screening.checking import check_one
    from xinheng.usecases.screening.shown import shown_check

    found = check_one(
        code=code, name=name, matter=matter, business_number=business_number, agency=agency, actor=actor, at=now(), on=today()
    )  # fmt: skip
    if as_json:
        print_json(shown_check(found))
        return
    _tell(found.line)
    say(f"审查编号 {found.number}，回执 {found.receipt}", f"Screening {found.number}, receipt {found.receipt}")


@screen.command("list")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_asked
@click.option("--out", type=click.Path(path_type=Path), callback=place_to_write, help="Write the result workbook here.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def screen_list(
    file: Path, matter: str, business_number: str, agency: str, out: Path | None, as_json: bool, actor: Actor
) -> None:  # fmt: skip
    """Screen a list: FILE is a CSV or a workbook with columns for name and code."""
    from xinheng.usecases.screening.lists import screen_file

    with file.open("rb") as content:
        made = screen_file(
            content, name=file.name, size=file.stat().st_size, matter=matter, business_number=business_number, agency=agency, actor=actor,
            at=now(), on=today(),
        )  # fmt: skip
    _made(made, out, as_json, actor)


@screen.command()
@click.argument("number", type=int)
@click.option("--out", type=click.Path(path_type=Path), callback=place_to_write, help="Write the result workbook here.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def again(number: int, out: Path | None, as_json: bool, actor: Actor) -> None:
    """Screen the rows of a screening again, and tell how many changed."""
    from xinheng.usecases.screening.again import screen_again, view_changes

    made = screen_again(number, actor=actor, at=now(), on=today())
    changes = view_changes(made.number, actor=actor, at=now(), on=today(), limit=1000)
    if not as_json:
        for one in changes.rows:
            _tell(one.row.line)
        say(f"有变化的 {changes.total} 行。", f"{changes.total} rows changed.")
    _made(made, out, as_json, actor, changed=[one.row.line.number for one in changes.rows])


@screen.command()
@click.argument("number", type=int)
@click.option("--outcome", default="", type=click.Choice(["", *Outcome]), help="Only rows that come out so.")
@click.option("--offset", type=click.IntRange(0), default=0, help="From which row on.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many rows.")
@click.option("--out", type=click.Path(path_type=Path), callback=place_to_write, help="Write the result workbook here.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def show(
    number: int, outcome: str, offset: int, limit: int, out: Path | None, as_json: bool, actor: Actor
) -> None:  # fmt: skip
    """Show the rows of a screening as of its day; what has ended since is not there."""
    from xinheng.usecases.screening.shown import shown_feed, shown_row, shown_screening
    from xinheng.usecases.screening.viewing import view_screening

    wanted = Outcome(outcome) if outcome else None
    page = view_screening(number, actor=actor, at=now(), on=today(), offset=offset, limit=limit, outcome=wanted)
    if out is not None:
        _write(number, out, actor)
    if as_json:
        rows = [shown_row(one) for one in page.rows]
        covers = [shown_feed(one) for one in page.feeds]
        print_json({**shown_screening(page.screening), "rows_shown": rows, "total": page.total, "covers": covers})
        return
    for one in page.rows:
        _tell(one.line)


@screen.command("past")
@click.option("--matter", default="", help="Only those in this matter.")
@click.option("--agency", default="", help="Only those of this agency.")
@click.option("--business-number", default="", help="Only those under this number.")
@click.option("--limit", type=click.IntRange(1, 10_000), default=50, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def past(matter: str, agency: str, business_number: str, limit: int, as_json: bool, actor: Actor) -> None:
    """List screenings, newest first."""
    from xinheng.usecases.intake.listing import Wanted
    from xinheng.usecases.screening.shown import shown_screening
    from xinheng.usecases.screening.viewing import page_of_screenings

    wanted = Wanted(filters={"matter": matter, "agency": agency, "q": business_number}, limit=limit)
    found = page_of_screenings(wanted, actor=actor, at=now()).rows
    if as_json:
        print_json([shown_screening(one) for one in found])
        return
    rows = [
        (one.number, said(one.matter.title), one.business_number, one.agency_name, one.on, one.rows, one.file_name)
        for one in found
    ]
    chinese = ("编号", "事项", "业务编号", "单位", "日期", "行数", "文件")
    print_table(
        chinese if language() == "zh" else ("screening", "matter", "number", "agency", "as of", "rows", "file"), rows
    )


@screen.command()
@click.argument("number", type=int)
@click.argument("kind", type=click.Choice([one.value for one in Feedback]))
@click.option("--row", type=int, help="The row of a list; a check has one.")
@click.option("--why", default="", help="Why nothing was done.")
@acting
def feedback(number: int, kind: str, row: int | None, why: str, actor: Actor) -> None:
    """Say what was done with a row of a screening."""
    from xinheng.usecases.screening.feedback import give_feedback

    receipt = give_feedback(number, kind=kind, why=why, row=row, actor=actor, at=now())
    say(f"已反馈，回执 {receipt}", f"Noted; receipt {receipt}")


@screen.command()
@day_option("--first", help_text="The first day; default the first of the year.")
@day_option("--last", help_text="The last day; default today.")
@click.option("--all", "every", is_flag=True, help="Of all matters, not only of obligatory ones.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def coverage(first: dt.datetime | None, last: dt.datetime | None, every: bool, as_json: bool, actor: Actor) -> None:
    """Tell how far matters are screened, by agency; those in which nobody asked are there too."""
    from xinheng.usecases.screening.coverage import coverage as count

    end = day_of(last)
    begin = first.date() if first else end.replace(month=1, day=1)
    found = count(begin, end, actor=actor, at=now(), obligatory=None if every else True)
    titles = ("matter", "agency", "screenings", "business_numbers", "rows", "answered")
    rows = [
        (one.matter.code, one.agency, one.screenings, one.business_numbers, one.rows, one.answered) for one in found
    ]
    if as_json:
        print_json([dict(zip(titles, row, strict=True)) for row in rows])
        return
    chinese = ("事项", "单位", "审查次数", "业务数", "行数", "已反馈")
    print_table(chinese if language() == "zh" else titles, rows)


@screen.command()
@click.argument("number", type=int)
@click.option("--size", type=click.IntRange(1, 10_000), default=20, show_default=True, help="How many rows are drawn.")
@click.option("--seed", type=int, default=1, show_default=True, help="By which they are drawn.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def sample(number: int, size: int, seed: int, as_json: bool, actor: Actor) -> None:
    """Compute a sample of rows again as of the screening's day, and tell which differ."""
    from xinheng.usecases.screening.sampling import recheck_sample

    found = recheck_sample(number, size=size, seed=seed, actor=actor, at=now())
    if as_json:
        print_json({"seed": found.seed, "drawn": found.drawn, "differing": found.differing})
        return
    shown = "、".join(map(str, found.differing)) or "—"
    say(f"抽查 {found.drawn} 行，不一致：{shown}", f"{found.drawn} rows drawn; differing: {shown}")


def _made(
    made: ScreeningView, out: Path | None, as_json: bool, actor: Actor, changed: list[int] | None = None
) -> None:  # fmt: skip
    """Tell of a list that was screened, and write its workbook."""
    from xinheng.usecases.screening.shown import shown_screening
    from xinheng.usecases.screening.viewing import outcomes_of

    if out is not None:
        _write(made.number, out, actor)
    counts = outcomes_of(made.number, actor=actor, at=now())
    if as_json:
        more = {} if changed is None else {"changed": changed}
        print_json({**shown_screening(made), "outcomes": counts, **more})
        return
    print_table(("", ""), [(said(Outcome(one).label), count) for one, count in counts.items()])
    say(f"审查编号 {made.number}，回执 {made.receipt}", f"Screening {made.number}, receipt {made.receipt}")


def _write(number: int, out: Path, actor: Actor) -> None:
    from xinheng.usecases.screening.workbook import write_workbook

    with out.open("wb") as content:
        write_workbook(number, content, actor=actor, at=now(), on=today(), language=language())


def _tell(line: Line) -> None:
    """Print a line: whose it is, what it came out as and why, and what stands behind it."""
    told = line.assessment
    whose = line.match.name or line.given.name or line.given.code
    say(f"{line.number}  {whose}  {said(told.outcome.label)}", f"{line.number}  {whose}  {said(told.outcome.label)}")
    for reason in told.reasons:
        click.echo(f"   {said(reason)}")
    rows = [
        (
            said(one.seen.list_title or one.seen.title), one.seen.number, one.seen.authority, one.seen.since, one.seen.until or "",
            one.seen.basis, said(one.seen.stopped) if one.seen.stopped else "",
        )
        for one in (*told.entries, *told.records)
    ]  # fmt: skip
    if rows:
        chinese = ("名单或者信息项", "文书号", "决定机关", "起", "止", "依据", "")
        print_table(
            chinese if language() == "zh" else ("list or item", "number", "authority", "since", "until", "basis", ""),
            rows,
        )
    for candidate in line.match.candidates:
        click.echo(f"   ? {candidate.code} {candidate.name}")


for _command in (
    screening_watches.watch, screening_watches.unwatch, screening_watches.watches, screening_watches.tell,
):  # fmt: skip
    screen.add_command(_command)
