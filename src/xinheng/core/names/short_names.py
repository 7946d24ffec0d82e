"""Short names known in the whole country (简称): 工行 is 中国工商银行股份有限公司; the words are ``data/short_names.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from xinheng.core.names.branches import kind_at_end
from xinheng.core.names.characters import fold

_FORMS = ("股份有限公司", "有限责任公司", "有限公司")


@dataclass(frozen=True, slots=True)
class ShortName:
    """A short name, the full name that is meant, and whether nobody else is meant by it."""

    short: str
    full: str
    certain: bool


@cache
def short_names() -> dict[str, ShortName]:
    """Return each short name, folded."""
    text = resources.files(__package__).joinpath("data", "short_names.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    return {
        fold(short): ShortName(fold(short), fold(full), certain)
        for certain in (False, True)
        for full, shorts in loaded["same" if certain else "ask"].items()
        for short in shorts
    }


@cache
def full_names() -> frozenset[str]:
    """Return the full names of the organisations whose short names are certain."""
    return frozenset(one.full for one in short_names().values() if one.certain)


@cache
def _by_beginning() -> dict[str, tuple[ShortName, ...]]:
    found: dict[str, list[ShortName]] = {}
    for one in sorted(short_names().values(), key=lambda one: -len(one.short)):
        found.setdefault(one.short[:2], []).append(one)
    return {beginning: tuple(those) for beginning, those in found.items()}


def short_name_at_start(text: str) -> ShortName | None:
    """Return the short name that a folded text is, or that stands before a branch in it."""
    for one in _by_beginning().get(text[:2], ()):
        if text == one.short or (_goes_on(text, one) and _is_branch(text[len(one.short) :], one)):
            return one
    return None


def length_with_form(text: str, one: ShortName) -> int:
    """Return how long the short name is where a legal form follows it: 浦发银行股份有限公司."""
    return next(
        (len(one.short) + len(form) for form in _FORMS if one.certain and text.startswith(form, len(one.short))),
        len(one.short),
    )


def _goes_on(text: str, one: ShortName) -> bool:
    return text.startswith(one.short) and not text.startswith(one.full)


def _is_branch(rest: str, one: ShortName) -> bool:
    form = next((form for form in _FORMS if rest.startswith(form)), "")
    if form and (not one.certain or rest == form):
        return one.certain
    rest = rest[len(form) :]
    kind = kind_at_end(rest)
    return (
        len(kind) >= 2
        and "有限公司" not in rest
        and not rest.startswith(("股份", "有限", "公司", "集团", "(", "科技", "投资"))
    )
