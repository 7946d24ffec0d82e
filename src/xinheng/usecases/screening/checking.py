"""Checking one subject (单笔查询、自动比对): a code or a name, a matter and a business number; what the matter sees is shown, kept, and told to the subject."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from xinheng.core.access import Action, Actor
from xinheng.core.errors import UnusableCall
from xinheng.core.screening import Feed, Outcome, ScreeningMatter
from xinheng.core.screening.matching import given
from xinheng.store.queries.stops import consumer_is_stopped
from xinheng.usecases.deed import deed, ensure_allowed, refused
from xinheng.usecases.ledger.file import file_of
from xinheng.usecases.screening.asking import Question, question
from xinheng.usecases.screening.keeping import LOOKED_AT, Line, close, keep, references, screened
from xinheng.usecases.screening.words import A_PERSON, NOTHING_GIVEN, STOPPED


class APerson(UnusableCall):
    """A natural person's number stood where an organisation's code belongs: nothing was looked up or kept."""

    http_status = 422


@dataclass(frozen=True, slots=True)
class Checked:
    """A check: its number, in which matter it was asked, its one line, the feeds on which it rests, and the receipt."""

    number: int
    matter: ScreeningMatter
    business_number: str
    agency: str
    on: dt.date
    line: Line
    feeds: tuple[Feed, ...]
    receipt: str


def check_one(
    *, matter: str, business_number: str, actor: Actor, at: dt.datetime, on: dt.date, code: str = "", name: str = "",
    agency: str = "",
) -> Checked:  # fmt: skip
    """Return what stands against a subject in a matter on a day, by its code or, to be confirmed, by its exact full name.

    Raises ``UnusableCall`` for an unknown matter, no business number, or nothing to look up; ``APerson`` for a natural person's number, which is
    neither kept nor said again; ``Refused``.
    """
    asked = question(matter, business_number, agency, actor=actor, on=on)
    ensure_allowed(actor, Action.SCREEN, asked.target, about="a check", at=at)
    row = given(name, code)
    if row.empty:
        raise UnusableCall(NOTHING_GIVEN)
    if row.personal:
        raise APerson(A_PERSON)
    with transaction.atomic():
        told = asked.asked(code=row.code, name=row.name, as_of=on.isoformat())
        with deed(actor, Action.SCREEN, asked.target, about="a check", asked=told, at=at) as done:
            held = screened([(1, row)], asked, actor=actor, on=on)
            line = held.lines[0]
            kept = keep("check", asked, held, actor=actor, at=at, on=on)
            done.about = file_of(line.match.code) if line.match.means in LOOKED_AT else "a check"
            done.basis, done.result = asked.basis[:300], _result(kept.pk, line)
        close(kept, done.receipt, held.lines, own_event=line.match.code, actor=actor)
    return _checked(kept.pk, asked, line, held.feeds, on, str(kept.receipt_id))


def check_for_system(
    *, matter: str, business_number: str, actor: Actor, at: dt.datetime, on: dt.date, code: str = "", name: str = ""
) -> Checked:
    """Return the same to a department's system, unless an emergency stop says that it is given nothing."""
    if consumer_is_stopped(actor.name):
        raise refused(actor, Action.SCREEN, STOPPED, reasons=(STOPPED.why,), about="a check", at=at)
    return check_one(
        matter=matter, business_number=business_number, code=code, name=name, actor=actor, at=at, on=on
    )  # fmt: skip


def _checked(number: int, asked: Question, line: Line, fed: tuple[Feed, ...], on: dt.date, receipt: str) -> Checked:
    agency = asked.agency.uscc if asked.agency else ""
    return Checked(number, asked.matter, asked.business_number, agency, on, line, fed, receipt)


def _result(number: int, line: Line) -> dict[str, Any]:
    return {
        "screening": number, "subject": line.match.code, "outcome": Outcome(line.assessment.outcome).value,
        "records": [f"{key}/{revision}" for _, key, revision, _ in references(line.assessment)],
    }  # fmt: skip
