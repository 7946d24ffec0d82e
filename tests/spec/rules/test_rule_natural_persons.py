"""N01–N05 and what else is said of rows about natural persons; whatever is said, nothing of such a row is quoted."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from tests.spec.rules.desk import (
    GOOD_PENALTY,
    PERSON,
    PUBLIC_BODY,
    STEEL_CODE,
    TODAY,
    VERDICTS,
    Desk,
    issues_by_row,
    made_up,
    shortly,
)

from xinheng.core.catalogue.load import load
from xinheng.core.intake.check import check_rows, compile_item
from xinheng.core.intake.facts import Circumstances
from xinheng.core.intake.issues import quoted_cells
from xinheng.core.intake.persons import set_apart, takes_persons
from xinheng.core.intake.rules import About
from xinheng.core.intake.timeliness import late_before
from xinheng.core.standards.person_numbers import check_digit

Cells = dict[str, str | None]

NAME = "样某某"
GOOD: Cells = {
    **GOOD_PENALTY, "CF_XDR_MC": NAME, "CF_XDR_LB": "自然人", "CF_XDR_SHXYM": None, "CF_XDR_GSZC": None, "CF_XDR_ZZJG": None, "CF_FRDB": None,
    "CF_XDR_ZJLX": "居民身份证", "CF_XDR_ZJHM": PERSON,
}  # fmt: skip
OLD = PERSON[:6] + PERSON[8:17]
GIRL = made_up(born="20080507", serial="002")  # eighteen the day after TODAY
WOMAN = made_up(born="20080504", serial="002")  # eighteen two days before it
WRONG = PERSON[:17] + ("0" if PERSON[17] != "0" else "1")


def judge(desk: Desk, cells: Cells) -> tuple[list[str], str, str]:
    """Return what is said of the good row with cells changed, its verdict, and every word that is said."""
    version, row = desk.version, {**GOOD, **cells}
    given = {field.name: pa.array([row.get(field.name)], pa.string()) for field in version.fields}
    checked = check_rows(
        compile_item(version, about=About.PERSONS),
        given,
        rows=np.array([2]),
        calculator=desk.calculator,
        register=desk.register,
        circumstances=Circumstances(TODAY, late_before(TODAY), PUBLIC_BODY),
    )
    issues = issues_by_row(checked)[2]
    assert all(issue["found"] is None for issue in issues)
    words = "".join(str(issue[part]) for issue in issues for part in ("expected", "expected_en", "mend", "mend_en"))
    return sorted(map(shortly, issues)), VERDICTS[int(checked.verdict[0])], words


# cells                                                           said
N01 = [
    ({},                                                          []),
    ({"CF_XDR_ZJLX": None},                                       ["N01 CF_XDR_ZJLX reject"]),
    ({"CF_XDR_ZJLX": "会员卡"},                                    ["N01 CF_XDR_ZJLX reject"]),
    ({"CF_XDR_ZJHM": None},                                       ["N01 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJHM": " 　"},                                       ["N01 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJLX": "身份证"},                                    []),
    ({"CF_XDR_ZJLX": "护照", "CF_XDR_ZJHM": "E00000001"},          []),
    ({"CF_XDR_MC": None},                                         ["S01 CF_XDR_MC reject"]),
    ({"CF_XDR_MC": "无"},                                          ["V11 CF_XDR_MC reject"]),
]  # fmt: skip
N02 = [
    ({"CF_XDR_ZJHM": WRONG},                                      ["N02 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJHM": PERSON[:17]},                                ["N02 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJHM": PERSON.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})}, []),
    ({"CF_XDR_ZJHM": f"{PERSON[:6]} {PERSON[6:14]}-{PERSON[14:].lower()}"}, []),
    ({"CF_XDR_ZJHM": "3.20106E+17"},                              ["N02 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJHM": made_up(born="18800101")},                   ["N02 CF_XDR_ZJHM reject"]),  # nobody is that old
    ({"CF_XDR_ZJHM": OLD},                                        ["N02 CF_XDR_ZJHM reject"]),  # fifteen digits ended in 2013
    ({"CF_XDR_ZJHM": made_up("810000")},                          []),  # a residence permit under the name of an identity card
    ({"CF_XDR_ZJLX": "港澳居民居住证", "CF_XDR_ZJHM": made_up("810000")}, []),
    ({"CF_XDR_ZJLX": "台湾居民居住证", "CF_XDR_ZJHM": PERSON},        ["N02 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJLX": "外国人永久居留身份证", "CF_XDR_ZJHM": "ABC000000000001"}, []),
    ({"CF_XDR_ZJLX": "护照", "CF_XDR_ZJHM": PERSON},               ["N02 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJLX": "护照", "CF_XDR_ZJHM": "ABCDEFGH"},           ["N02 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJLX": "回乡证", "CF_XDR_ZJHM": "H00000001"},        []),
    ({"CF_XDR_ZJLX": "回乡证", "CF_XDR_ZJHM": "A00000001"},        ["N02 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJLX": "台胞证", "CF_XDR_ZJHM": "00000001"},         []),
    ({"CF_XDR_ZJLX": "台胞证", "CF_XDR_ZJHM": "0000001"},          ["N02 CF_XDR_ZJHM reject"]),
]  # fmt: skip
N03 = [
    ({"CF_XDR_ZJHM": GIRL, "CF_JDRQ": TODAY.isoformat()},         ["N03 CF_XDR_ZJHM reject"]),
    ({"CF_XDR_ZJHM": made_up(born="20080506"), "CF_JDRQ": "2026-05-06"}, ["N03 CF_XDR_ZJHM reject"]),  # the birthday itself
    ({"CF_XDR_ZJHM": WOMAN, "CF_JDRQ": TODAY.isoformat()},        []),
    ({"CF_XDR_ZJHM": made_up(born="20200101")},                   ["N03 CF_XDR_ZJHM reject"]),
]  # fmt: skip
N04 = [
    ({"CF_XDR_SHXYM": STEEL_CODE},                                ["N04 CF_XDR_SHXYM reject"]),
    ({"CF_XDR_SHXYM": PERSON},                                    ["N04 CF_XDR_SHXYM reject"]),
    ({"CF_XDR_GSZC": "320102000000016"},                          ["N04 CF_XDR_GSZC reject"]),
    ({"CF_XDR_ZZJG": "MA1TE5T0X"},                                ["N04 CF_XDR_ZZJG reject"]),
    ({"CF_XDR_SHZZ": "无"},                                        ["N04 CF_XDR_SHZZ reject"]),
    ({"CF_FRDB": NAME},                                           ["N04 CF_FRDB warn"]),
]  # fmt: skip
N05 = [
    ({"CF_JDRQ": "2021-05-06"},                                   ["N05 CF_JDRQ reject", "V04 CF_JDRQ warn"]),
    ({"CF_JDRQ": "2021-05-07"},                                   ["V04 CF_JDRQ warn"]),
]  # fmt: skip
OTHER = [
    ({"CF_SY": f"当事人身份证号{PERSON}"},                           ["V12 CF_SY warn"]),
    ({"CF_FR_ZJHM": PERSON},                                      ["P01 CF_FR_ZJHM warn"]),
    ({"CF_WSH": None},                                            ["S01 CF_WSH reject"]),
    ({"CF_NR_FK": "1", "CF_NR": "处以罚款人民币77777元。", "CF_CFLB": "罚款"}, ["V08 CF_NR_FK warn"]),  # the text's amount is not told
    ({"CF_CFLB": "某某某"},                                        ["S05 CF_CFLB reject"]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said"), [*N01, *N02, *N03, *N04, *N05, *OTHER])
def test_a_row_about_a_person_is_judged_and_never_quoted(penalty: Desk, cells: Cells, said: list[str]) -> None:
    found, verdict, words = judge(penalty, cells)
    assert found == said
    assert verdict == ("rejected" if any(one.endswith("reject") for one in said) else "accepted")
    assert not [
        text
        for text in (PERSON, NAME, "77777", "某某某", *filter(None, cells.values()))
        if len(text) > 2 and text in words
    ]


def test_an_old_number_is_right_in_a_decision_of_its_time(penalty: Desk) -> None:
    """Such a decision is too old to be kept; nothing else is said of its number."""
    found, _, _ = judge(penalty, {"CF_XDR_ZJHM": OLD, "CF_JDRQ": "2012-06-01"})
    assert "N02 CF_XDR_ZJHM reject" not in found
    assert "N05 CF_JDRQ reject" in found


def test_rows_about_persons_are_told_by_one_look_at_the_column(penalty: Desk) -> None:
    kinds = pa.array(["法人及非法人组织", " 自然人 ", None, "自然人（样例）", "自然人"])
    apart = set_apart(penalty.version, {"CF_XDR_LB": kinds})
    assert apart is not None
    assert apart.flags.to_pylist() == [False, True, False, False, True]
    for none in (pa.array(["法人及非法人组织", None]), pa.array(["非自然人"]), pa.array([], pa.string())):
        assert set_apart(penalty.version, {"CF_XDR_LB": none}) is None
    assert set_apart(penalty.version, {}) is None


def test_only_items_that_name_persons_take_them_and_only_with_their_numbers() -> None:
    for name, takes in (
        ("administrative-penalty", True),
        ("administrative-permit", True),
        ("serious-dishonesty-listing", False),
    ):
        version = load(name).latest
        assert takes_persons(version, frozenset(field.name for field in version.fields)) is takes
        assert not takes_persons(version, frozenset())


def test_the_made_up_numbers_are_nobodys() -> None:
    assert check_digit(PERSON[:17]) == PERSON[17]
    assert quoted_cells(pa.array([PERSON])).to_pylist() == ["*" * 18]
