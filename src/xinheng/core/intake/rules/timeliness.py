"""V04: handed in within seven working days of the decision (七个工作日). Late is late, not wrong: the row is taken.

The notice binds administrative acts; other adverse records come as often as their own item says.
"""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Basis, Effect, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, date_column, rule


@rule(
    "V04",
    Text("迟报", "Handed in late"),
    basis=Basis("发改办财金〔2018〕424号", "自作出行政决定之日起7个工作日内", "424", "F"),
    since=SINCE_2018,
    effects=(Effect.ADVERSE, Effect.NEUTRAL),
)
def timeliness(version: ItemVersion) -> Iterator[Check]:
    """Build the note on rows decided before ``late_before``: the first day whose seven working days have not yet run out."""
    field = version.by_role("decided_on")
    both = version.by_role("penalty_kinds") or version.by_role("permit_kind")
    if field is not None and both is not None:  # 双公示: penalties and permits; lists have limits of their own
        yield Check("V04", Level.WARN, field.name, f"{date_column(field)} < late_before", _EXPECTED, _MEND)


ADMINISTRATIVE_ACTS = "行政管理信息"
_EXPECTED = Text("自决定之日起 7 个工作日内报送", "handed in within 7 working days of the decision")
_MEND = Text(
    "已接收，按迟报统计。时限从决定之日算起，不是结案之日。",
    "Taken, and counted as late. The time runs from the decision, not from the closing of the case.",
)
