"""Looking at submissions: what was handed in, what is wrong with which cell, and the workbook to mend it in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.errors import Explanation, Missing, Text
from xinheng.core.intake.rejects import CellIssue, RejectedRow, write_rejects
from xinheng.store.models import Agency, IssueGroup, Submission, WaitingRow
from xinheng.usecases.agencies import agencies_reached
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.receiving import Delivery, stream_of, version_of
from xinheng.usecases.intake.submit import layout_of, opened


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue as it is listed: the cell by row and heading, the rule, what was found, what is expected, how to mend it."""

    row: int
    column: str
    title: str
    code: str
    level: str
    found: str | None
    expected: Text
    mend: Text


def list_submissions(*, actor: Actor, at: dt.datetime, agency: str = "") -> tuple[Submission, ...]:
    """Return the submissions that the actor may see, newest first: of one agency, or of all that the actor reaches."""
    held = Agency.objects.filter(uscc=agency).first() if agency else None
    target = Target(agency=agency, region=held.region_code if held else "")
    with deed(actor, Action.VIEW_SUBMISSIONS, target, about="submissions", asked={"agency": agency}, at=at) as done:
        query = Submission.objects.select_related("agency").order_by("-id")
        if agency:
            query = query.filter(agency__uscc=agency)
        elif (reached := agencies_reached(actor, Action.VIEW_SUBMISSIONS)) is not None:
            query = query.filter(agency__uscc__in=reached)
        found = tuple(query)
        done.result = {"submissions": len(found)}
    return found


def submission_of(number: int) -> Submission:
    """Return a submission; raises ``Missing``."""
    submission = Submission.objects.select_related("agency", "file").filter(pk=number).first()
    if submission is None:
        raise Missing(_NONE, submission=number)
    return submission


def ensure_known(number: int, *, actor: Actor) -> None:
    """Raise ``Missing`` where the actor may not know of a submission, as for one that there is not."""
    submission = submission_of(number)
    target = Target(agency=submission.agency.uscc, region=submission.agency.region_code, item=submission.item)
    if not decide(actor, Action.VIEW_SUBMISSIONS, target).allowed:
        raise Missing(_NONE, submission=number)


def view_issues(number: int, *, actor: Actor, at: dt.datetime) -> tuple[IssueView, ...]:
    """Return every issue of a submission, by row."""
    submission = submission_of(number)
    target = Target(agency=submission.agency.uscc, region=submission.agency.region_code)
    with deed(
        actor, Action.VIEW_ISSUES, target, about=f"submission {number}", asked={"submission": number}, at=at
    ) as done:
        titles = {field.name: field.title for field in version_of(submission).fields}
        groups = IssueGroup.objects.filter(submission=submission).order_by("id")
        found = tuple(sorted((view for group in groups for view in _views(group, titles)), key=lambda view: view.row))
        done.result = {"issues": len(found)}
    return found


def waiting_now(number: int) -> int:
    """Return how many rows of a submission still wait for their subject."""
    return WaitingRow.objects.filter(submission_id=number, ended=None).count()


def write_rejects_of(number: int, out: BinaryIO, *, actor: Actor, at: dt.datetime, language: str = "zh") -> int:
    """Write the workbook of the rejected rows: the department's own cells with the bad ones marked. Returns how many rows."""
    issues = view_issues(number, actor=actor, at=at)
    submission = submission_of(number)
    rejected = {issue.row for issue in issues if issue.level == "reject"}
    delivery = Delivery(
        agency=submission.agency, version=version_of(submission), file_name=submission.file_name,
        received_on=submission.received_on, profile=submission.profile, channel=submission.channel,
    )  # fmt: skip
    with stream_of(submission) as stream:
        reader = opened(stream, delivery, submission.file.size)
        layout = layout_of(reader, delivery)
        marks: dict[int, list[CellIssue]] = defaultdict(list)
        for issue in issues:
            if issue.row in rejected:
                marks[issue.row].append(
                    CellIssue(
                        layout.place(issue.column), issue.code, issue.found, issue.expected, issue.mend, issue.level
                    )
                )
        write_rejects(
            out, header=reader.header, rows=_rejected(reader.chunks(), rejected), issues=marks, language=language
        )
    return len(rejected)


def _rejected(chunks: Iterator, rejected: set[int]) -> Iterator[RejectedRow]:  # type: ignore[type-arg]
    for raw in chunks:
        chunk = raw.parse()
        places = [place for place, row in enumerate(chunk.rows.tolist()) if row in rejected]
        rows = [
            RejectedRow(int(chunk.rows[place]), list(cells.values()))
            for place, cells in zip(places, chunk.table.take(pa.array(places, pa.int64())).to_pylist(), strict=True)
        ]
        rows += [RejectedRow(bad.row, bad.cells) for bad in chunk.bad]
        yield from sorted(rows, key=lambda one: one.row)


def _views(group: IssueGroup, titles: dict[str, str]) -> Iterator[IssueView]:
    expected, mend = Text(group.expected, group.expected_en), Text(group.mend, group.mend_en)
    quoted = group.found or [None] * len(group.rows)
    for row, found in zip(group.rows, quoted, strict=True):
        yield IssueView(row, group.column, titles.get(group.column, ""), group.code, group.level, found, expected, mend)


_NONE = Explanation(
    Text("没有该报送", "There is no such submission"),
    Text("编号不存在", "the number is not known"),
    Text(
        "请在报送记录（xinheng submissions）中核对编号。",
        "See the numbers in the list of submissions (xinheng submissions).",
    ),
)
