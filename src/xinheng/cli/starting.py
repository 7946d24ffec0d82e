"""Starting the platform for a command: settings, the embedded server, migrations, the first operator; the clock is read here."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import click

from xinheng.cli.printing import said
from xinheng.core.access import Actor
from xinheng.core.errors import Text

CHINA = ZoneInfo("Asia/Shanghai")
P = ParamSpec("P")
R = TypeVar("R")


def start() -> None:
    """Make the use cases usable: quick when all is there already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinheng.project.settings")
    import django

    django.setup()
    from xinheng.usecases.catalogue.signed import know_signed_versions
    from xinheng.usecases.installing import prepare

    _tell_once(prepare(now()))
    know_signed_versions(at_once=True)


def _tell_once(made: tuple[tuple[str, str], ...]) -> None:
    """Show the one-time secrets of the first administrators, beside what the command prints; they are shown nowhere else."""
    if not made:
        return
    lines = [f"  {name:<24}{secret}" for name, secret in made]
    click.echo("\n".join([said(_MADE), *lines, ""]), err=True)


def today() -> dt.date:
    """Return today's date in China."""
    return now().date()


def now() -> dt.datetime:
    """Return the moment in Chinese time."""
    return dt.datetime.now(CHINA)


def acting(command: Callable[..., R]) -> Callable[..., R]:
    """Decorate a command that acts as a named user: adds ``--as``, starts the platform, passes ``actor``."""
    return acting_by("--as")(command)


def acting_by(option: str) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Return ``acting`` for a command in which ``--as`` means something else: ``option`` names the user."""

    def acting_so(command: Callable[..., R]) -> Callable[..., R]:
        @click.option(
            option, "user", default="operator", show_default=True, help="The user who acts; NAME:OTHER acts for OTHER."
        )
        @wraps(command)
        def started(*args: Any, user: str, **kwargs: Any) -> R:
            start()
            return command(*args, actor=_actor(user), **kwargs)

        return started

    return acting_so


def _actor(user: str) -> Actor:
    from xinheng.usecases.users import actor_named

    name, _, other = user.partition(":")
    return actor_named(name, on=today(), on_behalf_of=other)


def day_option(name: str, *, help_text: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a click option that takes a date."""
    return click.option(name, type=click.DateTime(["%Y-%m-%d"]), help=help_text)


def day_of(value: dt.datetime | None) -> dt.date:
    """Return the day that an option gave, or today."""
    return value.date() if value is not None else today()


_MADE = Text(
    "已建立系统管理员、安全管理员和审计管理员。一次性口令只显示这一次，72 小时内用于设置密码：",
    "The system, security and audit administrators were made. Their one-time secrets are shown this once; each sets a password within 72 hours:",
)
