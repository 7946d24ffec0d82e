"""S06, S08, S09: a row that cannot be laid out under the header (行格式). Found on reading, before any column has a meaning."""

from __future__ import annotations

from collections.abc import Iterator

from xinheng.core.catalogue.item import ItemVersion, Privacy
from xinheng.core.errors import Text
from xinheng.core.intake.rules.bases import HOUSE, SINCE_2018
from xinheng.core.intake.rules.rule import Check, Level, rule


@rule("S06", Text("含不可见控制字符", "A cell holds control characters"), basis=HOUSE, since=SINCE_2018)
def control_characters(version: ItemVersion) -> Iterator[Check]:
    """Build a check for each field; the bytes of a chunk were looked through once, ``control_CODE`` marks the cells."""
    for field in version.fields:
        if field.privacy is not Privacy.PERSON_IDENTIFIER:
            yield Check("S06", Level.REJECT, field.name, f'"control_{field.name}"', _CLEAN, _RETYPE, of_value=True)


@rule("S08", Text("列数与表头不符", "The row does not fit the header"), basis=HOUSE, since=SINCE_2018)
def ragged(version: ItemVersion) -> Iterator[Check]:  # noqa: ARG001 (the reader finds these rows)
    """Build nothing: the reader finds rows with too few or too many cells."""
    return iter(())


@rule("S09", Text("文字编码有误", "Bytes that are no text"), basis=HOUSE, since=SINCE_2018)
def undecodable(version: ItemVersion) -> Iterator[Check]:  # noqa: ARG001 (the reader finds these rows)
    """Build nothing: the reader finds rows whose bytes are no text in the file's encoding."""
    return iter(())


_CLEAN = Text("只含可见文字", "visible text only")
_RETYPE = Text(
    "请重新录入该单元格（可能是从别的系统复制带入的）。", "Type the cell again; the characters came with a copy."
)
