"""The lake after real deliveries: what is in it, and that no natural person is."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from xinheng.core.sample.codes import identity_number
from xinheng.core.standards.resident_id import find_personal
from xinheng.lake.reading import Snapshot, files_at
from xinheng.lake.tables import Lake

from ..commands import Xinheng
from ..persons.people import NAME, person
from ..sheets import PENALTY, TODAY, Province, csv_bytes, penalty_sheet

PERSON = "甲测试人"
NUMBER = identity_number(7)
DAY = TODAY.isoformat()
DIGESTS = frozenset({"record_key", "content_digest"})


def texts(snapshot: Snapshot) -> set[str]:
    """Return every text in the lake's records and events."""
    found: set[str] = set()
    for relation, schema in ((snapshot.records(), snapshot.schema), (snapshot.events(), snapshot.event_schema)):
        for field in schema:
            if (
                field.type == pa.string() and field.name not in DIGESTS
            ):  # eleven digits of a digest may look like a telephone number
                rows = duckdb.sql(f'SELECT DISTINCT "{field.name}" FROM {relation}').fetchall()
                found |= {text for (text,) in rows if text}
    return found


def test_no_natural_person_is_in_the_rows(xinheng: Xinheng, province: Province, tmp_path: Path) -> None:
    unknown = province.penalty(
        2, CF_XDR_SHXYM="91320000134762764K", CF_XDR_MC="虚构待认领企业", CF_WSH="虚湖罚〔2026〕9号"
    )
    given = [
        province.penalty(n, CF_FRDB=PERSON, CF_SY=f"{PERSON}（身份证{NUMBER}）违法", CF_NR=f"罚{PERSON}", BZ=PERSON, CF_WSH=f"虚湖罚〔2026〕{n}号")
        for n in range(2)
    ]  # fmt: skip
    (tmp_path / "rows.csv").write_bytes(penalty_sheet(*given, unknown, person(province, 77)))
    xinheng("submit", PENALTY, tmp_path / "rows.csv", "--agency", province.agency, "--on", DAY)
    new = {**province.register[0], "uscc": "91320000134762764K", "name": "虚构待认领企业"}
    new = {code: text if code in ("uscc", "name") else "" for code, text in new.items()}
    (tmp_path / "register.csv").write_bytes(csv_bytes([new], list(new)))
    xinheng("subjects", "load", tmp_path / "register.csv")
    code = given[0]["CF_XDR_SHXYM"]
    by = ("--agency", province.agency, "--reason", f"{PERSON}已撤销", "--on", DAY)
    xinheng("withdraw", code, "虚湖罚〔2026〕0号", *by)
    asked = xinheng("corrections", "list", "--json").json[-1]["correction"]
    xinheng("accounts", "add", "reviewer-of-it", "--role", "reviewer", "--agency", province.agency, "--from", DAY)
    xinheng("corrections", "approve", asked, "--on", DAY, "--as", "reviewer-of-it")
    projected = xinheng("lake", "project", "--json").json
    assert projected["rows"] >= 2
    standing = xinheng("lake", "status", "--compare", "--json").json
    assert (standing["differences"], standing["lag_entries"]) == ([], 0)
    assert standing["rows"] == xinheng.value("SELECT count(*) FROM record")
    found = texts(files_at(Lake(xinheng.home / "lake")))
    assert {"虚湖罚〔2026〕0号", given[1]["CF_XDR_SHXYM"], "withdrawn"} <= found
    assert xinheng.value("SELECT count(*) FROM store_personrecord") >= 1
    assert not [text for text in found if PERSON in text or NAME in text or find_personal(text)]
