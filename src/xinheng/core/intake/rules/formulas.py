"""S07: a cell is text, not a spreadsheet formula (公式). A formula would run on the desk of whoever opens an export."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Field, ItemVersion, Privacy
from xinheng.core.errors import Text
from xinheng.core.intake.facts import AGENCY_ROLES
from xinheng.core.intake.rules.bases import HOUSE, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, lazily, quoted, rule


@rule("S07", Text("单元格是公式", "A cell is a formula"), basis=HOUSE, since=SINCE_2018)
def formulas(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each text field: a start with ``=`` or ``@``, or with ``+`` or ``-`` before a call."""
    for field in version.fields:
        if field.type != "string" or field.privacy is Privacy.PERSON_IDENTIFIER or is_proven(field):
            continue
        column = quoted(field)
        signed = (
            f"(starts_with({column}, '+') OR starts_with({column}, '-')) AND regexp_matches({column}, '^[+-].*[(|!]')"
        )
        unusual = f"{column} < '0' OR ({column} > ':' AND {column} < 'A')"
        where = lazily(unusual, f"starts_with({column}, '=') OR starts_with({column}, '@') OR ({signed})")
        yield Check("S07", Level.REJECT, field.name, where, _EXPECTED, _MEND, of_value=True)


def is_proven(field: Field) -> bool:
    """Tell whether another rule lets only listed values or right codes through."""
    return bool(field.codes) or field.role in ("uscc", *AGENCY_ROLES)


_EXPECTED = Text("文字，不是以 = + - @ 开头的公式", "text, not a formula that begins with = + - @")
_MEND = Text("请粘贴为数值，去掉公式后重新报送。", "Paste the value instead of the formula and hand the row in again.")
