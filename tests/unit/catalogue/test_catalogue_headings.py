"""Column headings: what means a field, what does not matter, and what is never guessed."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.catalogue.headings import field_by_heading, fold, headings_of
from xinheng.core.catalogue.load import item_names, load
from xinheng.core.errors import UnusableFile

PENALTY = load("administrative-penalty").latest
REGISTER = load("legal-entity-registration").latest


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("CF_WSH", "CF_WSH"),
        ("cf_wsh", "CF_WSH"),
        ("行政处罚决定书文号", "CF_WSH"),
        (" 行政处罚 决定书文号\n", "CF_WSH"),
        ("*行政相对人名称", "CF_XDR_MC"),
        ("行政相对人名称（必填）", "CF_XDR_MC"),
        ("行政相对人代码_1(统一社会信用代码)", "CF_XDR_SHXYM"),
        ("统一社会信用代码", "CF_XDR_SHXYM"),
        ("处罚机关统一社会信用代码", "CF_CFJGDM"),
        ("罚款金额(万元)", "CF_NR_FK"),
        ("罚款金额（万元）", "CF_NR_FK"),
        ("没收违法所得、没收非法财物的金额(万元)", "CF_NR_WFFF"),
        ("\ufeff处罚决定日期", "CF_JDRQ"),
        ("数据来源", "CF_SJLY"),
    ],
)
def test_a_heading_met_in_practice_means_its_field(heading: str, name: str) -> None:
    field = field_by_heading(PENALTY, heading)
    assert field is not None
    assert field.name == name


@pytest.mark.parametrize("heading", ["罚款金额", "罚款金额（元）", "处罚金额", "没收金额(元)", "", "——", "天气"])
def test_a_heading_that_does_not_say_its_unit_or_means_nothing_finds_nothing(heading: str) -> None:
    assert field_by_heading(PENALTY, heading) is None


@pytest.mark.parametrize(
    "heading", ["name", "uscc", "reg_no", "org_code", "former_names", "start_date", "address", "status"]
)
def test_the_plain_headings_of_a_register_file_are_known(heading: str) -> None:
    assert field_by_heading(REGISTER, heading) is not None


def test_no_heading_of_a_shipped_item_is_ambiguous() -> None:
    for name in item_names():
        for version in load(name).versions:
            for field in version.fields:
                for heading in headings_of(field):
                    assert field_by_heading(version, heading) == field


def test_a_heading_of_two_fields_is_refused_with_both_names() -> None:
    first, second, *_ = PENALTY.fields
    version = replace(PENALTY, fields=(first, replace(second, aliases=(first.title,))))
    with pytest.raises(UnusableFile) as caught:
        field_by_heading(version, first.title)
    assert caught.value.facts["fields"] == (first.name, second.name)


def test_labels_of_the_credit_china_report_are_known(shared_data: Path) -> None:
    path = shared_data / "templates_credit_platform" / "credit_china_report_fields.csv"
    with path.open(encoding="utf-8-sig", newline="") as rows:
        labels = [row["field"] for row in csv.DictReader(rows) if row["sub_section"] == "行政处罚"]
    assert len(labels) > 10
    assert [label for label in labels if field_by_heading(PENALTY, label) is None] == []


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
