"""``xinheng catalogue``: list, show, check, diff and template, as a person and as a program read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from xinheng.cli import main
from xinheng.core.catalogue import load as loading
from xinheng.core.catalogue.load import item_names
from xinheng.core.catalogue.reading import shipped_text

EXAMPLE = "suzhou-approval-intermediaries"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Path]:
    """A folder with a city's supplementary item."""
    (tmp_path / "city.yaml").write_text(shipped_text("supplements", EXAMPLE), encoding="utf-8")
    yield tmp_path
    loading._ADDED.clear()


def run(*arguments: str, locale: str = "zh_CN.UTF-8") -> Result:
    return CliRunner().invoke(main, ["--locale", locale, "catalogue", *arguments])


def test_the_list_says_class_openness_and_what_is_only_published() -> None:
    lines = {line.split()[0]: line for line in run("list").output.splitlines()}
    assert set(lines) == {"标识", *item_names()}
    assert "授权查询" in lines["professional-titles"]
    assert "仅公布" in lines["professional-titles"]
    assert "可报送" in lines["administrative-penalty"]
    english = run("list", locale="en").output
    assert "administrative acts" in english
    assert "stub" in english
    rows = {row["name"]: row for row in json.loads(run("list", "--json").output)}
    assert rows["intellectual-property"]["status"] == "stub"
    assert rows["national-evaluation"]["openness_en"] == "shared among public bodies"


def test_an_item_is_shown_with_its_terms_and_marks() -> None:
    shown = run("show", "honours").output
    for words in (
        "提供单位: 授予荣誉的机关",
        "更新频次: 每月",
        "重复判断: RY_SYJGDM、RY_WH",
        "多于 50,000 行提示",
        "(*)",
        "+",
    ):
        assert words in shown
    assert "暂不接收数据" in run("show", "intellectual-property").output
    assert json.loads(run("show", "honours", "--json").output)["volume"]["most"] == 50000


def test_a_city_item_is_known_where_its_folder_is_named(city: Path) -> None:
    assert run("show", EXAMPLE).exit_code == 2
    assert "320500" in run("--supplements", str(city), "list").output
    assert run("--supplements", str(city), "show", EXAMPLE).exit_code == 0


def test_a_definition_is_checked_as_a_citys_own(city: Path) -> None:
    assert run("check", "--city", str(city / "city.yaml")).exit_code == 0
    (city / "copy.yaml").write_text(shipped_text("definitions", "honours"), encoding="utf-8")
    assert run("check", str(city / "copy.yaml")).exit_code == 0
    refused = run("check", "--city", str(city / "copy.yaml"))
    assert refused.exit_code == 2
    assert "repeats-province" in refused.output


def test_versions_are_compared_in_words_and_as_data() -> None:
    said = run("diff", "administrative-penalty", "--from", "2018", "--to", "2026")
    assert said.exit_code == 0
    assert "行政处罚信息：2018 版（2018-07-25 起）→ 2021 版（2021-07-15 起）" in said.output
    assert "增加取值：通报批评" in said.output
    assert "values added" in run("diff", "administrative-penalty", locale="en").output
    assert json.loads(run("diff", "administrative-penalty", "--json").output)["to"]["version"] == "2021"
    assert run("diff", "honours").exit_code == 2


def test_a_template_is_written_and_a_stub_has_none(tmp_path: Path) -> None:
    out = tmp_path / "honours.xlsx"
    assert run("template", "honours", str(out)).exit_code == 0
    assert openpyxl.load_workbook(out).sheetnames == ["填报", "填报说明", "代码集", "校验"]
    refused = run("template", "voluntary-information", str(tmp_path / "none.xlsx"))
    assert refused.exit_code == 2
    assert "暂不接收数据" in refused.output
    assert not (tmp_path / "none.xlsx").exists()
    assert run("template", "honours", str(tmp_path / "no" / "where.xlsx")).exit_code == 2
