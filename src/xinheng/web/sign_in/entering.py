"""The way in and out: name and password, second factor, a password that is due for a change, signing out."""

from __future__ import annotations

from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from xinheng.core.access.sessions import WORDS, Ended
from xinheng.core.access.sign_on import terms_on
from xinheng.core.errors import XinhengError
from xinheng.usecases.sign_on import unified
from xinheng.usecases.sign_on.passwords import WeakPassword, change_password, show_password
from xinheng.usecases.sign_on.second_factor import (
    begin_enrolment,
    confirm_enrolment,
    show_second_factor,
)
from xinheng.usecases.sign_on.tries import TooSoon
from xinheng.web.language import language_of
from xinheng.web.security import leave_no_copy
from xinheng.web.sign_in.browser import address_of, simulated_at, way_back
from xinheng.web.sign_in.forms import CodeForm, EnrolForm, NewPasswordForm, PlainForm, SignInForm
from xinheng.web.sign_in.steps import Entering, for_entering, leave, take_first_step, take_next_step, with_second_factor
from xinheng.web.signed_in import actor_of, for_persons_too, shown_name_of
from xinheng.web.today import now, today

_ASKING = require_http_methods(["GET", "HEAD", "POST"])
REFUSED = 422


@_ASKING
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, or lead to an identity elsewhere; ``?next=`` is where to go afterwards, an address of ours."""
    asked = request.POST.get("next", "") or request.GET.get("next", "")
    if shown_name_of(request):
        return redirect(way_back(asked))
    form = SignInForm(request.POST or None, language=language_of(request))
    if form.is_valid():
        given = form.cleaned_data
        try:
            username = show_password(given["username"], given["password"], address=address_of(request), at=now())
        except XinhengError as refusal:
            form.refuse(refusal, "username")
            return _shown(request, form, asked, refusal)
        return take_first_step(request, username, method="password", asked=asked)
    return _shown(request, form, asked)


@_ASKING
@for_entering
def second_factor(request: HttpRequest, entering: Entering) -> HttpResponse:
    """Ask for a code of the authenticator, or for a recovery code."""
    form = CodeForm(request.POST or None, language=language_of(request))
    if form.is_valid():
        try:
            show_second_factor(entering.username, form.cleaned_data["code"], address=address_of(request), at=now())
        except XinhengError as refusal:
            form.refuse(refusal, "code")
            return page(request, "second_factor", form, refusal=refusal)
        return take_next_step(request, with_second_factor(entering))
    return page(request, "second_factor", form)


@_ASKING
@for_entering
def enrol(request: HttpRequest, entering: Entering) -> HttpResponse:
    """Show the secret for the authenticator app and ask for its first code; then show the recovery codes, once."""
    enrolment = begin_enrolment(entering.username, at=now())
    form = EnrolForm(request.POST or None, language=language_of(request))
    facts: dict[str, Any] = {
        "secret": " ".join(enrolment.secret[place : place + 4] for place in range(0, len(enrolment.secret), 4)),
        "qr": segno.make(enrolment.uri, error="m").svg_data_uri(scale=5, border=2),
        "account": entering.username,
    }
    if form.is_valid():
        try:
            codes = confirm_enrolment(
                entering.username, form.cleaned_data["code"], address=address_of(request), at=now()
            )
        except XinhengError as refusal:
            form.refuse(refusal, "code")
            return page(request, "enrol", form, refusal=refusal, **facts)
        take_next_step(request, with_second_factor(entering))
        return render(
            request, "sign_in/recovery_codes.html", {"codes": codes, "first": True, "next": entering.way_back}
        )
    return page(request, "enrol", form, **facts)


@_ASKING
@sensitive_post_parameters("current", "new", "again")
@for_entering
def new_password(request: HttpRequest, entering: Entering) -> HttpResponse:
    """Ask for another password where the present one is too old."""
    form = NewPasswordForm(request.POST or None, language=language_of(request))
    refusal = changed(request, form, entering.username) if form.is_valid() else None
    if form.is_valid() and refusal is None:
        return take_next_step(request, entering)
    return page(request, "new_password", form, refusal=refusal, due=True, terms=terms_on(today()))


@require_POST
@for_persons_too
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out at once."""
    leave(request, actor_of(request).name)
    return redirect(f"/sign-in/?ended={Ended.SIGNED_OUT.value}")


def changed(request: HttpRequest, form: NewPasswordForm, username: str) -> XinhengError | None:
    """Change the password as a form says; returns what was refused, told at its field."""
    given = form.cleaned_data
    try:
        change_password(
            username,
            given["current"],
            given["new"],
            session_key=request.session.session_key or "",
            address=address_of(request),
            at=now(),
        )
    except XinhengError as refusal:
        form.refuse(refusal, "new" if isinstance(refusal, WeakPassword) else "current")
        return refusal
    return None


def page(
    request: HttpRequest, name: str, form: PlainForm, *, refusal: XinhengError | None = None, **facts: object
) -> HttpResponse:
    """Show a page with a form; with what was refused in it, its status says so, and how long to wait."""
    wrong = form.is_bound and bool(form.errors)
    status = refusal.http_status if isinstance(refusal, TooSoon) else REFUSED if wrong else 200
    response = render(request, f"sign_in/{name}.html", {"form": form, **facts}, status=status)
    if isinstance(refusal, TooSoon):
        response.headers["Retry-After"] = str(refusal.facts["seconds"])
    return leave_no_copy(response)


def _shown(request: HttpRequest, form: SignInForm, asked: str, refusal: XinhengError | None = None) -> HttpResponse:
    known = {one.value: one for one in Ended}
    ended = known.get(request.GET.get("ended", ""))
    ways = {name: unified.NAMES[name] for name in unified.providers(simulated_at=simulated_at(request))}
    return page(request, "sign_in", form, refusal=refusal, next=asked, ended=WORDS[ended] if ended else None, ways=ways)
