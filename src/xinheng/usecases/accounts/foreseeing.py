"""What a sheet of accounts would make (试载入): each row with what is wrong with it, before anything is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xinheng.core.access import Action, Actor, Target, decide, reach
from xinheng.core.errors import Text, UnusableCall
from xinheng.core.standards.resident_id import mask
from xinheng.usecases.accounts.opening import Entry, entry_of
from xinheng.usecases.accounts.people import check_name
from xinheng.usecases.accounts.roles import check_wanted, target_of_wanted
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.sheets import FIRST_ROW

MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A row of a sheet, its cells by column, and what stands in its way; nothing where it can be made."""

    row: int
    cells: Mapping[str, str]
    errors: tuple[Text, ...]


def foresee_accounts(
    rows: Iterable[Mapping[str, str]], *, actor: Actor, at: dt.datetime, on: dt.date
) -> tuple[Foreseen, ...]:
    """Return each row of a sheet with what is wrong with it; nothing is made. Raises ``Refused`` for who makes no accounts at all."""
    ensure_makes_accounts(actor, at)
    seen: set[str] = set()
    found = []
    for number, row in enumerate(rows, start=FIRST_ROW):
        name = row.get("name", "")
        errors = _TWICE if name in seen else _errors(row, actor, at, on)
        seen.add(name)
        found.append(Foreseen(number, {column: mask(cell) for column, cell in row.items()}, errors))
    return tuple(found)


def ensure_makes_accounts(actor: Actor, at: dt.datetime) -> None:
    """Raise ``Refused``, and log it, for who makes accounts nowhere."""
    if reach(actor, Action.MANAGE_ACCOUNTS).nothing:
        ensure_allowed(actor, Action.MANAGE_ACCOUNTS, Target(), about="accounts", at=at)


def _errors(row: Mapping[str, str], actor: Actor, at: dt.datetime, on: dt.date) -> tuple[Text, ...]:
    try:
        entry = entry_of(row)
        refusals = _refusals(entry, actor)
        check_name(entry.name)
        if entry.role:
            check_wanted(entry.role, today=at.date(), on=on)
    except UnusableCall as wrong:
        what, why = wrong.explanation.what, wrong.explanation.why
        return (Text(f"{what.zh}：{why.zh}", f"{what.en}: {why.en}"),)
    return refusals


def _refusals(entry: Entry, actor: Actor) -> tuple[Text, ...]:
    """Return why access would say no; a sheet that is only looked at leaves no refusal in the log."""
    target = target_of_wanted(entry.role, entry.name) if entry.role else Target(person=entry.name)
    actions = (Action.MANAGE_ACCOUNTS, Action.ASSIGN_ROLE) if entry.role else (Action.MANAGE_ACCOUNTS,)
    decisions = (decide(actor, action, target) for action in actions)
    return tuple(reason for decision in decisions if not decision.allowed for reason in decision.reasons)[:1]


_TWICE = (Text("账号名在表中重复", "the name stands in the sheet twice"),)
