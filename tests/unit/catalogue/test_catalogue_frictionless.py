"""The shipped definitions as seen by the ecosystem's own tool: a department checks its file before it hands it in."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from frictionless import Schema
from frictionless.resources import TableResource

from xinheng.core.catalogue.describe import table_schema
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.catalogue.reading import shipped_text

FOLDER = files("xinheng.core.catalogue") / "definitions"
GOOD = {
    "CF_XDR_MC": "南京示例化工有限公司",
    "CF_XDR_LB": "法人及非法人组织",
    "CF_XDR_SHXYM": "91320100748204660Q",
    "CF_WSH": "宁环罚〔2022〕1号",
    "CF_WFXW": "超标排放",
    "CF_SY": "排放的废水超过标准。",
    "CF_YJ": "中华人民共和国水污染防治法第八十三条",
    "CF_CFLB": "罚款；没收违法所得、没收非法财物",
    "CF_NR": "罚款壹拾万元",
    "CF_NR_FK": "10.000001",
    "CF_JDRQ": "2022-03-01",
    "CF_YXQ": "2099/12/31",
    "CF_CFJG": "南京市示例局",
    "CF_CFJGDM": "11320100MB1886843H",
    "CF_SJLY": "南京市示例局",
    "CF_SJLYDM": "11320100MB1886843H",
}


def errors(folder: Path, schema: Schema, *rows: dict[str, str]) -> list[tuple[int, str, str]]:
    """Write the rows as a CSV and return what Frictionless says of it: row, field, kind of error."""
    with (folder / "file.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    resource = TableResource(path="file.csv", basepath=str(folder), schema=schema)
    found: list[Any] = resource.validate().flatten(["rowNumber", "fieldName", "type"])
    return [tuple(each) for each in found]


@pytest.mark.parametrize("name", item_names())
def test_a_definition_is_a_table_schema(name: str) -> None:
    schema = Schema.from_descriptor(str(FOLDER / f"{name}.yaml"))
    assert schema.field_names == [field.name for field in load(name).versions[0].fields]
    assert schema.primary_key == list(load(name).latest.key)


@pytest.mark.parametrize("name", item_names())
def test_the_exported_schema_of_each_version_is_a_table_schema(name: str) -> None:
    for version in load(name).versions:
        assert Schema.from_descriptor(table_schema(version)).field_names == [field.name for field in version.fields]


def test_a_good_file_passes_the_shipped_definition_and_the_exported_schema(tmp_path: Path) -> None:
    second = GOOD | {"CF_WSH": "宁环罚〔2022〕2号", "CF_NR_FK": ""}
    for schema in (_shipped(), _exported()):
        assert errors(tmp_path, schema, GOOD, second) == []


@pytest.mark.parametrize(
    ("change", "field", "error"),
    [
        ({"CF_XDR_MC": ""}, "CF_XDR_MC", "constraint-error"),
        ({"CF_XDR_LB": "企业"}, "CF_XDR_LB", "constraint-error"),
        ({"CF_XDR_SHXYM": "91320100748204660QQ"}, "CF_XDR_SHXYM", "constraint-error"),
        ({"CF_NR_FK": "十万"}, "CF_NR_FK", "type-error"),
        ({"CF_JDRQ": "2022-02-30"}, "CF_JDRQ", "type-error"),
    ],
)
def test_a_bad_cell_is_found_by_the_shipped_definition(
    tmp_path: Path, change: dict[str, str], field: str, error: str
) -> None:
    assert errors(tmp_path, _shipped(), GOOD | change) == [(2, field, error)]


@pytest.mark.parametrize(
    "kinds", ["罚款", "罚款；警告", "警告,没收违法所得、没收非法财物", "其他-责令改正", "罚款、其他（责令改正）"]
)
def test_several_kinds_pass_the_exported_schema(tmp_path: Path, kinds: str) -> None:
    assert errors(tmp_path, _exported(), GOOD | {"CF_CFLB": kinds}) == []


@pytest.mark.parametrize("kinds", ["罚", "罚款；罚", "罚款警告", "；罚款"])
def test_an_unknown_kind_is_found_by_the_exported_schema(tmp_path: Path, kinds: str) -> None:
    assert errors(tmp_path, _exported(), GOOD | {"CF_CFLB": kinds}) == [(2, "CF_CFLB", "constraint-error")]


def test_the_same_decision_twice_is_found_by_its_key(tmp_path: Path) -> None:
    assert [error for _, _, error in errors(tmp_path, _shipped(), GOOD, GOOD)] == ["primary-key"]


def test_a_column_outside_the_catalogue_is_found_and_one_left_out_is_not(tmp_path: Path) -> None:
    fewer = {name: value for name, value in GOOD.items() if name != "CF_NR_FK"}
    reordered = dict(reversed(fewer.items()))
    assert errors(tmp_path, _shipped(), reordered) == []
    assert [error for _, _, error in errors(tmp_path, _shipped(), fewer | {"XX": "1"})] == ["extra-label"]
    del fewer["CF_WSH"]
    assert (None, "CF_WSH", "missing-label") in errors(tmp_path, _shipped(), fewer)


def _shipped() -> Schema:
    return Schema.from_descriptor(yaml.safe_load(shipped_text("definitions", "administrative-penalty")))


def _exported() -> Schema:
    return Schema.from_descriptor(table_schema(load("administrative-penalty").latest))
