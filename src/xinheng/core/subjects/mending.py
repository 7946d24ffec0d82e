"""Codes that differ from a wrong one in a single character (编码更正建议): looked up for a person to see, never acted on."""

from __future__ import annotations

from xinheng.core.standards import organization_code, registration_number, uscc
from xinheng.core.standards.mends import tidy
from xinheng.core.standards.resident_id import mask

_DIGITS, _LETTERS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_KINDS = (
    (18, _DIGITS + "ABCDEFGHJKLMNPQRTUWXY", uscc.is_valid),
    (15, _DIGITS, registration_number.is_valid),
    (9, _DIGITS + _LETTERS, organization_code.is_valid),
)


def one_character_away(code: str) -> frozenset[str]:
    """Return the right codes that differ from ``code`` in one character; none where it is right itself, or looks like a person's number."""
    tidied = tidy(code[:40])
    for length, alphabet, is_valid in _KINDS:
        if len(tidied) == length and mask(tidied) == tidied and not is_valid(tidied):
            tried = (tidied[:at] + char + tidied[at + 1 :] for at in range(length) for char in alphabet)
            return frozenset(code for code in tried if is_valid(code))
    return frozenset()
