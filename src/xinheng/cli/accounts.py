"""``xinheng accounts``: who may act, in which roles, for whom, until when, and who stands in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xinheng.cli.printing import language, print_json, print_table, say
from xinheng.cli.starting import acting, day_of, now, today
from xinheng.core.access import Actor, Role

if TYPE_CHECKING:
    from xinheng.usecases.accounts.roles import Wanted

_DAY = click.DateTime(["%Y-%m-%d"])
_since = click.option("--from", "since", type=_DAY, help="The first day; default today.")
_reason = click.option("--reason", required=True, help="Why; it is kept.")


@dataclass(frozen=True, slots=True)
class Held:
    """For whom, and until when, a role is to be held, as the options say it."""

    agency: str
    region: str
    until: dt.datetime | None

    def wanted(self, role: str) -> Wanted:
        """Return what a use case takes."""
        from xinheng.usecases.accounts.roles import Wanted, role_named

        return Wanted(role_named(role), self.agency, self.region, self.until.date() if self.until else None)


def _held(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say for whom, and until when, a role is held; they come as one ``held``."""

    @wraps(command)
    def gathered(*args: Any, agency: str, region: str, until: dt.datetime | None, **kwargs: Any) -> Any:
        return command(*args, held=Held(agency, region, until), **kwargs)

    held: Callable[..., Any] = gathered
    for option in (
        click.option("--until", type=_DAY, help="The day on which the role ends, no longer part of it; default none."),
        click.option("--region", default="", help="The region (GB/T 2260, or a zone's code) for which it is held."),
        click.option("--agency", default="", help="The agency (USCC) for which the role is held."),
    ):
        held = option(held)
    return held


@click.group()
def accounts() -> None:
    """Accounts, their roles, and who stands in for whom."""


@accounts.command()
@click.argument("name")
@click.option("--display-name", default="", help="The person's name.")
@click.option("--role", default="", help="The role with which it begins; without one it may do nothing yet.")
@_held
@_since
@acting
def add(name: str, display_name: str, role: str, since: dt.datetime | None, held: Held, actor: Actor) -> None:
    """Make an account. It signs in nowhere until it got a one-time secret and set a password."""
    from xinheng.usecases.accounts.opening import Entry, add_account

    entry = Entry(name, display_name, held.wanted(role) if role else None)
    add_account(entry, actor=actor, at=now(), on=day_of(since))
    say(f"已建立账号 {name}。", f"The account {name} was made.")


@accounts.command()
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_since
@acting
def load(sheet: Path, since: dt.datetime | None, actor: Actor) -> None:
    """Make all accounts of a SHEET (columns name, display_name, role, agency, region): all, or none where a row is wrong."""
    from xinheng.usecases.accounts.opening import account_rows, load_accounts

    with sheet.open("rb") as content:
        rows = account_rows(content, name=sheet.name, size=sheet.stat().st_size)
    count = load_accounts(rows, actor=actor, at=now(), on=day_of(since))
    say(f"已建立 {count} 个账号。", f"{count} accounts were made.")


@accounts.command("list")
@click.option("--closed", is_flag=True, help="Closed ones as well, for who acts for the province.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@acting
def list_known(closed: bool, as_json: bool, actor: Actor) -> None:
    """List the accounts whose roles you reach, with these roles."""
    from xinheng.usecases.accounts.views import list_accounts, shown_account

    found = [shown_account(one) for one in list_accounts(actor=actor, at=now(), on=today(), closed=closed)]
    if as_json:
        print_json(found)
        return
    none: dict[str, Any] = dict.fromkeys(("role", "agency", "region", "since", "until"), "")
    rows = [
        (one["name"], one["display_name"], *(_cell(held, part) for part in none), _stand_ins(one))
        for one in found
        for held in one["roles"] or [none]
    ]
    english = ("name", "person", "role", "agency", "region", "from", "until", "stand-in")
    chinese = ("账号", "姓名", "角色", "单位", "地区", "起始", "终止", "代办")
    print_table(chinese if language() == "zh" else english, rows)


@accounts.command()
@click.argument("name")
@click.option("--mail", help="The office mail from now on; empty for none.")
@click.option("--telephone", help="The office mobile telephone from now on, for text messages; empty for none.")
@acting
def contact(name: str, mail: str | None, telephone: str | None, actor: Actor) -> None:
    """Show where the account NAME is reached, or change it: one's own, or of an account that you manage."""
    from xinheng.usecases.notices.contacts import ContactView, keep_contact, view_contact

    held = view_contact(name, actor=actor, at=now(), on=today())
    if mail is not None or telephone is not None:
        held = ContactView(held.mail if mail is None else mail, held.telephone if telephone is None else telephone)
        keep_contact(name, held, actor=actor, at=now(), on=today())
    print_table(
        ("mail", "telephone") if language() == "en" else ("办公邮箱", "办公手机"),
        [(held.mail or "—", held.telephone or "—")],
    )


@accounts.command()
@click.argument("name")
@_reason
@acting
def close(name: str, reason: str, actor: Actor) -> None:
    """Close an account: it acts nowhere any more; its roles, stand-ins and secrets end."""
    from xinheng.usecases.accounts.opening import close_account

    close_account(name, reason=reason, actor=actor, at=now(), on=today())
    say(f"账号 {name} 已停用。", f"The account {name} is closed.")


@accounts.command()
@click.argument("name")
@click.option("--role", required=True, help="The role, by code or label.")
@_held
@_since
@click.option("--end", is_flag=True, help="End the role instead, on the first day given, default today.")
@acting
def assign(name: str, role: str, since: dt.datetime | None, end: bool, held: Held, actor: Actor) -> None:
    """Give an account a role, or end it."""
    from xinheng.usecases.accounts.roles import assign_role, end_role

    if end:
        end_role(name, held.wanted(role), actor=actor, at=now(), on=day_of(since))
        say("角色已结束。", "The role has ended.")
    else:
        assign_role(name, held.wanted(role), actor=actor, at=now(), on=day_of(since))
        say("角色已分配。", "The role was given.")


@accounts.command("hand-over")
@click.argument("name")
@click.argument("to")
@_since
@_reason
@acting
def hand_over_all(name: str, to: str, since: dt.datetime | None, reason: str, actor: Actor) -> None:
    """Give all roles of NAME to the account TO, from a day on."""
    from xinheng.usecases.accounts.standing_in import hand_over

    taken = hand_over(name, to, reason=reason, actor=actor, at=now(), on=day_of(since))
    say(f"已移交 {len(taken)} 个角色：{name} → {to}", f"{len(taken)} roles handed over: {name} → {to}")


@accounts.command()
@click.argument("name")
@click.argument("by")
@_since
@click.option("--until", type=_DAY, required=True, help="The day on which it ends, no longer part of it.")
@_reason
@acting
def cover(name: str, by: str, since: dt.datetime | None, until: dt.datetime, reason: str, actor: Actor) -> None:
    """Have the account BY act for NAME for some days; what it does then names both."""
    from xinheng.usecases.accounts.standing_in import cover as stand_in

    stand_in(name, by, since=day_of(since), until=until.date(), reason=reason, actor=actor, at=now())
    say(
        f"{by} 代 {name} 办理，至 {until.date()} 前一日。", f"{by} acts for {name} until the day before {until.date()}."
    )


@accounts.command()
@click.argument("name")
@acting
def secret(name: str, actor: Actor) -> None:
    """Issue a one-time secret with which NAME sets a password; it is shown this once."""
    from xinheng.usecases.accounts.secrets import issue_secret

    shown = issue_secret(name, actor=actor, at=now(), on=today())
    say("一次性口令（72 小时内有效，只显示这一次）：", "One-time secret (valid for 72 hours, shown this once):")
    click.echo(shown)


def _cell(held: dict[str, Any], part: str) -> str:
    text = str(held[part] or "")
    return Role(text).label.zh if part == "role" and text and language() == "zh" else text


def _stand_ins(one: dict[str, Any]) -> str:
    return " ".join(f"{cover['by']} {cover['since']}–{cover['until']}" for cover in one["covered_by"])
