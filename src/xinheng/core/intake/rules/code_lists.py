"""S05: a coded cell holds a value of its code list (代码集)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xinheng.core.catalogue.item import Field, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import LAYOUT_2018, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, one_of, quoted, rule


@rule("S05", Text("不在代码集内", "Not in the code list"), basis=LAYOUT_2018, since=SINCE_2018)
def code_lists(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each coded field; the kinds of a penalty, several in a cell, are read by the law's own reader."""
    for field in version.fields:
        if field.role == "penalty_kinds":
            where = f"{quoted(field)} IS NOT NULL AND NOT kinds_known"
        elif field.codes and not field.multiple:
            where = f"NOT {one_of(quoted(field), field.codes)}"
        elif field.codes:
            where = f"{quoted(field)} IS NOT NULL AND NOT regexp_full_match({quoted(field)}, '{_several(field)}', 's')"
        else:
            continue
        yield Check("S05", Level.REJECT, field.name, where, _expected(field), _MEND, of_value=True)


def _several(field: Field) -> str:
    """Return a pattern of one or more values of a list; a note may follow the value for others."""
    values = [re.escape(code) for code in sorted(field.codes, key=len, reverse=True)]
    if field.other:
        values.insert(0, f"{re.escape(field.other)}[-－—:：].+")
    one = f"(?:{'|'.join(values)})"
    parted = "[" + re.escape(field.separators) + "]"
    return f"{one}(?:{parted}{one})*".replace("'", "''")


def _expected(field: Field) -> Text:
    shown = "、".join(field.codes)
    return Text(f"取值：{shown}", f"one of: {shown}")


_MEND = Text(
    "请从列出的取值中选择；多个取值用分号隔开。", "Choose from the listed values; separate several by semicolons."
)
