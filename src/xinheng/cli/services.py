"""``xinheng services``: accounts of agencies' systems that use the API. A secret is printed once, when it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from xinheng.cli.printing import print_json, print_table, say
from xinheng.cli.starting import acting, now, today
from xinheng.core.access import Actor, Scope

if TYPE_CHECKING:
    from xinheng.usecases.services.accounts import NewSecret, ServiceView

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group()
def services() -> None:
    """Service accounts: systems that use the API."""


@services.command()
@click.argument("name")
@click.option("--agency", required=True, help="The unified code of the agency whose system it is.")
@click.option("--title", default="", help="What the system is called.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What it may be used for; may be given again; default everything.",
)
@click.option("--per-minute", default=600, show_default=True, help="How many calls a minute.")
@click.option("--per-day", default=100_000, show_default=True, help="How many calls a day.")
@_json
@acting
def add(
    name: str, agency: str, title: str, scopes: tuple[str, ...], per_minute: int, per_day: int, as_json: bool, actor: Actor
) -> None:  # fmt: skip
    """Make a service account NAME for an agency, and print its secret, once."""
    from xinheng.usecases.services.accounts import Wanted, add_service

    wanted = Wanted(name=name, agency=agency, title=title, scopes=scopes, per_minute=per_minute, per_day=per_day)
    _show(add_service(wanted, actor=actor, at=now(), on=today()), as_json=as_json)


@services.command()
@click.argument("name")
@click.option("--overlap-days", default=7, show_default=True, help="How long the secret before it stays good.")
@_json
@acting
def rotate(name: str, overlap_days: int, as_json: bool, actor: Actor) -> None:
    """Make a new secret for NAME and print it, once; the one before it stays good for a while."""
    from xinheng.usecases.services.accounts import rotate_secret

    _show(rotate_secret(name, overlap_days=overlap_days, actor=actor, at=now()), as_json=as_json)


@services.command()
@click.argument("name")
@acting
def end(name: str, actor: Actor) -> None:
    """End the account NAME: its secrets and tokens are good for nothing from now on."""
    from xinheng.usecases.services.accounts import end_service

    end_service(name, actor=actor, at=now())
    say(f"已结束：{name}", f"Ended: {name}")


@services.command("list")
@_json
@acting
def list_accounts(as_json: bool, actor: Actor) -> None:
    """List the accounts, those that have ended too; never a secret."""
    from xinheng.usecases.services.accounts import list_services

    rows = [_row(one) for one in list_services(actor=actor, at=now())]
    if as_json:
        print_json(rows)
    elif rows:
        print_table(list(rows[0]), [[_cell(value) for value in row.values()] for row in rows])
    else:
        say("还没有服务账号。", "There is no service account yet.")


def _row(one: ServiceView) -> dict[str, object]:
    return {
        "name": one.name, "agency": one.agency, "title": one.title, "scopes": list(one.scopes), "per_minute": one.per_minute,
        "per_day": one.per_day, "secrets_until": [until.date().isoformat() for until in one.secrets],
        "ended_at": one.ended_at.isoformat() if one.ended_at else None,
    }  # fmt: skip


def _cell(value: object) -> object:
    return " ".join(value) if isinstance(value, list) else "" if value is None else value


def _show(made: NewSecret, *, as_json: bool) -> None:
    day = made.valid_until.date().isoformat()
    if as_json:
        overlap = made.overlap_until.isoformat() if made.overlap_until else None
        print_json(
            {"client_id": made.account, "client_secret": made.secret, "valid_until": made.valid_until.isoformat(), "overlap_until": overlap}
        )  # fmt: skip
        return
    say(
        f"服务账号 {made.account} 的密钥（只显示这一次，{day} 前有效）：",
        f"The secret of {made.account} (shown this once, good until {day}):",
    )
    click.echo(made.secret)
    if made.overlap_until is not None:
        until = made.overlap_until.date().isoformat()
        say(f"旧密钥在 {until} 失效，请在此之前更换。", f"The secret before it ends on {until}; change it by then.")
