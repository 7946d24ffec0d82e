"""Why a row could not be laid out (行级读取问题), with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xinheng.core.errors import Text

NULL_BYTE = "S06"
RAGGED = "S08"
UNDECODABLE = "S09"

BAD_ROW_CODES: Mapping[str, Text] = MappingProxyType(
    {
        NULL_BYTE: Text("本行含有空字符", "The row holds null characters"),
        RAGGED: Text("本行单元格数与标题行不一致", "The row has another number of cells than the heading row"),
        UNDECODABLE: Text("本行含有无法识别编码的字符", "The row holds characters that cannot be decoded"),
    }
)


def null_byte() -> Text:
    """Sentence for a row with null characters (S06)."""
    return Text(
        "本行含有空字符（NUL），内容可能已损坏。请在原系统中核对本行后重新导出报送。",
        "The row holds null characters (NUL) and may be damaged. Check it at the source and export it again.",
    )


def undecodable(encoding: str) -> Text:
    """Sentence for a row with bytes that are no characters in the file's encoding (S09)."""
    return Text(
        f"本行有字符无法按本文件的编码（{encoding.upper()}）识别，已用“\ufffd”标出。"
        "请在原系统中核对后以 UTF-8 编码重新导出。",
        f"Some characters of the row cannot be decoded as {encoding.upper()}, as the file is written; shown as "
        "“\ufffd”. Check the row at the source and export it again as UTF-8.",
    )


def ragged(found: int, expected: int, *, last: bool) -> Text:
    """Sentence for a row with too few or too many cells (S08); the last row of a file may have been cut off."""
    few = found < expected
    zh = f"本行有 {found} 个单元格，标题行有 {expected} 列，{'少' if few else '多'} {abs(found - expected)} 个。"
    too = f"{abs(found - expected)} too {'few' if few else 'many'}"
    en = f"The row has {found} cells and the heading row {expected}: {too}. "
    if few and last:
        return Text(
            zh + "本行是文件的最后一行，文件可能被截断。请核对文件是否完整后重新报送。",
            en + "It is the last row: the file may have been cut off. Make sure it is complete and hand it in again.",
        )
    return Text(
        zh + "请核对分隔符是否多写或漏写；内容中含分隔符或换行的，须用英文双引号括起。",
        en
        + "Look for a separator too many or missing; put cells that hold separators or line breaks in double quotes.",
    )
