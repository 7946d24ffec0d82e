"""What a subject is: its kind, and the kinds of code that find it."""

from __future__ import annotations

from enum import StrEnum

from xinheng.core.errors import Text
from xinheng.core.standards import uscc


class SubjectKind(StrEnum):
    """The kinds of credit subject; only organisations are ever evaluated, and natural persons are never in the register."""

    LEGAL_PERSON = "legal-person"
    UNINCORPORATED_ORGANIZATION = "unincorporated-organization"
    INDIVIDUAL_BUSINESS = "individual-business"
    PUBLIC_BODY = "public-body"

    @property
    def label(self) -> Text:
        """Return the public label of the kind."""
        return _LABELS[self]


class CodeKind(StrEnum):
    """The kinds of code by which the register finds a subject."""

    USCC = "uscc"
    REGISTRATION_NUMBER = "registration-number"
    ORGANIZATION_CODE = "organization-code"


_LABELS = {
    SubjectKind.LEGAL_PERSON: Text("法人", "legal person"),
    SubjectKind.UNINCORPORATED_ORGANIZATION: Text("非法人组织", "unincorporated organization"),
    SubjectKind.INDIVIDUAL_BUSINESS: Text("个体工商户", "individually-owned business"),
    SubjectKind.PUBLIC_BODY: Text("机关、事业单位", "public body"),
}


def kind_of(code: str) -> SubjectKind:
    """Return the kind that a unified social credit code tells (``92`` one-person business, ``11``/``12`` public body)."""
    if uscc.is_individual_business(code):
        return SubjectKind.INDIVIDUAL_BUSINESS
    if code[:2] in ("11", "12"):
        return SubjectKind.PUBLIC_BODY
    if code[:1] == "3":
        return SubjectKind.UNINCORPORATED_ORGANIZATION
    return SubjectKind.LEGAL_PERSON
