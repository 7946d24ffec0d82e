"""S12: a whole number is written in digits alone (整数), such as a year or a count."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import HOUSE, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, quoted, rule

LONGEST = 15  # digits that every spreadsheet keeps


@rule("S12", Text("不是整数", "Not a whole number"), basis=HOUSE, since=SINCE_2018)
def whole_numbers(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each field of whole numbers."""
    for field in version.fields:
        if field.type == "integer":
            where = f"NOT regexp_full_match({quoted(field)}, '[0-9]{{1,{LONGEST}}}')"
            yield Check("S12", Level.REJECT, field.name, where, _EXPECTED, _MEND, of_value=True)


_EXPECTED = Text("整数，如 2024", "a whole number, such as 2024")
_MEND = Text("请只填阿拉伯数字，不填单位和小数。", "Digits only: no unit and no decimals.")
