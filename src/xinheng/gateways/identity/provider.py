"""Asking an identity provider over the network: its discovery document, its keys, and the token for a code."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from xinheng.gateways.identity.sentences import away, untrusted

_PATIENCE = 5.0
_LONGEST_ANSWER = 256 * 1024
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True, slots=True)
class Provider:
    """An identity provider as the settings name it: ``name`` (officials, enterprises, persons), its issuer, who we are there, and what is asked of it."""

    name: str
    issuer: str
    client: str
    secret: str
    scope: str = "openid profile"


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where a provider signs in, gives tokens, and shows its keys."""

    authorization: str
    token: str
    keys: str


def endpoints_of(provider: Provider, *, transport: httpx.BaseTransport | None = None) -> Endpoints:
    """Return the addresses in a provider's discovery document; raises ``Unavailable``, or ``Untrusted`` where it is another's."""
    document = _answer(provider, "GET", f"{provider.issuer}/.well-known/openid-configuration", transport=transport)
    if document.get("issuer") != provider.issuer:
        raise untrusted("the discovery document is of another issuer")
    found = [document.get(name) for name in _ENDPOINTS]
    addresses = [one for one in found if isinstance(one, str) and is_private_way(one)]
    if len(addresses) != len(_ENDPOINTS):
        raise untrusted("an address in the discovery document is missing, or not https")
    return Endpoints(*addresses)


def keys_document_of(
    provider: Provider, endpoints: Endpoints, *, transport: httpx.BaseTransport | None = None
) -> Mapping[str, Any]:
    """Return the keys that a provider shows (JWKS)."""
    return _answer(provider, "GET", endpoints.keys, transport=transport)


def token_for(
    provider: Provider,
    endpoints: Endpoints,
    *,
    code: str,
    verifier: str,
    back_to: str,
    transport: httpx.BaseTransport | None = None,
) -> str:
    """Return the ID token that a provider gives for a code; raises ``Untrusted`` where it refuses it."""
    asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": back_to, "code_verifier": verifier}
    answer = _answer(provider, "POST", endpoints.token, data=asked, transport=transport)
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise untrusted("the provider gave no ID token")
    return token


def is_private_way(address: str) -> bool:
    """Tell whether nobody can listen on the way to an address: https, or this machine itself."""
    parts = urlsplit(address)
    if parts.scheme == "https":
        return True
    try:
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _answer(
    provider: Provider,
    method: str,
    address: str,
    *,
    data: dict[str, str] | None = None,
    transport: httpx.BaseTransport | None = None,
) -> Mapping[str, Any]:
    """Ask and return the JSON object that is answered; only the token endpoint learns who we are."""
    who = httpx.BasicAuth(provider.client, provider.secret) if data is not None else None
    try:
        with httpx.Client(timeout=_PATIENCE, transport=transport, trust_env=False, follow_redirects=False) as client:
            response = client.request(method, address, data=data, auth=who)
        if response.status_code in (400, 401) and data is not None:
            raise untrusted("the provider refused the code")
        response.raise_for_status()
        content = response.json() if len(response.content) <= _LONGEST_ANSWER else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise away(error) from error
    if not isinstance(content, dict):
        raise away(TypeError("no JSON object"))
    return content
