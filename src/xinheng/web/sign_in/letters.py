"""Issuing an activation letter: the security administrator names an account and prints the page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from xinheng.core.access import Action, Target
from xinheng.core.errors import Missing
from xinheng.usecases.deed import ensure_allowed
from xinheng.usecases.sign_on.letters import issue_letter
from xinheng.web.language import language_of
from xinheng.web.security import leave_no_copy
from xinheng.web.sign_in.entering import page
from xinheng.web.sign_in.forms import LetterForm
from xinheng.web.signed_in import actor_of, for_signed_in
from xinheng.web.today import now


@require_http_methods(["GET", "HEAD", "POST"])
@for_signed_in
def write(request: HttpRequest) -> HttpResponse:
    """Ask whom a letter is for, and show it once."""
    actor = actor_of(request)
    ensure_allowed(actor, Action.ISSUE_LETTER, Target(), about="letters", at=now())
    form = LetterForm(request.POST or None, language=language_of(request))
    if form.is_valid():
        try:
            letter = issue_letter(form.cleaned_data["username"], actor=actor, at=now())
        except Missing as error:
            form.refuse(error, "username")
            return page(request, "letters", form)
        address = (
            f"{settings.ADDRESS or request.build_absolute_uri('/').rstrip('/')}{reverse('sign_in:first_password')}"
        )
        return leave_no_copy(render(request, "sign_in/letter.html", {"letter": letter, "address": address}))
    return page(request, "letters", form)
