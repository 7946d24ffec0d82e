"""No two fields of a revision may be known by the same code, name, heading or role: a column must mean one field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from xinheng.core.catalogue.headings import fold
from xinheng.core.catalogue.layout import fields_in
from xinheng.core.catalogue.problem import Problem
from xinheng.core.errors import Text


def duplicates(definition: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each name, title, heading or role that two fields of one revision share."""
    for position in range(len(definition["revisions"])):
        fields = fields_in(definition, position)
        yield from _twice("duplicate-name", "字段代码", "code", ((field, field["name"].casefold()) for field in fields))
        yield from _twice(
            "duplicate-title", "中文名称", "Chinese name", ((field, fold(field["title"])) for field in fields)
        )
        yield from _twice("duplicate-title-en", "英文名称", "English name", ((f, fold(f["title_en"])) for f in fields))
        yield from _twice("duplicate-role", "角色", "role", ((f, f["role"]) for f in fields if "role" in f))
        yield from _twice("duplicate-heading", "列名", "heading", _headings(fields))
        yield from _repeated_aliases(fields)


def _headings(fields: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    for field in fields:
        for heading in dict.fromkeys(fold(text) for text in _known_as(field)):
            yield field, heading


def _known_as(field: dict[str, Any]) -> tuple[str, ...]:
    return (field["name"], field["title"], *field.get("aliases", ()))


def _twice(code: str, zh: str, en: str, pairs: Iterable[tuple[dict[str, Any], str]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for field, value in pairs:
        if value in first:
            yield Problem(
                code,
                f"fields.{field['name']}",
                Text(
                    f"{zh}“{value}”与字段 {first[value]} 重复。",
                    f"The {en} {value!r} is also that of {first[value]}.",
                ),
            )
        first.setdefault(value, field["name"])


def _repeated_aliases(fields: list[dict[str, Any]]) -> Iterator[Problem]:
    for field in fields:
        seen: set[str] = set()
        for heading in _known_as(field):
            if fold(heading) in seen:
                yield Problem(
                    "repeated-alias",
                    f"fields.{field['name']}.aliases",
                    Text(
                        f"列名“{heading}”已有，比较时不分全角半角和标点。",
                        f"{heading!r} is there already; width and marks do not matter.",
                    ),
                )
            seen.add(fold(heading))
