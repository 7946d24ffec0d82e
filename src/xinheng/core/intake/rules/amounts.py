"""S04 and V08: amounts (金额): numbers without tricks, a fine where a fine was imposed, the text and the field in agreement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from xinheng.core.catalogue.item import Basis, Field, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import LAYOUT_2018, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, Row, fen_column, lazily, quoted, rule
from xinheng.core.standards.money import amounts_in, format_yuan

_BASIS = Basis("发改办财金〔2018〕424号", "罚款金额（万元），六位小数", "PUN-REQ", "F")


@rule("S04", Text("不是有效金额", "Not an amount"), basis=LAYOUT_2018, since=SINCE_2018)
def numbers(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each amount field, and a note on amounts written with ¥ or commas."""
    for field in version.fields:
        if field.type == "number":
            column = quoted(field)
            wrong = f"{column} IS NOT NULL AND {fen_column(field)} IS NULL"
            unit = field.unit or "元"
            zh = f"以{unit}为单位的数，如 1.5（列名另有单位的，以列名为准）"
            expected = Text(zh, f"a number in {unit}, such as 1.5 (or in the unit that the heading names)")
            yield Check("S04", Level.REJECT, field.name, wrong, expected, _PLAIN, of_value=True)
            dressed = f"{fen_column(field)} IS NOT NULL AND try_cast({column} AS DOUBLE) IS NULL"
            yield Check("S04", Level.WARN, field.name, dressed, expected, _UNDERSTOOD, of_value=True)


@rule("V08", Text("金额与处罚不符", "The amounts do not fit the penalty"), basis=_BASIS, since=SINCE_2018)
def fines(version: ItemVersion) -> Iterator[Check]:
    """Build the checks between the kinds of penalty, its amounts and its text."""
    fine, content = version.by_role("fine"), version.by_role("content")
    if fine is not None:
        missing = f"kinds_fine AND ({quoted(fine)} IS NULL OR {fen_column(fine)} <= 0)"
        yield Check("V08", Level.REJECT, fine.name, missing, _FINE, _FILL, of_absence=True)
    for role, kind, expected in (
        ("confiscation", "kinds_confiscation", _TAKEN),
        ("licence", "kinds_licence", _LICENCE),
    ):
        field = version.by_role(role)
        if field is not None:
            yield Check("V08", Level.WARN, field.name, f"{kind} AND {quoted(field)} IS NULL", expected, _FILL)
    if fine is not None and content is not None:
        amount = fen_column(fine)
        said = _said_plainly(quoted(content), amount)
        where = lazily(f"{amount} > 0 AND {quoted(content)} IS NOT NULL", f"NOT {said}")
        reads = (content.name, f"n_{fine.name}")
        confirm, expected_amount = _differs(fine, content), _amount_in_text(content)
        yield Check("V08", Level.WARN, fine.name, where, expected_amount, _COMPARE, confirm=confirm, reads=reads)


def _said_plainly(content: str, amount: str) -> str:
    """Return an SQL predicate that holds only where the text names the amount itself, in figures with 元 or 万元 behind and no figure before."""
    yuan = f"(({amount} // 100)::VARCHAR || '元')"
    myriads = f"({amount} // 1000000)::VARCHAR || rtrim('.' || lpad(({amount} % 1000000)::VARCHAR, 6, '0'), '0')"
    in_myriads = _names(content, f"(rtrim({myriads}, '.') || '万元')")
    return f"CASE WHEN {amount} % 100 = 0 AND {_names(content, yuan)} THEN true ELSE {in_myriads} END"


def _names(content: str, figures: str) -> str:
    before = f"substr({content}, strpos({content}, {figures}) - 1, 1)"
    return f"(contains({content}, {figures}) AND NOT contains('0123456789０１２３４５６７８９.,．，', {before}))"


def _differs(fine: Field, content: Field) -> Callable[[Row], bool]:
    def confirm(row: Row) -> bool:
        said = amounts_in(row[content.name])
        together = () if _OTHERS.search(row[content.name]) else (sum(said),)
        return bool(said) and row[f"n_{fine.name}"] not in (*said, *together)

    return confirm


def _amount_in_text(content: Field) -> Callable[[Row], Text]:
    def words(row: Row) -> Text:
        said = "、".join(format_yuan(amount) for amount in amounts_in(row[content.name]))
        return Text(f"与处罚内容一致（文中：{said} 元）", f"the same as in the text ({said} yuan)")

    return words


_OTHERS = re.compile("主管人员|责任人员|责任人|负责人")  # whose own fine is no part of the organisation's
_PLAIN = Text(
    "请只填数字和小数点，不填单位、0x、下划线或科学计数。",
    "Digits and a point only: no unit, 0x, underscore or exponent.",
)
_UNDERSTOOD = Text("已按数值理解并接收；以后请只填数字。", "Understood and taken; please give digits only next time.")
_FINE = Text("处罚类别含「罚款」时，罚款金额大于 0", "a fine above 0 where the kinds include 罚款")
_TAKEN = Text("含「没收」时填没收金额", "the confiscated amount where something was confiscated")
_LICENCE = Text("含暂扣、吊销时填证照名称及编号", "the licence's name and number where one was withdrawn")
_FILL = Text("请按决定书填写。", "Fill it in from the decision document.")
_COMPARE = Text(
    "请核对单位（万元还是元）和金额；本行已接收。", "Check the unit (万元 or 元) and the amount; the row was taken."
)
