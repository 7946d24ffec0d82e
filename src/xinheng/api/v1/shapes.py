"""What the API answers, field by field; the OpenAPI document is made from this."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Field, Schema

State = Literal["received", "waiting", "running", "committed", "failed"]

Level = Literal["reject", "wait", "warn"]


class Words(Schema):
    """A sentence in the two languages."""

    zh: str
    en: str


class Problem(Schema):
    """What went wrong (RFC 9457); `what`, `why` and `mend` are for people."""

    type: str = Field(description="urn:xinheng:problem:…")
    title: str
    status: int
    detail: str
    what: Words
    why: Words
    mend: Words
    errors: list[dict[str, str]] | None = Field(None, description="Wrong parameters, where that is the problem.")


class TokenAnswer(Schema):
    """A token (RFC 6749 section 5.1)."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the name of a kind
    expires_in: int = Field(description="Seconds, at most 3600.")
    scope: str


class TokenError(Schema):
    """Why there is no token (RFC 6749 section 5.2), with sentences for people."""

    error: Literal["invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"]
    error_description: str
    what: Words
    why: Words
    mend: Words


class Taken(Schema):
    """A file that was received."""

    id: int
    address: str = Field(description="Where the submission is.")
    progress: str = Field(description="Where to see how far it is.")
    state: State


class Tally(Schema):
    """Rows by what became of them; received = accepted + unchanged + corrected + rejected + waiting."""

    received: int
    accepted: int
    unchanged: int
    corrected: int
    rejected: int
    waiting: int = Field(description="Right, but their subject is not known yet.")
    warnings: int


class SubmissionAnswer(Schema):
    """A submission; counts, reasons and receipt are there once it is committed."""

    id: int
    address: str
    item: str
    version: str
    profile: str
    full: bool
    file_name: str
    sha256: str
    size: int
    received_on: dt.date
    received_at: dt.datetime
    state: State
    reason: Words | None = Field(description="Why it failed, or why its last try did.")
    counts: Tally | None
    issues: dict[str, int] = Field(description="How many issues each rule has, by its code.")
    questions: int | None = Field(description="Of a full file: how many records were not in it.")
    notes: list[Words]
    receipt: str | None = Field(description="The receipt of the commit.")


class SubmissionPage(Schema):
    """Submissions, newest first."""

    submissions: list[SubmissionAnswer]
    next: int | None = Field(description="The cursor of the next page, where there is one.")


class ProgressAnswer(Schema):
    """How far a submission is."""

    id: int
    state: State
    bytes_done: int
    bytes_all: int
    rows_done: int
    reason: Words | None
    again_at: dt.datetime | None = Field(description="When it is tried again.")


class Issue(Schema):
    """What is wrong with a cell, or with a row where `column` is empty."""

    row: int = Field(description="The row of the file, counted from 1 with the headings.")
    column: str
    title: str
    code: str
    level: Level
    found: str | None = Field(description="What stands there, masked and shortened.")
    expected: Words
    mend: Words


class IssuesAnswer(Schema):
    """Issues as they were found: part of the file by part, like ones together."""

    issues: list[Issue]
    next: str | None = Field(description="The cursor of the next page, where there is one.")


class ItemRow(Schema):
    """An item of the catalogue."""

    name: str
    title: str
    title_en: str
    version: str
    in_force: dt.date
    national_class: str
    effect: str
    openness: str
    status: Literal["reportable", "stub"]
    region: str
    address: str
    granted: bool = Field(description="Whether the agency may hand it in today.")


class CatalogueAnswer(Schema):
    """The catalogue."""

    items: list[ItemRow]


class TableSchema(Schema):
    """A Frictionless Table Schema: check a file with standard tools before it is handed in."""

    name: str
    title: str
    version: str
    fields: list[dict[str, Any]]
    missingValues: list[str]  # noqa: N815 - as the standard writes it
    fieldsMatch: str  # noqa: N815
    primaryKey: list[str]  # noqa: N815
