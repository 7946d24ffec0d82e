"""The catalogue as plain data: for ``xinheng catalogue list|show``, their ``--json``, and the API.

Everything returned is made of dict, list, str, int, bool and None; days are ISO texts.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.item import Allowance, Basis, Field, Item, ItemVersion, Volume
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.catalogue.terms import FREQUENCIES, RETENTION_FROM


def overview(*, on: dt.date) -> list[dict[str, Any]]:
    """Return one row an item, as it stands on the day ``on``: name, titles, effect, openness, version, fields."""
    return [_row(load(name).at(on)) for name in item_names()]


def described(item: Item, version: ItemVersion) -> dict[str, Any]:
    """Return all that there is to say of one version of an item, its fields and its revisions included."""
    return {
        **_row(version),
        "description": version.description,
        "description_en": version.description_en,
        "provider": version.provider,
        "provider_en": version.provider_en,
        "frequency": version.frequency,
        "frequency_en": FREQUENCIES[version.frequency],
        "subject_kinds": list(version.subject_kinds),
        "basis": [_basis(basis) for basis in version.basis],
        "retention": {
            "years": version.retention_years,
            "from": version.retention_from,
            "from_zh": RETENTION_FROM[version.retention_from].zh,
            "from_en": RETENTION_FROM[version.retention_from].en,
            "basis": _basis(version.retention_basis),
        },
        "key": list(version.key),
        "key_fallback": dict(version.key_fallback),
        "groups": [list(group) for group in version.groups],
        "volume": _volume(version.volume),
        "revisions": [
            {"version": each.version, "from": each.in_force.isoformat(), "basis": _basis(each.basis)}
            for each in item.revisions
        ],
        "fields": [_field(field) for field in version.fields],
    }


def table_schema(version: ItemVersion) -> dict[str, Any]:
    """Return the Frictionless Table Schema of one version, by which a department checks its file with standard tools.

    Columns are named by field codes and may stand in any order. A field of several values becomes a pattern, which is
    the one thing added to what the definition says.
    """
    return {
        "name": version.name,
        "title": version.title,
        "version": version.revision.version,
        "fields": [_column(field) for field in version.fields],
        "missingValues": [""],
        "fieldsMatch": "superset",
        "primaryKey": list(version.key),
    }


def _row(version: ItemVersion) -> dict[str, Any]:
    return {
        "name": version.name,
        "title": version.title,
        "title_en": version.title_en,
        "effect": version.effect.value,
        "openness": version.openness.value,
        "openness_en": _label_en("publication-classes", version.openness.value),
        "national_class": version.national_class,
        "national_class_en": _label_en("national-classes", version.national_class),
        "status": version.status.value,
        "region": version.region,
        "version": version.revision.version,
        "in_force": version.revision.in_force.isoformat(),
        "field_count": len(version.fields),
    }


def _label_en(codes: str, label: str) -> str:
    code = code_list(codes).find(label)
    return code.label_en if code else label


def _volume(volume: Volume | None) -> dict[str, Any] | None:
    if volume is None:
        return None
    return {
        "fewest": volume.fewest,
        "most": volume.most,
        "fewest_percent": volume.fewest_percent,
        "most_percent": volume.most_percent,
        "basis": _basis(volume.basis),
    }


def _allowance(allowance: Allowance | None) -> dict[str, Any] | None:
    if allowance is None:
        return None
    return {"because": allowance.because.zh, "because_en": allowance.because.en, "basis": _basis(allowance.basis)}


def _basis(basis: Basis) -> dict[str, str]:
    return {"instrument": basis.instrument, "article": basis.article, "source": basis.source, "sure": basis.sure}


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "title": field.title,
        "title_en": field.title_en,
        "type": field.type,
        "role": field.role,
        "required": field.required,
        "max_length": field.max_length,
        "unit": field.unit,
        "decimals": field.decimals,
        "codes": list(field.codes),
        "code_list": field.code_list,
        "multiple": field.multiple,
        "separators": field.separators,
        "other": field.other,
        "openness": field.openness.value,
        "privacy": field.privacy.value,
        "consent": field.consent,
        "allowance": _allowance(field.allowance),
        "local": field.local,
        "aliases": list(field.aliases),
        "description": field.description,
        "description_en": field.description_en,
    }


def _column(field: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if field.required:
        constraints["required"] = True
    if field.max_length is not None:
        constraints["maxLength"] = field.max_length
    if field.codes:
        constraints |= {"pattern": _pattern(field)} if field.multiple else {"enum": list(field.codes)}
    column: dict[str, Any] = {"name": field.name, "title": field.title, "type": field.type}
    if field.type == "date":
        column["format"] = "any"
    if field.description:
        column["description"] = field.description
    return {**column, "constraints": constraints} if constraints else column


def _pattern(field: Field) -> str:
    one = "|".join(re.escape(code) for code in sorted(field.codes, key=len, reverse=True) if code != field.other)
    if field.other:
        one = rf"{one}|{re.escape(field.other)}(?:[-－—(（:：].*)?"
    return rf"(?:{one})(?:\s*[{re.escape(field.separators)}]\s*(?:{one}))*"
