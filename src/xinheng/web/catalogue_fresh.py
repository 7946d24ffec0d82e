"""The catalogue of a request (目录): versions that were signed meanwhile are known before anybody is answered."""

from __future__ import annotations

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from xinheng.usecases.catalogue.signed import know_signed_versions

_CATALOGUE_FREE = ("xinheng.web.operations", "xinheng.api.v1.urls")
"""Pages that tell nothing of the catalogue: how the server is, and what the API looks like."""


class FreshCatalogue:
    """Middleware: looks for signed versions before a page that could show one; where the database is away, what is known stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; the look is taken by :meth:`process_view`, when it is known which page it is."""
        return self.get_response(request)

    def process_view(self, _request: HttpRequest, view: Callable[..., HttpResponse], *_: object) -> None:
        """Look, unless the page tells nothing of the catalogue."""
        if view.__module__.startswith(_CATALOGUE_FREE):
            return
        try:
            know_signed_versions()
        except (OperationalError, InterfaceError):  # the page itself tells it, where it needs the database
            return
