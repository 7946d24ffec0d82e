"""``POST /api/v1/token``: a token for client credentials (RFC 6749 section 4.4), with errors as section 5.2 has them."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Router

from xinheng.api.v1.clock import now
from xinheng.api.v1.guard import source_of
from xinheng.api.v1.problems import MALFORMED, REALM, sentences
from xinheng.api.v1.shapes import TokenAnswer, TokenError
from xinheng.core.errors import Explanation, Text
from xinheng.usecases.services.refusing import UnknownScope, Unrecognised
from xinheng.usecases.services.tokens import issue_token

router = Router(tags=["token"])
FORM = "application/x-www-form-urlencoded"
_ONCE = ("grant_type", "scope", "client_id", "client_secret")
_NO_COPY = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_BODY: dict[str, Any] = {
    "required": True,
    "content": {
        FORM: {
            "schema": {
                "type": "object",
                "required": ["grant_type"],
                "properties": {
                    "grant_type": {"type": "string", "const": "client_credentials"},
                    "scope": {
                        "type": "string",
                        "description": "Scopes with spaces between; without it all of the account.",
                    },
                    "client_id": {"type": "string", "description": "The account, where HTTP Basic is not used."},
                    "client_secret": {"type": "string"},
                },
            }
        }
    },
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a system asks with: its account, its secret, the scopes; whether it used HTTP Basic."""

    account: str
    secret: str
    scopes: tuple[str, ...]


class _Wrong(Exception):
    """A request for a token that is wrong in itself."""

    def __init__(self, error: str, told: Explanation) -> None:
        self.error, self.told = error, told
        super().__init__(error)


@router.post(
    "/token",
    url_name="token",
    operation_id="token",
    summary="Get a token",
    response={200: TokenAnswer, 400: TokenError, 401: TokenError},
    openapi_extra={"requestBody": _BODY, "security": [{"ClientSecret": []}, {}]},
)
def token(request: HttpRequest) -> HttpResponse:
    """Give a token to a service account: `grant_type=client_credentials`, with its name and secret by HTTP Basic or in the form.

    A token is good for an hour at the most, and dies with its secret or account.
    """
    try:
        asked = _asked(request)
        issued = issue_token(asked.account, asked.secret, scopes=asked.scopes, source=source_of(request), at=now())
    except _Wrong as wrong:
        return _refused(wrong.error, wrong.told)
    except Unrecognised as error:
        return _refused("invalid_client", error.explanation, status=401)
    except UnknownScope as error:
        return _refused("invalid_scope", error.explanation)
    content = {
        "access_token": issued.token, "token_type": "Bearer", "expires_in": issued.seconds, "scope": " ".join(issued.scopes),
    }  # fmt: skip
    return JsonResponse(content, headers=_NO_COPY)


def _asked(request: HttpRequest) -> _Asked:
    if request.content_type != FORM:
        raise _Wrong("invalid_request", _NOT_A_FORM)
    form = request.POST
    if any(len(form.getlist(name)) > 1 for name in _ONCE):
        raise _Wrong("invalid_request", _TWICE)
    if "grant_type" not in form:
        raise _Wrong("invalid_request", _NO_GRANT)
    if form["grant_type"] != "client_credentials":
        raise _Wrong("unsupported_grant_type", _OTHER_GRANT)
    basic = _basic(request)
    if basic is not None and "client_secret" in form:
        raise _Wrong("invalid_request", _TWO_WAYS)
    account, secret = basic or (form.get("client_id", ""), form.get("client_secret", ""))
    return _Asked(account, secret, tuple(form.get("scope", "").split()))


def _basic(request: HttpRequest) -> tuple[str, str] | None:
    """Return account and secret of HTTP Basic, each decoded as a form field (section 2.3.1); nothing where it is not used."""
    kind, _, rest = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        account, colon, secret = base64.b64decode(rest.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise _Wrong("invalid_request", MALFORMED) from None
    if not colon:
        raise _Wrong("invalid_request", MALFORMED)
    return unquote_plus(account), unquote_plus(secret)


def _refused(error: str, told: Explanation, *, status: int = 400) -> HttpResponse:
    content = {"error": error, "error_description": told.what.en, **sentences(told)}
    headers = _NO_COPY | ({"WWW-Authenticate": f"Basic {REALM}"} if status == 401 else {})
    return JsonResponse(content, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})


def _told(zh: str, en: str) -> Explanation:
    return Explanation(
        Text("不能取得令牌", "There is no token for this request"),
        Text(zh, en),
        Text("请见 docs/how-to/send-by-api.md 中的示例。", "See the example in docs/how-to/send-by-api.md."),
    )


_NOT_A_FORM = _told(f"正文须为 {FORM}", f"the body must be {FORM}")
_TWICE = _told("同一参数出现多次", "a parameter stands in it more than once")
_NO_GRANT = _told("缺少 grant_type", "it has no grant_type")
_OTHER_GRANT = _told("只支持 grant_type=client_credentials", "the only grant_type is client_credentials")
_TWO_WAYS = _told("密钥只能以一种方式提供", "the secret may be given in one way only")
