"""V01: an organisation's row carries its unified social credit code, and the code is right.

Message on the national platform: 「行政相对人代码_1(统一社会信用代码)不正确」. Where another code of the subject found it in the register the row
is taken with a note: old shops and old records have no unified code (domain notes, allowances per field).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xinheng.core.catalogue.item import Effect, Field, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import SINCE_2018, UPLOAD_RULES
from xinheng.core.intake.rules.rule import About, Check, Level, Row, quoted, rule
from xinheng.core.standards.identify import identify
from xinheng.core.standards.uscc import PLACEHOLDER


@rule(
    "V01",
    Text("统一社会信用代码缺失或不正确", "The unified social credit code is missing or wrong"),
    basis=UPLOAD_RULES,
    since=SINCE_2018,
    about=About.ORGANISATIONS,
)
def codes(version: ItemVersion) -> Iterator[Check]:
    """Build the checks of the counterpart's codes."""
    field = version.by_role("uscc")
    if field is None:
        return
    column = quoted(field)
    wrong = f"{column} IS NOT NULL AND NOT uscc_ok"
    if version.effect is not Effect.REGISTER:
        wrong += (
            f" AND {column} <> '{PLACEHOLDER}'"  # such a record waits (W02); the register itself is not fed with it
        )
    yield Check("V01", Level.REJECT, field.name, wrong, _expected(field), _mend(field), reads=(field.name,))
    if version.effect is Effect.REGISTER:
        yield Check("V01", Level.REJECT, field.name, f"{column} IS NULL", _EIGHTEEN, _FILL)
        return
    missing = f"{column} IS NULL AND subject IS NULL AND NOT other_code"
    taxpayer = version.by_role("taxpayer_number")
    if taxpayer is not None:  # the number that a taxpayer has stands in for the unified code, which most of them are
        where = f"{quoted(taxpayer)} IS NOT NULL AND {missing}"
        yield Check("V01", Level.REJECT, taxpayer.name, where, _TAXPAYER, _TAXPAYER_FILL)
    else:
        yield Check("V01", Level.REJECT, field.name, missing, _EIGHTEEN, _FILL, of_absence=True)
        yield Check(
            "V01",
            Level.WARN,
            field.name,
            f"{column} IS NULL AND subject IS NOT NULL AND NOT by_name",
            _EIGHTEEN,
            _KNOWN,
        )
    yield Check("V01", Level.WARN, field.name, "uscc_ok AND NOT inner_ok", _INNER, _LOOK)


def _expected(field: Field) -> Callable[[Row], Text]:
    def words(row: Row) -> Text:
        found = identify(str(row[field.name]))
        if found.personal:
            return _PERSONAL
        if found.kind == "uscc":
            return Text(f"{_EIGHTEEN.zh}。{found.why.zh}", f"{_EIGHTEEN.en}. {found.why.en}")
        return _EIGHTEEN

    return words


def _mend(field: Field) -> Callable[[Row], Text]:
    def words(row: Row) -> Text:
        found = identify(str(row[field.name]))
        if found.kind == "uscc" and (suggestion := found.suggestion):
            return Text(
                f"是否应为 {suggestion}？请与营业执照核对，平台不代为更改。",
                f"Should it be {suggestion}? Compare it with the licence; the platform changes nothing by itself.",
            )
        return _FILL

    return words


_EIGHTEEN = Text(
    "18 位统一社会信用代码，校验位正确", "an 18-character unified social credit code with a right check digit"
)
_PERSONAL = Text(
    "18 位统一社会信用代码；此处疑似填了个人证件号码，未保存",
    "an 18-character unified social credit code; this looks like a person's number and was not stored",
)
_FILL = Text("请按营业执照或登记证书填写统一社会信用代码。", "Write the code from the licence or certificate.")
_KNOWN = Text(
    "已按其他代码找到主体，本行已接收；以后请填统一社会信用代码。",
    "Found by another code and taken; please give the unified code next time.",
)
_TAXPAYER = Text(
    "18 位统一社会信用代码，或者 15 位旧纳税人识别号（6 位区划码加 9 位组织机构代码），校验位正确",
    "a unified code of 18 characters, or an old taxpayer number of 15 (6 of the area, 9 of the organisation code), its check digit right",
)
_TAXPAYER_FILL = Text(
    "请与税务登记或者营业执照核对，填写完整的号码，前后不加其他字符。",
    "Compare it with the tax registration or the licence; write the whole number and nothing before or behind it.",
)
_INNER = Text("第 9—17 位通常是有效的组织机构代码", "characters 9–17 are usually a valid organisation code")
_LOOK = Text(
    "代码校验位正确，本行已接收；如有疑问请核对证照。",
    "The check digit is right and the row was taken; compare with the licence if in doubt.",
)
