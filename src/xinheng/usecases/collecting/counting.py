"""Counting (时效统计): on which days a submission's records were decided, and when each was first received; closes tasks, contradicts zero reports.

What is counted is derived from the ledger and follows its outbox: a small submission is counted at its end, any other by the timetable.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from xinheng.core.access import Action, Target
from xinheng.core.access.roles import PLATFORM
from xinheng.core.collecting.clock import has_clock, timing
from xinheng.core.ledger.events import HISTORY
from xinheng.core.ledger.outbox import SUBMISSION_COMMITTED, WAITING_RESOLVED
from xinheng.store.collecting import close_tasks, contradict_zero_reports
from xinheng.store.models import CountedPosition, DecisionDay, Submission
from xinheng.store.queries.collecting import decision_days
from xinheng.store.queries.outbox import entries_after, settled_position
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.receiving import version_of

AT_ONCE = 50_000
"""Rows of a submission that is counted while its sender waits."""
_KINDS = frozenset({SUBMISSION_COMMITTED, WAITING_RESOLVED})
_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Counted:
    """What counting a submission led to: tasks closed, and zero reports contradicted (their numbers)."""

    closed: int = 0
    contradicted: tuple[int, ...] = ()


def count_at_once(submission: Submission, *, at: dt.datetime) -> None:
    """Count a submission that has just been committed, unless it is large."""
    if submission.committed_at is not None and submission.received <= AT_ONCE:
        count_submission(submission.pk, at=at)


def count_outstanding(*, at: dt.datetime) -> int:
    """Count what the outbox tells of and was not counted yet; returns how many submissions."""
    until, counted = settled_position(), 0
    while True:
        with transaction.atomic():
            CountedPosition.objects.get_or_create(pk=1)
            held = CountedPosition.objects.select_for_update().get(pk=1)
            entries = list(entries_after(held.position, until=until, limit=_BATCH))
            if not entries:
                return counted
            numbers = {int(one.payload["submission"]) for one in entries if one.kind in _KINDS}
            for number in sorted(numbers):
                count_submission(number, at=at)
            held.position = entries[-1].position
            held.save(update_fields=["position"])
        counted += len(numbers)


def count_uncounted(agency: int, item: str, *, since: dt.date, at: dt.datetime) -> None:
    """Count what an agency handed in of an item since a day and was not counted yet: before somebody relies on the count."""
    held = Submission.objects.filter(agency_id=agency, item=item, received_on__gte=since, committed_at__isnull=False)
    for number in held.filter(decision_days=None).order_by("id").values_list("pk", flat=True):
        count_submission(number, at=at)


def count_submission(number: int, *, at: dt.datetime) -> Counted:
    """Count a committed submission, again where it was counted before. Of what was imported with its past nothing is counted."""
    with transaction.atomic():
        submission = Submission.objects.select_for_update(no_key=True).get(pk=number)
        if submission.committed_at is None or submission.channel == HISTORY:
            return Counted()
        DecisionDay.objects.filter(submission=submission).delete()
        DecisionDay.objects.bulk_create(_days_of(submission))
        closed, contradicted = close_tasks(number), tuple(contradict_zero_reports(number, at=at))
        if contradicted:
            asked = {"submission": number}
            with deed(
                PLATFORM, Action.RUN_COLLECTING, Target(), about=f"submission {number}", asked=asked, at=at
            ) as done:
                done.result = {"contradicted": list(contradicted)}
    return Counted(closed, contradicted)


def _days_of(submission: Submission) -> list[DecisionDay]:
    version = version_of(submission)
    decided = version.by_role("decided_on") or version.by_role("changed_on")
    found = decision_days(submission.pk, received_on=submission.received_on, decided=decided.name if decided else "")
    clocked, days = has_clock(version), []
    for day, fresh, first_on, rows in found:
        took = timing(day, first_on) if clocked and fresh else None
        days.append(
            DecisionDay(
                submission=submission, decided_on=day, fresh=fresh, first_on=first_on, rows=rows,
                days=took.days if took else None, late_by=took.late_by if took else None,
            )
        )  # fmt: skip
    return days
