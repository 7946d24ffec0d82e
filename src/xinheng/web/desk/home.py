"""The first page of the desk: what is granted, what was handed in last, and what waits for somebody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from xinheng.core.access import Action, Actor, Target, decide
from xinheng.core.catalogue.terms import FREQUENCIES
from xinheng.core.errors import Text
from xinheng.usecases.intake.overview import Line, view_overview
from xinheng.web.desk.page import desk_page, shown
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today


@desk_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how things stand for whoever is signed in; who acts for a subject only is led to its own pages, an administrator to the accounts."""
    actor = actor_of(request)
    if actor.assignments and all(one.subject for one in actor.assignments):
        return redirect("me:home")
    if not _may(actor, Action.VIEW_SUBMISSIONS) and _may(actor, Action.VIEW_ACCOUNTS):
        return redirect("desk:accounts")
    found = view_overview(actor=actor_of(request), at=now(), on=today())
    agencies = {line.granted.agency.uscc for line in found.lines}
    facts = {"overview": found, "lines": [(line, _often(line)) for line in found.lines], "several": len(agencies) > 1}
    return shown(request, "home", facts)


def _may(actor: Actor, action: Action) -> bool:
    return decide(actor, action, Target()).allowed


def _often(line: Line) -> Text:
    often = line.granted.version.frequency
    return Text(often, FREQUENCIES.get(often, often))
