"""S10: a long number that a spreadsheet rounded (如 3.20106E+17): its digits are lost and are never guessed."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion, Privacy
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import HOUSE, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, lazily, quoted, rule


@rule("S10", Text("数字被电子表格截断", "A spreadsheet lost digits"), basis=HOUSE, since=SINCE_2018)
def digits_lost(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each text field short enough to hold a code."""
    for field in version.fields:
        if field.type == "string" and field.privacy is Privacy.NONE and (field.max_length or 0) <= 64:
            column = quoted(field)
            where = lazily(
                f"strlen({column}) BETWEEN 5 AND 24", f"regexp_full_match({column}, '[0-9](\\.[0-9]+)?[Ee]\\+?1[0-9]')"
            )
            where = f"({where}) OR list_contains(lossy, '{field.name}')"
            yield Check("S10", Level.REJECT, field.name, where, _EXPECTED, _MEND)


_EXPECTED = Text("完整的号码", "the complete number")
_MEND = Text(
    "号码的末几位已丢失，无法还原。请将该列设为文本格式，重新录入完整号码。",
    "The last digits are lost and cannot be restored. Format the column as text and type the whole number again.",
)
