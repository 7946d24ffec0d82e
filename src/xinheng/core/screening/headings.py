"""Headings under which lists to be screened name their columns: those of a register, and how forms call who applies. One code column is enough."""

from __future__ import annotations

from xinheng.core.subjects.headings import columns_of as columns_of_register

APPLICANTS = (
    "申报单位", "申报单位名称", "申请单位", "申请单位名称", "申请人名称", "投标人", "投标人名称", "供应商", "供应商名称", "被审查单位",
    "被审查单位名称", "主体",
)  # fmt: skip
_CODES = ("uscc", "reg_no", "org_code")


def columns_of(header: tuple[str, ...]) -> dict[str, int]:
    """Return the places of ``name`` and of the codes (``uscc``, ``reg_no``, ``org_code``), as far as they are recognised."""
    held = columns_of_register(header)
    found = {column: held[column] for column in ("name", *_CODES) if column in held}
    if "name" not in found:
        trimmed = [heading.strip() for heading in header]
        place = next((trimmed.index(heading) for heading in APPLICANTS if heading in trimmed), None)
        if place is not None:
            found = {"name": place, **found}
    return found
