"""Statutory matters (法定事由): in which an official may look at a natural person, on what basis, and whether the number is needed for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from xinheng.core.errors import Explanation, Text, UnusableCall


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter: its code and title, in force from a day, its basis and how sure we are of it.

    ``shows_number`` says that it cannot be done without the whole number; the person is told of the look after ``told_after_days``.
    """

    code: str
    title: Text
    since: dt.date
    basis: str
    sure: str
    shows_number: bool
    told_after_days: int


@cache
def matters() -> tuple[Matter, ...]:
    """Return every matter, in the order of ``matters.yaml``."""
    text = resources.files(__package__).joinpath("matters.yaml").read_text(encoding="utf-8")
    return tuple(
        Matter(
            row["code"], Text(row["zh"], row["en"]), dt.date.fromisoformat(row["from"]), row["basis"], row["sure"], row["shows_number"],
            row["told_after_days"],
        )
        for row in yaml.safe_load(text)["matters"]
    )  # fmt: skip


def matter_named(code: str, *, on: dt.date) -> Matter:
    """Return a matter in force on the day; raises ``UnusableCall`` where there is none of this code."""
    in_force = {matter.code: matter for matter in matters() if matter.since <= on}
    if code not in in_force:
        raise UnusableCall(_unknown(in_force), matter=code)
    return in_force[code]


def _unknown(known: dict[str, Matter]) -> Explanation:
    zh = "、".join(f"{matter.code}（{matter.title.zh}）" for matter in known.values())
    return Explanation(
        Text("没有这一法定事由", "There is no such statutory matter"),
        Text(f"可用的事由：{zh}", f"matters: {', '.join(known)}"),
        Text("请按实际办理的事项选择。", "Name the one that you are handling."),
    )
