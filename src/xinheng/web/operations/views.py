"""Views for machines that watch over the platform: plain JSON, and the text form of Prometheus."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from xinheng.store.queries.operations import migrations_are_applied, workers_seen
from xinheng.web.operations.guard import for_monitors
from xinheng.web.operations.metrics import as_prometheus

_KEEP_NOTHING = {"Cache-Control": "no-store"}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the interface of a view)
    """Say that the process lives; nothing else is asked."""
    return JsonResponse({"status": "alive"}, headers=_KEEP_NOTHING)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the interface of a view)
    """Say whether pages can be answered (database there, tables of this version), else 503; and whether a worker was seen lately.

    Without a worker pages are answered, only queued work rests: ``status`` is then ``degraded``, with 200.
    """
    try:
        migrations, worker = migrations_are_applied(), workers_seen() > 0
        database = True
    except DatabaseError:
        database = migrations = worker = False
    ready = database and migrations
    status = "ready" if ready and worker else "degraded" if ready else "not-ready"
    facts = {"status": status, "database": database, "migrations": migrations, "worker": worker}
    return JsonResponse(facts, status=200 if ready else 503, headers=_KEEP_NOTHING)


@require_safe
@for_monitors
def metrics(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the interface of a view)
    """Return the metrics."""
    return HttpResponse(as_prometheus(), content_type=CONTENT_TYPE_LATEST, headers=_KEEP_NOTHING)
