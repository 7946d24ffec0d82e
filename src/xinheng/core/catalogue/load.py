"""Load the items of the catalogue from their definitions; what :mod:`.check` refuses is not defined.

For intake, the ledger, the pages and the command line. Nothing here looks at a clock: the day enters as an argument.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from xinheng.core.catalogue.check import check
from xinheng.core.catalogue.headings import field_by_heading
from xinheng.core.catalogue.item import (
    Allowance,
    Basis,
    Effect,
    Field,
    Item,
    ItemVersion,
    Openness,
    Privacy,
    Revision,
    Status,
    Volume,
)
from xinheng.core.catalogue.layout import allowed_values, fields_in
from xinheng.core.catalogue.problem import InvalidDefinition
from xinheng.core.catalogue.reading import read, shipped, shipped_text
from xinheng.core.errors import Explanation, Text, UnusableCall

__all__ = [
    "add_items",
    "as_checked",
    "as_given",
    "define",
    "field_by_heading",
    "item_names",
    "know_signed",
    "load",
    "provincial_names",
]

_ADDED: dict[str, Item] = {}
_SIGNED: dict[str, Item] = {}


def item_names() -> tuple[str, ...]:
    """Return the names of all items, sorted: those that are shipped (``administrative-penalty``), were added, or were signed."""
    return tuple(sorted({*provincial_names(), *_ADDED, *_SIGNED}))


def provincial_names() -> tuple[str, ...]:
    """Return the names of the items that are shipped, sorted."""
    return shipped("definitions")


def add_items(items: Iterable[Item]) -> None:
    """Let this process know a city's supplementary items (``core.catalogue.supplement``) beside the shipped ones."""
    _ADDED.update({item.name: item for item in items})


def know_signed(items: Iterable[Item]) -> None:
    """Let this process know the items that have signed versions (年度目录), each with all its versions; those known before are forgotten.

    Who calls it keeps it fresh (``usecases.catalogue.signed``): nothing here reads a database.
    """
    held = {item.name: item for item in items}
    for name in [name for name in _SIGNED if name not in held]:
        del _SIGNED[name]
    _SIGNED.update(held)


def as_given(name: str) -> Item | None:
    """Return an item as it is shipped or was added, without what was signed since; nothing where it is neither."""
    if name in _ADDED:
        return _ADDED[name]
    return _shipped(name) if name in provincial_names() else None


def load(name: str) -> Item:
    """Return an item; raises ``UnusableCall`` where there is none, ``InvalidDefinition`` where its file is wrong."""
    if (signed := _SIGNED.get(name)) is not None:
        return signed
    if name not in item_names():
        known = "、".join(item_names())
        raise UnusableCall(
            Explanation(
                what=Text(f"目录中没有“{name}”。", f"The catalogue has no item {name!r}."),
                why=Text("未纳入目录的信息不得归集。", "What is not in the catalogue is not collected."),
                mend=Text(f"可用的目录项：{known}。", f"Items there are: {', '.join(item_names())}."),
            ),
            item=name,
        )
    return _ADDED[name] if name in _ADDED else _shipped(name)


@cache
def _shipped(name: str) -> Item:
    return define(shipped_text("definitions", name), name=name)


def define(text: str, *, name: str = "") -> Item:
    """Return the item that the YAML ``text`` defines; raises ``InvalidDefinition`` with all its problems."""
    if problems := check(text):
        raise InvalidDefinition(name or "?", problems)
    return as_checked(text)


@lru_cache(maxsize=128)
def as_checked(text: str) -> Item:
    """Return the item of a text that was checked already: a signed version stays what it was when a later check knows more."""
    definition: Any = read(text)
    versions = tuple(_version(definition, position) for position in range(len(definition["revisions"])))
    return Item(name=definition["name"], versions=versions)


def _version(definition: dict[str, Any], position: int) -> ItemVersion:
    retention = definition["retention"]
    return ItemVersion(
        name=definition["name"],
        title=definition["title"],
        title_en=definition["title_en"],
        national_class=definition["national_class"],
        effect=Effect(definition["effect"]),
        openness=Openness(definition["openness"]),
        basis=tuple(Basis(**basis) for basis in definition["basis"]),
        provider=definition["provider"],
        frequency=definition["frequency"],
        retention_years=retention["years"],
        retention_basis=_basis(retention),
        key=tuple(definition["primaryKey"]),
        revision=_revision(definition["revisions"][position]),
        fields=tuple(_field(field) for field in fields_in(definition, position)),
        description=definition["description"],
        groups=tuple(tuple(group) for group in definition.get("groups", ())),
        subject_kinds=tuple(definition["subject_kinds"]),
        retention_from=retention["from"],
        key_fallback=tuple(definition.get("key_fallback", {}).items()),
        provider_en=definition["provider_en"],
        description_en=definition["description_en"],
        status=Status(definition.get("status", Status.REPORTABLE.value)),
        region=definition.get("region", ""),
        volume=_volume(definition.get("volume")),
    )


def _revision(descriptor: dict[str, Any]) -> Revision:
    return Revision(descriptor["version"], dt.date.fromisoformat(descriptor["from"]), _basis(descriptor))


def _basis(descriptor: dict[str, Any]) -> Basis:
    return Basis(descriptor["basis"], source=descriptor["source"], sure=descriptor["sure"])


def _volume(descriptor: dict[str, Any] | None) -> Volume | None:
    if descriptor is None:
        return None
    bounds = ("fewest", "most", "fewest_percent", "most_percent")
    return Volume(_basis(descriptor), *(descriptor.get(bound) for bound in bounds))


def _allowance(descriptor: dict[str, Any] | None) -> Allowance | None:
    if descriptor is None:
        return None
    return Allowance(Text(descriptor["because"], descriptor["because_en"]), _basis(descriptor))


def _field(descriptor: dict[str, Any]) -> Field:
    constraints = descriptor["constraints"]
    return Field(
        name=descriptor["name"],
        title=descriptor["title"],
        title_en=descriptor["title_en"],
        type=descriptor["type"],
        role=descriptor.get("role", ""),
        required=constraints.get("required", False),
        max_length=constraints.get("maxLength"),
        codes=allowed_values(descriptor),
        multiple=descriptor.get("multiple", False),
        unit=descriptor.get("unit", ""),
        aliases=tuple(descriptor.get("aliases", ())),
        openness=Openness(descriptor["openness"]),
        privacy=Privacy(descriptor.get("privacy", Privacy.NONE.value)),
        description=descriptor.get("description", ""),
        local=descriptor.get("local", False),
        description_en=descriptor.get("description_en", ""),
        decimals=descriptor.get("decimals"),
        separators=descriptor.get("separators", ""),
        other=descriptor.get("other", ""),
        code_list=descriptor.get("code_list", ""),
        consent=descriptor.get("consent", ""),
        allowance=_allowance(descriptor.get("allowance")),
    )
