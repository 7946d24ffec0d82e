"""S02 (not too long), S06 (no control characters), S07 (no formula), S10 (no digits lost): what any cell must be."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import Desk

# cell                                          said                     verdict
S02 = [
    ({"CF_WSH": "号" * 128},                     [],                      "accepted"),
    ({"CF_WSH": "号" * 129},                     ["S02 CF_WSH reject"],   "rejected"),
    ({"CF_WSH": "🧾" * 128},                     [],                      "accepted"),  # characters, not bytes
    ({"CF_WSH": "  " + "号" * 128 + "  "},        [],                      "accepted"),  # spaces at the edges are not counted
    ({"CF_SY": "事" * 5001},                     ["S02 CF_SY reject"],    "rejected"),
    ({"CF_XDR_ZZJG": "MA1TE5T0-X"},             [],                      "accepted"),  # nine without the hyphen
]  # fmt: skip

# cell                                          said                     verdict
S06 = [
    ({"CF_SY": "检查\x00发现"},                    ["S06 CF_SY reject"],    "rejected"),
    ({"CF_SY": "检查\x1b发现"},                    ["S06 CF_SY reject"],    "rejected"),
    ({"CF_SY": "检查\x7f发现"},                    ["S06 CF_SY reject"],    "rejected"),
    ({"BZ": "\x0b备\x0c注\x0b"},                  ["S06 BZ reject"],       "rejected"),
    ({"CF_SY": "检查\t发现\r\n两处"},                [],                      "accepted"),  # tab and line breaks are text
    ({"CF_SY": "\x1f检查发现\x1c"},                [],                      "accepted"),  # at the edges they are spaces
    ({"CF_XDR_MC": "金陵样例(江苏)钢铁\x01有限公司"}, ["S06 CF_XDR_MC reject"], "rejected"),
]  # fmt: skip

# cell                                          said                     verdict
S07 = [
    ({"BZ": "=cmd|'/c calc'!A1"},               ["S07 BZ reject"],       "rejected"),
    ({"BZ": "@SUM(1+1)"},                       ["S07 BZ reject"],       "rejected"),
    ({"BZ": "  =1+1"},                          ["S07 BZ reject"],       "rejected"),
    ({"BZ": "+cmd|calc"},                       ["S07 BZ reject"],       "rejected"),
    ({"BZ": "-2+3+cmd!A0"},                     ["S07 BZ reject"],       "rejected"),
    ({"BZ": "+SUM(A1)"},                        ["S07 BZ reject"],       "rejected"),
    ({"BZ": "-5"},                              [],                      "accepted"),
    ({"BZ": "+86为国家代码"},                       [],                      "accepted"),
    ({"BZ": "——无证"},                           [],                      "accepted"),
    ({"BZ": "a=b"},                             [],                      "accepted"),
    ({"CF_NR_FK": "=1+1"},                      ["S04 CF_NR_FK reject"], "rejected"),  # not text: the amount speaks
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), S02 + S06 + S07)
def test_cells_are_text_of_a_fitting_length(
    penalty: Desk, cells: dict[str, str | None], said: list[str], verdict: str
) -> None:
    judged = penalty.judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)


def test_a_long_cell_is_quoted_short_with_its_limit(penalty: Desk) -> None:
    issue = penalty.judge({"CF_WSH": "号" * 1000}).issue("S02")
    assert issue["found"] == "号" * 199 + "…"
    assert (issue["expected"], issue["expected_en"]) == ("不超过 128 个字符", "at most 128 characters")


def test_what_cannot_be_seen_is_shown_as_such(penalty: Desk) -> None:
    assert penalty.judge({"CF_SY": "检查\x00发现"}).issue("S06")["found"] == "检查�发现"


def test_a_formula_is_quoted_but_never_kept_as_one(penalty: Desk) -> None:
    judged = penalty.judge({"BZ": "=1+1"})
    assert judged.issue("S07")["found"] == "=1+1"
    assert judged.verdict == "rejected"


def test_digits_that_a_spreadsheet_destroyed_are_never_guessed(penalty: Desk) -> None:
    said = ["S10 CF_XDR_SHXYM reject", "V01 CF_XDR_SHXYM reject"]
    assert penalty.judge({"CF_XDR_SHXYM": "9.14403E+17"}, lossy=["CF_XDR_SHXYM"]).said == said
    judged = penalty.judge({"CF_XDR_GSZC": "3.20106E+14"}, lossy=["CF_XDR_GSZC"])
    assert (judged.said, judged.verdict) == (["S10 CF_XDR_GSZC reject"], "rejected")


def test_a_workbooks_rounded_number_is_refused_however_it_looks(penalty: Desk) -> None:
    judged = penalty.judge({"CF_XDR_GSZC": "320106000000000000"}, lossy=["CF_XDR_GSZC"])
    assert (judged.said, judged.verdict) == (["S10 CF_XDR_GSZC reject"], "rejected")
    assert penalty.judge({"CF_XDR_GSZC": "3.2"}).said == []
