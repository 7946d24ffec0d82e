"""``xinheng sample``: a made-up province with realistic defects, the truth beside it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from xinheng.cli.printing import print_json, print_table, say
from xinheng.cli.starting import day_of, day_option

if TYPE_CHECKING:  # the generator is imported where it is used: no other command need wait for it
    from xinheng.core.sample.write import SampleSummary


@click.command()
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--organisations", type=click.IntRange(1), required=True, help="How many organisations the register holds."
)
@click.option("--records", type=click.IntRange(0), required=True, help="How many rows the penalty files hold.")
@click.option("--seed", type=int, required=True, help="The same seed gives the same bytes.")
@click.option(
    "--defects", type=click.FloatRange(0, 0.5), default=0.02, show_default=True, help="The share of rows with a defect."
)
@click.option("--single-file", is_flag=True, help="One penalty file instead of one for each agency.")
@click.option(
    "--columns",
    type=click.Choice(["full", "narrow"]),
    default="full",
    show_default=True,
    help="The layout of the penalty files.",
)
@day_option("--today", help_text="The day on which the province is seen; default today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def sample(
    directory: Path,
    organisations: int,
    records: int,
    seed: int,
    defects: float,
    single_file: bool,
    columns: str,
    today: dt.datetime | None,
    as_json: bool,
) -> None:
    """Write a sample province to DIRECTORY: register, agencies, penalty files, and truth.csv."""
    done = made(
        directory,
        organisations=organisations,
        records=records,
        seed=seed,
        today=day_of(today),
        defects=defects,
        single_file=single_file,
        columns=columns,
    )
    if as_json:
        click.echo(done.as_json())
        return
    say(f"样例已写入 {directory}", f"The sample is in {directory}")
    print_table(("file", "agency", "rows"), [(file.name, file.agency_name, file.rows) for file in done.files])
    print_json({"expected": done.expected})


def made(
    directory: Path,
    *,
    organisations: int,
    records: int,
    seed: int,
    today: dt.date,
    defects: float = 0.02,
    single_file: bool = False,
    columns: str = "full",
) -> SampleSummary:
    """Write a sample to a folder and return what it holds."""
    from xinheng.core.sample.layouts import Layout
    from xinheng.core.sample.write import write_sample

    directory.mkdir(parents=True, exist_ok=True)
    return write_sample(
        lambda name: (directory / name).open("wb"),
        organisations=organisations, records=records, seed=seed, today=today, defects=defects, single_file=single_file,
        layout=Layout(columns),
    )  # fmt: skip
