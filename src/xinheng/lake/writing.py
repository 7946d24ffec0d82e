"""Writing: one Delta commit a batch, with the ledger position as its application transaction, so that a batch is in once or not at all.

Whoever was killed before the commit left files that no version names; the vacuum takes them away. Two projectors that got in each other's
way (one was believed dead) cannot both commit: the library refuses a commit where another one of the same application came in between.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
from deltalake import (
    ColumnProperties,
    CommitProperties,
    DeltaTable,
    Field,
    Schema,
    Transaction,
    WriterProperties,
    write_deltalake,
)
from deltalake.exceptions import CommitFailedError

from xinheng.core.errors import Explanation, Text, Unavailable
from xinheng.lake.tables import PROJECTOR, position_of

_EACH_ITS_OWN = (
    "record_key",
    "content_digest",
    "decision_number",
    "row_number",
)  # a dictionary of them only costs memory
PARQUET = WriterProperties(
    compression="ZSTD",
    compression_level=3,
    max_row_group_size=1
    << 14,  # as many rows as this for each bucket are in memory at once; compaction makes larger groups
    column_properties={name: ColumnProperties(dictionary_enabled=False) for name in _EACH_ITS_OWN},
)


def append(table: DeltaTable, rows: Iterator[pa.Table], schema: pa.Schema, *, position: int) -> None:
    """Append rows (with the columns of ``schema``) as the state of the ledger at ``position``; nothing where the table is there already.

    ``table`` must be opened before the rows are read: what others commit from then on makes this fail with ``Unavailable``.
    """
    if position_of(table) >= position:
        return
    failed: list[BaseException] = []
    reader = pa.RecordBatchReader.from_batches(schema, _batches(rows, schema, failed))
    commit = CommitProperties(
        custom_metadata={"ledger_position": str(position)}, app_transactions=[Transaction(PROJECTOR, position)]
    )
    try:
        write_deltalake(table, reader, mode="append", writer_properties=PARQUET, commit_properties=commit)
    except CommitFailedError as error:
        raise Unavailable(_OVERTAKEN) from error
    except Exception:
        if failed:
            raise failed[0] from None  # what the source said, not how the library passed it on
        raise


def widen(table: DeltaTable, schema: pa.Schema) -> None:
    """Give a table the columns that the catalogue has got since; raises ``Unavailable`` where a column changed its type."""
    held = {field.name: str(field.type) for field in pa.schema(table.schema().to_arrow())}
    wanted = Schema.from_arrow(schema)
    known = {field.name: field for field in Schema.from_arrow(pa.schema(table.schema().to_arrow())).fields}
    new: list[Field] = []
    for field in wanted.fields:
        if field.name not in held:
            new.append(field)
        elif known[field.name].type != field.type:
            raise Unavailable(_other_type(field.name))
    if new:
        table.alter.add_columns(new)


def _batches(rows: Iterator[pa.Table], schema: pa.Schema, failed: list[BaseException]) -> Iterator[pa.RecordBatch]:
    try:
        for table in rows:
            yield from table.select(schema.names).cast(schema).to_batches()
    except BaseException as error:
        failed.append(error)
        raise


def _other_type(column: str) -> Explanation:
    return Explanation(
        Text(f"数据湖的列 {column} 类型已变", f"The lake's column {column} has another type now"),
        Text("目录修订改变了该数据项的类型", "a revision of the catalogue changed the type of the field"),
        Text("请运行 xinheng lake rebuild 重建。", "Run xinheng lake rebuild."),
    )


_OVERTAKEN = Explanation(
    Text("本次写入数据湖已作废", "This write to the lake was given up"),
    Text("另一进程先行写入了同一段", "another process wrote the same stretch first"),
    Text("无需处理；可再次运行同一命令。", "Nothing is lost; run the same command again."),
)
