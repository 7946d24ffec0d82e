"""V11: a mandatory text says something (占位文字): 「无」「/」「详见附件」 tell the subject and the public nothing."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Basis, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, lazily, one_of, quoted, rule

PLACEHOLDERS = (
    "无", "暂无", "不详", "空", "略", "无此项", "未知", "未标明", "未载明", "未披露", "未公开", "不明", "待补", "同上",
    "详见附件", "见附件", "详见决定书", "见决定书",
    "/", "\\", "-", "--", "—", "——", "*", "**", "***", "0", "1", ".", "。", "、", "N/A", "n/a", "NA", "null", "NULL", "None", "#N/A",
)  # fmt: skip
INVISIBLE = r"[\p{Cf}\pZ]+"  # nothing that a reader could see


@rule(
    "V11",
    Text("必填项填了占位文字", "A placeholder in a mandatory cell"),
    basis=Basis("发改办财金〔2018〕424号", "必填项应填写实际内容", "design", "K"),
    since=SINCE_2018,
)
def placeholders(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each mandatory free text field."""
    for field in version.fields:
        if field.required and field.type == "string" and not field.codes:
            column = quoted(field)
            empty = f"{one_of(column, PLACEHOLDERS)} OR regexp_full_match({column}, '{INVISIBLE}')"
            where = lazily(f"strlen({column}) <= 15", empty)
            yield Check("V11", Level.REJECT, field.name, where, _EXPECTED, _MEND, of_value=True)


_EXPECTED = Text("决定书上的实际内容", "what the decision document says")
_MEND = Text(
    "请填写决定书上的实际内容，不填「无」「详见附件」等。", "Write what the decision says, not 'none' or 'see annex'."
)
