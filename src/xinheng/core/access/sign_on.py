"""What holds for signing in (身份鉴别) on a day: strength and age of passwords, waiting after failures, how long a session lasts.

Dated data with their basis in ``sign_on.yaml`` (GB/T 22239-2019, 8.1.4.1); rules that use them: ``passwords``, ``lockout``, ``sessions``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from xinheng.core.access.roles import Actor, Role
from xinheng.core.law import loading
from xinheng.core.law.loading import Citation, LawDataError

_FIGURES = (
    "password_characters", "password_days", "passwords_remembered", "longest_wait_seconds", "failures_forgotten_hours", "idle_minutes",
    "absolute_hours", "steps_minutes", "letter_days",
)  # fmt: skip
KINDS = ("account", "second-factor", "address")
"""What failures are counted for: the name that was typed, the second factor of an account, the address that they come from."""


@dataclass(frozen=True, slots=True)
class SignOnTerms:
    """The figures in force: ``password_life`` is how long one lasts, ``idle`` and ``absolute`` how long a session does.

    ``failures_free`` says how many failures cost no waiting, by kind; ``steps`` is how long the steps after the password may take, ``letter`` how
    long the code of an activation letter is valid.
    """

    from_day: dt.date
    citation: Citation
    password_characters: int
    password_life: dt.timedelta
    passwords_remembered: int
    failures_free: Mapping[str, int]
    longest_wait: dt.timedelta
    failures_forgotten: dt.timedelta
    idle: dt.timedelta
    absolute: dt.timedelta
    steps: dt.timedelta
    letter: dt.timedelta


def terms_on(day: dt.date) -> SignOnTerms:
    """Return what is in force on a day; before the first day, what came first."""
    found = [one for one in _all() if one.from_day <= day]
    return found[-1] if found else _all()[0]


def needs_second_factor(actor: Actor) -> bool:
    """Tell whether somebody must show a second factor: whoever holds a role of an official."""
    return any(held.role is not Role.PUBLIC for held in actor.assignments)


def read(text: str) -> tuple[SignOnTerms, ...]:
    """Return the dated values that a YAML text holds; raises ``LawDataError`` where it breaks the form."""
    rows = loading.check_keys(loading.parse(text), required=("values",), where="sign-on")["values"]
    found = tuple(_terms(row) for row in rows)
    if [one.from_day for one in found] != sorted({one.from_day for one in found}):
        raise LawDataError("sign-on: the values must stand in the order of their days")
    return found


@cache
def _all() -> tuple[SignOnTerms, ...]:
    return read(files(__package__).joinpath("sign_on.yaml").read_text(encoding="utf-8"))


def _terms(row: object) -> SignOnTerms:
    keys = {"from", "failures_free", *_FIGURES, *loading.CITATION_KEYS}
    held: dict[str, Any] = loading.check_keys(row, required=keys, where="sign-on")
    day = loading.day(held["from"], where="sign-on")
    if day is None or not all(isinstance(held[name], int) and held[name] > 0 for name in _FIGURES):
        raise LawDataError("sign-on: each value has a first day, and figures above nought")
    free = loading.check_keys(held["failures_free"], required=KINDS, where="sign-on: failures_free")
    return SignOnTerms(
        from_day=day,
        citation=_citation(held),
        password_characters=held["password_characters"],
        password_life=dt.timedelta(days=held["password_days"]),
        passwords_remembered=held["passwords_remembered"],
        failures_free=free,
        longest_wait=dt.timedelta(seconds=held["longest_wait_seconds"]),
        failures_forgotten=dt.timedelta(hours=held["failures_forgotten_hours"]),
        idle=dt.timedelta(minutes=held["idle_minutes"]),
        absolute=dt.timedelta(hours=held["absolute_hours"]),
        steps=dt.timedelta(minutes=held["steps_minutes"]),
        letter=dt.timedelta(days=held["letter_days"]),
    )


def _citation(held: dict[str, Any]) -> Citation:
    instrument, _, article = str(held["basis"]).rpartition(" ")
    if not instrument or not str(held["source"] or "").strip() or held["sure"] not in loading.SURE:
        raise LawDataError("sign-on: each value says its basis with the article, its source, and how sure that is")
    return Citation(instrument, article, str(held["source"]), str(held["sure"]))
