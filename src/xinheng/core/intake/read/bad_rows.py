"""Why a row could not be laid out (行级读取问题), with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xinheng.core.errors import Text
from xinheng.core.intake.read.quoting import quoted

NULL_BYTE = "S06"
RAGGED = "S08"
UNDECODABLE = "S09"

BAD_ROW_CODES: Mapping[str, Text] = MappingProxyType(
    {
        NULL_BYTE: Text("本行含有空字符", "The row holds null characters"),
        RAGGED: Text("本行不能排入标题行的各列", "The row cannot be laid out under the headings"),
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


def no_object(place: int | None = None) -> Text:
    """Sentence for a line or an element of JSON that is no object (S08); ``place`` is the sign at which it breaks."""
    zh = "" if place is None else f"（第 {place} 个字符处有误）"
    en = "" if place is None else f" (it is wrong at character {place})"
    return Text(
        f'本行不是一个完整的 JSON 对象{zh}。每行须为一个 {{"列名": 值, …}}，请写完整后重新报送。',
        f'It is not one whole JSON object{en}. Each row is one {{"name": value, …}}; mend it and hand it in again.',
    )


def unknown_key(key: str) -> Text:
    """Sentence for a row with a filled column that the beginning of the file does not have (S08)."""
    return Text(
        f"本行有文件开头各行都没有的项“{quoted(key)}”，不能排入已确定的各列。请在第一行写出全部各项（无内容的写空值）后重新报送。",
        f"The row has a name, “{quoted(key)}”, that no row at the beginning of the file has. Write every name in the first "
        "row, with null where there is nothing, and hand the file in again.",
    )


def doubled_key(key: str) -> Text:
    """Sentence for a row that holds one column twice (S08)."""
    return Text(
        f"本行的“{quoted(key)}”出现了两次，无法判断以哪一个为准。请只保留一个。",
        f"“{quoted(key)}” occurs twice in the row, and which one counts cannot be told. Keep one of them.",
    )


def nameless_key() -> Text:
    """Sentence for a row with a value that has no name (S08)."""
    return Text(
        "本行有一项没有列名，无法对应到字段。请补上列名。",
        "A value of the row has no name and cannot be tied to a field. Give it one.",
    )


def nested(key: str) -> Text:
    """Sentence for a row in which a cell is itself a list or an object (S08)."""
    return Text(
        f"本行的“{quoted(key)}”中嵌有列表或下级内容，不能作为一个单元格。请改为一个文字、数字或日期。",
        f"“{quoted(key)}” holds a list or further parts and is no cell. Write one text, number or date instead.",
    )


def merged_down(heading: str, rows: tuple[int, int]) -> Text:
    """Sentence for a row of cells merged downwards whose value must not be repeated: a code, a number, a day (S08)."""
    return Text(
        f"“{quoted(heading)}”列第 {rows[0]} 至 {rows[1]} 行合并为一格；代码、文号、数字和日期属于哪一行不能推定。"
        "请取消合并，逐行填写。",
        f"“{quoted(heading)}” is merged over rows {rows[0]} to {rows[1]}; to which row a code, number or date belongs is "
        "not guessed. Unmerge the cells and fill in every row.",
    )


def merged_across(heading: str) -> Text:
    """Sentence for a row with a cell merged over several columns (S08)."""
    return Text(
        f"本行从“{quoted(heading)}”列起有几列合并为一格，内容属于哪一列不能推定。请取消合并，分列填写。",
        f"From “{quoted(heading)}” on several columns are merged into one cell; which of them it belongs to is not "
        "guessed. Unmerge it and fill in each column.",
    )


def no_row(name: str) -> Text:
    """Sentence for an element among the rows of an XML file that is no ROW (S08)."""
    return Text(
        f"ROWDATA 中的“{quoted(name)}”不是 ROW，未作为数据读取。请按交换格式导出。",
        f"“{quoted(name)}” in ROWDATA is no ROW and was not read as data. Export the file in the exchange form.",
    )


def stray_text(text: str) -> Text:
    """Sentence for a ROW of XML with text outside its fields (S08)."""
    return Text(
        f"本行有不属于任何字段的文字（{quoted(text)}）。请写入相应字段。",
        f"The row holds text outside its fields ({quoted(text)}). Put it into a field.",
    )
