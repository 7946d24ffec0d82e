"""The guard (令牌校验): whoever calls shows a token that is good now, within its quota, and whose scope opens the address."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security.base import AuthBase

from xinheng.api.v1.clock import now
from xinheng.core.access import Scope
from xinheng.core.access.scopes import WORDS
from xinheng.usecases.services.tokens import Caller, caller_of, ensure_in_scope

FLOWS = {
    "clientCredentials": {
        "tokenUrl": "/api/v1/token",
        "scopes": {scope.value: str(words) for scope, words in WORDS.items()},
    }
}
"""How a token is got, as OpenAPI says it."""


class ClientCredentials(AuthBase):
    """Asks for a token with ``scope``; an address guarded by it is open to nobody else."""

    openapi_type = "oauth2"
    openapi_flows = FLOWS

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Return who calls; nothing where no token is shown. Raises ``Unrecognised``, ``TooManyCalls`` or ``Refused``, recorded."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer" or not token.strip():
            return None
        at = now()
        caller = caller_of(token.strip(), source=source_of(request), at=at)
        ensure_in_scope(caller, self.scope, at=at)
        return caller


def source_of(request: HttpRequest) -> str:
    """Return the address that a request comes from: what the connection says, not what headers claim."""
    return str(request.META.get("REMOTE_ADDR") or "")


def caller(request: HttpRequest) -> Caller:
    """Return who calls, in an address that is guarded."""
    found: Caller = request.auth  # type: ignore[attr-defined] # put there by the guard
    return found
