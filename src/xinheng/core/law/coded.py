"""Enumerations with a stable code and a public Chinese label."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

Member = TypeVar("Member", bound="Coded")


class Coded(Enum):
    """A member carries ``value`` (the stable code, stored and exchanged), ``label`` (Chinese) and ``label_en``."""

    label: str
    label_en: str

    def __new__(cls, code: str, label: str = "", label_en: str = "") -> Coded:
        """Make a member from its code and its two labels."""
        member = object.__new__(cls)
        member._value_ = code
        member.label = label
        member.label_en = label_en
        return member

    @classmethod
    def of(cls: type[Member], text: str) -> Member:
        """Return the member whose code or Chinese label ``text`` is; raises ``ValueError`` naming what is allowed."""
        wanted = text.strip()
        for member in cls:
            if wanted in (member.value, member.label):
                return member
        allowed = ", ".join(f"{member.value} ({member.label})" for member in cls)
        raise ValueError(f"{text!r} is not a {cls.__name__}: use one of {allowed}")
