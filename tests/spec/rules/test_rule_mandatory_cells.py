"""S01 (a mandatory cell is filled) and V11 (and says something)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.spec.rules.desk import GOOD_PENALTY, Desk

from xinheng.core.intake.rules.placeholders import PLACEHOLDERS

MANDATORY = [
    "CF_XDR_MC", "CF_XDR_LB", "CF_WSH", "CF_WFXW", "CF_SY", "CF_YJ", "CF_CFLB", "CF_NR", "CF_JDRQ", "CF_YXQ", "CF_CFJG", "CF_CFJGDM",
    "CF_SJLY", "CF_SJLYDM",
]  # fmt: skip


def test_nothing_is_said_of_a_good_row(penalty: Desk, registration: Desk) -> None:
    assert (penalty.judge({}).said, penalty.judge({}).verdict) == ([], "accepted")
    assert (registration.judge({}).said, registration.judge({}).verdict) == ([], "accepted")


# cell                             said                          verdict
S01 = [
    ({"CF_WSH": None},             ["S01 CF_WSH reject"],        "rejected"),
    ({"CF_WSH": ""},               ["S01 CF_WSH reject"],        "rejected"),
    ({"CF_WSH": " 　\t"},           ["S01 CF_WSH reject"],        "rejected"),  # spaces of every width are nothing
    ({"CF_JDRQ": None},            ["S01 CF_JDRQ reject"],       "rejected"),
    ({"CF_CFJGDM": None},          ["S01 CF_CFJGDM reject"],     "rejected"),
    ({"CF_WSH": "1号"},             [],                           "accepted"),
    ({"BZ": None, "CF_GSJZQ": ""}, [],                           "accepted"),  # not mandatory
    ({"CF_SY": None, "CF_YJ": ""}, ["S01 CF_SY reject", "S01 CF_YJ reject"], "rejected"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), S01)
def test_mandatory_cells_are_filled(penalty: Desk, cells: dict[str, str | None], said: list[str], verdict: str) -> None:
    judged = penalty.judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)


@pytest.mark.parametrize("column", MANDATORY)
def test_each_field_that_the_notice_marks_is_mandatory(penalty: Desk, column: str) -> None:
    judged = penalty.judge({column: None})
    assert f"S01 {column} reject" in judged.said
    assert judged.verdict == "rejected"
    assert judged.issue("S01")["found"] is None


def test_the_words_name_the_field_in_both_languages(penalty: Desk) -> None:
    issue = penalty.judge({"CF_WSH": None}).issue("S01")
    assert issue["expected"] == "「行政处罚决定书文号」必填"
    assert issue["expected_en"] == "Number of the penalty decision must be filled in"


def test_a_field_that_a_source_never_carries_is_neither_refused_nor_noted_row_by_row(penalty: Desk) -> None:
    allowing = replace(penalty, allowances=frozenset({"CF_SJLY"}))
    judged = allowing.judge({"CF_SJLY": None})
    assert (judged.said, judged.verdict) == ([], "accepted")
    assert allowing.judge({"CF_SJLY": None, "CF_SY": None}).verdict == "rejected"


# cell                              said                       verdict
V11 = [
    ({"CF_SY": "无"},                ["V11 CF_SY reject"],      "rejected"),
    ({"CF_SY": " 无 "},              ["V11 CF_SY reject"],      "rejected"),
    ({"CF_SY": "/"},                ["V11 CF_SY reject"],      "rejected"),
    ({"CF_SY": "\\"},               ["V11 CF_SY reject"],      "rejected"),
    ({"CF_SY": "详见决定书"},           ["V11 CF_SY reject"],      "rejected"),
    ({"CF_SY": "\u200b"},           ["V11 CF_SY reject"],      "rejected"),  # invisible: as good as empty
    ({"CF_SY": "无证经营"},            [],                        "accepted"),
    ({"CF_SY": "见附件所列三处违法"},      [],                        "accepted"),
    ({"CF_WSH": "0"},               ["V11 CF_WSH reject"],     "rejected"),
    ({"CF_WSH": "10"},              [],                        "accepted"),
    ({"CF_CFLB": "无"},              ["S05 CF_CFLB reject"],    "rejected"),  # a coded cell: the list speaks
    ({"BZ": "无"},                   [],                        "accepted"),  # not mandatory: may say nothing
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), V11)
def test_a_mandatory_cell_says_something(
    penalty: Desk, cells: dict[str, str | None], said: list[str], verdict: str
) -> None:
    judged = penalty.judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)


def test_every_placeholder_is_known_and_quoted_as_found(penalty: Desk) -> None:
    rows = [{**GOOD_PENALTY, "CF_YJ": text} for text in PLACEHOLDERS]
    for judged, text in zip(penalty.judge_all(rows), PLACEHOLDERS, strict=True):
        assert judged.said == ["V11 CF_YJ reject"], text
        assert judged.issues[0]["found"] == text
