"""What a catalogue item is (信息资源): its fields, its revisions, and the terms of law that bind it.

Legal basis: National Basic Catalogue of Public Credit Information (发改财金规〔2024〕203号); content of an entry as
in Shenzhen's regulation, article 34 (conduct, source, openness, sharing, retention, frequency).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from xinheng.core.errors import Text

NATURAL_PERSON = "自然人"
"""The kind of counterpart (相对人类别) that is a natural person, as catalogues and files write it."""


class Effect(StrEnum):
    """What a record of the item means for its subject; an adverse one attaches by code only."""

    ADVERSE = "adverse"
    NEUTRAL = "neutral"
    FAVOURABLE = "favourable"
    REGISTER = "register"  # the item feeds the register of subjects itself


class Openness(StrEnum):
    """The field's three classes of openness (公开属性)."""

    PUBLIC = "社会公开"
    AUTHORIZED_INQUIRY = "授权查询"
    GOVERNMENT_SHARING = "政务共享"


class Status(StrEnum):
    """Whether files of the item are taken."""

    REPORTABLE = "reportable"
    STUB = "stub"  # published so that it is known what may be asked for; no file of it is taken


class Privacy(StrEnum):
    """What a field may hold of natural persons, and so how it is treated."""

    NONE = "none"
    PERSON_NAME = "person-name"  # kept, never public
    PERSON_IDENTIFIER = "person-identifier"  # dropped on reading, with a count; only the counterpart's own is kept, sealed (store.models.persons)
    FREE_TEXT = "free-text"  # screened by V12; public only after a second person ticked it


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis: instrument, article, and how sure we are of it (F found, F~ second hand, K to be verified)."""

    instrument: str
    article: str = ""
    source: str = ""
    sure: str = "K"


@dataclass(frozen=True, slots=True)
class Allowance:
    """Why an empty cell of a mandatory field, or a file without its column, is noted and not refused (容缺)."""

    because: Text
    basis: Basis


@dataclass(frozen=True, slots=True)
class Volume:
    """How many rows a file of the item may be expected to have (数据量预期).

    Fewer than ``fewest`` rows, or than ``fewest_percent`` per cent of the last file of the same agency, stop the file before
    anything of it is taken; more than ``most`` or ``most_percent`` are noted. A bound that is not given does not bind.
    """

    basis: Basis
    fewest: int | None = None
    most: int | None = None
    fewest_percent: int | None = None
    most_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One data item (数据项) of a revision.

    ``name`` is the code of the national layout (``CF_WSH``), ``title`` its Chinese name; ``type`` is the Frictionless
    type (string, date, number, integer); ``role`` ties it to the platform's own terms (``catalogue.roles``);
    ``unit`` is the unit in which a department writes an amount (``元`` or ``万元``), ``decimals`` how many places it
    may have; ``codes`` the allowed values, empty where any; ``multiple`` says that a cell may hold several of them,
    parted by any one character of ``separators`` (a code that itself holds such a character is matched first);
    ``other`` is the code that a note may follow (``其他-…``); ``code_list`` names the list that explains the codes;
    ``consent`` is ``written`` where a person's written consent admits what may not be collected without it;
    ``allowance`` says why an empty cell is taken although the field is required.
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
    description_en: str = ""
    decimals: int | None = None
    separators: str = ""
    other: str = ""
    code_list: str = ""
    consent: str = ""
    allowance: Allowance | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """When a revision of an item's layout came into force, and on what basis."""

    version: str
    in_force: dt.date
    basis: Basis


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """An item as it stands on a day: what a file is checked against.

    ``key`` names the fields that tell one record from another; ``key_fallback`` pairs a field of the key with the one
    that stands in where it is empty. ``retention_years`` run from ``retention_from``. ``subject_kinds`` are the kinds
    of subject about which the item takes records. ``region`` is the code of the city whose supplementary item it is (地方补充目录),
    empty for the province's own.
    """

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
    subject_kinds: tuple[str, ...] = ()
    retention_from: str = ""  # one of terms.RETENTION_FROM
    key_fallback: tuple[tuple[str, str], ...] = ()
    provider_en: str = ""
    description_en: str = ""
    status: Status = Status.REPORTABLE
    region: str = ""
    volume: Volume | None = None

    def field(self, name: str) -> Field:
        """Return the field with this code; raises ``KeyError`` where the revision has none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def allowances(self) -> frozenset[str]:
        """The codes of the mandatory fields that may be left empty, with a note."""
        return frozenset(field.name for field in self.fields if field.allowance)

    def by_role(self, role: str) -> Field | None:
        """Return the field that plays this role, or nothing."""
        return next((field for field in self.fields if field.role == role), None)


@dataclass(frozen=True, slots=True)
class Item:
    """One information resource (信息资源) through time: its versions, earliest first."""

    name: str
    versions: tuple[ItemVersion, ...]

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The revisions of the layout, earliest first."""
        return tuple(version.revision for version in self.versions)

    @property
    def latest(self) -> ItemVersion:
        """The version of the latest revision, in force or announced."""
        return self.versions[-1]

    def at(self, day: dt.date) -> ItemVersion:
        """Return the version in force on ``day``; a day before the first revision is judged by the first."""
        in_force = [version for version in self.versions if version.revision.in_force <= day]
        return in_force[-1] if in_force else self.versions[0]

    def version(self, label: str) -> ItemVersion:
        """Return the version with this label (``2018``); raises ``KeyError`` where there is none."""
        for version in self.versions:
            if version.revision.version == label:
                return version
        raise KeyError(label)
