"""What a catalogue item is (信息资源): its fields, its revisions, and the terms of law that bind it.

Legal basis: National Basic Catalogue of Public Credit Information (发改财金规〔2024〕203号); content of an entry as
in Shenzhen's regulation, article 34 (conduct, source, openness, sharing, retention, frequency).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum


class Effect(str, Enum):
    """What a record of the item means for its subject; an adverse one attaches by code only."""

    ADVERSE = "adverse"
    NEUTRAL = "neutral"
    FAVOURABLE = "favourable"
    REGISTER = "register"  # the item feeds the register of subjects itself


class Openness(str, Enum):
    """The field's three classes of openness (公开属性)."""

    PUBLIC = "社会公开"
    AUTHORIZED_INQUIRY = "授权查询"
    GOVERNMENT_SHARING = "政务共享"


class Privacy(str, Enum):
    """What a field may hold of natural persons, and so how it is treated."""

    NONE = "none"
    PERSON_NAME = "person-name"  # kept, never public
    PERSON_IDENTIFIER = "person-identifier"  # never stored: dropped on reading, with a count
    FREE_TEXT = "free-text"  # screened by V12; public only after a second person ticked it


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis: instrument, article, and how sure we are of it (F found, F~ second hand, K to be verified)."""

    instrument: str
    article: str = ""
    source: str = ""
    sure: str = "K"


@dataclass(frozen=True, slots=True)
class Field:
    """One data item (数据项) of a revision.

    ``name`` is the code of the national layout (``CF_WSH``), ``title`` its Chinese name; ``type`` is the Frictionless
    type (string, date, number, integer); ``role`` ties it to the platform's own terms (see ``docs/reference/roles.md``);
    ``unit`` is the unit in which a department writes an amount (``元`` or ``万元``); ``codes`` the allowed values, empty
    where any; ``multiple`` says that a cell may hold several of them.
    """

    name: str
    title: str
    title_en: str
    type: str = "string"
    role: str = ""
    required: bool = False
    max_length: int | None = None
    codes: tuple[str, ...] = ()
    multiple: bool = False
    unit: str = ""
    aliases: tuple[str, ...] = ()
    openness: Openness = Openness.GOVERNMENT_SHARING
    privacy: Privacy = Privacy.NONE
    description: str = ""
    local: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """When a revision of an item's layout came into force, and on what basis."""

    version: str
    in_force: dt.date
    basis: Basis


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """An item as it stands on a day: what a file is checked against."""

    name: str
    title: str
    title_en: str
    national_class: str
    effect: Effect
    openness: Openness
    basis: tuple[Basis, ...]
    provider: str
    frequency: str
    retention_years: int
    retention_basis: Basis
    key: tuple[str, ...]
    revision: Revision
    fields: tuple[Field, ...]
    description: str = ""
    groups: tuple[tuple[str, ...], ...] = ()  # of each group at least one field is filled

    def field(self, name: str) -> Field:
        """Return the field with this code; raises ``KeyError`` where the revision has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def by_role(self, role: str) -> Field | None:
        """Return the field that plays this role, or nothing."""
        return next((field for field in self.fields if field.role == role), None)
