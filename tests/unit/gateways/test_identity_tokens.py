"""An ID token proves who somebody is only if its issuer signed it, for us, for this sign-in, with an algorithm we accept, and lately."""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey

from xinheng.gateways.identity.flow import challenge_of
from xinheng.gateways.identity.provider import is_private_way
from xinheng.gateways.identity.sentences import Untrusted
from xinheng.gateways.identity.tokens import keys_of, verified

AT = dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC)
NOW = int(AT.timestamp())
EC, OTHER = ECKey.generate_key("P-256", auto_kid=True), ECKey.generate_key("P-256", auto_kid=True)
RSA = RSAKey.generate_key(2048, auto_kid=True)
ISSUER, CLIENT, NONCE = "https://identity.example", "xinheng", "nonce-of-this-sign-in"
KEYS = keys_of({"keys": [key.as_dict(private=False) for key in (EC, RSA)]})


def claims(**changed: Any) -> dict[str, Any]:
    told = {
        "iss": ISSUER,
        "sub": "s-1",
        "aud": CLIENT,
        "nonce": NONCE,
        "iat": NOW,
        "exp": NOW + 300,
        "name": "演示人员甲",
    }
    return {name: value for name, value in {**told, **changed}.items() if value is not None}


def signed(key: Any = EC, alg: str = "ES256", *, kid: str | None = None, **changed: Any) -> str:
    return jwt.encode({"alg": alg, "kid": kid or key.kid}, claims(**changed), key, algorithms=[alg])


def unsigned() -> str:
    parts = [json.dumps(one).encode() for one in ({"alg": "none"}, claims())]
    return ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in parts) + "."


def with_public_key_as_password() -> str:
    """Sign as if the public key, which everybody knows, were a shared password."""
    password = RSA.as_pem(private=False)
    parts = [json.dumps(one).encode() for one in ({"alg": "HS256", "kid": RSA.kid}, claims())]
    head = ".".join(base64.urlsafe_b64encode(one).rstrip(b"=").decode() for one in parts)
    signature = hmac.digest(password, head.encode(), "sha256")
    return f"{head}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def with_other_claims() -> str:
    head, _, signature = signed().split(".")
    other = base64.urlsafe_b64encode(json.dumps(claims(sub="s-2")).encode()).rstrip(b"=").decode()
    return f"{head}.{other}.{signature}"


def read(token: str, keys: KeySet = KEYS) -> Any:
    return verified(token, keys, issuer=ISSUER, client=CLIENT, nonce=NONCE, at=AT)


@pytest.mark.parametrize(("key", "alg"), [(EC, "ES256"), (RSA, "RS256")])
def test_a_token_of_its_issuer_is_taken(key: Any, alg: str) -> None:
    shown = read(signed(key, alg, amr=["pwd", "mfa"]))
    assert (shown.issuer, shown.subject, shown.name, shown.several_factors) == (ISSUER, "s-1", "演示人员甲", True)
    assert not read(signed(key, alg)).several_factors


@pytest.mark.parametrize(
    "forged",
    [
        unsigned,
        with_public_key_as_password,
        with_other_claims,
        lambda: signed(OTHER),
        lambda: signed(OTHER, kid=EC.kid),
        lambda: signed(RSA, "RS512"),
        lambda: signed(RSA, "PS256"),
        lambda: signed().replace(".", "..", 1),
        lambda: "",
        lambda: "a.b.c",
        lambda: signed() + "x",
    ],
)
def test_a_token_that_another_signed_or_in_another_way_is_refused(forged: Callable[[], str]) -> None:
    with pytest.raises(Untrusted):
        read(forged())


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"aud": ["another-client", "third"]},
        {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"azp": "another"},
        {"exp": NOW - 61},
        {"iat": NOW - 601},
        {"iat": NOW + 61},
        {"nonce": "nonce-of-another"},
        *({name: None} for name in ("iss", "sub", "aud", "exp", "iat", "nonce")),
        {"sub": ""},
        {"sub": "s" * 256},
        {"sub": 7},
        {"exp": "soon"},
    ],
)
def test_a_token_for_another_reader_another_sign_in_or_another_time_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(Untrusted):
        read(signed(**changed))


def test_only_public_keys_that_may_sign_are_kept() -> None:
    shown = [
        OctKey.generate_key(256).as_dict(private=True),
        EC.as_dict(private=True),
        {**EC.as_dict(private=False), "use": "enc"},
        {"kty": "RSA", "e": "AQAB", "n": RSA.as_dict(private=False)["n"][:171]},
        {"kty": "EC", "crv": "P-256", "x": "?", "y": "?"},
        {"kty": "EC"},
        "nonsense",
    ]
    assert keys_of({"keys": shown}).keys == []
    assert len(KEYS.keys) == 2


def test_the_challenge_is_that_of_the_standard() -> None:
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("https://a.example/x", True),
        ("http://127.0.0.1:8000/x", True),
        ("http://a.example/x", False),
        ("ftp://127.0.0.1/", False),
        ("http://10.0.0.1/", False),
        ("file:///x", False),
    ],
)
def test_a_provider_is_asked_over_https_or_on_this_machine(address: str, private: bool) -> None:
    assert is_private_way(address) is private
