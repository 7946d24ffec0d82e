"""The columns of the lake: every field of the catalogue is one or is left out for a reason; no natural person is in them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xinheng.core.catalogue.item import Field, Item, Privacy
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.ledger.columns import (
    EVENTS,
    GIVEN,
    LEDGER,
    LEFT_OUT,
    event_schema,
    field_columns,
    record_schema,
    record_sql,
)

ITEMS = tuple(load(name) for name in item_names())
FIELDS = [field for item in ITEMS for version in item.versions for field in version.fields]
CALCULATOR = Calculator()


def item_with(*fields: Field) -> Item:
    version = replace(load("administrative-penalty").latest, fields=fields)
    return Item("made-up", (version,))


def test_every_field_is_a_column_or_left_out_for_a_reason() -> None:
    columns = field_columns(ITEMS)
    for field in FIELDS:
        left_out = field.privacy in LEFT_OUT or field.role == "decision_number"
        assert (field.name in columns) is not left_out, field.name


def test_no_column_may_hold_a_natural_person() -> None:
    personal = {field.name for field in FIELDS if field.privacy is not Privacy.NONE}
    assert {"CF_FRDB", "CF_FR_ZJHM", "CF_XDR_ZJHM", "CF_SY", "CF_NR", "BZ"} <= personal
    assert not personal & set(record_schema(ITEMS).names)
    assert not {"by", "by_id", "reason", "fields"} & {*record_schema(ITEMS).names, *event_schema().names}


def test_amounts_are_fen_and_days_are_dates() -> None:
    schema = record_schema(ITEMS)
    assert schema.field("CF_NR_FK").type == pa.int64()
    assert schema.field("CF_JDRQ").type == schema.field("decided_on").type == pa.date32()
    assert schema.field("bucket").type == pa.int32()
    assert set(LEDGER) < set(schema.names)
    assert set(EVENTS) < set(event_schema().names)


def test_a_code_that_two_items_type_differently_is_text() -> None:
    items = (item_with(Field("X", "甲", "x", type="number")), item_with(Field("X", "甲", "x", type="string")))
    assert field_columns(items) == {"X": pa.string()}


def test_a_code_that_is_a_column_of_every_record_is_refused() -> None:
    with pytest.raises(ValueError, match="Published"):
        field_columns([item_with(Field("Published", "公", "p"))])


FIELD_COLUMNS = field_columns(ITEMS)
DATES = st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)).map(dt.date.isoformat)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
BY_TYPE = {pa.int64(): st.integers(0, 10**17), pa.date32(): DATES, pa.string(): TEXTS}
CELLS = st.fixed_dictionaries(
    {}, optional={"CF_SY": TEXTS, **{name: BY_TYPE[kind] for name, kind in FIELD_COLUMNS.items()}}
)


def twin(cells: dict[str, Any]) -> dict[str, Any]:
    """Return the field columns of a record, slowly and obviously."""
    found = {name: cells.get(name) for name in FIELD_COLUMNS}
    for name, kind in FIELD_COLUMNS.items():
        if kind == pa.date32() and found[name] is not None:
            found[name] = dt.date.fromisoformat(found[name])
    return found


@settings(max_examples=60)
@given(st.lists(CELLS, min_size=1, max_size=5))
def test_the_columns_say_what_the_fields_say(records: list[dict[str, Any]]) -> None:
    ledger = {
        name: pa.array([number if kind == pa.int64() else None for number in range(len(records))], kind)
        for name, kind in LEDGER.items()
    }
    fields = pa.array([json.dumps(cells, ensure_ascii=False) for cells in records])
    found = CALCULATOR.query(record_sql(FIELD_COLUMNS, "given"), given=pa.table({**ledger, "fields": fields}))
    assert found.schema.names == record_schema(ITEMS).names
    assert set(GIVEN) == {*LEDGER, "fields"}
    assert [{name: row[name] for name in FIELD_COLUMNS} for row in found.to_pylist()] == [*map(twin, records)]
    assert found["bucket"].to_pylist() == [number % 16 for number in range(len(records))]
