"""From checked rows to the ledger's rows: key, digest, publication days and the cells as JSON, by one SQL statement a chunk."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from xinheng.core.catalogue.item import Field, ItemVersion, Privacy
from xinheng.core.engine.calculator import Calculator
from xinheng.core.ledger.publication import publication
from xinheng.core.standards.decision_numbers import decision_number_key_array

COLUMNS = (
    "subject_id", "record_key", "revision", "item", "version", "submission_id", "row_number", "source_agency", "deciding_authority",
    "decision_number", "decided_on", "content_digest", "published", "instrument", "first_day", "shortest_last_day", "last_day", "fields",
)  # fmt: skip
_CHANNEL = frozenset({"source_agency", "source_agency_code"})  # who passed it on is no part of what was decided


@dataclass(frozen=True, slots=True)
class Origin:
    """Where rows come from: the submission, the agency that handed it in (USCC), and the day (ISO) it came."""

    submission: int
    agency: str
    received_on: str


def ledger_rows(version: ItemVersion, table: pa.Table, rows: pa.Array, *, origin: Origin, calculator: Calculator) -> pa.Table:
    """Return the ledger's rows (``COLUMNS``, revision 0) for checked rows that have a subject, in their order.

    ``table`` is :attr:`Checked.table` cut to these rows; ``rows`` their row numbers. The key says which decision it is (authority and
    decision number, however written); the digest says what it says, whoever passed it on.
    """
    days = publication(version, table)
    number = version.by_role("decision_number")
    spelt = pc.coalesce(decision_number_key_array(_whole(table, number.name)), pa.scalar("")) if number else pa.repeat("", len(rows))
    for name, column in (
        ("row_number", rows), ("spelt", spelt), ("published", days.published), ("instrument", days.instrument),
        ("first_day", days.first_day), ("shortest_last_day", days.shortest_last_day), ("last_day", days.last_day),
    ):  # fmt: skip
        table = table.append_column(name, column)
    return calculator.query(_sql(version, origin), checked=table)


def json_sql(version: ItemVersion, *, typed: bool) -> str:
    """Return the SQL of a row's cells as one JSON object without empty cells; typed: dates as ISO, amounts in 分."""
    cells = [f"""'"{field.name}":' || {_json_value(field, typed=typed)}""" for field in _stored(version)]
    return f"'{{' || concat_ws(',', {', '.join(cells)}) || '}}'"


@lru_cache(maxsize=512)
def _sql(version: ItemVersion, origin: Origin) -> str:
    authority = _text(version.by_role("deciding_authority_code") or version.by_role("registration_authority_code"))
    number, decided = version.by_role("decision_number"), version.by_role("decided_on") or version.by_role("changed_on")
    shown = f'"{number.name}"' if number else "''"
    day = f'coalesce("d_{decided.name}", DATE \'{origin.received_on}\')' if decided else f"DATE '{origin.received_on}'"
    said = ", ".join(_said(field) for field in _stored(version) if field.role not in _CHANNEL)
    return f"""
        SELECT subject AS subject_id, md5(concat_ws(chr(31), '{version.name}', {authority}, spelt)) AS record_key, 0 AS revision,
            '{version.name}' AS item, '{version.revision.version}' AS version, {origin.submission} AS submission_id, row_number,
            '{origin.agency}' AS source_agency, {authority} AS deciding_authority, {shown} AS decision_number, {day} AS decided_on,
            md5(concat_ws(chr(31), {said})) AS content_digest, published, instrument, first_day, shortest_last_day, last_day,
            {json_sql(version, typed=True)} AS fields
        FROM checked"""  # noqa: S608 (field codes of the catalogue and our own numbers)


def _stored(version: ItemVersion) -> list[Field]:
    return [field for field in version.fields if field.privacy is not Privacy.PERSON_IDENTIFIER]


def _json_value(field: Field, *, typed: bool) -> str:
    if typed and field.type == "number":
        return f'"n_{field.name}"::VARCHAR'
    if typed and field.type == "date":
        return f"""'"' || "d_{field.name}"::VARCHAR || '"'"""
    return f'to_json("{field.name}")::VARCHAR'


def _said(field: Field) -> str:
    prefix = {"number": "n_", "date": "d_"}.get(field.type, "")
    column = "spelt" if field.role == "decision_number" else f'"{prefix}{field.name}"::VARCHAR'
    return f"coalesce({column}, '')"


def _text(field: Field | None) -> str:
    return f"coalesce(\"{field.name}\", '')" if field else "''"


def _whole(table: pa.Table, name: str) -> pa.Array:
    return table.column(name).combine_chunks()
