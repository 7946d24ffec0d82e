"""Why a file as a whole is unusable (文件不可用), each in one place: what happened, why, and what to do now."""

from __future__ import annotations

from xinheng.core.errors import Explanation, Text, UnusableFile
from xinheng.core.intake.read.quoting import quoted

SAVE_AS_UTF8 = Text(
    "请另存为“CSV UTF-8（逗号分隔）”或 XLSX 后重新报送。",
    "Save it as “CSV UTF-8 (comma delimited)” or as XLSX and hand it in again.",
)
EXPORT_AGAIN = Text("请从原系统重新导出完整的文件后再报送。", "Export the complete file again and hand it in.")


def refuse(what: tuple[str, str], why: tuple[str, str], mend: tuple[str, str] | Text, **facts: object) -> UnusableFile:
    """Build the error from three sentences, each (Chinese, English); ``facts`` become attributes for programs."""
    last = mend if isinstance(mend, Text) else Text(*mend)
    return UnusableFile(Explanation(Text(*what), Text(*why), last), **facts)


def empty_file() -> UnusableFile:
    """Nothing at all in the file."""
    return refuse(
        ("文件是空的。", "The file is empty."),
        ("文件中没有任何内容，没有标题行，也没有数据。", "There is neither a heading row nor data in it."),
        ("请确认选对了文件，重新导出后报送。", "Make sure that it is the right file, export it again and hand it in."),
        reason="empty",
    )


def only_header(row: int) -> UnusableFile:
    """Headings without any row of data."""
    return refuse(
        ("文件只有标题行，没有数据。", "The file has a heading row but no data."),
        (f"第 {row} 行是标题行，其后没有任何数据行。", f"Row {row} holds the headings and no row follows it."),
        (
            "本期没有数据的，无须报送文件；有数据的，请重新导出。",
            "Where there is nothing to report no file is due; otherwise export it again.",
        ),
        reason="only-header",
        row=row,
    )


def wrong_encoding(row: int, byte: int) -> UnusableFile:
    """The text is in no encoding that is accepted."""
    return refuse(
        (
            f"无法识别文件的文字编码，第 {row} 行起有无法识别的字符。",
            f"The encoding of the text is unknown; the first undecodable byte is in row {row}.",
        ),
        (
            f"文件既不是 UTF-8 也不是 GB18030（GBK）编码：第 {row} 行、文件第 {byte + 1} 个字节无法识别。",
            f"It is neither UTF-8 nor GB18030 (GBK): byte {byte + 1} of the file, in row {row}, cannot be decoded.",
        ),
        SAVE_AS_UTF8,
        reason="encoding",
        row=row,
        byte=byte,
    )


def not_text() -> UnusableFile:
    """Too many control characters: binary, or UTF-16 without a byte order mark."""
    return refuse(
        ("文件不是文本表格。", "The file is not a table of text."),
        (
            "文件中有大量控制字符，可能是其他软件的文件，或没有字节序标记（BOM）的 UTF-16 文本。",
            "It is full of control characters: a file of some other software, or UTF-16 without a byte order mark.",
        ),
        SAVE_AS_UTF8,
        reason="binary",
    )


def other_kind(kind: Text, mend: Text) -> UnusableFile:
    """A file of a known kind that is no table we read."""
    return refuse(
        (f"这是{kind.zh}，不能作为数据表读取。", f"This is {kind.en}; it cannot be read as a table."),
        (
            "报送只接受 CSV、XLSX、XLS、WPS 表格（.et）、JSON 行和 XML（ROWDATA）。",
            "Accepted are CSV, XLSX, XLS, WPS spreadsheets (.et), JSON lines and XML (ROWDATA).",
        ),
        mend,
        reason="kind",
        kind=kind.en,
    )


def header_looks_like_data(row: int, cells: list[str]) -> UnusableFile:
    """The first row holds codes, dates or amounts where headings should be."""
    sample = "、".join(map(quoted, cells[:3]))
    return refuse(
        ("文件缺少标题行。", "The heading row is missing."),
        (f"第 {row} 行看来是数据而不是标题（{sample}）。", f"Row {row} looks like data, not like headings ({sample})."),
        (
            "请在第一行加上各列的名称（目录中的中文名称或字段代码）后重新报送。",
            "Add the column names (names or field codes of the catalogue) as the first row and hand it in again.",
        ),
        reason="header-missing",
        row=row,
    )


def title_above_header(row: int, title: str) -> UnusableFile:
    """One lonely cell above a table: a title where the headings should be."""
    return refuse(
        (f"第 {row} 行是表名而不是标题行。", f"Row {row} is a title, not the heading row."),
        (
            f"该行只有一个单元格有内容（{quoted(title)}），而下面的行有多列。",
            f"It has content in one cell only ({quoted(title)}) while the rows below have several columns.",
        ),
        (
            "请删除标题行以上的表名、填报说明等行后重新报送。",
            "Delete the title and any other rows above the headings and hand it in again.",
        ),
        reason="title",
        row=row,
    )


def doubled_heading(name: str, first: str, second: str) -> UnusableFile:
    """Two columns of one name: which one counts must not be guessed."""
    name = quoted(name)
    return refuse(
        (f"标题“{name}”出现了两次。", f"The heading “{name}” occurs twice."),
        (
            f"{first} 列和 {second} 列同名，无法判断以哪一列为准。",
            f"Columns {first} and {second} have the same name, and which one counts cannot be told.",
        ),
        ("请删除或改名其中一列后重新报送。", "Delete or rename one of them and hand the file in again."),
        reason="header-doubled",
        name=name,
        columns=(first, second),
    )


def empty_heading(column: str) -> UnusableFile:
    """A column without a name between named ones."""
    return refuse(
        (f"{column} 列没有标题。", f"Column {column} has no heading."),
        ("没有标题的列无法对应到目录中的字段。", "A column without a name cannot be tied to a field of the catalogue."),
        ("请补上标题，或删除该列后重新报送。", "Give it a heading or delete the column and hand the file in again."),
        reason="header-empty",
        column=column,
    )


def record_too_long(row: int, limit: int) -> UnusableFile:
    """A record beyond any sense, mostly a quote that was never closed."""
    mib = limit >> 20
    return refuse(
        (f"第 {row} 行超过 {mib} MiB，不能读取。", f"Row {row} is longer than {mib} MiB and cannot be read."),
        (
            "该行没有换行，或其中一个单元格的英文双引号没有配对，把其后的内容都括了进去。",
            "It has no line break, or a double quote in it was never closed and swallowed all that follows.",
        ),
        (
            f"请核对第 {row} 行的双引号和换行；内容中的双引号应写成两个双引号。",
            f"Check quotes and line breaks in row {row}; a double quote inside a cell is written twice.",
        ),
        reason="record-too-long",
        row=row,
    )


def cut_inside_quotes(row: int) -> UnusableFile:
    """The end of the file came before the closing quote."""
    return refuse(
        (f"文件在第 {row} 行的单元格中间结束。", f"The file ends in the middle of a cell of row {row}."),
        (
            f"第 {row} 行有一个单元格的英文双引号没有配对：文件可能被截断，或内容中的双引号没有写成两个。",
            f"A double quote opened in row {row} is not closed: the file was cut off, or a quote is not doubled.",
        ),
        EXPORT_AGAIN,
        reason="cut",
        row=row,
    )


def unreadable_rows(first: int, last: int) -> UnusableFile:
    """The two readings of a stretch of the file do not agree; nothing is guessed."""
    return refuse(
        (f"第 {first} 至 {last} 行无法读取。", f"Rows {first} to {last} cannot be read."),
        ("这些行的分隔符和双引号无法还原成表格。", "Their separators and quotes do not make a table."),
        SAVE_AS_UTF8,
        reason="layout",
        row=first,
    )


def damaged_workbook(detail: str = "") -> UnusableFile:
    """An XLSX that cannot be opened."""
    return refuse(
        ("工作簿已损坏，无法打开。", "The workbook is damaged and cannot be opened."),
        (
            "文件不完整，或其内部结构有误。",
            f"The file is incomplete or its inner structure is wrong. {detail[:120]}".strip(),
        ),
        (
            "请用表格软件打开后另存为 XLSX，再重新报送。",
            "Open it in a spreadsheet program, save it as XLSX again and hand it in.",
        ),
        reason="damaged",
    )


def damaged_old_workbook() -> UnusableFile:
    """An XLS or ``.et`` that cannot be opened."""
    return refuse(
        (
            "旧版工作簿（.xls、.et）已损坏，无法打开。",
            "The old workbook (.xls, .et) is damaged and cannot be opened.",
        ),
        ("文件不完整，或其内部结构有误。", "The file is incomplete or its inner structure is wrong."),
        (
            "请用 Excel 或 WPS 打开后另存为 XLSX，再重新报送。",
            "Open it in a spreadsheet program, save it as XLSX and hand it in again.",
        ),
        reason="damaged",
    )


def damaged_columns() -> UnusableFile:
    """A Parquet file that cannot be read, or whose cells are lists or structures."""
    return refuse(
        ("Parquet 文件无法读取。", "The Parquet file cannot be read."),
        (
            "文件不完整、内部结构有误，或者单元格中是列表等复合内容。",
            "It is incomplete, its inner structure is wrong, or its cells hold lists or structures.",
        ),
        (
            "请重新导出为文字和数字的列后再提供，或改用 CSV。",
            "Export it again with columns of texts and numbers, or as CSV.",
        ),
        reason="damaged",
    )


def unsafe_workbook(why: tuple[str, str]) -> UnusableFile:
    """An XLSX that would harm whoever opens it, or holds what a table never holds."""
    return refuse(
        ("工作簿未通过安全检查，没有打开。", "The workbook did not pass the safety check and was not opened."),
        why,
        (
            "请把数据复制到新的工作簿，只保留一张数据表，另存为 XLSX 或 CSV 后重新报送。",
            "Copy the data into a new workbook with one sheet, save it as XLSX or CSV and hand it in again.",
        ),
        reason="unsafe",
    )


def encrypted_workbook() -> UnusableFile:
    """A workbook behind a password."""
    return refuse(
        ("工作簿设有密码，无法打开。", "The workbook is protected by a password and cannot be opened."),
        ("平台不保管、也不索要文件密码。", "The platform neither keeps nor asks for passwords of files."),
        (
            "请取消打开密码后重新报送；文件在传输和保存时由平台加密。",
            "Remove the password and hand it in again; the platform seals the file itself.",
        ),
        reason="encrypted",
    )


def no_objects(first: Text) -> UnusableFile:
    """A JSON file in whose beginning no row is one object; ``first`` says what is wrong with the first."""
    return refuse(
        ("文件不是 JSON 行格式。", "The file is not in JSON lines."),
        (f"文件开头没有一行能读取：{first.zh}", f"No row at its beginning can be read: {first.en}"),
        (
            "请导出为每行一个对象的 JSON（或一个对象数组），或改用 CSV 后重新报送。",
            "Export it with one object a line (or as one array of objects), or as CSV, and hand it in again.",
        ),
        reason="json",
    )


def broken_json(item: int, detail: str) -> UnusableFile:
    """An array of objects that cannot be read beyond its ``item``-th."""
    return refuse(
        (f"JSON 数组在第 {item} 个对象处不能继续读取。", f"The JSON array cannot be read from object {item} on."),
        ("文件可能被截断，或该处写法有误。", f"The file was cut off, or is wrongly written there. {detail}".strip()),
        EXPORT_AGAIN,
        reason="cut",
        row=item,
    )


def broken_xml(row: int, line: int, detail: str) -> UnusableFile:
    """An XML file that ends too early or is not well-formed."""
    return refuse(
        (f"XML 文件从第 {line} 行（文件行）起不能读取。", f"The XML file cannot be read from its line {line} on."),
        (
            f"已读到第 {row} 个 ROW；文件可能被截断、标签没有配对，或含有 XML 不允许的字符。",
            f"ROW {row} was the last reached: the file was cut off, or is not well-formed ({detail}).",
        ),
        EXPORT_AGAIN,
        reason="cut",
        row=row,
    )


def unsafe_xml(why: tuple[str, str]) -> UnusableFile:
    """An XML file that defines entities or nests without an end."""
    return refuse(
        ("XML 文件未通过安全检查，没有读取。", "The XML file did not pass the safety check and was not read."),
        why,
        (
            "请按交换格式（<ROWDATA><ROW …/></ROWDATA>）重新导出后报送。",
            "Export it in the exchange form (<ROWDATA><ROW …/></ROWDATA>) and hand it in again.",
        ),
        reason="unsafe",
    )


def other_encoding(declared: str) -> UnusableFile:
    """An XML file that declares an encoding in which no accepted file is written."""
    return refuse(
        (
            f"XML 声明的编码 {quoted(declared)} 不能使用。",
            f"The encoding {quoted(declared)} of the XML file is not accepted.",
        ),
        ("只接受 UTF-8、UTF-16 和 GB18030（GB2312、GBK）。", "Accepted are UTF-8, UTF-16 and GB18030 (GB2312, GBK)."),
        ("请以 UTF-8 编码重新导出后报送。", "Export it as UTF-8 and hand it in again."),
        reason="encoding",
    )


def too_many_columns(limit: int) -> UnusableFile:
    """More names of columns than any table has."""
    return refuse(
        (f"文件的列超过 {limit} 个。", f"The file has more than {limit} columns."),
        ("每行的列名都不相同，不能排成表格。", "Its rows have ever new names and do not make a table."),
        ("请核对导出的方式：列名应为目录中的名称或代码。", "Check the export: names are those of the catalogue."),
        reason="columns",
    )


def no_rows() -> UnusableFile:
    """A file in the form of a table, without a row or a column in it."""
    return refuse(
        ("文件中没有数据。", "The file holds no data."),
        ("文件格式正确，但没有任何一行有内容。", "It is written rightly, but no row of it is filled."),
        (
            "本期没有数据的，无须报送文件；有数据的，请重新导出。",
            "Where there is nothing to report no file is due; otherwise export it again.",
        ),
        reason="empty",
    )


def no_sheet() -> UnusableFile:
    """No visible sheet holds a cell."""
    return refuse(
        ("工作簿中没有数据。", "The workbook holds no data."),
        ("可见的工作表都是空的（隐藏的工作表不读取）。", "All visible sheets are empty; hidden sheets are not read."),
        (
            "请把数据放在第一张可见的工作表中后重新报送。",
            "Put the data on the first visible sheet and hand it in again.",
        ),
        reason="empty",
    )
