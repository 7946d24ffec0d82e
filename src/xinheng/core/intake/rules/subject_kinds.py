"""V14: the item takes records of this kind of subject (主体类别范围).

Evaluations and payment states are kept of organisations only: a one-person business (个体工商户, code ``92…``) is a person's livelihood and is
in no evaluation (design §1, principle 1). Natural persons are refused by V06 wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Basis, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018
from xinheng.core.intake.rules.rule import About, Check, Level, quoted, rule

SHOP = "个体工商户"
_BASIS = Basis("深圳经济特区社会信用条例", "第三十四条：目录载明主体范围；信衡 设计 原则一", "SZ", "F")


@rule(
    "V14",
    Text("主体类别不在本目录项范围内", "The item takes no records of this kind of subject"),
    basis=_BASIS,
    since=SINCE_2018,
    about=About.ORGANISATIONS,
)
def subject_kinds(version: ItemVersion) -> Iterator[Check]:
    """Build the check that refuses one-person businesses where the item is about organisations only."""
    code = version.by_role("uscc")
    if code is None or SHOP in version.subject_kinds:
        return
    where = f"uscc_ok AND starts_with({quoted(code)}, '92')"
    yield Check("V14", Level.REJECT, code.name, where, _expected(version), _MEND)


def _expected(version: ItemVersion) -> Text:
    kinds = "、".join(version.subject_kinds)
    return Text(f"本目录项只归集：{kinds}", "organisations only: the item takes no one-person businesses (code 92…)")


_MEND = Text(
    "代码以 92 开头的是个体工商户，请删除本行；代码有误的请更正。",
    "A code beginning 92 is a one-person business: drop the row, or correct the code.",
)
