"""V09: the deciding authority and the source agency carry right codes, normally of public bodies (11…, 12…)."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import Basis, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, quoted, rule


@rule(
    "V09",
    Text("机关代码不正确", "The authority's code is wrong"),
    basis=Basis("发改办财金〔2018〕424号", "处罚机关、数据来源单位统一社会信用代码", "424", "K"),
    since=SINCE_2018,
)
def agencies(version: ItemVersion) -> Iterator[Check]:
    """Build the checks of the codes of authority and source; the source should be the agency that hands the file in."""
    for role in ("deciding_authority_code", "source_agency_code", "registration_authority_code"):
        field = version.by_role(role)
        if field is None:
            continue
        column = quoted(field)
        yield Check("V09", Level.REJECT, field.name, f"{column} IS NOT NULL AND NOT {role}_ok", _RIGHT, _FILL)
        unusual = f"{role}_ok AND NOT (starts_with({column}, '11') OR starts_with({column}, '12'))"
        yield Check("V09", Level.WARN, field.name, unusual, _PUBLIC, _LOOK)
    source = version.by_role("source_agency_code")
    if source is not None:
        other = f"source_agency_code_ok AND {quoted(source)} <> agency"
        yield Check("V09", Level.WARN, source.name, other, _SELF, _LOOK)


_RIGHT = Text(
    "18 位统一社会信用代码，校验位正确", "an 18-character unified social credit code with a right check digit"
)
_FILL = Text(
    "请填写机关的统一社会信用代码（通常以 11 或 12 开头）。",
    "Write the authority's own code (it usually begins 11 or 12).",
)
_PUBLIC = Text("机关、事业单位的代码（11、12 开头）", "a public body's code (11… or 12…)")
_SELF = Text("本次报送单位的代码", "the code of the agency that hands the file in")
_LOOK = Text(
    "本行已接收；请确认是否为授权组织或代报。",
    "The row was taken; confirm that it is an authorised body or handed in for another.",
)
