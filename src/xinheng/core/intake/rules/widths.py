"""V13: Chinese text with full-width, letters and digits with half-width characters (全半角). Mended by the platform, with a note."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Basis, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018
from xinheng.core.intake.rules.rule import About, Check, Level, rule


@rule(
    "V13",
    Text("名称的全半角或空格不规范", "Widths or spaces in the name"),
    basis=Basis("公共信用信息归集规范（江苏）", "汉字全角、英数半角；名称与证照一致", "DB32GJ", "F~"),
    since=SINCE_2018,
    about=About.ORGANISATIONS,
)
def widths(version: ItemVersion) -> Iterator[Check]:
    """Build the note on a counterpart's name that had to be standardised."""
    field = version.by_role("counterpart_name")
    if field is not None:
        yield Check("V13", Level.WARN, field.name, "name_mended", _EXPECTED, _MEND)


_EXPECTED = Text(
    "名称中括号用全角，字母数字用半角，无多余空格",
    "full-width brackets, half-width letters and digits, no stray spaces",
)
_MEND = Text("已按规范写法保存。", "Stored in the standard form.")
