"""The second factor (第二因子): codes of an authenticator app (RFC 6238: SHA-1, six digits, 30 seconds), each good for once; how codes are spelled.

Basis: GB/T 22239-2019, 8.1.4.1 d). A clock may be one step off in either direction.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac

import pyotp

STEP = 30
LEEWAY = 1
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that nobody takes for one another; 32 of them, five bits each."""
CODE_CHARACTERS = 16


def matching_step(secret: str, code: str, *, at: dt.datetime, after: int | None) -> int | None:
    """Return the step of time whose code this is, or nothing; steps up to ``after`` were used before and count no more."""
    if len(code) != 6 or not (code.isascii() and code.isdigit()):
        return None
    now = int(at.timestamp()) // STEP
    generator = pyotp.TOTP(secret)
    steps = [step for step in range(now - LEEWAY, now + LEEWAY + 1) if after is None or step > after]
    matching = [step for step in steps if hmac.compare_digest(generator.at(step * STEP), code)]
    return matching[0] if matching else None


def spelled(code: str) -> str:
    """Return a code as it is printed: in groups of four."""
    return "-".join(code[place : place + 4] for place in range(0, len(code), 4))


def bare(typed: str) -> str:
    """Return a code as it was made, from however somebody typed it: small letters, spaces, hyphens."""
    return "".join(letter for letter in typed.upper() if letter in ALPHABET)


def code_digest(code: str) -> str:
    """Return what is kept of a code: its SHA-256. It has 80 random bits, so that nobody finds it by trying."""
    return hashlib.sha256(bare(code).encode()).hexdigest()
