"""A subject's own file: every record that stands, public or not, where each came from, and who looked at it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from xinheng.core.access import Action, Actor, Purpose, Target
from xinheng.core.errors import Text
from xinheng.store.models import AuditEvent, ReceiptNote, RoleAssignment, Subject
from xinheng.store.queries.records import standing_records
from xinheng.store.queries.stops import grounds_of
from xinheng.store.queries.subject_changes import NOBODY_AROUND, Around, around
from xinheng.usecases.deed import deed
from xinheng.usecases.ledger.file import (
    FileEntry,
    corrected_of,
    file_of,
    sources_of,
    state_of,
    subject_or_missing,
)
from xinheng.usecases.reach import agency_names

PAGE = 50
PUBLIC_DAYS = 30


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What a subject sees of itself on a day; ``agencies`` gives the names of the agencies by code. Ended records are there too."""

    subject: Subject
    entries: tuple[FileEntry, ...]
    agencies: Mapping[str, str]
    as_of: dt.date
    receipt: str
    around: Around = NOBODY_AROUND


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at the file: when, of which body, for what matter (purpose and reference), and the receipt under which more can be asked.

    ``reversed_`` says that a record which it showed was judged later not to be this subject's.
    """

    at: dt.datetime
    body: Text
    purpose: Text | None
    reference: str
    receipt: str
    reversed_: bool = False


@dataclass(frozen=True, slots=True)
class Looks:
    """A page of looks, newest first; ``public`` is how often the public page was opened in the last ``days`` days, by nobody in particular."""

    subject: Subject
    page: int
    pages: int
    total: int
    looks: tuple[Look, ...]
    public: int
    days: int = PUBLIC_DAYS


def view_own_file(code: str, *, actor: Actor, on: dt.date, at: dt.datetime) -> OwnFile:
    """Return a subject's file as the subject itself may see it: all of it, what has ended included (design, principles 5 and 6)."""
    subject = subject_or_missing(code)
    target = Target(subject=subject.uscc)
    asked = {"subject": subject.uscc}
    with deed(actor, Action.VIEW_OWN_FILE, target, about=f"own file {subject.uscc}", asked=asked, at=at) as done:
        held = standing_records(subject.pk, as_of=on)
        sources, corrected = sources_of(held, as_of=on), corrected_of(held, as_of=on)
        grounds = grounds_of(record.stopped for record in held if record.stopped is not None)
        entries = tuple(
            FileEntry(
                record,
                state_of(record, on),
                sources[record.record_key],
                corrected.get(record.record_key),
                grounds.get(record.stopped or 0),
            )
            for record in held
        )
        done.result = {"records": [f"{one.record.record_key}/{one.record.revision}" for one in entries]}
    assert done.receipt is not None  # noqa: S101 (the deed is over)
    codes = {source.agency for found in sources.values() for source in found}
    return OwnFile(subject, entries, agency_names(codes), on, str(done.receipt.pk), around(subject))


def view_looks(code: str, *, page: int, actor: Actor, on: dt.date, at: dt.datetime) -> Looks:
    """Return who looked at a subject's file; a look whose basis says so is shown from its day on only."""
    subject = subject_or_missing(code)
    target = Target(subject=subject.uscc)
    asked = {"subject": subject.uscc, "page": page}
    with deed(actor, Action.VIEW_OWN_FILE, target, about=f"looks {subject.uscc}", asked=asked, at=at) as done:
        open_ = Q(receipt__facts__shown_from__isnull=True) | Q(receipt__facts__shown_from__lte=on.isoformat())
        found = AuditEvent.objects.filter(open_, target=file_of(subject.uscc), allowed=True).order_by("-at", "-id")
        total = found.count()
        noted = Exists(ReceiptNote.objects.filter(about=OuterRef("receipt")))
        rows = found.annotate(reversed_=noted).select_related("receipt")[(page - 1) * PAGE : page * PAGE]
        bodies = bodies_of({row.actor for row in rows})
        looks = tuple(_look(row, bodies.get(row.actor, _CENTRE)) for row in rows)
        since = at - dt.timedelta(days=PUBLIC_DAYS)
        public = AuditEvent.objects.filter(
            target=f"subject {subject.uscc}", action=Action.VIEW_PUBLIC.value, at__gte=since
        )
        shown = Looks(subject, page, max(1, -(-total // PAGE)), total, looks, public.count())
        done.result = {"looks": total}
    return shown


def _look(event: AuditEvent, body: Text) -> Look:
    asked = event.receipt.asked if event.receipt else {}
    purpose = Purpose(asked["purpose"]).label if asked.get("purpose") else None
    return Look(
        event.at,
        body,
        purpose,
        asked.get("reference", ""),
        str(event.receipt_id or ""),
        bool(getattr(event, "reversed_", False)),
    )


def bodies_of(users: set[str]) -> dict[str, Text]:
    """Return the body for which each user acts; the subject is told the body, not the official's name."""
    held = RoleAssignment.objects.filter(user__username__in=users).exclude(agency=None)
    codes = dict(held.values_list("user__username", "agency__uscc"))
    names = agency_names(codes.values())
    return {user: Text(names.get(code, code), names.get(code, code)) for user, code in codes.items()}


_CENTRE = Text("公共信用信息中心", "the public credit information centre")
