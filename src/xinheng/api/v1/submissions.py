"""``/api/v1/submissions``: an agency's files, handed in and followed by its own system."""

from __future__ import annotations

import io
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from xinheng.api.v1 import told
from xinheng.api.v1.clock import now
from xinheng.api.v1.guard import ClientCredentials, caller
from xinheng.api.v1.received import BODY, received_file
from xinheng.api.v1.shapes import IssuesAnswer, ProgressAnswer, SubmissionAnswer, SubmissionPage, Taken
from xinheng.core.access import Scope, Target
from xinheng.usecases.intake.own import (
    Cursor,
    follow_own,
    hand_in,
    list_own,
    own_issues,
    own_rejects,
    view_own,
)
from xinheng.usecases.intake.submit import Call

router = Router(tags=["submissions"])
READ, WRITE = ClientCredentials(Scope.READ_SUBMISSIONS), ClientCredentials(Scope.HAND_IN)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 2**63 - 1

Name = Annotated[str, Query(max_length=100, pattern=r"^[a-z0-9-]+$")]
FileName = Annotated[
    str,
    Query(
        max_length=255, pattern=r"^[^\x00-\x1f\x7f/\\]*$", description="Where the body is the file itself; only shown."
    ),
]
Limit = Annotated[int, Query(ge=1, le=100)]


@router.post(
    "",
    url_name="submissions",
    operation_id="submit",
    summary="Hand a file in",
    auth=WRITE,
    response={200: Taken, 202: Taken},
    openapi_extra={"requestBody": BODY},
)
def submit(
    request: HttpRequest,
    response: HttpResponse,
    item: Name,
    profile: Annotated[str, Query(max_length=60, pattern=r"^[a-z0-9-]*$", description="A delivery profile, for columns of one's own.")] = "",
    full: Annotated[Literal["true", "false"], Query(description="The file is the agency's whole state of the item.")] = "false",
    file_name: FileName = "",
) -> Status:  # fmt: skip
    """Receive a file for an item, as the account's agency, today: as the body itself, or as the one file of a form.

    202: it is received and stands in line; 200: this file of this item was received before, and is that submission. Nothing of it is kept where the
    header cannot be read (422).
    """
    who = caller(request)
    at = now()
    with received_file(request, name=file_name) as file:
        call = Call(
            item=item, agency=who.agency, file_name=file.name, content=file.content, size=file.size, received_on=at.date(), profile=profile,
            full=full == "true",
        )  # fmt: skip
        found, new = hand_in(call, actor=who.actor, at=at)
    taken = told.taken(found)
    response.headers["Location"] = taken.address
    return Status(202 if new else 200, taken)


@router.get(
    "",
    url_name="submissions",
    operation_id="submissions",
    summary="List the agency's submissions",
    auth=READ,
    response=SubmissionPage,
)
def submissions(
    request: HttpRequest,
    cursor: Annotated[int | None, Query(ge=1, le=_MOST, description="`next` of the page before.")] = None,
    limit: Limit = 20,
    item: Annotated[str, Query(max_length=100, pattern=r"^[a-z0-9-]*$")] = "",
) -> SubmissionPage:
    """List what the account's agency handed in, newest first, whatever door it came by."""
    who = caller(request)
    target = Target(agency=who.agency, region=who.region)
    found = list_own(target, before=cursor, limit=limit + 1, item=item, actor=who.actor, at=now())
    shown = found[:limit]
    following = shown[-1].submission.pk if len(found) > limit else None
    return SubmissionPage(submissions=[told.submission(one) for one in shown], next=following)


@router.get(
    "/{int:number}",
    url_name="submission",
    operation_id="submission",
    summary="See a submission",
    auth=READ,
    response=SubmissionAnswer,
)
def submission(request: HttpRequest, number: int) -> SubmissionAnswer:
    """Show the state of a submission, and, once it is committed, its counts, the rules that were broken, and its receipt."""
    return told.submission(view_own(number, actor=caller(request).actor, at=now()))


@router.get(
    "/{int:number}/progress",
    url_name="progress",
    operation_id="progress",
    summary="Follow a submission",
    auth=READ,
    response=ProgressAnswer,
)
def progress(request: HttpRequest, number: int) -> ProgressAnswer:
    """Show how far a submission is, from the parts of it that are written; cheap, and made to be asked again and again."""
    return told.progress(follow_own(number, actor=caller(request).actor, at=now()))


@router.get(
    "/{int:number}/issues",
    url_name="issues",
    operation_id="issues",
    summary="See what is wrong with its rows",
    auth=READ,
    response=IssuesAnswer,
)
def issues(
    request: HttpRequest,
    number: int,
    cursor: Annotated[
        str, Query(pattern=r"^([0-9]{1,18}-[0-9]{1,9})?$", max_length=28, description="`next` of the page before.")
    ] = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    level: Literal["", "reject", "wait", "warn"] = "",
) -> IssuesAnswer:
    """List the issues of a submission: row, column, rule, what was found, what is expected, how to mend it."""
    group, _, place = cursor.partition("-")
    since = Cursor(group=int(group), place=int(place)) if cursor else Cursor()
    found = own_issues(number, since=since, limit=limit, level=level, actor=caller(request).actor, at=now())
    return told.issues(found)


@router.get(
    "/{int:number}/rejects.xlsx",
    url_name="rejects",
    operation_id="rejects",
    summary="Get its rejected rows as a workbook",
    auth=READ,
    response={200: None},
    openapi_extra={"responses": {200: {"content": {WORKBOOK: {"schema": {"type": "string", "format": "binary"}}}}}},
)
def rejects(request: HttpRequest, number: int, language: Literal["zh", "en"] = "zh") -> HttpResponse:
    """Write the rejected rows in the agency's own columns, the bad cells marked and explained; mended, the workbook is handed in as it is."""
    out = io.BytesIO()
    own_rejects(number, out, language=language, actor=caller(request).actor, at=now())
    headers = {"Content-Disposition": f'attachment; filename="rejects-{number}.xlsx"'}
    return HttpResponse(out.getvalue(), content_type=WORKBOOK, headers=headers)
