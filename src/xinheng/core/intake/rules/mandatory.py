"""S01: a mandatory cell is filled (必填项). 424号 marks the mandatory fields; a group needs at least one."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import LAYOUT_2018, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, quoted, rule


@rule("S01", Text("必填项为空", "A mandatory cell is empty"), basis=LAYOUT_2018, since=SINCE_2018)
def mandatory(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each mandatory field and for each group of which one must be filled."""
    for field in version.fields:
        if field.required:
            expected = Text(f"「{field.title}」必填", f"{field.title_en} must be filled in")
            yield Check("S01", Level.REJECT, field.name, f"{quoted(field)} IS NULL", expected, _MEND, of_absence=True)
    for group in version.groups:
        members = [version.field(name) for name in group]
        titles = Text("、".join(m.title for m in members), ", ".join(m.title_en for m in members))
        where = " AND ".join(f"{quoted(member)} IS NULL" for member in members)
        expected = Text(f"以下至少填一项：{titles.zh}", f"at least one of: {titles.en}")
        yield Check("S01", Level.REJECT, members[0].name, where, expected, _MEND)


_MEND = Text("请按决定书补填后重新报送。", "Fill it in from the decision document and hand the row in again.")
