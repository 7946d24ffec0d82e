"""Headings under which tables of organisations name their columns; for seeding the register."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

HEADINGS = {
    "name": (
        "name",
        "名称",
        "企业名称",
        "单位名称",
        "机构名称",
        "主体名称",
        "法人名称",
        "matched_name",
        "company_name",
    ),
    "uscc": ("uscc", "统一社会信用代码", "信用代码", "社会信用代码", "统一代码", "credit_code", "unified_code"),
    "reg_no": ("reg_no", "注册号", "工商注册号", "营业执照注册号", "registration_number"),
    "org_code": ("org_code", "组织机构代码", "机构代码", "organization_code"),
    "former_names": ("former_names", "曾用名", "原名称", "former_name"),
    "start_date": ("start_date", "成立日期", "注册日期", "established", "established_on"),
    "address": ("address", "住所", "地址", "注册地址", "经营场所"),
    "representative": ("representative", "法定代表人", "负责人", "法定代表人姓名"),
    "status": ("status", "登记状态", "状态", "经营状态", "企业状态"),
}


def columns_of(header: tuple[str, ...], *, more: Mapping[str, tuple[str, ...]] = {}) -> dict[str, int]:
    """Return the place of each recognised column; the first heading of a field's list that is there wins, then the first of ``more``."""
    folded = [_folded(heading) for heading in header]
    places = {}
    for field, headings in HEADINGS.items():
        known = map(_folded, (*headings, *more.get(field, ())))
        place = next((folded.index(heading) for heading in known if heading in folded), None)
        if place is not None:
            places[field] = place
    return places


def _folded(heading: str) -> str:
    return unicodedata.normalize("NFKC", heading).strip().lower().replace(" ", "_")
