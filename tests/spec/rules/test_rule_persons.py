"""V06 (no rows about natural persons yet), P01 and V12 (no identity number is kept): each case is searched for the number."""

from __future__ import annotations

import re

import pytest
from tests.spec.rules.desk import GOOD_PENALTY, PERSON, STEEL_CODE, UNKNOWN_CODE, Desk, made_up

from xinheng.core.catalogue.item import Privacy
from xinheng.core.catalogue.load import load

NATURAL = {"CF_XDR_LB": "自然人", "CF_XDR_MC": "样某某", "CF_XDR_SHXYM": None}
WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789X"}
SPACED = f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}"


def holds_person(text: str) -> bool:
    """Tell whether the made-up number, however written, can be read in the text."""
    narrow = text.translate({wide: sign for sign, wide in WIDE.items()})
    return PERSON in re.sub(r"[^0-9X]", "", narrow.upper())


# cells                                                     said
V06 = [
    ({"CF_XDR_ZJHM": PERSON},                               ["V06 CF_XDR_LB reject"]),
    ({"CF_XDR_SHXYM": PERSON},                              ["V06 CF_XDR_LB reject"]),
    ({"CF_XDR_SHXYM": PERSON, "CF_XDR_GSZC": PERSON},       ["V06 CF_XDR_LB reject"]),
    ({"CF_SJLYDM": PERSON, "CF_JDRQ": PERSON},              ["V06 CF_XDR_LB reject"]),
    ({"CF_NR_FK": PERSON, "CF_CFLB": PERSON},               ["V06 CF_XDR_LB reject"]),
    ({"CF_XDR_MC": f"样某某（{PERSON}）"},                      ["V06 CF_XDR_LB reject"]),
    ({"CF_SY": f"当事人身份证号{SPACED}"},                       ["V06 CF_XDR_LB reject"]),
    ({"CF_WSH": None, "CF_NR": None},                       ["V06 CF_XDR_LB reject"]),  # nothing else is said of it
    ({"CF_XDR_LB": " 自然人 "},                               ["V06 CF_XDR_LB reject"]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said"), V06)
def test_a_natural_persons_row_is_refused_and_nothing_of_it_kept(
    penalty: Desk, cells: dict[str, str | None], said: list[str]
) -> None:
    judged = penalty.judge({**NATURAL, **cells})
    assert (judged.said, judged.verdict) == (said, "rejected")
    assert judged.issue("V06")["found"] is None
    assert not holds_person(judged.written)
    assert "样某某" not in judged.written


def test_a_natural_persons_row_among_others_takes_nothing_from_them(penalty: Desk) -> None:
    rows = [GOOD_PENALTY, {**GOOD_PENALTY, **NATURAL, "CF_XDR_SHXYM": PERSON}, {**GOOD_PENALTY, "CF_WSH": None}] * 40
    judged = penalty.judge_all(rows)
    assert [one.said for one in judged] == [[], ["V06 CF_XDR_LB reject"], ["S01 CF_WSH reject"]] * 40
    assert not any(holds_person(one.written) for one in judged)


# cells                                          said                                 verdict
P01 = [
    ({"CF_FR_ZJHM": PERSON},                     ["P01 CF_FR_ZJHM warn"],             "accepted"),
    ({"CF_FR_ZJHM": "E00000001"},                ["P01 CF_FR_ZJHM warn"],             "accepted"),
    ({"CF_FR_ZJHM": PERSON, "CF_WSH": None},     ["P01 CF_FR_ZJHM warn", "S01 CF_WSH reject"], "rejected"),
    ({"CF_FR_ZJHM": PERSON, "CF_XDR_ZJHM": PERSON}, ["P01 CF_FR_ZJHM warn", "P01 CF_XDR_ZJHM warn"], "accepted"),
    ({"CF_FR_ZJHM": None},                       [],                                  "accepted"),
    ({"CF_FR_ZJHM": ""},                         [],                                  "accepted"),
    ({"CF_FR_ZJHM": " 　"},                       [],                                  "accepted"),  # nothing was dropped
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), P01)
def test_a_representatives_number_is_dropped_and_told(
    penalty: Desk, cells: dict[str, str | None], said: list[str], verdict: str
) -> None:
    judged = penalty.judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)
    assert judged.cells["CF_FR_ZJHM"] is None
    assert not holds_person(judged.written)
    assert all(issue["found"] is None for issue in judged.issues if issue["code"] == "P01")


# text                                                   masked
V12 = [
    (f"负责人身份证号{PERSON}。",                             f"负责人身份证号{'*' * 18}。"),
    (f"{PERSON.translate(WIDE)}",                        "*" * 18),
    (SPACED,                                             "*" * 20),
    ("\u200b".join(PERSON),                              "*" * 35),
    (f"{PERSON[:6]}\u2013{PERSON[6:14]}\u00a0{PERSON[14:]}", "*" * 20),
    (f"{PERSON[:6]}  {PERSON[6:14]}  {PERSON[14:]}",     "*" * 22),
    (f"身份证{PERSON[:17]}{'0' if PERSON[17] != '0' else '1'}", f"身份证{'*' * 18}"),  # named as one: its check is not asked
    (made_up(serial="004").lower(),                      "*" * 18),
    (PERSON[:6] + PERSON[8:17],                          "*" * 15),  # the old form
    ("联系电话13800000000",                                f"联系电话{'*' * 11}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "masked"), V12)
@pytest.mark.parametrize("column", ["CF_SY", "CF_NR", "BZ", "CF_WFXW", "CF_YJ"])
def test_a_personal_number_in_a_text_is_masked_before_it_is_kept(
    penalty: Desk, column: str, text: str, masked: str
) -> None:
    judged = penalty.judge({column: text})
    assert (judged.said, judged.verdict) == ([f"V12 {column} warn"], "accepted")
    assert judged.cells[column] == masked
    assert judged.issue("V12")["found"] == masked


# cells without a personal number
INNOCENT = [
    {"CF_SY": f"当事人统一社会信用代码{STEEL_CODE}"},
    {"CF_SY": "执照注册号320102000000016"},
    {"CF_XDR_GSZC": "320102000000016"},
    {"CF_WSH": "宁样罚〔2026〕320102190001010017号"},
    {"CF_SY": "扣押卷烟12345678901支"},
]


@pytest.mark.parametrize("cells", INNOCENT)
def test_other_long_numbers_stay(penalty: Desk, cells: dict[str, str]) -> None:
    judged = penalty.judge(cells)
    assert judged.said == []
    assert {name: judged.cells[name] for name in cells} == cells


@pytest.mark.parametrize("verdict", ["accepted", "waiting", "rejected"])
@pytest.mark.parametrize("written", [PERSON, PERSON.lower(), PERSON.translate(WIDE), SPACED])
def test_wherever_the_number_stands_it_is_never_kept_in_clear(penalty: Desk, written: str, verdict: str) -> None:
    base = {"accepted": {}, "waiting": {"CF_XDR_SHXYM": UNKNOWN_CODE}, "rejected": {"CF_WFXW": None}}[verdict]
    for column in load("administrative-penalty").latest.fields:
        judged = penalty.judge({**base, column.name: written})
        quoted = "\n".join(str(issue) for issue in judged.issues)
        assert not holds_person(quoted), column.name
        if judged.verdict != "rejected":
            assert not holds_person(judged.written), column.name


def test_a_note_behind_other_kinds_hides_no_number(penalty: Desk) -> None:
    judged = penalty.judge({"CF_CFLB": f"罚款；其他-{PERSON}"})
    assert not holds_person(judged.written)


@pytest.mark.parametrize("item", ["administrative-penalty", "legal-entity-registration"])
def test_every_field_for_an_identity_number_is_dropped(penalty: Desk, registration: Desk, item: str) -> None:
    desk = {"administrative-penalty": penalty, "legal-entity-registration": registration}[item]
    for column in load(item).latest.fields:
        if column.privacy is Privacy.PERSON_IDENTIFIER:
            judged = desk.judge({column.name: PERSON})
            assert judged.said == [f"P01 {column.name} warn"]
            assert not holds_person(judged.written)


@pytest.mark.parametrize("slip", ["O for 0", "check character"])
def test_a_mistyped_identity_number_as_a_code_is_neither_quoted_nor_mended(penalty: Desk, slip: str) -> None:
    wrong = PERSON.replace("0", "O", 1) if slip == "O for 0" else PERSON[:17] + ("1" if PERSON[17] != "1" else "2")
    judged = penalty.judge({"CF_XDR_SHXYM": wrong})
    issue = judged.issue("V01")
    assert not holds_person("".join(issue[part] for part in ("expected", "expected_en", "mend", "mend_en")))
    assert issue["mend"] == "请按营业执照或登记证书填写统一社会信用代码。"
    assert wrong not in (issue["found"] or "")
