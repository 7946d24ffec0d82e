"""Listing (列表): submissions, waiting rows and issues a page at a time, as the desk shows and exports them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.store.models import Submission, WaitingRow
from xinheng.store.queries.issues import IssueQuestion, StoredIssue, issue_count, issues_of
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.receiving import version_of
from xinheng.usecases.intake.views import IssueView, submission_of
from xinheng.usecases.reach import agency_names, rows_within

Row = TypeVar("Row")
LONGEST = 100_000
"""Rows that an export holds at the most."""
STATES = ("committed", "unfinished", "failed")
_ORDERS = {"number": "id", "received_on": "received_on", "received": "received", "rejected": "rejected"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of a list is wanted: filters by name, the order by name, and the page as ``offset`` and ``limit`` rows."""

    filters: Mapping[str, str]
    order: str = ""
    descending: bool = False
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """A part of a list, and how many rows it has in all."""

    total: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """A submission as it is listed; ``state`` is one of ``STATES``."""

    number: int
    item: str
    agency: str
    agency_name: str
    file_name: str
    channel: str
    received_on: dt.date
    state: str
    received: int
    accepted: int
    rejected: int
    waiting: int
    parent: int | None


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A row that waits for its subject: where it stands, why it waits, by which code it may be found; ``number`` is its own in the table."""

    submission: int
    row: int
    item: str
    agency: str
    agency_name: str
    received_on: dt.date
    reason: str
    code: str
    name: str
    number: int = 0


def page_of_submissions(wanted: Wanted, *, actor: Actor, at: dt.datetime) -> Listed[SubmissionRow]:
    """Return submissions that the actor may see. Filters: ``agency``, ``item``, ``state``, ``q`` (a part of the file's name, or a number)."""
    asked = {"filters": dict(wanted.filters), "offset": wanted.offset, "limit": wanted.limit}
    target = Target()
    with deed(actor, Action.VIEW_SUBMISSIONS, target, about="submissions", asked=asked, at=at) as done:
        reached = {pk: code for pk, code, _ in rows_within(actor, Action.VIEW_SUBMISSIONS)}
        query = _filtered(Submission.objects.filter(agency_id__in=reached), wanted.filters)
        order = ("" if wanted.order and not wanted.descending else "-") + _ORDERS.get(wanted.order, "id")
        total = query.count()
        held = list(query.order_by(order, "-id")[wanted.offset : wanted.offset + wanted.limit])
        names = agency_names({reached[one.agency_id] for one in held})
        rows = tuple(_row(one, reached[one.agency_id], names) for one in held)
        done.result = {"total": total, "submissions": [row.number for row in rows][:1000]}
    return Listed(total, rows)


def page_of_waiting(wanted: Wanted, *, actor: Actor, at: dt.datetime) -> Listed[WaitingView]:
    """Return rows that wait for their subject. Filters: ``agency``, ``item``, ``submission``, ``reason``."""
    asked = {"filters": dict(wanted.filters), "offset": wanted.offset, "limit": wanted.limit}
    target = Target()
    with deed(actor, Action.VIEW_ISSUES, target, about="waiting rows", asked=asked, at=at) as done:
        reached = {pk: code for pk, code, _ in rows_within(actor, Action.VIEW_ISSUES)}
        query = WaitingRow.objects.filter(ended=None, submission__agency_id__in=reached)
        query = query.filter(submission__committed_at__isnull=False)
        for name, field in (("agency", "submission__agency__uscc"), ("item", "submission__item"), ("reason", "reason")):
            if value := wanted.filters.get(name):
                query = query.filter(**{field: value})
        if (number := wanted.filters.get("submission", "")).isdecimal():
            query = query.filter(submission_id=int(number[:18]))
        total = query.count()
        held = query.select_related("submission").order_by("-submission_id", "row")
        part = list(held[wanted.offset : wanted.offset + wanted.limit])
        names = agency_names({reached[one.submission.agency_id] for one in part})
        rows = tuple(_waiting(one, reached[one.submission.agency_id], names) for one in part)
        done.result = {"total": total}
    return Listed(total, rows)


def page_of_issues(number: int, wanted: Wanted, *, actor: Actor, at: dt.datetime) -> Listed[IssueView]:
    """Return issues of a submission by row. Filters: ``code`` (the rule), ``level``, ``row``. Raises ``Missing`` or ``Refused``."""
    submission = submission_of(number)
    target = Target(agency=submission.agency.uscc, region=submission.agency.region_code)
    asked = {"submission": number, "filters": dict(wanted.filters), "offset": wanted.offset, "limit": wanted.limit}
    with deed(actor, Action.VIEW_ISSUES, target, about=f"submission {number}", asked=asked, at=at) as done:
        row = wanted.filters.get("row", "")
        question = IssueQuestion(
            submission=number, code=wanted.filters.get("code", ""), level=wanted.filters.get("level", ""),
            rows=[int(row[:18])] if row.isdecimal() else None,
        )  # fmt: skip
        total = issue_count(question)
        found = issues_of(question, limit=wanted.limit, offset=wanted.offset)
        rows = tuple(issue_view(one, version_of(submission)) for one in found)
        done.result = {"issues": total}
    return Listed(total, rows)


def issue_view(one: StoredIssue, version: ItemVersion) -> IssueView:
    """Return a stored issue as it is listed, under the field's title."""
    title = next((field.title for field in version.fields if field.name == one.column), "")
    expected, mend = Text(one.expected, one.expected_en), Text(one.mend, one.mend_en)
    return IssueView(one.row, one.column, title, one.code, one.level, one.found, expected, mend)


def _filtered(query: QuerySet[Submission], filters: Mapping[str, str]) -> QuerySet[Submission]:
    if agency := filters.get("agency"):
        query = query.filter(agency__uscc=agency)
    if item := filters.get("item"):
        query = query.filter(item=item)
    if words := filters.get("q", "").strip()[:200]:
        named = Q(file_name__icontains=words)
        query = query.filter(named | Q(pk=int(words)) if words.isdecimal() and len(words) < 19 else named)
    by_state = {
        "committed": Q(committed_at__isnull=False),
        "failed": Q(committed_at=None, failed__isnull=False),
        "unfinished": Q(committed_at=None, failed=None),
        "rejected": Q(rejected__gt=0),
    }
    return query.filter(by_state.get(filters.get("state", ""), Q()))


def _row(one: Submission, agency: str, names: Mapping[str, str]) -> SubmissionRow:
    return SubmissionRow(
        number=one.pk, item=one.item, agency=agency, agency_name=names.get(agency, agency), file_name=one.file_name, channel=one.channel,
        received_on=one.received_on, state=state_of(one), received=one.received, accepted=one.accepted + one.corrected,
        rejected=one.rejected, waiting=one.waiting, parent=one.parent_id,
    )  # fmt: skip


def state_of(one: Submission) -> str:
    """Return where a submission stands: one of ``STATES``."""
    return "committed" if one.committed_at else "failed" if one.failed else "unfinished"


def _waiting(one: WaitingRow, agency: str, names: Mapping[str, str]) -> WaitingView:
    version = version_of(one.submission)
    named: Any = version.by_role("counterpart_name")
    return WaitingView(
        submission=one.submission_id, row=one.row, item=one.submission.item, agency=agency, agency_name=names.get(agency, agency),
        received_on=one.submission.received_on, reason=one.reason, code=one.code or "",
        name=str(one.fields.get(named.name, "") if named else ""), number=one.pk,
    )  # fmt: skip
