"""V06, P01: where an item or a file may not hold natural persons, rows about them are refused; a representative's number is never stored."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import PIPL, SINCE_2018
from xinheng.core.intake.rules.rule import About, Check, Level, quoted, rule


@rule(
    "V06",
    Text("自然人信息不在接收范围内", "Rows about natural persons are not taken here"),
    basis=PIPL,
    since=SINCE_2018,
    about=About.ORGANISATIONS,
)
def natural_persons(version: ItemVersion) -> Iterator[Check]:
    """Build the check that refuses a row about a natural person; nothing of such a row is kept.

    Rows that an item takes about persons never come here: they are set aside before (``core.intake.persons``).
    """
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
        if field.privacy.value == "person-identifier":  # of a person's row the counterpart's own is kept, sealed
            yield Check("P01", Level.WARN, field.name, f'"dropped_{field.name}"', _EMPTY, _DROPPED)


_ORGANISATION = Text("法人及非法人组织、个体工商户", "an organisation or a one-person business")
_LATER = Text(
    "本目录项不接收自然人信息，或者文件没有「证件号码」列；本行未保存任何内容。",
    "The item takes no natural persons, or the file has no column for their numbers; nothing of this row was kept.",
)
_EMPTY = Text("留空", "left empty")
_DROPPED = Text(
    "号码未保存，本行照常接收；以后请留空。", "The number was not stored and the row was taken; please leave it empty."
)
