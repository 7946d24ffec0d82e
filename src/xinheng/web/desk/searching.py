"""The one search of the desk: whatever somebody types, in groups, each hit leading to the page that it may open."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from xinheng.core.access import Action, Target
from xinheng.core.subjects.searching import Sought
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.searching import search as search_now
from xinheng.web.desk.labels import STATES, item_title, record_state
from xinheng.web.desk.page import desk_page, shown
from xinheng.web.portal.question import page_number, searched_text
from xinheng.web.signed_in import actor_of
from xinheng.web.today import now, today


@desk_page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what ``?q=`` finds, one ``?page=`` of the subjects; without a question, what can be asked.

    Who typed a person's number is led to an address without it (``?person``), where it is said why nothing was searched.
    """
    words, number = searched_text(request), page_number(request)
    if not words:
        ensure_allowed(actor_of(request), Action.SEARCH, Target(), about="search", at=now())
        return shown(request, "search", {"words": "", "person": "person" in request.GET})
    found = search_now(words, actor=actor_of(request), at=now(), on=today(), page=number)
    if found.asked.personal:
        return redirect(f"{reverse('desk:search')}?person")
    facts = {
        "words": words,
        "found": found,
        "records": [(one, item_title(one.item), record_state(one.state)) for one in found.records],
        "submissions": [(one, item_title(one.item), STATES[one.state]) for one in found.submissions],
        "kinds": found.asked.sought,
        "not_sought": tuple(one for one in Sought if one not in found.asked.sought),
    }
    return shown(request, "search", facts)
