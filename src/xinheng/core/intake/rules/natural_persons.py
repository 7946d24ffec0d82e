"""V06, P01: rows about natural persons are refused for now; identity numbers in an organisation's row are never stored."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import PIPL, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, quoted, rule


@rule(
    "V06",
    Text("自然人信息暂不接收", "Rows about natural persons are not taken yet"),
    basis=PIPL,
    since=SINCE_2018,
)
def natural_persons(version: ItemVersion) -> Iterator[Check]:
    """Build the check that refuses a row about a natural person; nothing of such a row is kept."""
    kind = version.by_role("counterpart_kind")
    if kind is not None:
        yield Check("V06", Level.REJECT, kind.name, f"{quoted(kind)} = '自然人'", _ORGANISATION, _LATER)


@rule(
    "P01",
    Text("未保存身份证件号码", "An identity number was not stored"),
    basis=PIPL,
    since=SINCE_2018,
)
def identifiers(version: ItemVersion) -> Iterator[Check]:
    """Build the note on each identity number given in an organisation's row; the value itself is dropped on reading."""
    for field in version.fields:
        if field.privacy.value == "person-identifier":
            yield Check("P01", Level.WARN, field.name, f'"dropped_{field.name}"', _EMPTY, _DROPPED)


_ORGANISATION = Text("法人及非法人组织、个体工商户", "an organisation or a one-person business")
_LATER = Text(
    "本平台目前不接收自然人信息，本行未保存任何内容。请在自然人通道开通后报送。",
    "The platform does not take natural persons' rows yet and kept nothing of this one. Hand it in when that channel opens.",
)
_EMPTY = Text("留空", "left empty")
_DROPPED = Text(
    "号码未保存，本行照常接收；以后请留空。", "The number was not stored and the row was taken; please leave it empty."
)
