"""Looking at requests (查看申请): what waits, how each was decided, and who was told of what took effect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime

from xinheng.core.access import Action, Actor, Target
from xinheng.core.access.approval import approval_on
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import Text
from xinheng.core.ledger.corrections import CorrectionKind, CorrectionState, ShownBy
from xinheng.core.standards.workdays import add_working_days
from xinheng.store.models import Correction
from xinheng.usecases.corrections.deciding import may_decide
from xinheng.usecases.corrections.people import about, known, target_of
from xinheng.usecases.corrections.telling import secret_readers
from xinheng.usecases.corrections.words import item_words
from xinheng.usecases.deed import deed
from xinheng.usecases.reach import agency_names, rows_within

PAGE = 25


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A request as it is listed: what about which record of whom, by whom and why, by when it should be decided, and how it was."""

    number: int
    kind: CorrectionKind
    state: CorrectionState
    code: str
    name: str
    record: str
    item: Text
    decision_number: str
    agency: str
    reason: str
    asked_at: dt.datetime
    asked_by: str
    due: dt.date
    decided_at: dt.datetime | None
    decided_by: str
    decision: str


@dataclass(frozen=True, slots=True)
class ToldView:
    """Somebody who was shown the record: who (empty: the subject), by which door, how often, when last, and when told and read; ``None`` where not."""

    name: str
    door: ShownBy
    looks: int
    last_look: dt.datetime | None
    told_at: dt.datetime | None
    read_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class CorrectionDetail:
    """A request with what it changes (title, before, after), what became of it, who was told, and what the reader may do with it."""

    view: CorrectionView
    changes: tuple[tuple[Text, str, str], ...]
    replaced_by: str
    submission: int | None
    told: tuple[ToldView, ...]
    shown_publicly: int | None
    may_decide: bool
    may_take_back: bool


@dataclass(frozen=True, slots=True)
class Requests:
    """A page of requests, the newest first; ``total`` of what was asked for."""

    found: tuple[CorrectionView, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """Return how many pages there are."""
        return max(1, -(-self.total // PAGE))


def list_corrections(*, decided: bool = False, page: int = 1, actor: Actor, at: dt.datetime) -> Requests:
    """Return the requests that wait about records of agencies that the actor reaches, or those that were decided. Raises ``Refused``."""
    asked = {"decided": decided, "page": page}
    with deed(actor, Action.VIEW_CORRECTIONS, Target(), about="corrections", asked=asked, at=at) as done:
        codes = [uscc for _, uscc, _ in rows_within(actor, Action.VIEW_CORRECTIONS)]
        held = Correction.objects.filter(agency__in=codes).select_related("subject", "asked_by", "decided_by")
        waiting = CorrectionState.ASKED.value
        wanted = held.exclude(state=waiting).order_by("-id") if decided else held.filter(state=waiting).order_by("id")
        names = agency_names(codes)
        found = tuple(_view(one, names) for one in wanted[(page - 1) * PAGE : page * PAGE])
        done.result = {"corrections": [one.number for one in found]}
    return Requests(found, wanted.count(), page)


def view_correction(number: int, *, actor: Actor, at: dt.datetime) -> CorrectionDetail:
    """Return one request; raises ``Missing`` where there is none that the actor may know of."""
    held = known(number, Action.VIEW_CORRECTIONS, actor=actor, at=at)
    target = target_of(held.agency)
    asked = {"correction": number}
    with deed(actor, Action.VIEW_CORRECTIONS, target, about=about(held), asked=asked, at=at) as done:
        told = held.told.select_related("user", "notice").order_by("user__username")
        secret = secret_readers(held, at.date()) if held.decided_at else frozenset()
        waits = held.state == CorrectionState.ASKED
        found = CorrectionDetail(
            _view(held, agency_names([held.agency])), _changes(held), held.replaced_by, held.submission_id,
            tuple(_told(one) for one in told if not one.user or one.user.username not in secret), held.shown_publicly, may_decide(held, actor=actor, at=at),
            waits and held.asked_by.username == actor.name and held.begun_at is None,
        )  # fmt: skip
        done.result = {"correction": number, "state": held.state}
    return found


def open_about(code: str, key: str) -> int | None:
    """Return the request that waits about a record, for the record's own page."""
    held = Correction.objects.filter(subject__uscc=code, record_key=key, state=CorrectionState.ASKED.value)
    return held.values_list("pk", flat=True).first()


def shown_correction(one: CorrectionView) -> dict[str, Any]:
    """Return a request as plain data, for ``--json``."""
    return {
        "correction": one.number, "kind": one.kind.value, "state": one.state.value, "code": one.code, "record": one.record,
        "decision_number": one.decision_number, "agency": one.agency, "reason": one.reason, "asked_at": one.asked_at, "asked_by": one.asked_by,
        "due": one.due, "decided_at": one.decided_at, "decided_by": one.decided_by, "decision": one.decision,
    }  # fmt: skip


def _view(one: Correction, names: Mapping[str, str]) -> CorrectionView:
    asked_on = localtime(one.asked_at).date()
    due = add_working_days(asked_on, approval_on(asked_on).working_days).day
    return CorrectionView(
        one.pk, CorrectionKind(one.kind), CorrectionState(one.state), one.subject.uscc, one.subject.name, str(one.record_key),
        item_words(one.item), one.decision_number, names.get(one.agency, one.agency), one.reason, one.asked_at, one.asked_by.username, due,
        one.decided_at, one.decided_by.username if one.decided_by else "", one.decision,
    )  # fmt: skip


def _changes(held: Correction) -> tuple[tuple[Text, str, str], ...]:
    titles: dict[str, Text] = {}
    if held.item in item_names():
        version = load(held.item).at(localtime(held.asked_at).date())
        titles = {field.name: Text(field.title, field.title_en) for field in version.fields}
    return tuple((titles.get(code, Text(code, code)), before, after) for code, before, after in held.changes)


def _told(one: Any) -> ToldView:
    notice = one.notice
    return ToldView(
        one.user.username if one.user else "", ShownBy(one.door), one.looks, one.last_look,
        notice.sent_at if notice else None, notice.read_at if notice else None,
    )  # fmt: skip
