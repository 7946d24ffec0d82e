"""V02: codes beginning 92 belong to one-person businesses, and only they (行政相对人类别)."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018, UPLOAD_RULES
from xinheng.core.intake.rules.rule import About, Check, Level, quoted, rule


@rule(
    "V02",
    Text("主体类别与代码不符", "The counterpart's kind and its code disagree"),
    basis=UPLOAD_RULES,
    since=SINCE_2018,
    about=About.ORGANISATIONS,
)
def kinds(version: ItemVersion) -> Iterator[Check]:
    """Build the checks between the counterpart's kind and the first two characters of its code."""
    kind, code = version.by_role("counterpart_kind"), version.by_role("uscc")
    if kind is None or code is None:
        return
    shop, organisation = "'个体工商户'", "'法人及非法人组织'"
    yield Check(
        "V02",
        Level.REJECT,
        kind.name,
        f"uscc_ok AND starts_with({quoted(code)}, '92') AND {quoted(kind)} = {organisation}",
        Text("代码以 92 开头的是「个体工商户」", "a code beginning 92 is a one-person business (个体工商户)"),
        Text("请将类别改为「个体工商户」，或核对代码。", "Change the kind to 个体工商户, or check the code."),
    )
    yield Check(
        "V02",
        Level.REJECT,
        kind.name,
        f"uscc_ok AND NOT starts_with({quoted(code)}, '92') AND {quoted(kind)} = {shop}",
        Text("「个体工商户」的代码以 92 开头", "the code of a one-person business begins with 92"),
        Text(
            "请将类别改为「法人及非法人组织」，或核对代码。", "Change the kind to 法人及非法人组织, or check the code."
        ),
    )
