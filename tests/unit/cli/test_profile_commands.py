"""``xinheng profile``: what a reader is shown of a profile, and what it would make of a file."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from xinheng.cli import main

HEADER = ["taxpayer_id", "name", "year", "office"]
ROWS = [
    ["91320100MA1TE5T0XF", "金陵样例（江苏）钢铁有限公司", "2018", "样例区税务局"],
    ["320100MA1TE5T0X", "样例公司", "2018", ""],
]
OWN = """
name: my-list
title: {zh: 本局名单, en: Our list}
item: administrative-permit
source: {zh: 本局, en: our office}
fields:
  XK_XDR_MC: {column: 谁}
  XK_XDR_LB: {choose: {column: 谁, cases: [{matches: ".*公司", say: 法人及非法人组织}], otherwise: 自然人}}
  XK_XDR_SHXYM: {column: 代码}
  XK_WSH: {lookup: {column: 文号, words: {未编号: null}}}
  XK_JDRQ: {date: {column: 何时, from: [timestamp]}}
  XK_XKWS: {constant: 准予许可决定书}
allowances:
  XK_XKLB: {zh: 无, en: none}
  XK_NR: {zh: 无, en: none}
  XK_YXQZ: {zh: 无, en: none}
  XK_YXQZI: {zh: 无, en: none}
  XK_XKJG: {zh: 无, en: none}
  XK_XKJGDM: {zh: 无, en: none}
  XK_ZT: {zh: 无, en: none}
  XK_LYDW: {zh: 无, en: none}
  XK_LYDWDM: {zh: 无, en: none}
ignored:
  序号: {zh: 自编序号, en: a serial number}
"""
OWN_ROWS = [
    ["1", "样例公司", "91320100MA1TE5T0XF", "样许〔2026〕1号", "2026-04-29 15:26:33"],
    ["2", "张样例", "", "样许〔2026〕2号", "2026-04-30"],
    ["3", "样例二公司", "91320100MA1TE5T0XF", "未编号", "2026-04-30"],
]


def run(*words: object, locale: str = "zh_CN.UTF-8") -> Result:
    return CliRunner().invoke(main, ["--locale", locale, "profile", *map(str, words)])


def sheet(path: Path, header: list[str], rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


@pytest.fixture
def taxpayers(tmp_path: Path) -> Path:
    """A list of two taxpayers."""
    return sheet(tmp_path / "list.csv", HEADER, ROWS)


@pytest.fixture
def own(tmp_path: Path) -> tuple[Path, Path]:
    """A profile of one's own, and a file for it."""
    profile = tmp_path / "my-list.yaml"
    profile.write_text(OWN, encoding="utf-8")
    return profile, sheet(tmp_path / "own.csv", ["序号", "谁", "代码", "文号", "何时"], OWN_ROWS)


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_every_shipped_profile_is_listed_and_can_be_shown() -> None:
    names = [one["name"] for one in told(run("list", "--json"))]
    for name in (
        "shandong-env-penalty",
        "nfra-penalty",
        "tax-a-list",
        "ecommerce-list",
        "registry-2019",
        "safety-list",
        "haimen-permit",
    ):
        assert name in names
    for name in names:
        shown = told(run("show", name, "--json"))
        assert all(field["how"] for field in shown["fields"])
        for locale in ("zh_CN.UTF-8", "en_GB.UTF-8"):
            assert run("show", name, locale=locale).exit_code == 0


def test_the_mapping_is_told_in_the_language_of_the_reader() -> None:
    zh, en = run("show", "haimen-permit").output, run("show", "haimen-permit", locale="en").output
    assert "来源没有的项 XK_ZT 当前状态：来源没有许可的当前状态。" in zh
    assert "只保存，不公示：" in zh
    assert "Never carried, XK_ZT State of the permit: The source does not say whether the permit is still valid." in en
    assert "Kept and not published:" in en


def test_a_preview_shows_what_becomes_what(own: tuple[Path, Path]) -> None:
    seen = told(run("try", "--profile", own[0], own[1], "--rows", 3, "--json"))
    first, person, third = seen["rows"]
    made = {cell["field"]: cell for cell in first["fields"]}
    assert made["XK_JDRQ"] == {
        "field": "XK_JDRQ",
        "old": ["2026-04-29 15:26:33"],
        "new": "2026-04-29",
        "changed": True,
        "dropped": False,
    }
    assert made["XK_XKWS"]["old"] == []
    assert (made["XK_XDR_MC"]["changed"], made["XK_WSH"]["dropped"]) == (False, False)
    assert (person["person"], person["fields"]) == (True, [])
    assert {cell["field"] for cell in third["fields"] if cell["dropped"]} == {"XK_WSH"}
    assert seen["empty"] == {"XK_WSH": 1}
    assert seen["persons"] == 1
    assert "XK_ZT" in seen["never_carried"]
    assert {field["field"]: field["constant"] for field in seen["fields"]}["XK_XKWS"] == "准予许可决定书"


def test_nothing_is_shown_of_a_person_and_empty_cells_are_counted(own: tuple[Path, Path]) -> None:
    shown = run("try", "--profile", own[0], own[1])
    assert shown.exit_code == 0
    assert "张样例" not in shown.output
    assert "自然人，不予接收，不显示。" in shown.output
    assert "必填项“行政许可决定文书号”在 1 行中为空，这些行将退回。" in shown.output
    assert "不用的列 序号：自编序号" in shown.output


def test_a_shipped_profile_is_tried_by_its_name(taxpayers: Path) -> None:
    shown = run("try", "tax-a-list", taxpayers, "--rows", 1, locale="en")
    assert shown.exit_code == 0
    assert "Row 2" in shown.output
    assert "Row 3" not in shown.output
    seen = told(run("try", "tax-a-list", taxpayers, "--json"))
    assert seen["empty"] == {"NS_SWJG": 1}


def test_a_file_of_rows_that_fit_no_header_shows_the_mapping_alone(tmp_path: Path) -> None:
    seen = told(run("try", "tax-a-list", sheet(tmp_path / "ragged.csv", HEADER, [["1", "2", "3", "4", "5"]]), "--json"))
    assert (seen["rows"], len(seen["fields"])) == ([], 5)


def test_a_file_of_other_columns_is_told_with_its_columns(tmp_path: Path) -> None:
    failed = run("try", "tax-a-list", sheet(tmp_path / "other.csv", ["name", "code"], [["a", "b"]]))
    assert failed.exit_code == 2
    assert "缺少“taxpayer_id”、“year”、“office”；配置中没有“code”。" in failed.output


@pytest.mark.parametrize("words", [["tax-a-list"], ["no-such-list", "FILE"], ["tax-a-list", "no-such-file.csv"]])
def test_a_call_that_cannot_be_is_explained(taxpayers: Path, words: list[str]) -> None:
    failed = run("try", *[taxpayers if word == "FILE" else word for word in words])
    assert failed.exit_code == 2
    assert "处理：" in failed.output


def test_a_profile_of_ones_own_is_checked(own: tuple[Path, Path]) -> None:
    assert run("check", own[0]).output == "没有问题：my-list → administrative-permit。\n"
    assert told(run("check", own[0], "--json"))["problem"] is None


BROKEN = [
    ("XK_WSH: {lookup", "XK_NO: {lookup", "fields.XK_NO：“行政许可信息”没有该项"),
    ("{column: 谁}", "{sql: 谁}", "fields.XK_XDR_MC：应为以下之一：column、"),
    ("  XK_XKWS: {c", "  XK_WSH: {column: 文号}\n  XK_XKWS: {c", "XK_WSH"),
    ("[timestamp]", "[moon]", "fields.XK_JDRQ.date.from：'moon' 不在其中"),
    ("say: 法人及非法人组织", "say: 企业", "fields.XK_XDR_LB：“企业”不合该项取值的用意"),
    ("  XK_ZT: {zh: 无, en: none}\n", "", "fields.XK_ZT：必填项既未对应列，也未说明免填理由"),
    ("  序号: ", "  no: ", "ignored：键应为文字：False（no、yes 和数字请加引号）"),
]


@pytest.mark.parametrize(
    ("right", "wrong", "said"), BROKEN, ids=[wrong.strip() or "a field less" for _, wrong, _ in BROKEN]
)
def test_a_wrong_profile_is_told_at_the_spot(own: tuple[Path, Path], right: str, wrong: str, said: str) -> None:
    own[0].write_text(OWN.replace(right, wrong, 1), encoding="utf-8")
    failed = run("check", own[0])
    assert failed.exit_code == 2
    assert said in failed.output


def test_a_profile_that_is_no_text_is_told(own: tuple[Path, Path]) -> None:
    own[0].write_bytes(OWN.encode("gb18030"))
    assert "应为 UTF-8 编码的 YAML" in run("check", own[0]).output
