"""Reading emergency stops: what hides now, and a stop with the steps that were taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xinheng.core.ledger.stops import Ground, Person, Scope, Step, StepKind
from xinheng.store.models import Stop, StopStep
from xinheng.store.prepared import prepared_cursor


class Hiding(NamedTuple):
    """A stop in force: its number, what it hides, and its ground."""

    number: int
    scope: Scope
    target: str
    ground: Ground


def hiding(*scopes: Scope) -> tuple[Hiding, ...]:
    """Return the stops in force of these scopes, oldest first."""
    return _hiding("h.scope = ANY(%s)", [scope.value for scope in scopes])


def grounds_of(numbers: Iterable[int]) -> dict[int, Ground]:
    """Return, by number, on which ground stops hide."""
    wanted = sorted(set(numbers))
    return {one.number: one.ground for one in _hiding("h.stop_id = ANY(%s)", wanted)} if wanted else {}


def consumer_is_stopped(name: str) -> bool:
    """Tell whether a service account may be given nothing now: it is stopped itself, or all that is public is."""
    return any(one.scope is Scope.PORTAL or one.target == name for one in hiding(Scope.CONSUMER, Scope.PORTAL))


def steps_of(stop: Stop) -> tuple[tuple[StopStep, Step], ...]:
    """Return the steps of a stop in their order, as stored and as the rule reads them."""
    held = sorted(stop.steps.all(), key=lambda step: step.pk)
    return tuple(
        (one, Step(StepKind(one.kind), Person(one.by.username, frozenset(one.covers_for)), one.at)) for one in held
    )


def stops_of(agencies: Sequence[str] | None, *, limit: int) -> tuple[Stop, ...]:
    """Return the newest stops with their steps; of some agencies' records only, where these are given."""
    found = Stop.objects.prefetch_related("steps__by").order_by("-id")
    if agencies is not None:
        found = found.filter(agency__in=agencies)
    return tuple(found[:limit])


def _hiding(condition: str, asked: list[int] | list[str]) -> tuple[Hiding, ...]:
    with prepared_cursor() as cursor:
        cursor.execute(
            "SELECT h.stop_id, h.scope, h.target, p.ground FROM stop_in_force h"  # noqa: S608 (the conditions are our own)
            f" JOIN store_stop p ON p.id = h.stop_id WHERE {condition} ORDER BY 1",
            [asked],
        )
        return tuple(
            Hiding(number, Scope(scope), target, Ground(ground)) for number, scope, target, ground in cursor.fetchall()
        )
