"""What the workbook says of a field, in Chinese: its form, what may stand in it, and an example of nobody."""

from __future__ import annotations

import datetime as dt

from xinheng.core.catalogue.item import Field, ItemVersion
from xinheng.core.catalogue.template.columns import Column

TYPES = {"string": "文本", "date": "日期", "number": "数值", "integer": "整数"}
CODE_ROLES = frozenset({"deciding_authority_code", "source_agency_code", "registration_authority_code"})
EXAMPLES = {
    "counterpart_name": "金陵样例（虚构）有限公司",
    "uscc": "91320100MA1TE5T0XF",
    "registration_number": "320102000000016",
    "organization_code": "MA1TE5T0X",
    "legal_representative": "样某某",
    "decision_number": "样〔2026〕1号",
    "deciding_authority": "样例市样例局",
    "deciding_authority_code": "11320100MA1TE5T0XP",
    "registration_authority": "样例市样例局",
    "registration_authority_code": "11320100MA1TE5T0XP",
    "source_agency": "样例市样例局",
    "source_agency_code": "11320100MA1TE5T0XP",
    "legal_basis": "《样例条例》第一条",
    "valid_until": "2099-12-31",
    "period_from": "2026-01-01",
    "period_until": "2026-01-31",
}


def form_of(column: Column) -> str:
    """Return the form of a field: type, length, unit."""
    field = column.field
    parts = [TYPES[field.type]]
    if field.max_length:
        parts.append(f"最多 {field.max_length} 字")
    if field.unit:
        parts.append(f"单位：{field.unit}")
    if field.decimals:
        parts.append(f"最多 {field.decimals} 位小数")
    if field.type == "date":
        parts.append("如 2026-01-31")
    if field.role == "uscc" or field.role in CODE_ROLES:
        parts.append("18 位，末位为校验码")
    return "，".join(parts)


def values_of(column: Column) -> str:
    """Return what may stand in a coded field, empty where anything may."""
    several = "（可填多个，用分号隔开）" if column.field.multiple else ""
    noted = f"；填“{column.field.other}”的，在连接号后注明" if column.field.other else ""
    return "；".join(column.choices) + several + noted


def need_of(version: ItemVersion, column: Column) -> str:
    """Return whether a field must be filled."""
    field = column.field
    if field.allowance:
        return f"必填；容缺：{field.allowance.because.zh}"
    if field.required:
        return "必填"
    group = next((group for group in version.groups if field.name in group), ())
    if field.role == "uscc" and not group:
        return "应填；确无统一社会信用代码的，填其他代码"
    others = "、".join(version.field(name).title for name in group)
    return f"至少填一项：{others}" if group else "选填"


def example_of(column: Column, today: dt.date) -> str:
    """Return a made-up value: of nobody, and with a right check digit where it is a code."""
    field = column.field
    if field.role in EXAMPLES:
        return EXAMPLES[field.role]
    if column.choices:
        return column.choices[0]
    return {"date": today.isoformat(), "number": "1.5", "integer": str(today.year)}.get(field.type, "样例内容")


def prompt_of(version: ItemVersion, column: Column) -> str:
    """Return the message that a spreadsheet shows beside the cell; at most 255 characters."""
    lines = [need_of(version, column), form_of(column)]
    if column.field.multiple and "分号" not in column.field.description:
        lines.append("可填多个，用分号隔开")
    if column.field.description:
        lines.append(column.field.description)
    return shortened("。".join(line.rstrip("。") for line in lines) + "。", 255)


def basis_of(version: ItemVersion, field: Field) -> str:
    """Return the basis of a field: that of the revision, or that the province added it."""
    return "本省补充字段" if field.local else version.revision.basis.instrument


def shortened(text: str, length: int) -> str:
    """Return ``text`` in at most ``length`` characters."""
    return text if len(text) <= length else text[: length - 1] + "…"
