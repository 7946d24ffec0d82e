"""A good row of any item: a row to which no rule has anything to say, made from the definition alone."""

from __future__ import annotations

from tests.spec.rules.desk import (
    GOOD_PENALTY,
    GOOD_REGISTRATION,
    PUBLIC_BODY,
    STEEL_CODE,
    STEEL_ORG_CODE,
    STEEL_REG_NO,
    Desk,
)

from xinheng.core.catalogue.item import Field, ItemVersion, Privacy

BY_ROLE = {
    "counterpart_name": "金陵样例（江苏）钢铁有限公司",
    "counterpart_kind": "法人及非法人组织",
    "uscc": STEEL_CODE,
    "registration_number": STEEL_REG_NO,
    "organization_code": STEEL_ORG_CODE,
    "deciding_authority_code": PUBLIC_BODY,
    "registration_authority_code": PUBLIC_BODY,
    "source_agency_code": PUBLIC_BODY,
    "decided_on": "2026-04-30",
    "changed_on": "2026-04-30",
    "period_from": "2026-04-01",
    "period_until": "2026-04-30",
    "evaluated_year": "2025",
}
BY_TYPE = {"date": "2026-05-06", "number": "1.25", "integer": "2026"}
WHOLE = {"administrative-penalty": GOOD_PENALTY, "legal-entity-registration": GOOD_REGISTRATION}


def good_row(version: ItemVersion) -> dict[str, str | None]:
    """Return a good row: the hand-made one where there is one, else every field filled that may be."""
    if version.name in WHOLE:
        return dict(WHOLE[version.name])
    return {field.name: _cell(field) for field in version.fields if _is_filled(field)}


def desk_of(item: str) -> Desk:
    """Return a desk for any item, with its good row."""
    bare = Desk(item, {})
    return Desk(item, good_row(bare.version))


def _is_filled(field: Field) -> bool:
    return field.privacy not in (Privacy.PERSON_IDENTIFIER, Privacy.PERSON_NAME) and not field.role.startswith("person")


def _cell(field: Field) -> str:
    if field.role in BY_ROLE:
        return BY_ROLE[field.role]
    if field.codes:
        return field.codes[0]
    return BY_TYPE.get(field.type, "样例")
