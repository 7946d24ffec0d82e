"""S02: a cell is no longer than the layout allows (字段长度)."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion, Privacy
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import LAYOUT_2018, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, lazily, quoted, rule


@rule("S02", Text("超过字段长度", "A cell is too long"), basis=LAYOUT_2018, since=SINCE_2018)
def lengths(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each text field with a length; bytes are counted first because they bound the characters."""
    for field in version.fields:
        limit = field.max_length
        if limit is None or field.type != "string" or field.privacy is Privacy.PERSON_IDENTIFIER:
            continue
        column = quoted(field)
        where = lazily(f"strlen({column}) > {limit}", f"length({column}) > {limit}")
        expected = Text(f"不超过 {limit} 个字符", f"at most {limit} characters")
        yield Check("S02", Level.REJECT, field.name, where, expected, _MEND, of_value=True)


_MEND = Text("请精简文字，或检查是否错列。", "Shorten the text, or check whether columns have shifted.")
