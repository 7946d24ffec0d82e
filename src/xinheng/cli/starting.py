"""Starting the platform for a command: settings, the embedded server, migrations, the first operator; the clock is read here."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import click

from xinheng.core.access import Actor

CHINA = ZoneInfo("Asia/Shanghai")
P = ParamSpec("P")
R = TypeVar("R")


def start() -> None:
    """Make the use cases usable: quick when all is there already."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinheng.project.settings")
    import django

    django.setup()
    from xinheng.usecases.installing import prepare

    prepare(today())


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
        @click.option(option, "user", default="operator", show_default=True, help="The user who acts.")
        @wraps(command)
        def started(*args: Any, user: str, **kwargs: Any) -> R:
            start()
            return command(*args, actor=_actor(user), **kwargs)

        return started

    return acting_so


def _actor(user: str) -> Actor:
    from xinheng.usecases.users import actor_named

    return actor_named(user, on=today())


def day_option(name: str, *, help_text: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a click option that takes a date."""
    return click.option(name, type=click.DateTime(["%Y-%m-%d"]), help=help_text)


def day_of(value: dt.datetime | None) -> dt.date:
    """Return the day that an option gave, or today."""
    return value.date() if value is not None else today()
