"""Each profile on a small hand-made file in the shape of its source: what is taken, what waits, what goes back; and on the real files."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from tests.spec.rules.desk import PUBLIC_BODY, STEEL_CODE, STEEL_ORG_CODE, TODAY, UNKNOWN_CODE, PaperRegister

from xinheng.core.catalogue.load import load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.intake.check import Checked, check_rows, compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.layout import Layout, layout_by_profile
from xinheng.core.intake.profiles import load_profile
from xinheng.core.intake.read import Chunk
from xinheng.core.intake.rules import Level
from xinheng.core.intake.timeliness import late_before

NAME = "金陵样例（江苏）钢铁有限公司"
AUTUMN = dt.date(2026, 11, 2)  # later than every row of the real files
VERDICTS = ("accepted", "waiting", "rejected")
Rows = list[dict[str, str]]


def layout_of(profile: str, header: tuple[str, ...]) -> Layout:
    held = load_profile(profile)
    return layout_by_profile(load(held.item).latest, header, held)


def check(profile: str, rows: Rows, calculator: Calculator, *, today: dt.date = TODAY) -> tuple[Layout, Checked]:
    """Check rows of a source as intake does."""
    header = tuple(rows[0])
    table = pa.table({f"c{n}": pa.array([row[h] or None for row in rows], pa.string()) for n, h in enumerate(header)})
    layout = layout_of(profile, header)
    chunk = Chunk(0, table, np.arange(2, len(rows) + 2), (), 0)
    checked = check_rows(
        compile_item(layout.version, layout.allowances, layout.absent),
        layout.columns(chunk, calculator),
        rows=chunk.rows,
        calculator=calculator,
        register=PaperRegister(),
        circumstances=Circumstances(today, late_before(today), PUBLIC_BODY),
        sources=layout.sources(chunk),
    )
    return layout, checked


def fates(checked: Checked) -> list[tuple[str, set[str]]]:
    """Return what becomes of each row, and by which rules it goes back or waits."""
    said: dict[int, set[str]] = {int(row): set() for row in checked.rows}
    for batch in checked.issues:
        if batch.level is not Level.WARN:
            for row in batch.rows:
                said[row].add(f"{batch.code} {batch.column}")
    return [(VERDICTS[v], said[int(row)]) for row, v in zip(checked.rows, checked.verdict, strict=True)]


def row_of(columns: str, **cells: str) -> dict[str, str]:
    return dict.fromkeys(columns.split(), "") | cells


NFRA = (
    "party party_base names_persons_too suspect_parse facts legal_basis penalty_types fine_yuan authority province decided published"
    " doc_title url"
)
NFRA_GOOD = {
    "party_base": "样例银行股份有限公司某支行",
    "names_persons_too": "False",
    "facts": "贷款管理不到位",
    "penalty_types": "罚款、责令改正",
    "fine_yuan": "300000",
    "published": "2026-03-04 15:08:00",
    "doc_title": "某监管分局行政处罚信息公开表（某金罚决字〔2026〕3号）",
}
WAITS = ("waiting", {"W02 CF_XDR_SHXYM"})
PERSON = ("rejected", {"V06 CF_XDR_LB"})
NFRA_ROWS: list[tuple[Mapping[str, str], tuple[str, set[str]]]] = [
    ({}, WAITS),
    ({"party_base": "样例银行（中国）有限公司某支行（原某某支行）"}, WAITS),
    (
        {"doc_title": "某局公开表某样金管罚决字〔2026〕4号-5号 "},
        WAITS,
    ),  # the numbers of two decisions: a person must judge
    ({"party_base": "张样例（时任样例银行某支行行长）"}, PERSON),
    ({"party_base": "样例银行某支行张样例"}, PERSON),
    ({"party_base": "某监管分局", "facts": "对该行贷款管理不到位负有直接管理责任", "penalty_types": "其他"}, PERSON),
    ({"party_base": "某监管分局"}, ("rejected", {"S01 CF_XDR_MC", "W02 CF_XDR_SHXYM"})),
    ({"doc_title": "某监管分局行政处罚信息公示表"}, ("rejected", {"S01 CF_WSH", "W02 CF_XDR_SHXYM"})),
    ({"doc_title": "某监管局公开表（2025年61号）"}, ("rejected", {"S01 CF_WSH", "W02 CF_XDR_SHXYM"})),
    ({"penalty_types": "禁止从业"}, ("rejected", {"S01 CF_CFLB", "W02 CF_XDR_SHXYM"})),  # that is a person's
    ({"penalty_types": "责令改正"}, ("rejected", {"S05 CF_CFLB", "W02 CF_XDR_SHXYM"})),
    ({"fine_yuan": ""}, ("rejected", {"V08 CF_NR_FK", "W02 CF_XDR_SHXYM"})),
]


def test_penalties_without_codes_wait_and_rows_about_persons_are_refused(calculator: Calculator) -> None:
    layout, checked = check(
        "nfra-penalty", [row_of(NFRA, **{**NFRA_GOOD, **change}) for change, _ in NFRA_ROWS], calculator
    )
    assert fates(checked) == [fate for _, fate in NFRA_ROWS]
    assert not layout.publish
    first, persons = checked.table.slice(0, 1).to_pylist()[0], checked.table.slice(3, 3).to_pylist()
    assert (first["CF_WSH"], first["CF_NR_FK"], first["CF_CFLB"]) == ("某金罚决字〔2026〕3号", "30", "罚款")
    assert str(first["d_CF_JDRQ"]) == "2026-03-04"
    remarks = checked.table.column("BZ").to_pylist()
    assert [place for place, remark in enumerate(remarks) if remark] == [2]
    assert "数件决定" in remarks[2]
    assert all(row["CF_XDR_MC"] is row["CF_SY"] is None for row in persons)


def test_a_taxpayer_is_found_by_either_kind_of_number(calculator: Calculator) -> None:
    numbers = [STEEL_CODE, "320100" + STEEL_ORG_CODE, UNKNOWN_CODE, "L" + STEEL_CODE, "320100MA1TE5T00"]
    rows = [{"taxpayer_id": n, "name": NAME, "year": "2018", "office": "样例区税务局第一税务所"} for n in numbers]
    _, checked = check("tax-a-list", rows, calculator)
    assert fates(checked) == [
        ("accepted", set()),
        ("accepted", set()),
        ("waiting", {"W01 NS_SHXYM"}),
        ("rejected", {"V01 NS_SBH"}),
        ("rejected", {"V01 NS_SBH"}),
    ]


def test_a_shifted_code_counts_where_its_own_column_is_empty(calculator: Calculator) -> None:
    cells = [(STEEL_ORG_CODE, STEEL_CODE), (STEEL_CODE, STEEL_CODE), (STEEL_CODE, ""), ("", "")]
    rows = [
        {"name": NAME, "reg_no": "", "org_code": org, "uscc": code, "lists": "失信被执行人名单"} for org, code in cells
    ]
    layout, checked = check("ecommerce-list", rows, calculator)
    assert [verdict for verdict, _ in fates(checked)] == ["accepted", "accepted", "accepted", "rejected"]
    assert checked.table.column("MD_SHXYM").to_pylist() == [STEEL_CODE, STEEL_CODE, STEEL_CODE, None]
    assert not layout.publish


def test_codes_from_a_scan_are_split_by_their_shape_and_nothing_is_mended(calculator: Calculator) -> None:
    codes = ["913201 00 MA1TE5T0XF", "320102000 000016", "MA1TE5T0- X", "9132O100 MA1TE5T0XF", "一 063752"]
    rows = [row_of("no name address uscc reporting_authority listing_ground", uscc=code) for code in codes]
    good = {
        "name": "金陵样例 （江苏）钢铁有限公司",
        "reporting_authority": "样例省安全监管局",
        "listing_ground": "发生事故",
    }
    _, checked = check("safety-list", [row | good for row in rows], calculator)
    assert [verdict for verdict, _ in fates(checked)] == ["accepted"] * 3 + ["rejected"] * 2


def test_capital_in_another_currency_is_left_out_and_never_converted(calculator: Calculator) -> None:
    columns = (
        "name uscc reg_no status start_date reg_capital address area_code province city legal_man_type source_file"
    )
    good = {
        "name": "样例公司",
        "uscc": UNKNOWN_CODE,
        "status": "在业",
        "start_date": "2019-08-23",
        "area_code": "3204/320413",
    }
    rows = [row_of(columns, **good, reg_capital=capital) for capital in ("100.5万元人民币", "100万美元", "")]
    _, checked = check("registry-2019", rows, calculator)
    assert [verdict for verdict, _ in fates(checked)] == ["accepted"] * 3
    assert checked.table.column("n_FR_ZCZB").to_pylist() == [100500000, None, None]
    assert checked.table.column("FR_XZQH").to_pylist() == ["320413"] * 3


PERMIT = (
    "company_name project_name permit_type permit_number permit_date publish_date address issuing_authority project_scale province city"
    " district district_code area_code region_key source_name source_url owner_name first_seen_at ocr_text"
)
PERMIT_GOOD = {
    "company_name": "样例建设有限公司",
    "project_name": "样例厂房",
    "permit_type": "建设工程规划许可证",
    "permit_number": "建字第3206142026GG0000000号",
    "permit_date": "未披露",
    "publish_date": "2026-04-30",
    "issuing_authority": "未披露",
    "source_name": "样例区批后公布",
}
PERMIT_ROWS: list[tuple[Mapping[str, str], tuple[str, set[str]]]] = [
    ({}, ("waiting", {"W02 XK_XDR_SHXYM"})),
    ({"permit_date": "2026-04-29"}, ("waiting", {"W02 XK_XDR_SHXYM"})),
    ({"permit_number": "未披露"}, ("rejected", {"S01 XK_WSH", "W02 XK_XDR_SHXYM"})),
    ({"company_name": "未披露"}, ("rejected", {"S01 XK_XDR_MC", "W02 XK_XDR_SHXYM"})),
    ({"company_name": "张样例"}, ("rejected", {"V06 XK_XDR_LB"})),
]


def test_permits_without_codes_wait_and_what_is_not_told_is_nothing(calculator: Calculator) -> None:
    rows = [row_of(PERMIT, **{**PERMIT_GOOD, **change}) for change, _ in PERMIT_ROWS]
    layout, checked = check("haimen-permit", rows, calculator)
    assert fates(checked) == [fate for _, fate in PERMIT_ROWS]
    assert [str(day) for day in checked.table.column("d_XK_JDRQ").to_pylist()[:2]] == ["2026-04-30", "2026-04-29"]
    assert checked.table.column("XK_XKJG").null_count == len(rows)
    assert not layout.publish


# profile, file, and what becomes of its rows where the register is as good as empty: all that could be taken waits
REAL = [
    ("nfra-penalty", "cn_nfra_penalties/penalties.csv", {"waiting": 1097, "rejected": 1160}, {"V06": 98}),
    ("tax-a-list", "cn_tax_credit_a/heilongjiang_2018.csv", {"waiting": 5222, "rejected": 8}, {"V01": 8, "V12": 1}),
    ("ecommerce-list", "cn_blacklists_gansu_portal/ecommerce_91855.csv", {"waiting": 500}, {"W01": 500}),
    ("haimen-permit", "js_permits_2026/permits.csv", {"waiting": 94, "rejected": 142}, {"V06": 0}),
    ("registry-2019", "cn_registry_new_2019/jiangsu.csv", {"accepted": 562}, {"V01": 0}),
]


@pytest.mark.parametrize(("profile", "file", "verdicts", "issues"), REAL, ids=[name for name, *_ in REAL])
def test_the_totals_of_the_real_file(
    shared_data: Path, calculator: Calculator, profile, file, verdicts, issues
) -> None:
    with (shared_data / file).open(encoding="utf-8-sig", newline="") as rows:
        _, checked = check(profile, list(csv.DictReader(rows)), calculator, today=AUTUMN)
    assert Counter(VERDICTS[verdict] for verdict in checked.verdict) == verdicts
    found: Counter[str] = Counter()
    for batch in checked.issues:
        found[batch.code] += len(batch.rows)
    assert {code: found[code] for code in issues} == issues


def test_the_scanned_list_waits_where_the_code_is_right(shared_data: Path, calculator: Calculator) -> None:
    with (shared_data / "cn_blacklists_gansu_portal" / "safety_200257.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = [row for row in csv.DictReader(file) if any(row.values())]
    _, checked = check("safety-list", rows, calculator)
    assert Counter(VERDICTS[verdict] for verdict in checked.verdict) == {"waiting": 13, "rejected": 23}
