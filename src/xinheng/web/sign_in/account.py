"""One's own account (我的账号): password, recovery codes, signed-in devices, identities elsewhere. Nobody sees another's."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinheng.core.access.sign_on import terms_on
from xinheng.core.errors import XinhengError
from xinheng.usecases.sign_on import unified
from xinheng.usecases.sign_on.identities import identities_of, unlink_identity
from xinheng.usecases.sign_on.linking import told_to_owner
from xinheng.usecases.sign_on.second_factor import has_second_factor, recovery_codes_left, renew_recovery_codes
from xinheng.usecases.sign_on.sessions import devices_of, end_device, end_others
from xinheng.web.language import language_of
from xinheng.web.security import leave_no_copy
from xinheng.web.sign_in.browser import address_of, simulated_at
from xinheng.web.sign_in.entering import changed, page
from xinheng.web.sign_in.forms import CodeForm, NewPasswordForm
from xinheng.web.sign_in.unified import CONFIRM
from xinheng.web.signed_in import actor_of, for_signed_in, shown_name_of
from xinheng.web.today import now, today

DONE = ("password", "device", "others", "linked", "unlinked")


@require_safe
@for_signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Show the account of whoever is signed in; ``?done=`` says what they just did."""
    name, terms = actor_of(request).name, terms_on(today())
    facts = {
        "username": name,
        "name": shown_name_of(request),
        "devices": devices_of(name, session_key=request.session.session_key or "", at=now()),
        "second_factor": has_second_factor(name),
        "codes_left": recovery_codes_left(name),
        "identities": identities_of(name),
        "by_others": told_to_owner(name, at=now()),
        "ways": {
            way: unified.NAMES[way]
            for way in unified.providers(simulated_at=simulated_at(request))
            if unified.is_for_accounts(way)
        },
        "to_confirm": request.session.get(CONFIRM),
        "idle_minutes": terms.idle // dt.timedelta(minutes=1),
        "absolute_hours": terms.absolute // dt.timedelta(hours=1),
        "done": request.GET.get("done") if request.GET.get("done") in DONE else "",
    }
    return leave_no_copy(render(request, "sign_in/account.html", facts))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("current", "new", "again")
@for_signed_in
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; the other devices are signed out."""
    form = NewPasswordForm(request.POST or None, language=language_of(request))
    refusal = changed(request, form, actor_of(request).name) if form.is_valid() else None
    if form.is_valid() and refusal is None:
        return _done("password")
    return page(request, "new_password", form, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@for_signed_in
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes after a code was shown, and show them once."""
    form = CodeForm(request.POST or None, language=language_of(request))
    refusal: XinhengError | None = None
    if form.is_valid():
        try:
            codes = renew_recovery_codes(
                actor_of(request).name, form.cleaned_data["code"], address=address_of(request), at=now()
            )
        except XinhengError as error:
            refusal = error
            form.refuse(error, "code")
        else:
            return leave_no_copy(render(request, "sign_in/recovery_codes.html", {"codes": codes}))
    return page(request, "renew_codes", form, refusal=refusal)


@require_POST
@for_signed_in
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Sign one of the user's devices out."""
    end_device(actor_of(request).name, number, at=now())
    return _done("device")


@require_POST
@for_signed_in
def end_all_others(request: HttpRequest) -> HttpResponse:
    """Sign all devices of the user out but this one."""
    end_others(actor_of(request).name, session_key=request.session.session_key or "", at=now())
    return _done("others")


@require_POST
@for_signed_in
def unlink(request: HttpRequest, number: int) -> HttpResponse:
    """End a link to an identity elsewhere."""
    unlink_identity(actor_of(request).name, number, at=now())
    return _done("unlinked")


def _done(what: str) -> HttpResponse:
    return redirect(f"/sign-in/account/?done={what}")
