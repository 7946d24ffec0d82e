"""S03: a date is a day of the calendar (日期格式)."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import LAYOUT_2018, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, date_column, quoted, rule


@rule("S03", Text("不是有效日期", "Not a date"), basis=LAYOUT_2018, since=SINCE_2018)
def dates(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each date field."""
    for field in version.fields:
        if field.type == "date":
            where = f"{quoted(field)} IS NOT NULL AND {date_column(field)} IS NULL"
            yield Check("S03", Level.REJECT, field.name, where, _EXPECTED, _MEND, of_value=True)


_EXPECTED = Text("日历上有的日期，如 2024-03-01", "a day of the calendar, such as 2024-03-01")
_MEND = Text("请核对年月日，按 2024-03-01 的样式填写。", "Check the day and write it like 2024-03-01.")
