"""The first profile on the real file: counts that were read by eye before they were written here."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from xinheng.core.engine.calculator import Calculator
from xinheng.core.intake.profiles import load_profile
from xinheng.core.standards import registration_number, uscc

PROFILE = load_profile("shandong-env-penalty")
Pairs = list[tuple[dict[str, str], dict[str, str | None]]]


@pytest.fixture(scope="module")
def pairs(shared_data: Path, calculator: Calculator) -> Pairs:
    """Each row of the real file beside what the profile makes of it."""
    path = shared_data / "cn_env_penalties_shandong" / "penalties.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    cells = {f"c{place}": pa.array([row[place] or None for row in rows], pa.string()) for place in range(len(header))}
    made = calculator.query(PROFILE.mapping_sql(tuple(header)), source=pa.table(cells)).to_pylist()
    return [(dict(zip(header, row, strict=True)), fields) for row, fields in zip(rows, made, strict=True)]


def test_every_row_gives_one_row_in_order_and_texts_pass_untouched(pairs: Pairs) -> None:
    assert len(pairs) == 2001
    for source, made in pairs:
        assert made["CF_XDR_MC"] == source["name"]
        for field, column in (
            ("CF_SY", "violation"),
            ("CF_NR", "decision"),
            ("CF_JDRQ", "published"),
            ("CF_SJLY", "source"),
        ):
            assert (made[field] or "") == source[column]


def test_each_code_stands_in_one_field_and_only_the_older_numbers_leave_the_unified_one(pairs: Pairs) -> None:
    assert all((m["CF_XDR_SHXYM"] or m["CF_XDR_GSZC"] or m["CF_XDR_ZZJG"]) == s["code"] for s, m in pairs)
    held = Counter(name for _, made in pairs for name in ("CF_XDR_SHXYM", "CF_XDR_GSZC", "CF_XDR_ZZJG") if made[name])
    assert held == {"CF_XDR_SHXYM": 1959, "CF_XDR_GSZC": 42}
    numbers = {made["CF_XDR_GSZC"] for _, made in pairs if made["CF_XDR_GSZC"]}
    assert {number for number in numbers if not registration_number.is_valid(number)} == {"370300228117763"}
    codes = {made["CF_XDR_SHXYM"] for _, made in pairs if made["CF_XDR_SHXYM"]}
    wrong = {"91371626MA3DJEAL1T", "91371626MA3ER7QK0C", "91371626MA3NOLHN7H", "91371421785011768Y"}
    assert {code for code in codes if not uscc.is_valid(code)} == wrong
    assert {made["CF_XDR_LB"] for _, made in pairs} == {"法人及非法人组织"}


def test_a_decision_number_is_taken_where_the_title_is_one(pairs: Pairs) -> None:
    decided = [(source, made) for source, made in pairs if source["decision"]]
    taken = [(source["doc_title"], made["CF_WSH"]) for source, made in decided if made["CF_WSH"]]
    assert (len(decided), len(taken)) == (1242, 874)
    cut = {title: number for title, number in taken if title != number}
    assert set(cut.values()) == {"德环罚字（2017）第24号", "德环罚字（2017）第33号"}
    left = {source["doc_title"] for source, made in decided if not made["CF_WSH"]}
    assert {"〔2017〕238号", "（2017）008", "棣环罚告字（2018）第017号", "沂环查（扣）字〔2017〕第10号"} <= left
    assert {title for title in left if "罚字" in title} == {"青环北罚字（201788号"}


def test_only_penalties_are_called_penalties(pairs: Pairs) -> None:
    assert Counter(made["CF_CFLB"] for source, made in pairs if source["decision"]) == {
        "罚款": 1183,
        "罚款；责令停产停业": 1,
        "拟作出的处罚（尚未作出决定）": 29,
        "查封扣押（行政强制措施，不是行政处罚）": 7,
        "法条原文（未载明处罚决定）": 6,
        "责令改正（不是行政处罚）": 4,
        None: 12,
    }
    assert all(made["CF_CFLB"] is None for source, made in pairs if not source["decision"])


def test_fines_are_the_same_amounts_in_another_unit(pairs: Pairs) -> None:
    for source, made in pairs:
        if source["fine_yuan"] in ("", "未标明"):
            assert (made["CF_NR_FK"] or "") == source["fine_yuan"]
        else:
            assert Decimal(made["CF_NR_FK"] or "") * 10000 == Decimal(source["fine_yuan"])


def test_a_government_site_is_no_deciding_authority(pairs: Pairs) -> None:
    named = [(source["source"], made["CF_CFJG"]) for source, made in pairs if source["source"]]
    assert Counter(bool(authority) for _, authority in named) == {False: 941, True: 301}
    assert all(authority in (None, site) for site, authority in named)
    assert not any("政府" in (authority or "") for _, authority in named)


def test_nothing_of_a_source_without_a_day_of_decision_is_published() -> None:
    assert not PROFILE.publish
    assert PROFILE.publish_reason is not None
    assert "公开日期" in PROFILE.publish_reason.zh
    assert PROFILE.source_column("CF_JDRQ") == "published"
    assert PROFILE.source_column("CF_NR_FK") == "fine_yuan"
    assert PROFILE.source_column("XH_LY") is None
    assert PROFILE.allowances == {"CF_WFXW", "CF_YJ", "CF_YXQ", "CF_CFJG", "CF_CFJGDM", "CF_SJLYDM"}


def test_a_person_number_in_the_column_of_codes_is_a_person_and_a_shop_is_a_shop(make) -> None:
    kind = dict(PROFILE.fields)["CF_XDR_LB"]
    made_up = "320000" + "19000101" + "001"  # no such division, and the check digit is left to chance
    persons = [made_up + digit for digit in "0X"]
    assert make(kind, *persons, "92370784MA3N03685C", "370725600021851", "93371622692039124X") == [
        "自然人",
        "自然人",
        "个体工商户",
        "个体工商户",
        "法人及非法人组织",
    ]
