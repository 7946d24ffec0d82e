"""S01: a mandatory cell is filled (必填项). 424号 marks the mandatory fields.

Where the item allows a field to be empty (容缺: some permits have no number), the row is taken with a note that says why.
"""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Allowance, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import LAYOUT_2018, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, quoted, rule


@rule("S01", Text("必填项为空", "A mandatory cell is empty"), basis=LAYOUT_2018, since=SINCE_2018)
def mandatory(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each mandatory field."""
    for field in version.fields:
        if field.required:
            expected = Text(f"「{field.title}」必填", f"{field.title_en} must be filled in")
            level, mend = (Level.WARN, _taken(field.allowance)) if field.allowance else (Level.REJECT, _MEND)
            yield Check("S01", level, field.name, f"{quoted(field)} IS NULL", expected, mend, of_absence=True)


def _taken(allowance: Allowance) -> Text:
    because = allowance.because
    return Text(f"已接收（容缺：{because.zh}）；有的请补填。", f"Taken ({because.en}); fill it in where there is one.")


_MEND = Text("请按决定书补填后重新报送。", "Fill it in from the decision document and hand the row in again.")
