"""What every page knows besides its own facts."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def sample_data(request: HttpRequest) -> dict[str, bool]:  # noqa: ARG001 (the interface of a context processor)
    """Tell whether the platform holds a made-up province, so that pages say so."""
    return {"sample_data": settings.SAMPLE_DATA}
