"""1001 (V03): name and code belong to one subject of the register; former names are understood.

Message on the national platform: 「验证规则代码:1001;错误描述:未查询到主体或查询到的主体信息不匹配」.
"""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Effect, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018, UPLOAD_RULES
from xinheng.core.intake.rules.rule import About, Check, Level, Row, rule

_ALL_BUT_REGISTER = (Effect.ADVERSE, Effect.NEUTRAL, Effect.FAVOURABLE)


@rule(
    "1001",
    Text("名称与代码不是同一主体", "Name and code are not the same subject"),
    basis=UPLOAD_RULES,
    since=SINCE_2018,
    effects=_ALL_BUT_REGISTER,
    about=About.ORGANISATIONS,
)
def names(version: ItemVersion) -> Iterator[Check]:
    """Build the check of the counterpart's name against the register's names of the subject that its code found."""
    field = version.by_role("counterpart_name")
    if field is not None:
        yield Check(
            "1001",
            Level.REJECT,
            field.name,
            "subject IS NOT NULL AND NOT name_ok",
            _expected,
            _MEND,
            reads=("registered_name",),
        )


def _expected(row: Row) -> Text:
    name = row["registered_name"]
    return Text(f"登记名称：{name}", f"name in the register: {name}")


_MEND = Text(
    "名称与该代码的登记名称不一致。请与证照核对名称和代码；如确已更名，请先报送变更登记，再重新报送本行。",
    "The name differs from the register's for this code. Compare both with the licence; after a change of name, hand in the registration first.",
)
