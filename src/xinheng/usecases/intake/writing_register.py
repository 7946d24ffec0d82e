"""Writing registrations (登记入库): rows of the register's own items first make or change their subject, then become records of it."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import ItemVersion
from xinheng.core.ledger.rows import ledger_rows
from xinheng.core.standards import organization_code, registration_number
from xinheng.core.subjects.subject import CodeKind
from xinheng.store.register import LiveRegister
from xinheng.usecases.intake.preparing import Preparer, calculator_here
from xinheng.usecases.intake.writing import ChunkWriter, Split, split
from xinheng.usecases.subjects.register import SCHEMA, enter

_TEXTS = {
    "uscc": "uscc", "name": "counterpart_name", "reg_no": "registration_number", "org_code": "organization_code", "former": "former_names",
    "address": "address", "status": "status", "representative": "legal_representative",
}  # fmt: skip


class RegisterWriter(ChunkWriter):
    """Writes the chunks of a registration file."""

    def __init__(self, *, submission: int, agency: str, number_field: str, preparer: Preparer) -> None:
        super().__init__(submission=submission, agency=agency, number_field=number_field, full=preparer.full)
        self._preparer = preparer

    def prepare(self, chunk: Split) -> Split:
        """Enter the chunk's subjects, then return its rows as records to be looked up one by one."""
        accepted = chunk.prepared.accepted
        if not accepted.num_rows:
            return chunk
        version = self._preparer.item.version
        enter(registrations(version, accepted))
        place = accepted.schema.get_field_index("subject")
        field = version.by_role("uscc")
        assert field is not None  # noqa: S101 (the register's items have a code)
        found = LiveRegister().find(CodeKind.USCC, accepted.column(field.name).combine_chunks())
        known = accepted.set_column(place, "subject", found.subject)
        rows = ledger_rows(
            version,
            known.drop_columns(["row_number"]),
            known.column("row_number").combine_chunks(),
            taken=pa.repeat(pa.scalar(True), known.num_rows),
            absent=self._preparer.layout.absent,
            origin=self._preparer.origin,
            calculator=calculator_here(),
        )
        return split(replace(chunk.prepared, ledger=rows), None)


def registrations(version: ItemVersion, accepted: pa.Table) -> pa.Table:
    """Return checked rows of a registration item as the register takes them."""
    rows = accepted.num_rows
    columns: dict[str, pa.Array | pa.ChunkedArray] = {}
    for name, role in _TEXTS.items():
        field = version.by_role(role)
        columns[name] = _valid(name, accepted.column(field.name)) if field else pa.nulls(rows, pa.string())
    established, changed = version.by_role("established_on"), version.by_role("changed_on")
    columns["established_on"] = accepted.column(f"d_{established.name}") if established else pa.nulls(rows, pa.date32())
    today = accepted.column("today")
    columns["as_of"] = pc.coalesce(accepted.column(f"d_{changed.name}"), today) if changed else today
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def _valid(name: str, column: pa.ChunkedArray) -> pa.Array:
    """Return a column of the register; of its codes only those with a right check digit find somebody."""
    values = column.combine_chunks()
    proof = {"reg_no": registration_number, "org_code": organization_code}.get(name)
    return values if proof is None else pc.if_else(proof.is_valid_array(values), values, pa.scalar(None, pa.string()))
