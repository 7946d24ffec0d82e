"""Waiting rows (待认领): they are taken by themselves when the register learns of their subject, through the same check as ever; or by a judgement.

A row keeps the day on which it was handed in: waiting for the register never makes it late. Where the register's name is
another one, the row goes back to the department with rule 1001.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pyarrow as pa
from django.db import connection

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.intake.check import ACCEPTED, REJECTED, Checked, CompiledItem, check_rows, compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.marks import Places
from xinheng.core.intake.rules import Level
from xinheng.core.intake.timeliness import late_before
from xinheng.core.ledger.identity import Fate
from xinheng.core.ledger.rows import Origin, ledger_rows
from xinheng.store.models import OutboxEntry, Submission, WaitingRow
from xinheng.store.register import LiveRegister
from xinheng.store.sql import statement
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.preparing import calculator_here
from xinheng.usecases.intake.profiles import profile_of
from xinheng.usecases.intake.receiving import version_of, wait_for_turn
from xinheng.usecases.intake.vanished import close_resolved
from xinheng.usecases.intake.writing import ChunkWriter, save_issues

BATCH = 5000
_ENDED = {
    Fate.NEW: "taken",
    Fate.CORRECTED: "corrected",
    Fate.UNCHANGED: "unchanged",
    Fate.TWICE: "refused",
    Fate.OTHER_AGENCY: "refused",
}


def resolve_waiting(*, actor: Actor, at: dt.datetime) -> Counter[str]:
    """Take every waiting row whose subject is known by now; returns how the rows ended."""
    ended: Counter[str] = Counter()
    while True:
        with deed(actor, Action.RESOLVE_WAITING, Target(), about="waiting rows", asked={}, at=at) as done:
            with connection.cursor() as cursor:
                cursor.execute(statement("waiting_ready"), [BATCH])
                rows = cursor.fetchall()
            batch: Counter[str] = Counter()
            submissions = Submission.objects.select_related("agency", "received_by").in_bulk({row[1] for row in rows})
            wait_for_turn(submission.item for submission in submissions.values())
            for submission_id, group in groupby(rows, key=lambda row: row[1]):
                waiting = [Waiting(row[0], row[2], json.loads(row[3])) for row in group]
                batch.update(one.became for one in take(submissions[submission_id], waiting, at=at))
            done.result = dict(batch)
        ended.update(batch)
        if len(rows) < BATCH:
            return ended


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits: its number in the table, the spreadsheet row, its standardised cells by field code."""

    number: int
    row: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a waiting row: how it ended, and the subject and record that it is about, where it has one."""

    number: int
    row: int
    became: str
    subject: int = 0
    record: str = ""


def take(
    submission: Submission, rows: list[Waiting], *, at: dt.datetime, judged: tuple[int, str] | None = None
) -> list[Taken]:
    """Take rows of one submission through the check, and say what became of each; ``judged`` is whose they are by a person's judgement.

    The caller holds the turn of the item (``wait_for_turn``) and the transaction.
    """
    profile = profile_of(submission.agency, submission.profile)
    version, cells = version_of(submission), [row.cells for row in rows]
    absent = frozenset(field.name for field in version.fields) - {name for cell in cells for name in cell}
    item = compile_item(version, profile.allowances if profile else frozenset(), absent)
    checked = _checked(submission, item, cells, np.array([row.row for row in rows], np.int64), judged)
    publish = profile.publish if profile else True
    origin = Origin(submission.pk, submission.agency.uscc, submission.received_on.isoformat(), publish)
    how = _take(submission, version, checked, origin, absent)
    how |= {int(row): ("refused", 0, "") for row in checked.rows[checked.verdict == REJECTED]}
    save_issues(submission.pk, tuple(batch for batch in checked.issues if batch.level is Level.REJECT))
    became = [Taken(row.number, row.row, *how[row.row]) for row in rows if row.row in how]
    _end(submission, became, at)
    return became


def _end(submission: Submission, became: list[Taken], at: dt.datetime) -> None:
    """Mark the rows as ended, close what they answer, and tell the projections what went into the ledger."""
    for end in {one.became for one in became}:
        ids = [one.number for one in became if one.became == end]
        WaitingRow.objects.filter(pk__in=ids).update(ended=end, ended_at=at)
    went_in = sorted((one.row, one.subject) for one in became if one.became in ("taken", "corrected"))
    close_resolved(submission, at=at)
    told = {"taken": [row for row, _ in went_in], "subjects": [subject for _, subject in went_in]}
    OutboxEntry.objects.create(
        at=at, kind="waiting-resolved", payload={"submission": submission.pk, "rows": len(became), **told}
    )


def _checked(
    submission: Submission,
    item: CompiledItem,
    cells: list[dict[str, str]],
    rows: Places,
    judged: tuple[int, str] | None,
) -> Checked:
    names = {name for cell in cells for name in cell}
    day = submission.received_on
    return check_rows(
        item,
        {name: pa.array([cell.get(name) for cell in cells], pa.string()) for name in names},
        rows=rows,
        calculator=calculator_here(),
        register=LiveRegister(),
        circumstances=Circumstances(day, late_before(day), submission.agency.uscc, judged),
    )


def _take(
    submission: Submission, version: ItemVersion, checked: Checked, origin: Origin, absent: frozenset[str]
) -> dict[int, tuple[str, int, str]]:
    """Write the rows that may be taken; returns by row how it ended, whose it is and which record it is about."""
    taken = pa.array(checked.verdict == ACCEPTED)
    ledger = ledger_rows(
        version,
        checked.table,
        pa.array(checked.rows),
        taken=taken,
        absent=absent,
        origin=origin,
        calculator=calculator_here(),
    )
    number = version.by_role("decision_number")
    writer = ChunkWriter(
        submission=submission.pk, agency=submission.agency.uscc, number_field=number.name if number else ""
    )
    fates = writer.settle(ledger)
    save_issues(submission.pk, writer.issues_of(ledger, fates))
    if not fates:
        return {}
    told = (ledger.column(name).to_pylist() for name in ("row_number", "subject_id", "record_key"))
    return {row: (_ENDED[fate], subject, key) for row, subject, key, fate in zip(*told, fates, strict=True)}
