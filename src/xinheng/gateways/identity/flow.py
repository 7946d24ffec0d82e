"""One walk through an identity provider: out with a state, a nonce and a challenge that are ours; back with a code, and a token for it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import secrets
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

import httpx

from xinheng.gateways.identity.provider import Provider, endpoints_of, keys_document_of, token_for
from xinheng.gateways.identity.sentences import untrusted
from xinheng.gateways.identity.tokens import ShownIdentity, keys_of, verified


@dataclass(frozen=True, slots=True)
class Walk:
    """What the browser's session remembers while its owner is at the provider."""

    provider: str
    issuer: str
    back_to: str
    state: str
    nonce: str
    verifier: str

    def as_dict(self) -> dict[str, str]:
        """Return it as the session keeps it."""
        return asdict(self)


def begin(provider: Provider, *, back_to: str, transport: httpx.BaseTransport | None = None) -> tuple[Walk, str]:
    """Return what to remember, and the address at the provider to lead the browser to; raises ``Unavailable``."""
    endpoints = endpoints_of(provider, transport=transport)
    walk = Walk(provider.name, provider.issuer, back_to, *(secrets.token_urlsafe(32) for _ in range(3)))
    asked = {
        "response_type": "code",
        "client_id": provider.client,
        "redirect_uri": back_to,
        "scope": provider.scope,
        "state": walk.state,
        "nonce": walk.nonce,
        "code_challenge": challenge_of(walk.verifier),
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in endpoints.authorization else "?"
    return walk, f"{endpoints.authorization}{joint}{urlencode(asked)}"


def finish(
    provider: Provider,
    walk: Walk,
    *,
    state: str,
    code: str,
    at: dt.datetime,
    transport: httpx.BaseTransport | None = None,
) -> ShownIdentity:
    """Return who came back; raises ``Untrusted`` where state, code or token are not those of this walk, ``Unavailable``."""
    if walk.provider != provider.name or walk.issuer != provider.issuer:
        raise untrusted("the answer is of another provider")
    if not (code and state and walk.state) or not hmac.compare_digest(state.encode(), walk.state.encode()):
        raise untrusted("the answer belongs to another sign-in")
    endpoints = endpoints_of(provider, transport=transport)
    token = token_for(provider, endpoints, code=code, verifier=walk.verifier, back_to=walk.back_to, transport=transport)
    keys = keys_of(keys_document_of(provider, endpoints, transport=transport))
    return verified(token, keys, issuer=provider.issuer, client=provider.client, nonce=walk.nonce, at=at)


def challenge_of(verifier: str) -> str:
    """Return the challenge of a PKCE verifier (S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
