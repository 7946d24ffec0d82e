"""The rules of a field as a spreadsheet can hold them (数据有效性): what is typed against them is refused at once, with the reason.

The check digit of a unified code (GB 32100-2015) is one formula over two defined names, places and weights, which stand on a hidden sheet: a
validation may hold no array of its own and 255 characters at most.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.catalogue.template.columns import FIRST_ROW, Column
from xinheng.core.catalogue.template.words import CODE_ROLES, form_of, prompt_of, shortened, values_of
from xinheng.core.standards.uscc import PLACEHOLDER

ALPHABET, PLACES, WEIGHTS = "XH_ALPHABET", "XH_PLACES", "XH_WEIGHTS"
FOUNDED, LONG_TERM = dt.date(1949, 10, 1), dt.date(2099, 12, 31)
PAST = ("decided_on", "established_on", "changed_on")
AFTER = {
    "valid_until": "decided_on",
    "publication_until": "decided_on",
    "ended_on": "decided_on",
    "period_until": "period_from",
}
SHOP = "个体工商户"


def validation_of(
    version: ItemVersion, column: Column, columns: Sequence[Column], lists: dict[str, str]
) -> dict[str, Any]:
    """Return the validation of a column; ``lists`` gives the range of its drop-down by field code."""
    rule = _rule(version, column, columns, lists)
    field = column.field
    return {
        **rule,
        "ignore_blank": True,
        "input_title": shortened(field.title, 32),
        "input_message": prompt_of(version, column),
        "error_title": shortened(f"{field.title}有误", 32),
        "error_message": shortened(f"应为：{_expected(version, column)}。", 255),
    }


def code_formula(cell: str, *, shops: bool = True, placeholder: bool = False) -> str:
    """Return the formula that is true for a unified code with a right check digit in ``cell``.

    ``shops`` says that codes of one-person businesses (``92…``) are taken; ``placeholder`` that the code of those without one is.
    """
    text = f"UPPER({cell})"
    total = f"SUMPRODUCT((FIND(MID({text},{PLACES},1),{ALPHABET})-1)*{WEIGHTS})"
    right = f"MID({ALPHABET},MOD(31-MOD({total},31),31)+1,1)=RIGHT({text})"
    parts = [f"LEN({cell})=18", right]
    if not shops:
        parts.append(f'LEFT({cell},2)<>"92"')
    proven = f"AND({','.join(parts)})"
    return f'=OR({cell}="{PLACEHOLDER}",{proven})' if placeholder else f"={proven}"


def _rule(version: ItemVersion, column: Column, columns: Sequence[Column], lists: dict[str, str]) -> dict[str, Any]:
    field = column.field
    if field.name in lists:
        # A list admits one value only: where several may stand, the drop-down helps and refuses nothing.
        return {"validate": "list", "source": lists[field.name], "show_error": not (field.multiple or field.other)}
    if field.role == "uscc":
        shops = SHOP in version.subject_kinds
        return {"validate": "custom", "value": code_formula(column.cell, shops=shops, placeholder=_may_wait(version))}
    if field.role in CODE_ROLES:
        return {"validate": "custom", "value": code_formula(column.cell)}
    if field.type == "date":
        return _day(field.role, columns)
    if field.type == "number":
        return {"validate": "custom", "value": _amount(column)}
    if field.type == "integer":
        return {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 10**9}
    if field.max_length:
        return {"validate": "length", "criteria": "<=", "value": field.max_length}
    return {"validate": "any"}


def _may_wait(version: ItemVersion) -> bool:
    """Tell whether a row without a code may wait for its subject (rule W02): not in the register, nor where the item has no such business."""
    return version.effect.value != "register" and SHOP in version.subject_kinds


def _day(role: str, columns: Sequence[Column]) -> dict[str, Any]:
    begin = next((each for each in columns if each.field.role == AFTER.get(role, "")), None)
    earliest = f"=MAX({begin.cell},{_serial(FOUNDED)})" if begin else f"={_serial(FOUNDED)}"
    latest = "=TODAY()" if role in PAST else f"={_serial(LONG_TERM)}"
    return {"validate": "date", "criteria": "between", "minimum": earliest, "maximum": latest}


def _serial(day: dt.date) -> int:
    return (day - dt.date(1899, 12, 30)).days


def _amount(column: Column) -> str:
    cell, places = column.cell, column.field.decimals or 2
    return f"=AND(ISNUMBER({cell}),{cell}>=0,ROUND({cell},{places})={cell})"


def _expected(version: ItemVersion, column: Column) -> str:
    field = column.field
    if column.choices:
        return values_of(column)
    if field.role == "uscc":
        only = "" if SHOP in version.subject_kinds else "，且不是个体工商户"
        return f"18 位统一社会信用代码，校验码正确{only}"
    if field.role in CODE_ROLES:
        return "18 位统一社会信用代码，校验码正确"
    if field.type == "date":
        late = "，不晚于今天" if field.role in PAST else "；长期填 2099-12-31"
        return f"日历上有的日期，不早于 1949-10-01{'和起始日期' if field.role in AFTER else ''}{late}"
    return form_of(column)


def missing_formula(column: Column, columns: Sequence[Column]) -> str:
    """Return the formula that is true where a row has begun and this cell is still empty."""
    return f'=AND({_begun(columns)},TRIM({column.cell})="")'


def group_formula(members: Sequence[Column], columns: Sequence[Column]) -> str:
    """Return the formula that is true where a row has begun and no cell of a required group is filled."""
    empty = ",".join(f'TRIM({member.cell})=""' for member in members)
    return f"=AND({_begun(columns)},{empty})"


def fine_formula(kinds: Column, fine: Column) -> str:
    """Return the formula that is true where the kinds of a penalty name a fine and its amount is empty or nought (rule V08)."""
    return f'=AND(ISNUMBER(SEARCH("罚款",{kinds.cell})),N({fine.cell})<=0)'


def _begun(columns: Sequence[Column]) -> str:
    return f"COUNTA($A{FIRST_ROW}:${columns[-1].letter}{FIRST_ROW})>0"
