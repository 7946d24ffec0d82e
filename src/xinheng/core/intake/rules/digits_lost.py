"""S10: a long number that a spreadsheet rounded (如 3.20106E+17): its digits are lost and are never guessed."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Field, ItemVersion, Privacy
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import HOUSE, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, rule


@rule("S10", Text("数字被电子表格截断", "A spreadsheet lost digits"), basis=HOUSE, since=SINCE_2018)
def digits_lost(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each text field short enough to hold a code; the reader found the cells, ``lossy_CODE`` marks them."""
    for field in version.fields:
        if may_lose_digits(field):
            yield Check("S10", Level.REJECT, field.name, f'"lossy_{field.name}"', _EXPECTED, _MEND, of_value=True)


def may_lose_digits(field: Field) -> bool:
    """Tell whether a field may hold a long number."""
    return field.type == "string" and field.privacy is Privacy.NONE and (field.max_length or 0) <= 64


_EXPECTED = Text("完整的号码", "the complete number")
_MEND = Text(
    "号码的末几位已丢失，无法还原。请将该列设为文本格式，重新录入完整号码。",
    "The last digits are lost and cannot be restored. Format the column as text and type the whole number again.",
)
