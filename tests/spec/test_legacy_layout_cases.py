"""The layout of 2015–2018 (before 424号), field by field: what becomes what, what is not carried, which rows go back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest
from tests.spec.rules.desk import (
    PERSON,
    PUBLIC_BODY,
    SHOP_CODE,
    STEEL_CODE,
    STEEL_ORG_CODE,
    STEEL_REG_NO,
    TODAY,
    PaperRegister,
)

from xinheng.core.catalogue.load import load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import UnusableFile
from xinheng.core.intake.check import Checked, check_rows, compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.layout import Layout, heading_known, layout_by_headings, layout_by_profile
from xinheng.core.intake.profiles import load_profile, recognise
from xinheng.core.intake.read import Chunk
from xinheng.core.intake.rules import Level
from xinheng.core.intake.timeliness import late_before

Cells = Mapping[str, str]
PENALTY, PERMIT = "administrative-penalty", "administrative-permit"
STEEL, SHOP = "金陵样例（江苏）钢铁有限公司", "玄武区样例小吃店"
AUTHORITY = "样例市环境保护局"
VERDICTS = ("accepted", "waiting", "rejected")

# the column as in the layout   its heading in Chinese                  a cell                          the field it becomes
PENALTY_COLUMNS = (
    ("CF_WSH",        "行政处罚决定书文号",                   "样环罚字〔2017〕3号",         "CF_WSH"),
    ("CF_CFMC",       "处罚名称",                             "样例钢铁超标排放案",          None),
    ("CF_BM",         "处罚事项编码",                         "320100-0001",                 None),
    ("CF_CFLB1",      "处罚类别1",                            "罚款",                        "CF_CFLB"),
    ("CF_CFLB2",      "处罚类别2",                            "警告",                        "CF_CFLB"),
    ("CF_SY",         "处罚事由",                             "超标排放污染物",              "CF_SY"),
    ("CF_YJ",         "处罚依据",                             "《环境保护法》第六十条",      "CF_YJ"),
    ("CF_XDR_MC",     "行政相对人名称",                       STEEL,                         "CF_XDR_MC"),
    ("CF_XDR_SHXYM",  "行政相对人代码_1（统一社会信用代码）", STEEL_CODE,                    "CF_XDR_SHXYM"),
    ("CF_XDR_ZDM",    "行政相对人代码_2（组织机构代码）",     STEEL_ORG_CODE,                "CF_XDR_ZZJG"),
    ("CF_XDR_GSDJ",   "行政相对人代码_3（工商登记码）",       STEEL_REG_NO,                  "CF_XDR_GSZC"),
    ("CF_XDR_SWDJ",   "行政相对人代码_4（税务登记号）",       "",                            "CF_XDR_SWDJ"),
    ("CF_XDR_SFZ",    "行政相对人代码_5（居民身份证号）",     "",                            None),
    ("CF_FR",         "法定代表人姓名",                       "王样例",                      "CF_FRDB"),
    ("CF_JG",         "处罚结果",                             "警告，罚款人民币五万元",      "CF_NR"),
    ("CF_JDRQ",       "处罚决定日期",                         "2017/05/06",                  "CF_JDRQ"),
    ("CF_JZQ",        "处罚截止期",                           "2099/12/31",                  "CF_YXQ"),
    ("CF_XZJG",       "处罚机关",                             AUTHORITY,                     "CF_CFJG"),
    ("CF_ZT",         "当前状态",                             "0",                           None),
    ("CF_SYFW",       "使用范围",                             "0",                           None),
    ("CF_SXYZCD",     "失信严重程度",                         "较重",                        None),
    ("CF_GSJZQ",      "公示截止期",                           "2018/05/06",                  "CF_GSJZQ"),
    ("GSQX",          "公示期限",                             "1年",                         None),
    ("DFBM",          "地方编码",                             "320100",                      None),
    ("SJC",           "数据更新时间戳",                       "2017/05/08 10:11:12",         None),
    ("BZ",            "备注",                                 "补报",                        "BZ"),
    ("RECID",         "RECID",                                "17",                          None),
)  # fmt: skip
PERMIT_COLUMNS = (
    ("XK_WSH",        "行政许可决定书文号",                   "样环审〔2017〕12号",          "XK_WSH"),
    ("XK_XMMC",       "项目名称",                             "样例扩建项目",                "XK_NR"),
    ("XK_BM",         "许可事项编码",                         "320100-0002",                 None),
    ("XK_SPLB",       "审批类别",                             "普通",                        "XK_XKLB"),
    ("XK_NR",         "许可内容",                             "同意建设",                    "XK_NR"),
    ("XK_XDR",        "行政相对人名称",                       STEEL,                         "XK_XDR_MC"),
    ("XK_XDR_SHXYM",  "行政相对人代码_1",                     STEEL_CODE,                    "XK_XDR_SHXYM"),
    ("XK_XDR_ZDM",    "行政相对人代码_2",                     STEEL_ORG_CODE,                "XK_XDR_ZZJG"),
    ("XK_XDR_GSDJ",   "行政相对人代码_3",                     STEEL_REG_NO,                  "XK_XDR_GSZC"),
    ("XK_XDR_SWDJ",   "行政相对人代码_4",                     "",                            "XK_XDR_SWDJ"),
    ("XK_XDR_SFZ",    "行政相对人代码_5",                     "",                            None),
    ("XK_FR",         "法定代表人姓名",                       "王样例",                      "XK_FRDB"),
    ("XK_JDRQ",       "许可决定日期",                         "2017/05/06",                  "XK_JDRQ"),
    ("XK_JZQ",        "许可截止期",                           "2099/12/31",                  "XK_YXQZI"),
    ("XK_XZJG",       "许可机关",                             AUTHORITY,                     "XK_XKJG"),
    ("XK_ZT",         "当前状态",                             "0",                           "XK_ZT"),
    ("XK_SYFW",       "使用范围",                             "0",                           None),
    ("XK_GSJZQ",      "公示截止期",                           "",                            None),
    ("DFBM",          "地方编码",                             "320100",                      None),
    ("SJC",           "数据更新时间戳",                       "2017/05/08 10:11:12",         None),
    ("BZ",            "备注",                                 "",                            "BZ"),
    ("RECID",         "RECID",                                "17",                          None),
)  # fmt: skip
BECOMES = {
    PENALTY: {
        "CF_XDR_MC": STEEL, "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": STEEL_CODE, "CF_XDR_GSZC": STEEL_REG_NO, "CF_XDR_ZZJG": STEEL_ORG_CODE,
        "CF_FRDB": "王样例", "CF_WSH": "样环罚字〔2017〕3号", "CF_SY": "超标排放污染物", "CF_YJ": "《环境保护法》第六十条", "CF_CFLB": "罚款；警告",
        "CF_NR": "警告，罚款人民币五万元", "CF_JDRQ": "2017/05/06", "CF_YXQ": "2099/12/31", "CF_GSJZQ": "2018/05/06", "CF_CFJG": AUTHORITY,
        "CF_CFJGDM": PUBLIC_BODY, "BZ": "补报",
    },
    PERMIT: {
        "XK_XDR_MC": STEEL, "XK_XDR_LB": "法人及非法人组织", "XK_XDR_SHXYM": STEEL_CODE, "XK_XDR_GSZC": STEEL_REG_NO, "XK_XDR_ZZJG": STEEL_ORG_CODE,
        "XK_FRDB": "王样例", "XK_WSH": "样环审〔2017〕12号", "XK_XKLB": "普通", "XK_NR": "样例扩建项目；同意建设", "XK_JDRQ": "2017/05/06",
        "XK_YXQZI": "2099/12/31", "XK_XKJG": AUTHORITY, "XK_XKJGDM": PUBLIC_BODY, "XK_ZT": "有效",
    },
}  # fmt: skip
COLUMNS = {PENALTY: PENALTY_COLUMNS, PERMIT: PERMIT_COLUMNS}
PROFILES = {PENALTY: "legacy-penalty", PERMIT: "legacy-permit"}
NEVER = {
    PENALTY: {"CF_WFXW", "CF_NR_FK", "CF_YXQ", "CF_CFJGDM", "CF_SJLY", "CF_SJLYDM"},
    PERMIT: {"XK_XKWS", "XK_YXQZ", "XK_YXQZI", "XK_XKJGDM", "XK_ZT", "XK_LYDW", "XK_LYDWDM"},
}

OK, WAITS, PERSON_GOES = ("accepted", set[str]()), "waiting", ("rejected", {"V06 CF_XDR_LB"})
BACK = ("rejected", {"S05 CF_CFLB"})
NO_CODES = {"CF_XDR_SHXYM": "", "CF_XDR_ZDM": "", "CF_XDR_GSDJ": ""}
# what is changed of the good row of a penalty                              what becomes of it
PENALTY_ROWS: tuple[tuple[Cells, tuple[str, set[str]]], ...] = (
    ({},                                                                     OK),
    ({"CF_CFLB2": ""},                                                       OK),
    ({"CF_JZQ": "", "CF_GSJZQ": "", "BZ": ""},                               OK),
    ({"CF_ZT": ""},                                                          OK),
    ({"CF_ZT": "正常"},                                                      OK),
    ({"CF_ZT": "1"},                                                         BACK),  # revoked: never a standing decision
    ({"CF_ZT": "2"},                                                         BACK),  # disputed
    ({"CF_ZT": "3"},                                                         BACK),
    ({"CF_ZT": "9"},                                                         BACK),  # nobody knows
    ({"CF_SYFW": ""},                                                        OK),
    ({"CF_SYFW": "1"},                                                       BACK),  # not meant for publication
    ({"CF_CFLB1": "责令改正", "CF_CFLB2": ""},                               BACK),  # no penalty
    ({"CF_SYFW": "", "CF_CFLB1": ""},                                        OK),  # one of the two kinds is enough
    ({"CF_CFLB1": "", "CF_CFLB2": ""},                                       ("rejected", {"S01 CF_CFLB"})),
    ({"CF_XDR_SHXYM": ""},                                                   OK),  # found by its older numbers
    ({**NO_CODES, "CF_XDR_ZDM": STEEL_ORG_CODE},                             OK),
    ({"CF_XDR_MC": SHOP, **NO_CODES, "CF_XDR_SHXYM": SHOP_CODE},             OK),
    ({"CF_XDR_MC": SHOP, **NO_CODES, "CF_XDR_SHXYM": SHOP_CODE, "CF_XDR_SFZ": PERSON}, OK),  # the number is not taken
    ({"CF_XDR_MC": "王样例", **NO_CODES, "CF_XDR_SFZ": PERSON},              PERSON_GOES),
    ({"CF_XDR_MC": "王样例", **NO_CODES, "CF_XDR_SHXYM": PERSON},            PERSON_GOES),
    ({"CF_XDR_MC": "王样例", **NO_CODES},                                    PERSON_GOES),
    (NO_CODES,                                                               ("rejected", {"V01 CF_XDR_SHXYM"})),
    ({"CF_JDRQ": ""},                                                        ("rejected", {"S01 CF_JDRQ"})),
    ({"CF_YJ": ""},                                                          ("rejected", {"S01 CF_YJ"})),
    ({"CF_XZJG": ""},                                                        ("rejected", {"S01 CF_CFJG"})),
)  # fmt: skip
# XK_ZT as written   the state it becomes
STATES = (("0", "有效"), ("正常", "有效"), ("1", "无效"), ("撤销", "无效"), ("2", None), ("3", None), ("", None))


@dataclass(frozen=True, slots=True)
class Desk:
    """Checks rows of a legacy file as intake does; the authority is an agency that the platform knows."""

    calculator: Calculator

    def layout(self, item: str, header: tuple[str, ...]) -> Layout:
        found = recognise(item, header)
        assert found is not None
        assert found.name == PROFILES[item]
        agencies = {AUTHORITY: PUBLIC_BODY}
        return layout_by_profile(load(item).latest, header, found, agencies=agencies)

    def check(
        self, item: str, header: tuple[str, ...], rows: list[tuple[str, ...]]
    ) -> tuple[dict[str, list[str | None]], Checked]:
        columns = {f"c{n}": pa.array([row[n] or None for row in rows], pa.string()) for n in range(len(header))}
        layout = self.layout(item, header)
        chunk = Chunk(0, pa.table(columns), np.arange(2, len(rows) + 2), (), 0)
        made = layout.columns(chunk, self.calculator)
        checked = check_rows(
            compile_item(layout.version, layout.allowances, layout.absent), made, rows=chunk.rows, calculator=self.calculator,
            register=PaperRegister(), circumstances=Circumstances(TODAY, late_before(TODAY), PUBLIC_BODY), sources=layout.sources(chunk),
        )  # fmt: skip
        return {name: column.to_pylist() for name, column in made.items()}, checked


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    calculator = Calculator()
    yield Desk(calculator)
    calculator.close()


def good(item: str, **cells: str) -> tuple[str, ...]:
    return tuple(cells.get(code, cell) for code, _, cell, _ in COLUMNS[item])


def codes(item: str) -> tuple[str, ...]:
    return tuple(code for code, *_ in COLUMNS[item])


def fates(checked: Checked) -> list[tuple[str, set[str]]]:
    said: dict[int, set[str]] = {int(row): set() for row in checked.rows}
    for batch in checked.issues:
        if batch.level is not Level.WARN:
            for row in batch.rows:
                said[int(row)].add(f"{batch.code} {batch.column}")
    return [(VERDICTS[v], said[int(row)]) for row, v in zip(checked.rows, checked.verdict, strict=True)]


@pytest.mark.parametrize("item", COLUMNS)
def test_every_column_becomes_what_the_table_says(desk: Desk, item: str) -> None:
    made, checked = desk.check(item, codes(item), [good(item)])
    assert {name: column[0] for name, column in made.items() if column[0]} == BECOMES[item]
    assert fates(checked) == [OK]
    profile = load_profile(PROFILES[item])
    assert {code for code, *_ in COLUMNS[item]} == set(profile.columns) - {"CF_AJMC"}
    used = {code: set(profile.fields_of(code)) for code in codes(item)}
    for code, _, _, field in COLUMNS[item]:
        assert field is None or field in used[code], code
    assert {code for code, *_, field in COLUMNS[item] if field is None} - set(profile.ignored) <= {
        "CF_ZT",
        "CF_SYFW",
        "XK_SYFW",
    }


@pytest.mark.parametrize("item", COLUMNS)
def test_what_the_layout_never_carries_is_allowed_with_a_reason(item: str) -> None:
    profile = load_profile(PROFILES[item])
    assert set(profile.allowance_reasons) == NEVER[item]
    assert profile.publish


@pytest.mark.parametrize("item", COLUMNS)
def test_a_file_is_recognised_by_codes_and_by_chinese_headings_alike(desk: Desk, item: str) -> None:
    chinese = tuple(heading for _, heading, *_ in COLUMNS[item])
    lower = tuple(code.lower() for code in codes(item))
    by_code = desk.check(item, codes(item), [good(item)])[0]
    assert desk.check(item, chinese, [good(item)])[0] == by_code
    assert desk.check(item, lower, [good(item)])[0] == by_code
    known = heading_known(load(item).latest)
    assert all(map(known, (*chinese, *codes(item), *lower)))


@pytest.mark.parametrize("item", COLUMNS)
def test_a_file_of_todays_layout_is_never_taken_for_a_legacy_one(item: str) -> None:
    version = load(item).latest
    for header in (tuple(f.name for f in version.fields), tuple(f.title for f in version.fields)):
        assert recognise(item, header) is None
        assert layout_by_headings(version, header).places


@pytest.mark.parametrize("item", COLUMNS)
def test_a_column_outside_the_layout_makes_the_file_unusable(desk: Desk, item: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        desk.layout(item, (*codes(item), "家庭住址"))
    assert refused.value.facts["unknown"] == ("家庭住址",)


def test_rows_of_penalties_go_where_the_table_says(desk: Desk) -> None:
    rows = [good(PENALTY, **change) for change, _ in PENALTY_ROWS]
    _, checked = desk.check(PENALTY, codes(PENALTY), rows)
    assert [(dict(change), fate) for (change, _), fate in zip(PENALTY_ROWS, fates(checked), strict=True)] == [
        (dict(change), fate) for change, fate in PENALTY_ROWS
    ]
    kept = str(checked.table.to_pylist()) + str(checked.issues)
    assert PERSON not in kept


def test_a_row_that_goes_back_for_its_state_says_so(desk: Desk) -> None:
    _, checked = desk.check(PENALTY, codes(PENALTY), [good(PENALTY, CF_ZT="1"), good(PENALTY, CF_SYFW="2")])
    [issue] = [batch for batch in checked.issues if batch.code == "S05" and batch.level is Level.REJECT]
    assert issue.found is not None
    assert issue.found.to_pylist() == ["当前状态为撤销", "使用范围不是公示（2）"]


def test_the_state_of_a_permit_is_written_out_because_one_changed_its_meaning(desk: Desk) -> None:
    made, checked = desk.check(PERMIT, codes(PERMIT), [good(PERMIT, XK_ZT=written) for written, _ in STATES])
    assert made["XK_ZT"] == [state for _, state in STATES]
    assert {verdict for verdict, _ in fates(checked)} == {"accepted"}
    _, unknown = desk.check(PERMIT, codes(PERMIT), [good(PERMIT, XK_ZT="8"), good(PERMIT, XK_SYFW="3")])
    assert fates(unknown) == [("rejected", {"S05 XK_ZT"}), ("rejected", {"S05 XK_XKLB"})]


def test_an_authority_that_is_no_known_agency_keeps_its_name_and_gets_no_code(desk: Desk) -> None:
    made, checked = desk.check(PENALTY, codes(PENALTY), [good(PENALTY, CF_XZJG="另一样例局")])
    assert made["CF_CFJGDM"] == [None]
    assert fates(checked) == [OK]
