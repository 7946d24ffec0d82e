"""What the simulated provider signs: codes that its own token endpoint takes once, and ID tokens."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core import signing
from django.core.cache import cache as used_codes
from django.utils.crypto import salted_hmac
from joserfc import jwt
from joserfc.jwk import ECKey

from xinheng.core.sample.codes import identity_number
from xinheng.gateways.identity.flow import challenge_of

_SALT = "xinheng.simulated-identity"
_GOOD_FOR = 60
_LIFE = 300
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the curve P-256


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up; ``methods`` is how they sign in at the provider, ``document`` the kind and number of an individual's (of a division and a
    year of birth that nobody has).
    """

    subject: str
    name: str
    methods: tuple[str, ...]
    document: tuple[str, str] = ("", "")


IN_THE_SAMPLE = 136_102
"""Which of the sample's made-up persons the first individual is: one about whom the sample province holds a record, whatever the day."""
PEOPLE = (
    Person("simulated-official-1", "演示人员甲", ("pwd", "otp", "mfa")),
    Person("simulated-official-2", "演示人员乙", ("pwd",)),
    Person("simulated-enterprise-1", "演示企业（电子营业执照）", ("hwk", "mfa")),
    Person("simulated-person-1", "演示个人甲", ("pwd", "face", "mfa"), ("resident-id", identity_number(IN_THE_SAMPLE))),
    Person("simulated-person-2", "演示个人乙", ("pwd", "face", "mfa"), ("resident-id", identity_number(2))),
)


@cache
def key() -> ECKey:
    """Return the key of the provider: made from the platform's own secret, so that all processes have the same."""
    number = int.from_bytes(salted_hmac(_SALT, "key", algorithm="sha512").digest(), "big") % (_ORDER - 1) + 1
    pem = ec.derive_private_key(number, ec.SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return ECKey.import_key(pem, {"kid": hashlib.sha256(pem).hexdigest()[:16]})


def new_code(subject: str, asked: Mapping[str, str]) -> str:
    """Return a code for what was asked at the authorization endpoint."""
    kept = {name: asked[name] for name in ("client_id", "redirect_uri", "nonce", "code_challenge")}
    return signing.dumps({**kept, "sub": subject}, salt=_SALT, compress=True)


def redeemed(code: str, *, client: str, back_to: str, verifier: str) -> dict[str, str] | None:
    """Return what a code was given for, once; nothing where it is forged, old, used, another's, or the verifier does not fit."""
    try:
        held: dict[str, str] = signing.loads(code, salt=_SALT, max_age=_GOOD_FOR)
    except signing.BadSignature:
        return None
    first = used_codes.add(f"simulated-{hashlib.sha256(code.encode()).hexdigest()}", 1, timeout=2 * _GOOD_FOR)
    fits = hmac.compare_digest(challenge_of(verifier), held["code_challenge"])
    return held if first and fits and (held["client_id"], held["redirect_uri"]) == (client, back_to) else None


def id_token(held: Mapping[str, str], *, issuer: str, at: dt.datetime) -> str:
    """Return the signed ID token for what a code was given for."""
    now = int(at.timestamp())
    person = next(one for one in PEOPLE if one.subject == held["sub"])
    claims: dict[str, Any] = {
        "iss": issuer, "sub": person.subject, "aud": held["client_id"], "nonce": held["nonce"], "iat": now, "exp": now + _LIFE,
        "name": person.name, "amr": list(person.methods),
    }  # fmt: skip
    if person.document[1]:
        claims |= {"document_type": person.document[0], "document_number": person.document[1]}
    return jwt.encode({"alg": "ES256", "kid": key().kid}, claims, key())
