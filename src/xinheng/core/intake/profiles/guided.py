"""A profile written from a table (引导式配置): which heading becomes which field, constants, and how days are written; for those who write no YAML.

Columns that are no field are ignored with a reason, as in any profile. What the table cannot say (words, patterns, units) is added to the text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from xinheng.core.catalogue.headings import field_by_heading
from xinheng.core.catalogue.item import ItemVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Guided:
    """What the table says: by heading the ``fields`` it becomes and the ``dates`` form of a day (empty: as the rules read it), by heading the
    reason why it is ``ignored``, by field its ``constants``.
    """

    name: str
    title: str
    source: str
    item: str
    fields: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)


def proposed(version: ItemVersion, header: tuple[str, ...]) -> dict[str, str]:
    """Return by heading the field that it plainly means: by code, Chinese name or alias; the first of two that mean the same."""
    found: dict[str, str] = {}
    for heading in header:
        meant = field_by_heading(version, heading)
        if meant is not None and meant.name not in found.values():
            found[heading] = meant.name
    return found


def written(guided: Guided) -> str:
    """Return the profile as YAML; a field that two headings claim is written twice, which reading refuses at its line."""
    lines = [
        f"name: {_quoted(guided.name)}", f"title: {_both(guided.title)}", f"item: {guided.item}", f"source: {_both(guided.source)}", "", "fields:",
    ]  # fmt: skip
    for heading, name in guided.fields.items():
        lines.append(f"  {name}: {_verb(heading, guided.dates.get(heading, ''))}")
    lines += [f"  {name}: {{constant: {_quoted(text)}}}" for name, text in guided.constants.items()]
    if guided.ignored:
        lines += ["", "ignored:"]
        lines += [f"  {_quoted(heading)}: {_both(reason)}" for heading, reason in guided.ignored.items()]
    return "\n".join(lines) + "\n"


def _verb(heading: str, form: str) -> str:
    if form:
        return f"{{date: {{column: {_quoted(heading)}, from: [{form}]}}}}"
    return f"{{column: {_quoted(heading)}}}"


def _both(words: str) -> str:
    return f"{{zh: {_quoted(words)}, en: {_quoted(words)}}}"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
