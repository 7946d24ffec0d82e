"""Views of the public portal: each asks one use case and hands what it returns to one template. While the portal is stopped, none answers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xinheng.usecases import portal
from xinheng.web.portal.labels import withheld_titles
from xinheng.web.portal.periods import published_rules
from xinheng.web.portal.question import page_number, searched_text
from xinheng.web.portal.stopped import while_open
from xinheng.web.portal.timeline import days_left, early_end, steps_of
from xinheng.web.security import names_a_subject
from xinheng.web.today import now, today


@require_safe
@while_open
def home(request: HttpRequest) -> HttpResponse:
    """Show the front page: search, what the site holds, how to read it."""
    portal.ensure_open()
    return render(request, "portal/home.html")


@require_safe
@while_open
def about(request: HttpRequest) -> HttpResponse:
    """Show what is published and how long, how to object, and that repair is free of charge."""
    portal.ensure_open()
    return render(request, "portal/about.html", {"rules": published_rules()})


@require_safe
@while_open
@names_a_subject
def search(request: HttpRequest) -> HttpResponse:
    """Show the subjects that ``?q=`` finds, one ``?page=`` of them; without a question, the form alone."""
    query = searched_text(request)
    number = page_number(request)
    if not query:
        portal.ensure_open()
        return render(request, "portal/search.html", {"query": query, "person": "person" in request.GET})
    found = portal.search(query, page=number, on=today(), at=now())
    if found.personal:  # the address with a person's number in it is left
        return redirect(f"{reverse('portal:search')}?person")
    return render(request, "portal/search.html", {"query": query, "found": found})


@require_safe
@while_open
@names_a_subject
def subject(request: HttpRequest, code: str) -> HttpResponse:
    """Show a subject's public page; an address with a former or a lower-case code leads to the one with its code."""
    shown = portal.view_subject(code, on=today(), at=now())
    if shown.code != code:
        return redirect("portal:subject", code=shown.code)
    return render(request, "portal/subject.html", {"subject": shown})


@require_safe
@while_open
@names_a_subject
def entry(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Show one public record of a subject: all public fields, source, basis, first and last day, how to object."""
    day = today()
    shown, record = portal.view_entry(code, key, on=day, at=now())
    if (shown.code, record.key) != (code, key):
        return redirect("portal:entry", code=shown.code, key=record.key)
    facts = {
        "subject": shown,
        "entry": record,
        "fields": [field for field in record.fields if not field.withheld],
        "withheld": withheld_titles(record),
        "authority_is_source": record.deciding_authority == record.source_agency,
        "steps": steps_of(record, on=day),
        "early_end": early_end(record),
        "days_left": days_left(record, on=day),
        "address": request.build_absolute_uri(request.path),
    }
    return render(request, "portal/entry.html", facts)
