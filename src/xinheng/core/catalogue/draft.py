"""Drafts of an item's next version (目录年度草案): the definition as text, changed line by line so that its comments stay, and its check.

A draft is the whole definition with one more revision at its end. Of a signed draft that last revision alone counts: the versions before it stay as
they were, whatever the text says of them, so that nothing that was collected is judged anew.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xinheng.core.catalogue.check import check
from xinheng.core.catalogue.item import Item, ItemVersion, Openness
from xinheng.core.catalogue.load import as_checked, define
from xinheng.core.catalogue.problem import Problem
from xinheng.core.catalogue.reading import read
from xinheng.core.catalogue.supplement import check_supplement
from xinheng.core.errors import Text

LONGEST = 200_000
"""Characters that a definition or a profile may have: ten times the longest that is shipped."""
_TOP = re.compile(r"[^\s#-]")
_WIDTH = {Openness.GOVERNMENT_SHARING.value: 0, Openness.AUTHORIZED_INQUIRY.value: 1, Openness.PUBLIC.value: 2}
_IDENTITY = {
    "effect": Text("对主体的影响", "its effect"),
    "key": Text("区分记录的字段（primaryKey）", "what tells its records apart (primaryKey)"),
    "key_fallback": Text("区分记录的替代字段（key_fallback）", "the fields that stand in for them (key_fallback)"),
    "region": Text("所属地区", "its region"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The version that a draft is to become: its label, its first day, and the city whose catalogue it is (empty: the province's)."""

    label: str
    first_day: dt.date
    region: str = ""


def with_revision(text: str, year: Year, *, basis: str, source: str) -> str:
    """Return the definition with a revision of the year at the end of its revisions."""
    lines = text.splitlines()
    start, end = _block(lines, "revisions")
    indent = next((re.match(r" *", line)[0] for line in lines[start + 1 : end] if line.lstrip().startswith("- ")), "  ")  # type: ignore[index]
    said = (
        f'- version: "{year.label}"', f'  from: "{year.first_day.isoformat()}"', f"  basis: {_quoted(basis)}", f"  source: {_quoted(source)}",
        '  sure: "D"', "  changes: {}",
    )  # fmt: skip
    return _joined([*lines[:end], *(indent + line for line in said), *lines[end:]])


def with_terms(text: str, terms: Mapping[str, str]) -> str:
    """Return the definition with common terms changed: ``openness``, ``frequency``, ``provider``, ``provider_en``, ``retention_years``,
    ``retention_basis``, and ``instrument`` with ``article`` for a further legal basis. Empty ones stay as they are.

    A narrower openness narrows the fields that were wider. Raises ``yaml.YAMLError`` or ``KeyError`` for a text that is no definition.
    """  # fmt: skip
    definition: Any = read(text)
    for term in ("openness", "frequency", "provider", "provider_en"):
        if (value := terms.get(term, "")) and value != definition[term]:
            text = _replaced(text, term, [f"{term}: {_quoted(value)}"])
    if value := terms.get("openness", ""):
        text = _narrowed(text, value)
    years, basis = terms.get("retention_years", ""), terms.get("retention_basis", "")
    if years or basis:
        kept = {**definition["retention"], **({"years": int(years)} if years else {})}
        kept |= {"basis": basis, "source": _FORM, "sure": "D"} if basis else {}
        text = _replaced(
            text, "retention", ["retention:", *(f"  {key}: {_quoted(held)}" for key, held in kept.items())]
        )
    if instrument := terms.get("instrument", ""):
        further = {"instrument": instrument, "article": terms.get("article", ""), "source": _FORM, "sure": "D"}
        every = [*definition["basis"], {key: value for key, value in further.items() if value}]
        text = _replaced(text, "basis", ["basis:", *_listed(every)])
    return text


def moved(text: str, *, old: dt.date, new: dt.date) -> str:
    """Return the draft with another first day: of the revision, and of the fields that come or go with it."""
    return re.sub(rf"(['\"]){old.isoformat()}\1", f'"{new.isoformat()}"', text)


def check_draft(text: str, *, base: Item | None, year: Year, on: dt.date | None = None) -> tuple[Problem, ...]:
    """Return every problem of a draft: those of any definition, and whether it only adds the version of its year to what is in force.

    ``base`` is the item as it is in force, empty for a new one.
    """
    if len(text) > LONGEST:
        return (_too_long(),)
    problems = check_supplement(text, on=on) if year.region else check(text, on=on)
    if problems:
        return problems
    return tuple(_of_the_year(define(text), base, year))


def signed_item(base: Item | None, texts: Iterable[str]) -> Item:
    """Return the item with the versions of signed drafts after those that it had, in the order of the texts."""
    versions = [*(base.versions if base else ()), *(as_checked(text).latest for text in texts)]
    versions.sort(key=lambda version: version.revision.in_force)
    return Item(versions[-1].name, tuple(versions))


def _of_the_year(item: Item, base: Item | None, year: Year) -> Iterator[Problem]:
    latest = item.latest.revision
    if (latest.version, latest.in_force) != (year.label, year.first_day):
        zh = f"最后一个版本应为 {year.label} 版，自 {year.first_day} 起施行。"
        en = f"The last revision must be {year.label}, from {year.first_day}."
        yield Problem("not-of-the-year", f"revisions.{latest.version}", Text(zh, en))
    if item.latest.region != year.region:
        yield Problem(
            "wrong-region", "region", Text("不是本级目录的项目。", "It is no item of this catalogue: see its region.")
        )
    if base is None:
        if len(item.versions) > 1:
            yield Problem("past-of-its-own", "revisions", Text("新项目只有一个版本。", "A new item has one revision."))
        return
    if item.name != base.name:
        yield Problem("renamed", "name", Text(f"标识应为 {base.name}。", f"The name must be {base.name}."))
    before = [(one.version, one.in_force) for one in base.revisions]
    if before != [(one.version, one.in_force) for one in item.revisions[:-1]]:
        yield Problem(
            "past-changed",
            "revisions",
            Text("以前的版本不得增减或者改动起始日。", "The revisions before it stay as they were."),
        )
    yield from _identity(base.latest, item.latest)


def _identity(before: ItemVersion, after: ItemVersion) -> Iterator[Problem]:
    for term, name in _IDENTITY.items():
        if getattr(before, term) != getattr(after, term):
            where = "primaryKey" if term == "key" else term
            zh = f"{name.zh}不得改动：已归集的记录按此认定；确需改动的，请另立一项。"
            en = f"An item keeps {name.en}, by which its records are known: make another item instead."
            yield Problem("identity-changed", where, Text(zh, en))


# Lines of a definition --------------------------------------------------------------------------------------------------


def _block(lines: list[str], key: str) -> tuple[int, int]:
    """Return where the value of a key of the definition stands: its first line, and the one after its last."""
    start = next(place for place, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = next((place for place in range(start + 1, len(lines)) if _TOP.match(lines[place])), len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return start, end


def _replaced(text: str, key: str, new: list[str]) -> str:
    lines = text.splitlines()
    start, end = _block(lines, key)
    return _joined([*lines[:start], *new, *lines[end:]])


def _narrowed(text: str, widest: str) -> str:
    lines = text.splitlines()
    start, end = _block(lines, "fields")

    def narrow(found: re.Match[str]) -> str:
        kept = found[2] if _WIDTH[found[2]] <= _WIDTH[widest] else widest
        return f"{found[1]}{kept}"

    fields = [re.sub(rf"(openness: *)({'|'.join(_WIDTH)})", narrow, line) for line in lines[start:end]]
    return _joined([*lines[:start], *fields, *lines[end:]])


def _listed(entries: list[dict[str, Any]]) -> Iterator[str]:
    for entry in entries:
        for place, (key, value) in enumerate(entry.items()):
            yield f"  {'-' if place == 0 else ' '} {key}: {_quoted(value)}"


def _quoted(value: object) -> str:
    """Return a value as YAML; a text always between quotes, so that nothing in it can mean anything else."""
    return json.dumps(value, ensure_ascii=False)


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _too_long() -> Problem:
    return Problem(
        "too-long",
        "",
        Text(f"不得超过 {LONGEST} 个字符。", f"It must not be longer than {LONGEST} characters."),
    )


_FORM = "entered in the form of the draft"
