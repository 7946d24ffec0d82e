"""Views of the simulated provider: discovery, a page to choose who one is, tokens, keys."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect, JsonResponse
from django.http.request import validate_host
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xinheng.usecases.sign_on.unified import SIMULATED_CLIENT
from xinheng.web.security import CONTENT_SECURITY_POLICY, leave_no_copy
from xinheng.web.sign_in.browser import simulated_at
from xinheng.web.simulated_identity.codes import PEOPLE, id_token, key, new_code, redeemed
from xinheng.web.today import now

View = Callable[[HttpRequest], HttpResponse]
_ASKED = ("client_id", "redirect_uri", "state", "nonce", "code_challenge")


def while_simulated(view: View) -> View:
    """Decorate a view that is there only where the settings offer the simulated provider."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.SIMULATED_IDENTITY:
            raise Http404
        return leave_no_copy(view(request))

    guarded.guard = while_simulated  # type: ignore[attr-defined]
    return guarded


@require_safe
@while_simulated
def discovery(request: HttpRequest) -> HttpResponse:
    """Say where everything is (OpenID Connect Discovery 1.0)."""
    issuer = simulated_at(request)
    return JsonResponse(
        {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
        }
    )


@require_safe
@while_simulated
def jwks(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (the interface of a view)
    """Show the public key."""
    return JsonResponse({"keys": [{**key().as_dict(private=False), "use": "sig", "alg": "ES256"}]})


@require_http_methods(["GET", "HEAD", "POST"])
@while_simulated
def authorize(request: HttpRequest) -> HttpResponse:
    """Let the reader choose who they are, and lead them back with a code."""
    asked = {name: request.GET.get(name, "") for name in _ASKED}
    if not all(asked.values()) or asked["client_id"] != SIMULATED_CLIENT.client or not _is_ours(asked["redirect_uri"]):
        return HttpResponseBadRequest("invalid_request")
    known = {person.subject for person in PEOPLE}
    if request.method == "POST" and request.POST.get("subject") in known:
        answer = urlencode({"code": new_code(request.POST["subject"], asked), "state": asked["state"]})
        return HttpResponseRedirect(f"{asked['redirect_uri']}?{answer}")
    response = render(request, "simulated_identity/choose.html", {"people": PEOPLE})
    back = urlsplit(asked["redirect_uri"])
    response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(
        "form-action 'self'", f"form-action 'self' {back.scheme}://{back.netloc}"
    )
    return response


@csrf_exempt
@require_POST
@while_simulated
def token(request: HttpRequest) -> HttpResponse:
    """Give the ID token for a code, to whoever shows the secret of the client and the verifier of the challenge."""
    client = _client_of(request)
    if client is None:
        return JsonResponse({"error": "invalid_client"}, status=401)
    given = {name: request.POST.get(name, "") for name in ("code", "redirect_uri", "code_verifier")}
    held = redeemed(given["code"], client=client, back_to=given["redirect_uri"], verifier=given["code_verifier"])
    if held is None:
        return JsonResponse({"error": "invalid_grant"}, status=400)
    signed = id_token(held, issuer=simulated_at(request), at=now())
    access = secrets.token_urlsafe(32)
    return JsonResponse({"access_token": access, "token_type": "Bearer", "expires_in": 300, "id_token": signed})


def _client_of(request: HttpRequest) -> str | None:
    kind, _, told = request.headers.get("Authorization", "").partition(" ")
    try:
        name, _, secret = base64.b64decode(told).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    right = hmac.compare_digest(secret.encode(), SIMULATED_CLIENT.secret.encode()) and name == SIMULATED_CLIENT.client
    return name if kind == "Basic" and right else None


def _is_ours(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path.startswith("/sign-in/with/") and validate_host(parts.hostname or "", settings.ALLOWED_HOSTS)
