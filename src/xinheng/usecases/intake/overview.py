"""Overview (工作台): what somebody may hand in for whom, what was handed in last, and what waits for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from xinheng.core.access import Action, Actor, Target
from xinheng.core.catalogue.item import ItemVersion, Status
from xinheng.core.catalogue.load import item_names, load
from xinheng.store.models import Grant, Question, Submission, WaitingRow
from xinheng.usecases.deed import deed
from xinheng.usecases.reach import Reached, agencies_within, rows_within

MANY = 20
"""Lines of the overview at the most: a province-wide reader chooses an agency in the list of submissions instead."""


@dataclass(frozen=True, slots=True)
class Granted:
    """An item that an agency may hand in, in the version of the day."""

    agency: Reached
    version: ItemVersion


@dataclass(frozen=True, slots=True)
class Line:
    """How an agency's item stands: the last submission that is in, and how many rows wait for their subject."""

    granted: Granted
    last: Submission | None
    waiting: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page of the desk shows; ``unfinished`` and ``failed`` are submissions, ``questions`` open ones."""

    lines: tuple[Line, ...]
    more: int
    unfinished: tuple[Submission, ...]
    failed: tuple[Submission, ...]
    rejected: tuple[Submission, ...]
    waiting: int
    questions: int


def granted_items(actor: Actor, *, on: dt.date) -> tuple[Granted, ...]:
    """Return what the actor may hand in on the day, by agency and item."""
    reached = {one.pk: one for one in agencies_within(actor, Action.SUBMIT)}
    in_force = Q(valid_until=None) | Q(valid_until__gt=on)
    held = Grant.objects.filter(in_force, agency_id__in=reached, valid_from__lte=on, item__in=item_names())
    pairs = sorted(set(held.values_list("agency_id", "item")), key=lambda one: (reached[one[0]].name, one[1]))
    versions = {name: load(name).at(on) for name in {item for _, item in pairs}}
    return tuple(
        Granted(reached[agency], versions[item]) for agency, item in pairs if versions[item].status is Status.REPORTABLE
    )


def view_overview(*, actor: Actor, at: dt.datetime, on: dt.date) -> Overview:
    """Return how things stand for whoever is signed in; raises ``Refused`` where they see no submissions at all."""
    target = Target()
    with deed(actor, Action.VIEW_SUBMISSIONS, target, about="overview", asked={}, at=at) as done:
        granted = granted_items(actor, on=on)
        pks = [pk for pk, _, _ in rows_within(actor, Action.VIEW_SUBMISSIONS)]
        mine = Submission.objects.filter(agency_id__in=pks).select_related("agency")
        last, waiting = _last(mine), _waiting(pks)
        lines = tuple(Line(one, last.get(_key(one)), waiting.get(_key(one), 0)) for one in granted[:MANY])
        newest = mine.order_by("-id")
        found = Overview(
            lines=lines,
            more=len(granted) - len(lines),
            unfinished=tuple(newest.filter(committed_at=None, failed=None)[:10]),
            failed=tuple(newest.filter(committed_at=None, failed__isnull=False)[:10]),
            rejected=tuple(newest.filter(committed_at__isnull=False, rejected__gt=0, mended_by=None)[:10]),
            waiting=sum(waiting.values()),
            questions=Question.objects.filter(answer=None, submission__agency_id__in=pks).count(),
        )
        done.result = {"items": len(granted), "waiting": found.waiting, "questions": found.questions}
    return found


def _key(one: Granted) -> tuple[int, str]:
    return one.agency.pk, one.version.name


def _last(mine: QuerySet[Submission]) -> Mapping[tuple[int, str], Submission]:
    held = mine.filter(committed_at__isnull=False).order_by("agency_id", "item", "-id").distinct("agency_id", "item")
    return {(one.agency_id, one.item): one for one in held}


def _waiting(agencies: list[int]) -> Mapping[tuple[int, str], int]:
    held = WaitingRow.objects.filter(
        ended=None, submission__agency_id__in=agencies, submission__committed_at__isnull=False
    )
    counted = held.values_list("submission__agency_id", "submission__item").annotate(rows=Count("id"))
    return {(agency, item): rows for agency, item, rows in counted}
