"""``xinheng subjects``: the register."""

from __future__ import annotations

from pathlib import Path

import click

from xinheng.cli import resolving, subject_changes
from xinheng.cli.printing import print_json, say
from xinheng.cli.progress import Bar
from xinheng.cli.starting import acting, now, today
from xinheng.core.access import Actor


@click.group()
def subjects() -> None:
    """The register of credit subjects."""


@subjects.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def load(file: Path, as_json: bool, actor: Actor) -> None:
    """Seed the register from FILE: any table with columns for name and unified code (and more, where recognised)."""
    from xinheng.usecases.subjects.at_once import make_current
    from xinheng.usecases.subjects.load import load_register

    with file.open("rb") as content, Bar(quiet=as_json) as bar:
        done = load_register(
            content, name=file.name, size=file.stat().st_size, as_of=today(), actor=actor, at=now(), progress=bar.tell
        )
        make_current(done.entered)
    if as_json:
        print_json(
            {
                "received": done.received, "entered": done.entered, "left_out": done.left_out, "columns": done.columns,
                "ignored": done.ignored, "resolved": done.resolved,
            }
        )  # fmt: skip
        return
    left = "，".join(f"{reason} {count}" for reason, count in done.left_out.items() if count)
    say(
        f"读取 {done.received} 行，登记 {done.entered} 行。{left}",
        f"{done.received} rows read, {done.entered} entered. {left}",
    )
    say(
        "使用的列：" + "，".join(f"{k}←{v}" for k, v in done.columns.items()),
        "Columns used: " + ", ".join(f"{k} from {v}" for k, v in done.columns.items()),
    )
    if done.resolved:
        say(f"待认领的行已处理：{done.resolved}", f"Waiting rows resolved: {done.resolved}")


@subjects.command()
@click.argument("code")
@click.argument("username")
@click.option(
    "--name",
    prompt="Name as proved",
    help="The representative's name as it was proved; only a keyed digest of it is kept.",
)
@click.option(
    "--evidence",
    type=click.Choice(["window", "letter", "oidc"]),
    default="window",
    show_default=True,
    help="How it was proved.",
)
@acting
def represent(code: str, username: str, name: str, evidence: str, actor: Actor) -> None:
    """Let USERNAME act as the representative of the subject with this CODE; earlier grants end."""
    from xinheng.usecases.me.grants import accept_representative

    accept_representative(code, username, name=name, evidence=evidence, actor=actor, at=now(), on=today())
    say(
        f"已登记 {username} 为 {code} 的代表人，此前的授权全部终止。",
        f"{username} represents {code}; earlier grants have ended.",
    )


for _command in (
    resolving.resolve,
    subject_changes.changed,
    subject_changes.unchanged,
    subject_changes.branch,
    subject_changes.around,
):
    subjects.add_command(_command)
