"""Verifying an ID token: signed by a key of its issuer with an algorithm we accept, for us, for this sign-in, and not too old.

``none`` and the symmetric algorithms are never accepted: a token signed with a public key as if it were a password is the oldest trick with them
(RFC 8725, 2.1 and 3.1).
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey

from xinheng.gateways.identity.sentences import untrusted

ALGORITHMS = ("RS256", "ES256")
LEEWAY = 60
LONGEST_AGE = 600
"""Seconds since a token was made after which it is not taken, however long its issuer says that it lasts."""
_KINDS: dict[str, type[RSAKey] | type[ECKey]] = {"RSA": RSAKey, "EC": ECKey}
_LEAST_RSA = 2048


@dataclass(frozen=True, slots=True)
class ShownIdentity:
    """Who somebody is at a provider: ``several_factors`` tells whether the provider asked for more than a password.

    ``document`` is the kind and the number of a natural person's document, where the provider tells it (claims ``document_type`` and
    ``document_number``); it is never shown, logged or kept as it is.
    """

    issuer: str
    subject: str
    name: str
    several_factors: bool
    document: tuple[str, str] = field(default=("", ""), repr=False)


def keys_of(document: Mapping[str, Any]) -> KeySet:
    """Return the public keys of a JWKS document that may sign: RSA of 2048 bits and more, EC; others are left out."""
    shown = document.get("keys")
    found = [_key(one) for one in shown if isinstance(one, dict)] if isinstance(shown, list) else []
    keys: list[OctKey | RSAKey | ECKey | OKPKey] = [key for key in found if key is not None]
    return KeySet(keys)


def _key(one: dict[str, Any]) -> RSAKey | ECKey | None:
    if one.get("use", "sig") != "sig" or one.get("kty") not in _KINDS or "d" in one:
        return None
    if one["kty"] == "RSA" and len(str(one.get("n"))) * 6 < _LEAST_RSA:  # base64: six bits a letter
        return None
    try:
        return _KINDS[one["kty"]].import_key(one)
    except (JoseError, ValueError, KeyError, TypeError):
        return None


def verified(token: str, keys: KeySet, *, issuer: str, client: str, nonce: str, at: dt.datetime) -> ShownIdentity:
    """Return who an ID token is about; raises ``Untrusted`` where anything in it is not as it must be."""
    try:
        decoded = jwt.decode(token, keys, algorithms=list(ALGORITHMS))
        _registry(issuer, at).validate(decoded.claims)
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise untrusted(f"{type(error).__name__} in the ID token") from error
    claims = decoded.claims
    _check_reader(claims, client)
    now = int(at.timestamp())
    if claims["exp"] <= now - LEEWAY or not now - LONGEST_AGE <= claims["iat"] <= now + LEEWAY:
        raise untrusted("the ID token is too old, or of the future")
    if not hmac.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
        raise untrusted("the ID token was made for another sign-in")
    methods = claims.get("amr")
    several = isinstance(methods, list) and "mfa" in methods
    document = (str(claims.get("document_type") or "")[:40], str(claims.get("document_number") or "")[:40])
    return ShownIdentity(issuer, claims["sub"], str(claims.get("name") or "")[:100], several, document)


def _registry(issuer: str, at: dt.datetime) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "value": issuer},
        sub={"essential": True},
        aud={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True},
    )


def _check_reader(claims: Mapping[str, Any], client: str) -> None:
    readers = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if client not in readers:
        raise untrusted("the ID token is for another reader")
    if claims.get("azp", client) != client or (len(readers) > 1 and "azp" not in claims):
        raise untrusted("the ID token was handed to another party")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        raise untrusted("the ID token names nobody")
