"""Passwords (口令): long enough, and not what somebody would guess first; what is missing is said.

Basis: GB/T 22239-2019, 8.1.4.1 a). Length and unpredictability are asked for, kinds of characters are not: that is what makes passwords strong
(NIST SP 800-63B, 5.1.1.2).
"""

from __future__ import annotations

import itertools
from functools import cache
from importlib.resources import files

from xinheng.core.errors import Text

MOST_CHARACTERS = 200
_LEAST_DIFFERENT = 6
_LEAST_LEFT = 8
_RUN = 4
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn", "qazwsxedcrfvtgbyhn")
_READ_AS = str.maketrans("@40310$57!", "aaoeiosstl", "")


def faults(password: str, *, names: tuple[str, ...], characters: int) -> tuple[Text, ...]:
    """Return what a new password lacks, in words; empty where it is good.

    ``names`` are those of its owner, who are not to be in it; ``characters`` how many it needs.
    """
    found = []
    if len(password) < characters:
        found.append(
            Text(
                f"至少 {characters} 位，现为 {len(password)} 位",
                f"it needs {characters} characters and has {len(password)}",
            )
        )
    if len(password) > MOST_CHARACTERS:
        found.append(Text(f"最多 {MOST_CHARACTERS} 位", f"it may have {MOST_CHARACTERS} characters"))
    if any(name in password.casefold() for name in _parts(names)):
        found.append(Text("不得包含用户名或姓名", "it must not hold the user’s name"))
    if len(set(password)) < _LEAST_DIFFERENT:
        found.append(
            Text(f"至少使用 {_LEAST_DIFFERENT} 个不同字符", f"it needs {_LEAST_DIFFERENT} different characters")
        )
    if len(_without_guesses(password)) < min(_LEAST_LEFT, characters):
        found.append(_GUESSED)
    return tuple(found)


def _parts(names: tuple[str, ...]) -> list[str]:
    parts = {
        part for name in names for part in (name, *name.replace("-", " ").replace(".", " ").replace("_", " ").split())
    }
    return sorted(part.casefold() for part in parts if len(part) >= (4 if part.isascii() else 2))


def _without_guesses(password: str) -> str:
    """Return what is left of a password without common words and simple runs: that is what an attacker has to try."""
    left = _without_words(password.casefold())
    return "".join(itertools.chain.from_iterable(_without_run(part) for part in _runs(left)))


def _without_words(text: str) -> str:
    for word in guessed_words():
        for spelling in (text, text.translate(_READ_AS)):
            place = spelling.find(word)
            while place >= 0:
                text = text[:place] + text[place + len(word) :]
                spelling = spelling[:place] + spelling[place + len(word) :]
                place = spelling.find(word)
    return text


def _runs(text: str) -> list[str]:
    """Part a text where it stops being a run: the same character, the next or the last one, or the next key."""
    parts: list[str] = []
    for letter in text:
        if parts and _continues(parts[-1], letter):
            parts[-1] += letter
        else:
            parts.append(letter)
    return parts


def _continues(run: str, letter: str) -> bool:
    step = ord(letter) - ord(run[-1])
    if len(run) == 1:
        return step in (-1, 0, 1) or _on_keyboard(run + letter)
    if ord(run[-1]) - ord(run[-2]) == step and step in (-1, 0, 1):
        return True
    return _on_keyboard(run + letter)


def _on_keyboard(text: str) -> bool:
    return any(text in row or text[::-1] in row for row in _ROWS)


def _without_run(part: str) -> str:
    return part[:1] if len(part) >= _RUN else part


@cache
def guessed_words() -> tuple[str, ...]:
    """Return the words that passwords are made of, longest first."""
    lines = files(__package__).joinpath("guessed_words.txt").read_text(encoding="utf-8").split()
    return tuple(sorted(set(lines), key=lambda word: (-len(word), word)))


_GUESSED = Text(
    "除常见词语（如 password、admin、xinheng、地名、年份）和简单序列（如 123456、aaaa、qwerty）外，所剩字符太少",
    "without common words (such as password, admin, xinheng, a year) and simple runs (such as 123456, aaaa, qwerty) too little is left of it",
)
