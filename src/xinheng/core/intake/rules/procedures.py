"""V05: penalties by summary procedure (简易程序) are not collected for publication; they go back uncounted as faults."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Effect, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018, UPLOAD_RULES
from xinheng.core.intake.rules.rule import Check, Level, quoted, rule


@rule(
    "V05",
    Text("简易程序处罚不归集", "Summary-procedure penalties are not collected"),
    basis=UPLOAD_RULES,
    since=SINCE_2018,
    effects=(Effect.ADVERSE,),
)
def procedures(version: ItemVersion) -> Iterator[Check]:
    """Build the check on the local field for the procedure; where it is empty nothing is assumed."""
    field = version.by_role("procedure")
    if field is not None:
        yield Check("V05", Level.REJECT, field.name, f"{quoted(field)} = '简易程序'", _EXPECTED, _MEND)


_EXPECTED = Text("普通程序的处罚", "a penalty by ordinary procedure")
_MEND = Text(
    "简易程序作出的处罚无需报送，请删除本行。", "A penalty by summary procedure need not be handed in: drop the row."
)
