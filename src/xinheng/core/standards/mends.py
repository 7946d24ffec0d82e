"""How a mistyped code was probably meant: suggested to a person, never acted on (编码更正建议).

Source of the confusions: codes as they stand in published penalties (letter O for 0, I or L for 1, full-width digits).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Sequence

LOOKALIKES: dict[str, str] = {
    "O": "0",
    "I": "1",
    "L": "1",
    "Z": "2",
    "S": "5",
    "V": "UY",
    "B": "8",
    "D": "0",
    "G": "6",
    "Q": "0",
    "0": "D",
    "6": "G",
    "8": "B",
}
"""What a character may have been meant for; which of them may stand is for each position to say."""

_DROPPED = dict.fromkeys(map(ord, " \t\r\n\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff-‐‑‒–—―−－_.·'’`"))
_MOST_COMBINATIONS = 256


def tidy(code: str) -> str:
    """Return the code half-width, in capitals, without spaces, hyphens and invisible characters."""
    return unicodedata.normalize("NFKC", code).translate(_DROPPED).upper()


def only_mend(
    code: str,
    *,
    allowed: Sequence[str],
    is_valid: Callable[[str], bool],
    is_likely: Callable[[str], bool] = lambda _: True,
) -> str | None:
    """Return the one mend that makes ``code`` valid, or ``None`` where none or several do.

    ``allowed`` holds, position by position, the characters that may stand there. The tidied code is tried first;
    then, where it has impossible characters, each of them replaced by its lookalike; where it has none, one possible
    character replaced by its lookalike, which must be ``is_likely`` too, since one in some thirty would fit by chance.
    """
    tidied = tidy(code)
    if is_valid(tidied):
        return tidied if tidied != code else None
    if len(tidied) != len(allowed):
        return None
    choices = [_choices(char, allowed[i]) for i, char in enumerate(tidied)]
    impossible = any(char not in allowed[i] for i, char in enumerate(tidied))
    attempts = _all_replaced(choices) if impossible else _one_replaced(tidied, allowed)
    valid = {attempt for attempt in attempts if is_valid(attempt)}
    if len(valid) != 1:
        return None
    mend = valid.pop()
    return mend if impossible or is_likely(mend) else None


def _choices(char: str, allowed: str) -> str:
    if char in allowed:
        return char
    return "".join(meant for meant in LOOKALIKES.get(char, "") if meant in allowed)


def _all_replaced(choices: Sequence[str]) -> list[str]:
    combinations = 1
    for choice in choices:
        combinations *= len(choice)
    if not 0 < combinations <= _MOST_COMBINATIONS:
        return []
    return ["".join(chars) for chars in itertools.product(*choices)]


def _one_replaced(code: str, allowed: Sequence[str]) -> list[str]:
    has_letters = any(char.isalpha() for char in code[:-1])  # a code of digits alone was not meant to hold a letter
    return [
        code[:i] + meant + code[i + 1 :]
        for i, char in enumerate(code)
        for meant in LOOKALIKES.get(char, "")
        if meant in allowed[i] and (has_letters or meant.isdigit())
    ]
