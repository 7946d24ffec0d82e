"""Ending retention (期满销毁): the keys of persons' records and of received files that are kept no more are destroyed, in batches.

Each batch is one transaction with a receipt, so a run that was killed is finished by the next one; running again destroys nothing more.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.ledger.retention import MENDING_DAYS, Ended, RetentionReport, check_day
from xinheng.gateways.sealing import Sealed
from xinheng.store import locks
from xinheng.store.locks import Lock
from xinheng.store.models import SealedFile
from xinheng.store.persons import changing_keys, end_records, files_due
from xinheng.store.queries.persons import due_records, remaining_records
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.receiving import seals

BATCH, FILES = 2000, 200
_ALL = 1_000_000


def run_retention(
    *, actor: Actor, at: dt.datetime, on: dt.date, today: dt.date, dry_run: bool = False
) -> RetentionReport:
    """Destroy what is kept no more on the day; raises ``Refused``, or ``UnusableCall`` for a day to come."""
    check_day(on, today=today, dry_run=dry_run)
    if dry_run:
        return _foreseen(actor=actor, at=at, on=on)
    ended = Ended()
    while part := _end_records(actor=actor, at=at, on=on):
        ended += part
    while part := _end_files(actor=actor, at=at, on=on):
        ended += part
    remaining, next_due = remaining_records()
    return RetentionReport(on=on, dry_run=False, ended=ended, remaining=remaining, next_due=next_due)


def result_of_retention(report: RetentionReport) -> dict[str, Any]:
    """Return a report as plain data: what ``--json`` prints."""
    return {
        "on": report.on.isoformat(), "dry_run": report.dry_run, "records": dict(sorted(report.ended.records.items())),
        "persons": report.ended.persons, "files": report.ended.files, "remaining": dict(report.remaining),
        "next_due": report.next_due.isoformat() if report.next_due else None,
    }  # fmt: skip


def _foreseen(*, actor: Actor, at: dt.datetime, on: dt.date) -> RetentionReport:
    asked = {"on": on.isoformat(), "dry_run": True}
    with deed(actor, Action.RUN_RETENTION, Target(), about="retention", asked=asked, at=at) as done:
        records, persons = due_records(on)
        files = len(files_due(on=on, mending_days=MENDING_DAYS, years=_years(), ahead=True, limit=_ALL))
        remaining, next_due = remaining_records()
        ended = Ended(records=Counter(records), persons=persons, files=files)
        report = RetentionReport(on=on, dry_run=True, ended=ended, remaining=remaining, next_due=next_due)
        done.result = result_of_retention(report)
    return report


def _end_records(*, actor: Actor, at: dt.datetime, on: dt.date) -> Ended:
    """Destroy the keys of one batch of records; nobody adds a record to a person who is being erased, because writers share the lock."""
    with deed(actor, Action.RUN_RETENTION, Target(), about="retention of records", asked=_asked(on), at=at) as done:
        locks.take_to_the_end(Lock.KEYS, 0)
        changing_keys("retention")
        records, persons = end_records(on=on, at=at, limit=BATCH)
        done.result = {"records": dict(sorted(records.items())), "persons": persons}
    return Ended(records=records, persons=persons)


def _end_files(*, actor: Actor, at: dt.datetime, on: dt.date) -> Ended:
    """Destroy the keys of one batch of files; without them the files are noise, and are taken away when that is certain."""
    with deed(actor, Action.RUN_RETENTION, Target(), about="retention of files", asked=_asked(on), at=at) as done:
        names = files_due(on=on, mending_days=MENDING_DAYS, years=_years(), ahead=False, limit=FILES)
        held = list(SealedFile.objects.select_for_update().filter(sha256__in=names, wrapped_key__isnull=False))
        gone = [Sealed(file.sha256, file.size, bytes(file.wrapped_key)) for file in held if file.wrapped_key]
        SealedFile.objects.filter(sha256__in=names).update(wrapped_key=None, key_destroyed_at=at)
        done.result = {"files": len(gone)}
        done.facts = {"files": [sealed.sha256 for sealed in gone]}
    for sealed in gone:
        seals().drop(sealed)
    return Ended(files=len(gone))


def _asked(on: dt.date) -> dict[str, str]:
    return {"on": on.isoformat()}


def _years() -> dict[tuple[str, str], int]:
    """Return for how many years each version of each item is kept."""
    versions = [version for name in item_names() for version in load(name).versions]
    return {(version.name, version.revision.version): version.retention_years for version in versions}
