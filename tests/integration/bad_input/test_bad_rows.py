"""Bad rows among good ones: exit code 3, the good ones are in, and each bad cell is named with how to mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..commands import Xinheng
from ..office import Office, fates
from ..sheets import PENALTY, TODAY, Province, Row, penalty_sheet, small_province

FINE = "CF_NR_FK"
DAY = "CF_JDRQ"


def _with_letter(code: str) -> str:
    return code.replace("0", "O", 1)


def _cases(province: Province) -> dict[str, tuple[Row, str, str, str]]:
    """Return rows by what is wrong with them: cells, and the code, level and column that must be told."""
    rows = iter(province.penalties[30:])
    fine = {"CF_CFLB": "罚款", "CF_NR": "决定罚款人民币12345000元。", "CF_NR_WFFF": ""}
    zero = next(row for row in province.penalties[60:] if "0" in row["CF_XDR_SHXYM"])
    cases: dict[str, tuple[dict[str, str], str, str, str]] = {
        "a formula": ({"CF_WFXW": "=cmd|'/C calc'!A0"}, "S07", "reject", "CF_WFXW"),
        "a formula after a sign": ({"CF_SY": "+SUM(A1:A9)"}, "S07", "reject", "CF_SY"),
        "a null byte": ({"CF_SY": "违法\x00事实"}, "S06", "reject", ""),
        "decided in 2099": ({DAY: "2099-12-31"}, "V07", "reject", DAY),
        "decided tomorrow": ({DAY: "2026-03-03"}, "V07", "reject", DAY),
        "the thirtieth of February": ({DAY: "2026-02-30"}, "S03", "reject", DAY),
        "a hexadecimal fine": ({**fine, FINE: "0x1A"}, "S04", "reject", FINE),
        "a fine with an underscore": ({**fine, FINE: "1_000"}, "S04", "reject", FINE),
        "a fine with an exponent": ({**fine, FINE: "1e5"}, "S04", "reject", FINE),
        "a fine in words": ({**fine, FINE: "壹万元"}, "S04", "reject", FINE),
        "a fine with a sign and commas": ({**fine, FINE: "¥1,234.5"}, "S04", "warn", FINE),
        "a letter for a digit": ({}, "V01", "reject", "CF_XDR_SHXYM"),
        "a procedure that is none": ({"XH_CX": "特别程序"}, "S05", "reject", "XH_CX"),
        "a domain that is none": ({"XH_LY": "海洋"}, "S05", "reject", "XH_LY"),
        "without an end": ({"CF_YXQ": "2099-12-31"}, "", "", ""),
    }
    found = {}
    for number, (name, (cells, code, level, column)) in enumerate(cases.items()):
        row = zero if name == "a letter for a digit" else next(rows)
        named = {**row, "CF_WSH": f"坏罚〔2026〕{number}号", **cells}
        if name == "a letter for a digit":
            named["CF_XDR_SHXYM"] = _with_letter(row["CF_XDR_SHXYM"])
        found[name] = named, code, level, column
    return found


@pytest.fixture(scope="module")
def handed(xinheng: Xinheng, province: Province, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Hand all cases in with one file; its last line was cut off."""
    cases = _cases(province)
    file = tmp_path_factory.mktemp("bad") / "file.csv"
    cut = province.penalty(50, CF_WSH="坏罚〔2026〕断号")
    content = penalty_sheet(*(row for row, *_ in cases.values()), cut)
    file.write_bytes(content[: content.rindex("坏罚〔2026〕断号".encode())] + "坏罚〔20".encode())
    words = ("submit", PENALTY, file, "--agency", province.agency, "--on", TODAY.isoformat(), "--json")
    result = xinheng(*words, expect=3).json
    issues = xinheng("issues", result["submission"], "--json").json
    chinese = xinheng("issues", result["submission"], "--json", lang="zh_CN.UTF-8").json
    return {"cases": cases, "result": result, "issues": issues, "chinese": chinese, "words": words}


@pytest.mark.parametrize("name", _cases(small_province()))
def test_the_cell_is_named_with_its_rule_and_how_to_mend_it(handed: dict[str, Any], name: str) -> None:
    _, code, level, column = handed["cases"][name]
    row = list(handed["cases"]).index(name) + 2
    found = [issue for issue in handed["issues"] if issue["row"] == row and issue["code"] != "V04"]
    if not code:
        assert found == []
        return
    assert (code, level, column) in [(issue["code"], issue["level"], issue["column"]) for issue in found]
    assert {issue["column"] for issue in found if issue["level"] == "reject"} <= {column}
    assert all(issue["expected"] and issue["mend"] for issue in found)


def test_the_good_rows_are_in_and_the_counts_add_up(handed: dict[str, Any], xinheng: Xinheng) -> None:
    result, cases = handed["result"], handed["cases"]
    rejected = sum(level == "reject" for *_, level, _ in cases.values()) + 1
    assert [result["received"], result["rejected"]] == [len(cases) + 1, rejected]
    assert result["accepted"] == result["received"] - rejected
    query = "SELECT count(*) FROM record WHERE submission_id = %s"
    assert xinheng.value(query, result["submission"]) == result["accepted"]


def test_a_letter_for_a_digit_is_not_mended_but_the_mend_is_suggested(handed: dict[str, Any]) -> None:
    row, *_ = handed["cases"]["a letter for a digit"]
    meant = row["CF_XDR_SHXYM"].replace("O", "0", 1)
    for issues in (handed["issues"], handed["chinese"]):
        (issue,) = [one for one in issues if one["code"] == "V01"]
        assert issue["found"] == row["CF_XDR_SHXYM"]
        assert meant in issue["mend"]


def test_an_amount_with_a_sign_and_commas_is_understood(handed: dict[str, Any], xinheng: Xinheng) -> None:
    row, *_ = handed["cases"]["a fine with a sign and commas"]
    held = xinheng("file", row["CF_XDR_SHXYM"], "--as-of", TODAY.isoformat(), "--json").json
    (record,) = [one for one in held["records"] if one["decision_number"] == row["CF_WSH"]]
    assert record["fields"][FINE] == 1_234_500_000  # 分


def test_a_row_that_was_cut_off_says_that_the_file_may_be(handed: dict[str, Any]) -> None:
    last = [issue for issue in handed["issues"] if issue["row"] == len(handed["cases"]) + 2]
    assert [issue["code"] for issue in last] == ["S08"]
    assert "cut off" in last[0]["mend"] + last[0]["expected"]
    (chinese,) = [issue for issue in handed["chinese"] if issue["row"] == len(handed["cases"]) + 2]
    assert "截断" in chinese["mend"] + chinese["expected"]


def test_the_same_bad_file_again_is_told_the_same(handed: dict[str, Any], xinheng: Xinheng) -> None:
    before = xinheng.counts()
    assert xinheng(*handed["words"], expect=3).json == handed["result"]
    grown = {table for table, count in xinheng.counts().items() if count != before[table]}
    assert grown == set()


@pytest.mark.parametrize("spoilt", [b"\xff\xfe\xff", b",,"], ids=["bytes that are no text", "cells too many"])
def test_a_file_of_nothing_but_unreadable_rows_is_sent_back_row_by_row(
    xinheng: Xinheng, province: Province, tmp_path: Path, spoilt: bytes
) -> None:
    head, *lines = penalty_sheet(*province.penalties[:6]).splitlines()
    file = tmp_path / "file.csv"
    file.write_bytes(b"\r\n".join([head, *(line + spoilt for line in lines)]))
    words = ("submit", PENALTY, file, "--agency", province.agency, "--on", TODAY.isoformat(), "--json")
    result = xinheng(*words, expect=3).json
    assert [result["received"], result["rejected"]] == [6, 6]


def test_no_formula_stands_in_the_workbook_of_rejected_rows(
    handed: dict[str, Any], xinheng: Xinheng, tmp_path: Path
) -> None:
    import openpyxl

    rejects = tmp_path / "rejects.xlsx"
    xinheng("issues", handed["result"]["submission"], "--rejects", rejects)
    for sheet in openpyxl.load_workbook(rejects).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_rows_of_which_the_same_is_to_be_said_stand_together(office: Office) -> None:
    from xinheng.store.models import IssueGroup

    sheet = penalty_sheet(office.province.penalty(0)) + b"short\r\n" * 499 + b"short"
    outcome = office.submit(sheet)
    assert fates(outcome) == {"accepted": 1, "rejected": 500}
    groups = {len(group.rows) for group in IssueGroup.objects.filter(submission_id=outcome.submission, code="S08")}
    assert groups == {499, 1}  # of the last row it is said that the file may have been cut off
    assert sorted(issue.row for issue in office.issues(outcome) if issue.code == "S08") == list(range(3, 503))
