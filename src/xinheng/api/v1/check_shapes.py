"""What the addresses of checks take and answer, field by field; the OpenAPI document is made from this."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Field, Schema
from pydantic import ConfigDict

from xinheng.api.v1.shapes import Words

Outcome = Literal["clear", "has-records", "on-list", "not-found", "to-be-judged"]
FoundBy = Literal["code", "name", "name-differs", "candidates", "nobody"]
Standing = Literal["finding", "beside", "suspended", "unconfirmed"]
Feedback = Literal["seen", "acted", "not-acted"]


class CheckAsked(Schema):
    """Whom to check, in which matter, for which business. There is no other reason to look, and no field for one."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field("", max_length=40, description="Unified code, registration number or organisation code.")
    name: str = Field(
        "", max_length=300, description="The full name, where there is no code; beside a code both must agree."
    )
    matter: str = Field(max_length=60, description="A code of `GET /api/v1/checks/matters`.")
    business_number: str = Field(max_length=100, description="The number under which the business is handled.")


class CheckedSubject(Schema):
    """A subject of the register."""

    code: str
    name: str


class CheckedEntry(Schema):
    """A list entry or a record that the matter looks at and that has an effect today."""

    item: str
    list_code: str = Field(description="The list, by its code; empty for what is no list entry.")
    title: Words
    says: Words | None = Field(description="In few words what it says: the kinds of a penalty, the reason of an entry.")
    record: str
    number: str = Field(description="The number of the decision.")
    authority: str
    source_agency: str
    basis: str
    since: dt.date
    until: dt.date | None = Field(description="The last day; none where its source confirms it every 30 days.")
    standing: Standing = Field(
        description="`finding`; `beside`: no adverse record; `suspended`, `unconfirmed`: ask the source."
    )
    measures: list[str] = Field(description="What follows from it. Empty: the catalogue of measures is not in yet.")


class CheckedItem(Schema):
    """An item that the matter looks at, and until when it has come in."""

    item: str
    title: Words
    until: dt.date | None = Field(description="None: nothing of it ever came in.")
    by_zero_report: bool
    covered: bool = Field(description="Whether a clear rests on it.")


class CheckAnswer(Schema):
    """What a check came out as. It is a prompt: a person decides."""

    id: int
    receipt: str
    matter: str
    business_number: str
    as_of: dt.date
    outcome: Outcome
    found_by: FoundBy
    subject: CheckedSubject | None
    reasons: list[Words]
    entries: list[CheckedEntry] = Field(description="Entries in lists.")
    records: list[CheckedEntry]
    candidates: list[CheckedSubject] = Field(description="Who may be meant, where a person is to decide.")
    covers: list[CheckedItem]


class FeedbackAsked(Schema):
    """What was done with the result."""

    model_config = ConfigDict(extra="forbid")

    feedback: Feedback
    why: str = Field("", max_length=500, description="Needed for `not-acted`.")


class FeedbackAnswer(Schema):
    """The feedback that was noted."""

    id: int
    feedback: Feedback
    receipt: str


class MatterLook(Schema):
    """An item that a matter looks at."""

    item: str
    years: int | None = Field(description="How many years back; none: as long as the record has an effect.")
    published: bool = Field(description="Only records that are public on the day.")
    lists: list[str] = Field(description="The only lists that count; none named: every list.")


class MatterRow(Schema):
    """A matter in which may be checked today."""

    code: str
    number: str = Field(description="The department's own code of the matter.")
    department: str
    title: Words
    purpose: str
    obligatory: bool
    basis: str
    sure: str = Field(
        description="How sure the basis is: F found, F~ second hand, K to be verified, C computed, D our choice."
    )
    looks: list[MatterLook]


class MattersAnswer(Schema):
    """The register of matters."""

    matters: list[MatterRow]
