"""Waiting rows (待认领): they are taken by themselves when the register learns of their subject, through the same check as ever.

A row keeps the day on which it was handed in: waiting for the register never makes it late. Where the register's name is
another one, the row goes back to the department with rule 1001.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.intake.check import ACCEPTED, WAITING, Checked, check_rows, compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.profiles import load_profile
from xinheng.core.intake.timeliness import late_before
from xinheng.core.ledger.identity import Fate
from xinheng.core.ledger.rows import Origin, ledger_rows
from xinheng.store.bulk import copy_table
from xinheng.store.models import OutboxEntry, Submission, WaitingRow
from xinheng.store.register import LiveRegister
from xinheng.store.sql import statement
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.preparing import calculator_here, unpublished
from xinheng.usecases.intake.receiving import version_of
from xinheng.usecases.intake.writing import ChunkWriter

BATCH = 5000
_ENDED = {Fate.NEW: "taken", Fate.CORRECTED: "corrected", Fate.UNCHANGED: "unchanged", Fate.TWICE: "refused", Fate.OTHER_AGENCY: "refused"}


def resolve_waiting(*, actor: Actor, at: dt.datetime) -> Counter[str]:
    """Take every waiting row whose subject is known by now; returns how the rows ended."""
    ended: Counter[str] = Counter()
    while True:
        with deed(actor, Action.RESOLVE_WAITING, Target(), about="waiting rows", asked={}, at=at) as done:
            with connection.cursor() as cursor:
                cursor.execute(statement("waiting_ready"), [BATCH])
                rows = cursor.fetchall()
            batch: Counter[str] = Counter()
            for submission_id, group in groupby(rows, key=lambda row: row[1]):
                batch.update(_resolve(Submission.objects.select_related("agency").get(pk=submission_id), list(group), at))
            done.result = dict(batch)
        ended.update(batch)
        if len(rows) < BATCH:
            return ended


def _resolve(submission: Submission, rows: list[tuple[Any, ...]], at: dt.datetime) -> Counter[str]:
    profile = load_profile(submission.profile) if submission.profile else None
    version = version_of(submission)
    checked = _checked(submission, version, rows, profile.allowances if profile else frozenset())
    places = np.flatnonzero(checked.verdict == ACCEPTED)
    fates = _take(submission, version, checked, places, publish=profile.publish if profile else True)
    how = {int(checked.rows[place]): _ENDED[fate] for place, fate in zip(places, fates, strict=True)}
    for place in np.flatnonzero((checked.verdict != ACCEPTED) & (checked.verdict != WAITING)):
        how[int(checked.rows[place])] = "refused"
    for end in set(how.values()):
        ids = [row[0] for row in rows if how.get(row[2]) == end]
        WaitingRow.objects.filter(pk__in=ids).update(ended=end, ended_at=at)
    _say_why(submission, checked, {row for row, end in how.items() if end == "refused"})
    OutboxEntry.objects.create(at=at, kind="waiting-resolved", payload={"submission": submission.pk, "rows": len(how)})
    return Counter(how.values())


def _checked(submission: Submission, version: ItemVersion, rows: list[tuple[Any, ...]], allowances: frozenset[str]) -> Checked:
    cells = [json.loads(row[3]) for row in rows]
    names = sorted({name for cell in cells for name in cell})
    columns = {name: pa.array([cell.get(name) for cell in cells], pa.string()) for name in names}
    day = submission.received_on
    return check_rows(
        compile_item(version, allowances),
        columns,
        rows=np.array([row[2] for row in rows], np.int64),
        calculator=calculator_here(),
        register=LiveRegister(),
        circumstances=Circumstances(day, late_before(day), submission.agency.uscc),
    )


def _take(submission: Submission, version: ItemVersion, checked: Checked, places: Any, *, publish: bool) -> list[Fate]:
    if not len(places):
        return []
    at_places = pa.array(places)
    origin = Origin(submission.pk, submission.agency.uscc, submission.received_on.isoformat())
    ledger = ledger_rows(
        version, checked.table.take(at_places), pa.array(checked.rows[places]), origin=origin, calculator=calculator_here()
    )
    if not publish:
        ledger = unpublished(ledger)
    number = version.by_role("decision_number")
    writer = ChunkWriter(submission=submission.pk, agency=submission.agency.uscc, number_field=number.name if number else "")
    fates, _ = writer.judge(ledger)
    settled = writer.settle(ledger)
    if settled.issues is not None:
        _append_issues(submission, settled.issues)
    return fates


def _say_why(submission: Submission, checked: Checked, refused: set[int]) -> None:
    table = checked.issues.table
    keep = pa.array([row in refused and level == "reject" for row, level in zip(table.column("row").to_pylist(), table.column("level").to_pylist(), strict=True)], pa.bool_())
    _append_issues(submission, table.filter(keep))


def _append_issues(submission: Submission, issues: pa.Table) -> None:
    copy_table(issues.append_column("submission_id", pa.repeat(pa.scalar(submission.pk), issues.num_rows)), into="store_issue")
