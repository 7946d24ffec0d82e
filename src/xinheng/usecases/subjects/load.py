"""Seeding the register from any table with recognisable columns (``xinheng subjects load``)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction

from xinheng.core.access import Action, Actor, Target
from xinheng.core.access.roles import PLATFORM
from xinheng.core.errors import Explanation, Text, UnusableFile
from xinheng.core.intake.read import Chunk, open_table
from xinheng.core.intake.read.columnar import is_parquet, open_columns
from xinheng.core.intake.read.quoting import listed
from xinheng.core.intake.standardise import standard_code
from xinheng.core.standards import organization_code, registration_number
from xinheng.core.standards.dates import parse_date
from xinheng.core.standards.names import standardise_name_array
from xinheng.core.standards.resident_id import mask
from xinheng.core.subjects.headings import columns_of
from xinheng.usecases.deed import deed
from xinheng.usecases.intake.waiting import resolve_waiting
from xinheng.usecases.subjects.register import SCHEMA, enter, valid_codes

LONGEST = {"name": 300, "address": 500, "status": 40}


@dataclass(frozen=True, slots=True)
class Loaded:
    """How a seed went: rows read, subjects entered, rows left out by reason, columns recognised or ignored, waiting rows resolved."""

    received: int
    entered: int
    left_out: dict[str, int]
    columns: dict[str, str]
    ignored: tuple[str, ...]
    resolved: dict[str, int]


def load_register(
    content: BinaryIO,
    *,
    name: str,
    size: int,
    as_of: dt.date,
    actor: Actor,
    at: dt.datetime,
    progress: Callable[[int, int, int], None] | None = None,
) -> Loaded:
    """Enter every row with a valid unified code and a name; running it again changes nothing. Raises ``UnusableFile``."""
    reader = open_columns(content) if is_parquet(content) else open_table(content, name=name, size=size)
    places = columns_of(reader.header)
    if "name" not in places or "uscc" not in places:
        raise UnusableFile(_no_columns(reader.header))
    received, left_out = 0, Counter[str]()
    with deed(
        actor, Action.LOAD_REGISTER, Target(), about=f"register {mask(name)}"[:200], asked={"file": mask(name)}, at=at
    ) as done:
        for raw in reader.chunks():
            chunk = raw.parse()
            table = _registrations(chunk, places, as_of, left_out)
            with transaction.atomic():
                enter(table)
            received += len(chunk.rows) + len(chunk.bad)
            if progress:
                progress(chunk.consumed, size, received)
        entered = received - sum(left_out.values())
        done.result = {"received": received, "entered": entered, "left_out": dict(left_out)}
    resolved = resolve_waiting(actor=PLATFORM, at=at)
    used = {field: reader.header[place] for field, place in places.items()}
    ignored = tuple(heading for heading in reader.header if heading not in used.values())
    return Loaded(received, entered, dict(left_out), used, ignored, dict(resolved))


def _registrations(chunk: Chunk, places: dict[str, int], as_of: dt.date, left_out: Counter[str]) -> pa.Table:
    def column(field: str) -> pa.Array:
        return (
            chunk.table.column(places[field]).combine_chunks()
            if field in places
            else pa.nulls(len(chunk.rows), pa.string())
        )

    codes = _codes(column("uscc"))
    valid = valid_codes(codes)
    named = pc.is_valid(column("name"))
    left_out["unreadable row"] += len(chunk.bad)
    left_out["no code"] += codes.null_count
    left_out["wrong code"] += pc.and_(pc.is_valid(codes), pc.invert(valid)).true_count
    left_out["no name"] += pc.and_(valid, pc.invert(named)).true_count
    registration = _codes(column("reg_no"))
    organisation = _codes(column("org_code"))
    none = pa.scalar(None, pa.string())
    columns = {
        "uscc": codes,
        "name": _short(standardise_name_array(column("name")), "name"),
        "reg_no": pc.if_else(registration_number.is_valid_array(registration), registration, none),
        "org_code": pc.if_else(organization_code.is_valid_array(organisation), organisation, none),
        "former": column("former_names"),
        "address": _short(column("address"), "address"),
        "status": _short(column("status"), "status"),
        "established_on": pa.array(
            [parse_date(text) if text else None for text in column("start_date").to_pylist()], pa.date32()
        ),
        "as_of": pa.repeat(pa.scalar(as_of), len(chunk.rows)),
        "representative": column("representative"),
    }
    return pa.table([columns[name] for name in SCHEMA.names], schema=SCHEMA).filter(pc.and_(valid, named))


def _codes(given: pa.Array) -> pa.Array:
    if pc.all(pc.fill_null(pc.match_substring_regex(given, "^[0-9A-Z]+$"), True)).as_py():
        return given
    return pa.array([standard_code(text) if text and text.strip() else None for text in given.to_pylist()], pa.string())


def _short(given: pa.Array, name: str) -> pa.Array:
    return pc.utf8_slice_codeunits(given, 0, LONGEST[name])


def _no_columns(header: tuple[str, ...]) -> Explanation:
    shown = listed(header)
    return Explanation(
        Text("没有找到名称列或统一社会信用代码列", "No column of names, or none of unified codes, was found"),
        Text(f"文件的列：{shown.zh}", f"the file's columns: {shown.en}"),
        Text(
            "请将列名改为 name、uscc（或 名称、统一社会信用代码）。",
            "Call them name and uscc (or 名称, 统一社会信用代码).",
        ),
    )
