"""Headings under which lists to be screened name their columns: those of a register, and how forms call who applies. One code column is enough."""

from __future__ import annotations

from xinheng.core.subjects.headings import columns_of as columns_of_register

APPLICANTS = (
    "申报单位", "申报单位名称", "申请单位", "申请单位名称", "申请人名称", "投标人", "投标人名称", "供应商", "供应商名称", "被审查单位",
    "被审查单位名称", "主体",
)  # fmt: skip
CODES = (
    "代码", "code", "主体代码", "企业代码", "单位代码", "法人代码", "机构编码", "投标人代码", "供应商代码", "申请人代码", "统一代码/注册号",
)  # fmt: skip
"""Headings of a column that may hold a code of any kind; it is told by its characters which."""
_CODES = ("uscc", "reg_no", "org_code")


def columns_of(header: tuple[str, ...]) -> dict[str, int]:
    """Return the places of ``name`` and of the codes (``uscc``, ``reg_no``, ``org_code``), as far as they are recognised."""
    held = columns_of_register(header, more={"name": APPLICANTS, "uscc": CODES})
    return {column: held[column] for column in ("name", *_CODES) if column in held}
