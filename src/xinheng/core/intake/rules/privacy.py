"""V12: free text holds no natural person's identity number or telephone (个人隐私): it is masked before it is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from xinheng.core.catalogue.item import Field, ItemVersion
from xinheng.core.errors import Text
from xinheng.core.intake.facts import screened_fields
from xinheng.core.intake.rules.bases import PUBLICATION_STANDARD, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, Row, rule
from xinheng.core.standards.resident_id import find_personal


@rule(
    "V12",
    Text("文字中有个人号码", "A personal number in a text"),
    basis=PUBLICATION_STANDARD,
    since=SINCE_2018,
)
def privacy(version: ItemVersion) -> Iterator[Check]:
    """Build the note for each text field; ``suspect_CODE`` marks cells with a long run of digits, ``confirm`` reads them."""
    for field in screened_fields(version):
        yield Check(
            "V12",
            Level.WARN,
            field.name,
            f'"suspect_{field.name}"',
            _EXPECTED,
            _MEND,
            confirm=_holds(field),
            reads=(field.name,),
        )


def _holds(field: Field) -> Callable[[Row], bool]:
    def confirm(row: Row) -> bool:
        return bool(find_personal(row[field.name] or ""))

    return confirm


_EXPECTED = Text("不含身份证号码、手机号码", "no identity or mobile number")
_MEND = Text(
    "号码已遮盖后保存，本行已接收；以后请先行遮盖。",
    "The number was masked before storing and the row was taken; please mask it beforehand.",
)
