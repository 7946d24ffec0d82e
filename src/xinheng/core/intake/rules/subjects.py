"""W01, W02: rows whose subject is not known yet wait, unpublished; they are not the department's mistake. W03: a name alone attached the row.

W03 is for favourable and neutral items only (``core.subjects.by_name``); an adverse row with a name alone waits for a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from xinheng.core.catalogue.item import Basis, Effect, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018
from xinheng.core.intake.rules.rule import About, Check, Level, quoted, rule
from xinheng.core.standards.uscc import PLACEHOLDER
from xinheng.core.subjects.by_name import BY_NAME

_ALL_BUT_REGISTER = (Effect.ADVERSE, Effect.NEUTRAL, Effect.FAVOURABLE)
_BASIS = Basis("信衡 设计", "原则四：名称相同不等于同一主体", "design", "D")


@rule(
    "W01",
    Text("登记库中尚无该主体", "The register does not know the subject yet"),
    basis=_BASIS,
    since=SINCE_2018,
    effects=_ALL_BUT_REGISTER,
    about=About.ORGANISATIONS,
)
def unknown(version: ItemVersion) -> Iterator[Check]:
    """Build the check for a right code that the register does not hold."""
    field = version.by_role("uscc")
    if field is not None:
        where = f"subject IS NULL AND (uscc_ok OR ({quoted(field)} IS NULL AND other_code))"
        yield Check("W01", Level.WAIT, field.name, where, _KNOWN, _NOTHING)


@rule(
    "W02",
    Text("没有可用的代码", "No code that could find the subject"),
    basis=_BASIS,
    since=SINCE_2018,
    effects=_ALL_BUT_REGISTER,
    about=About.ORGANISATIONS,
)
def nameless(version: ItemVersion) -> Iterator[Check]:
    """Build the check for the agreed placeholder of one-person businesses without a code: a name alone attaches nothing."""
    field = version.by_role("uscc")
    if field is not None:
        where = f"subject IS NULL AND {quoted(field)} = '{PLACEHOLDER}'"
        yield Check("W02", Level.WAIT, field.name, where, _CODE, _JUDGE)


@rule(
    "W03",
    Text("凭名称归入主体", "Attached by the name alone"),
    basis=Basis("信衡 设计", "主体归集：有利和中性信息可凭唯一全称归入", "design", "D"),
    since=SINCE_2018,
    effects=BY_NAME,
    about=About.ORGANISATIONS,
)
def named(version: ItemVersion) -> Iterator[Check]:
    """Build the note on a row without a code that the exact full name attached: one subject bore it on the day, and no other ever did."""
    field = version.by_role("counterpart_name")
    if field is not None:
        yield Check("W03", Level.WARN, field.name, "by_name", _CODE, _NAMED)


def waiting_for_code(missing: Check) -> Check:
    """Return the check for a source that never carries codes: its rows wait for a person instead of going back (W02)."""
    return replace(missing, code="W02", level=Level.WAIT, expected=_CODE, mend=_JUDGE)


_KNOWN = Text("登记库中有的主体", "a subject that the register knows")
_NOTHING = Text(
    "无需处理。登记信息到达后，本行自动入库。",
    "Nothing to do: the row is taken by itself when the registration arrives.",
)
_CODE = Text("统一社会信用代码", "a unified social credit code")
_JUDGE = Text(
    "仅凭名称不归于任何主体，等待人工判断；查到代码后可更正报送。",
    "A name alone attaches to nobody; it waits for a person. Hand it in again with the code once known.",
)
_NAMED = Text(
    "名称与登记库中唯一主体在决定日期的全称一致，已归入；有代码的请补报代码。",
    "The name is the full one that one subject of the register alone bore on the day of the decision; taken. Hand the code in where there is one.",
)
