"""An agency's own submissions (本单位报送), for its systems: handed in, listed a page at a time, followed, mended.

What another agency handed in is answered like what does not exist, after the same work, and recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

from django.db.models import Q

from xinheng.core.access import Action, Actor, Target
from xinheng.core.errors import Explanation, Missing, Refused, Text, UnusableCall
from xinheng.core.intake.counts import Counts
from xinheng.store.models import AuditEvent, Grant, IssueGroup, Submission
from xinheng.usecases.deed import deed, ensure_allowed
from xinheng.usecases.intake.queueing import COMMITTED, FAILED, WAITING, Progress, progress_of, queue
from xinheng.usecases.intake.receiving import version_of
from xinheng.usecases.intake.submit import Call, Outcome, outcome_of
from xinheng.usecases.intake.views import IssueView, write_rejects_of

API = "api"
"""The channel of files that a system handed in."""
RECEIVED = "received"
"""A file that is kept and does not stand in line yet."""


class NotYet(UnusableCall):
    """What is asked for is there only when the submission has ended."""

    http_status = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """A submission of one's own. ``outcome`` and ``receipt`` are there when it is committed."""

    submission: Submission
    state: str
    reason: Text | None
    outcome: Outcome | None
    receipt: str | None

    @property
    def counts(self) -> Counts | None:
        """The counts, which add up; nothing before it is committed."""
        return self.outcome.counts if self.outcome else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Where a page of issues begins: a group of like issues, and a place in it."""

    group: int = 0
    place: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuePage:
    """Some issues, and where the next page begins, if there is one."""

    issues: tuple[IssueView, ...]
    following: Cursor | None


def hand_in(call: Call, *, actor: Actor, at: dt.datetime) -> tuple[Progress, bool]:
    """Receive a file and put it in line; tells how far it is, and whether it is new. Raises as ``queue`` does."""
    found = queue(replace(call, channel=API), actor=actor, at=at)
    new = Submission.objects.filter(pk=found.submission, received_at=at).exists()
    return _followed(found), new


def list_own(
    target: Target, *, before: int | None, limit: int, item: str, actor: Actor, at: dt.datetime
) -> tuple[OwnView, ...]:
    """Return at most ``limit`` submissions of the agency of ``target``, newest first, those with a number below ``before``."""
    asked = {"agency": target.agency, "before": before, "limit": limit, "item": item}
    with deed(actor, Action.VIEW_SUBMISSIONS, target, about="submissions", asked=asked, at=at) as done:
        query = Submission.objects.select_related("agency", "file").filter(agency__uscc=target.agency)
        query = query.filter(item=item) if item else query
        query = query.filter(pk__lt=before) if before is not None else query
        found = tuple(_view(submission) for submission in query.order_by("-id")[:limit])
        done.result = {"submissions": len(found)}
    return found


def view_own(number: int, *, actor: Actor, at: dt.datetime) -> OwnView:
    """Return one submission; raises ``Missing``."""
    submission = _own(number, Action.VIEW_SUBMISSIONS, actor=actor, at=at)
    about, asked = f"submission {number}", {"submission": number}
    with deed(actor, Action.VIEW_SUBMISSIONS, _target(submission), about=about, asked=asked, at=at) as done:
        found = _view(submission)
        done.result = {"state": found.state}
    return found


def follow_own(number: int, *, actor: Actor, at: dt.datetime) -> Progress:
    """Return how far a submission is; raises ``Missing``. Asked again and again while it runs, it leaves no receipt: counts of one's own are seen."""
    _own(number, Action.VIEW_SUBMISSIONS, actor=actor, at=at)
    return _followed(progress_of(number))


def own_issues(number: int, *, since: Cursor, limit: int, level: str, actor: Actor, at: dt.datetime) -> IssuePage:
    """Return at most ``limit`` issues of a submission, as they were found: part of the file by part, like ones together. Raises ``Missing``."""
    submission = _own(number, Action.VIEW_ISSUES, actor=actor, at=at)
    asked = {"submission": number, "since": [since.group, since.place], "limit": limit, "level": level}
    with deed(actor, Action.VIEW_ISSUES, _target(submission), about=f"submission {number}", asked=asked, at=at) as done:
        titles = {field.name: field.title for field in version_of(submission).fields}
        found = _page(_groups(submission, since, level), titles, since, limit)
        done.result = {"issues": len(found.issues)}
    return found


def own_rejects(number: int, out: BinaryIO, *, language: str, actor: Actor, at: dt.datetime) -> int:
    """Write the workbook of the rejected rows and return how many there are; raises ``Missing`` where there is none, ``NotYet``."""
    submission = _own(number, Action.VIEW_ISSUES, actor=actor, at=at)
    if submission.committed_at is None:
        raise NotYet(_NOT_YET, submission=number)
    if not submission.rejected:
        raise Missing(_NO_REJECTS, submission=number)
    return write_rejects_of(number, out, actor=actor, at=at, language=language)


def granted_to(agency: str, *, on: dt.date) -> frozenset[str]:
    """Return the items that an agency may hand in on the day."""
    in_force = Q(valid_until=None) | Q(valid_until__gt=on)
    found = Grant.objects.filter(in_force, agency__uscc=agency, valid_from__lte=on)
    return frozenset(found.values_list("item", flat=True))


def _own(number: int, action: Action, *, actor: Actor, at: dt.datetime) -> Submission:
    about = f"submission {number}"[:200]
    submission = Submission.objects.select_related("agency", "file").filter(pk=number).first()
    if submission is None:
        reasons = ["there is no such submission"]
        AuditEvent.objects.create(
            at=at, actor=actor.name, action=action.value, target=about, allowed=False, reasons=reasons
        )
        raise Missing(_NONE, submission=number)
    try:
        ensure_allowed(actor, action, _target(submission), about=about, at=at)
    except Refused:
        raise Missing(_NONE, submission=number) from None
    return submission


def _target(submission: Submission) -> Target:
    return Target(agency=submission.agency.uscc, region=submission.agency.region_code, item=submission.item)


def _view(submission: Submission) -> OwnView:
    if submission.committed_at is not None:
        receipt = str(submission.receipt_id) if submission.receipt_id else None
        outcome = outcome_of(submission)
        return OwnView(submission=submission, state=COMMITTED, reason=None, outcome=outcome, receipt=receipt)
    if submission.failed is not None:
        reason = Text(submission.failed["what"], submission.failed["what_en"])
        return OwnView(submission=submission, state=FAILED, reason=reason, outcome=None, receipt=None)
    found = _followed(progress_of(submission.pk))
    return OwnView(submission=submission, state=found.state, reason=found.reason, outcome=None, receipt=None)


def _followed(found: Progress) -> Progress:
    return replace(found, state=RECEIVED) if found.state == WAITING and found.job is None else found


def _groups(submission: Submission, since: Cursor, level: str) -> Iterator[IssueGroup]:
    query = IssueGroup.objects.filter(submission=submission, pk__gte=since.group)
    query = query.filter(level=level) if level else query
    return query.order_by("pk").iterator(chunk_size=8)


def _page(groups: Iterator[IssueGroup], titles: dict[str, str], since: Cursor, limit: int) -> IssuePage:
    found: list[IssueView] = []
    for group in groups:
        first = since.place if group.pk == since.group else 0
        rows = group.rows[first : first + limit - len(found)]
        quoted = group.found[first : first + len(rows)] if group.found else [None] * len(rows)
        expected, mend = Text(group.expected, group.expected_en), Text(group.mend, group.mend_en)
        title = titles.get(group.column, "")
        found += [
            IssueView(row, group.column, title, group.code, group.level, cell, expected, mend)
            for row, cell in zip(rows, quoted, strict=True)
        ]
        if len(found) == limit:
            return IssuePage(issues=tuple(found), following=Cursor(group=group.pk, place=first + len(rows)))
    return IssuePage(issues=tuple(found), following=None)


_NONE = Explanation(
    Text("没有该报送", "There is no such submission"),
    Text("编号不存在，或者不是本单位的报送", "the number is not known, or it is not of this agency"),
    Text("请用 GET /api/v1/submissions 查看本单位的报送。", "See those of the agency with GET /api/v1/submissions."),
)
_NOT_YET = Explanation(
    Text("报送尚未入库，没有退回表", "The submission is not committed yet, so there is no workbook of rejected rows"),
    Text("退回表在校验结束后才完整", "it is whole only when the check has ended"),
    Text("请查看 progress，状态为 committed 后再取。", "Follow its progress, and ask again once it is committed."),
)
_NO_REJECTS = Explanation(
    Text("没有退回的行", "No row was rejected"),
    Text("所有行都已按结果处理", "each row was taken, or waits"),
    Text("无需处理。", "There is nothing to mend."),
)
