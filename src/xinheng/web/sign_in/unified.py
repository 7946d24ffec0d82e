"""Signing in through an identity provider, and linking an identity: after the way back its owner says yes, so that nobody else's is slipped in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from xinheng.core.errors import Explanation, Refused, Text
from xinheng.gateways.identity.tokens import ShownIdentity
from xinheng.usecases.sign_on import unified
from xinheng.usecases.sign_on.identities import link_identity, user_linked_to
from xinheng.web.sign_in.browser import address_of, simulated_at
from xinheng.web.sign_in.steps import enter_as_person, take_first_step
from xinheng.web.signed_in import actor_of, for_signed_in, shown_name_of
from xinheng.web.today import now

CONFIRM = "identity_to_confirm"
"""The key of the session under which an identity stands that was shown, and is to be linked when its owner says so."""
_WALK = "identity_walk"


@require_safe
def go(request: HttpRequest, provider: str) -> HttpResponse:
    """Lead the browser to a provider, to sign in; ``?next=`` is where to go afterwards."""
    return _lead(request, provider, {"next": request.GET.get("next", "")})


@require_POST
@for_signed_in
def link(request: HttpRequest, provider: str) -> HttpResponse:
    """Lead the browser to a provider, to link an identity to the account."""
    return _lead(request, provider, {"link": actor_of(request).name})


@require_safe
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Take what the provider sent back: sign its owner in, or ask whether to link it."""
    remembered = dict(request.session.pop(_WALK, {}))
    purpose = remembered.pop("purpose", {})
    shown = unified.finish_walk(
        provider,
        remembered,
        state=request.GET.get("state", ""),
        code=request.GET.get("code", ""),
        simulated_at=simulated_at(request),
        address=address_of(request),
        at=now(),
    )
    if shown.document[1] and unified.vouches_for_persons(provider) and not purpose.get("link"):
        return enter_as_person(request, shown, asked=purpose.get("next", ""))
    if provider == unified.PERSONS:
        raise Refused(_NO_DOCUMENT)
    if purpose.get("link"):
        return _ask(request, shown, purpose["link"])
    username = user_linked_to(shown.issuer, shown.subject, address=address_of(request), at=now())
    return take_first_step(
        request, username, method=provider, asked=purpose.get("next", ""), second_factor=shown.several_factors
    )


@require_POST
@for_signed_in
def confirm(request: HttpRequest) -> HttpResponse:
    """Link the identity that was shown, now that its owner says so; or forget it."""
    shown = request.session.pop(CONFIRM, None)
    if shown is None or "no" in request.POST:
        return redirect("sign_in:account")
    link_identity(actor_of(request).name, shown["issuer"], shown["subject"], at=now())
    return redirect("/sign-in/account/?done=linked")


def _lead(request: HttpRequest, provider: str, purpose: dict[str, str]) -> HttpResponse:
    back_to = (
        f"{settings.ADDRESS or request.build_absolute_uri('/').rstrip('/')}{reverse('sign_in:back', args=[provider])}"
    )
    walk, address = unified.begin_walk(provider, back_to=back_to, simulated_at=simulated_at(request))
    request.session[_WALK] = {**walk, "purpose": purpose}
    return HttpResponseRedirect(address)


_NO_DOCUMENT = Explanation(
    Text("未能确认您的证件", "Your document could not be confirmed"),
    Text("统一身份认证没有提供可以核对的证件", "the identity provider names no document that can be looked up"),
    Text("请携带身份证件到服务窗口查询，不收取费用。", "Come to a service window with it: inquiry is free of charge."),
)


def _ask(request: HttpRequest, shown: ShownIdentity, wanted_by: str) -> HttpResponse:
    if shown_name_of(request) and actor_of(request).name == wanted_by:
        request.session[CONFIRM] = {"issuer": shown.issuer, "subject": shown.subject, "name": shown.name}
    return redirect("sign_in:account")
