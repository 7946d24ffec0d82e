"""What ``xinheng identify`` answers: kind, validity, one mend at most."""

from __future__ import annotations

import pytest

from xinheng.core.standards import person_numbers, uscc
from xinheng.core.standards.identify import identify

FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in uscc.ALPHABET}
PERSON = "32010619000101001" + person_numbers.check_digit("32010619000101001")


@pytest.mark.parametrize(
    ("code", "kind", "valid"),
    [
        ("914403001922038216", "uscc", True),
        (uscc.PLACEHOLDER, "uscc", False),
        ("914403001922038217", "uscc", False),
        ("331021620043077", "registration-number", True),
        ("331021620043078", "registration-number", False),
        ("D2143569-X", "organization-code", True),
        ("A21435690", "organization-code", False),
        (PERSON, "resident-id", True),
        (PERSON[:17] + "#", "unknown", False),
        ("E00000000", "passport", True),
        ("H00000000", "hk-mo-permit", True),
        ("", "unknown", False),
        ("3.20106E+17", "unknown", False),
        ("南京某某有限公司", "unknown", False),
    ],
)
def test_kinds(code, kind, valid):
    found = identify(code)
    assert (found.code, found.kind, found.valid) == (code, kind, valid)
    assert found.why.zh
    assert found.why.en


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("9144O3001922038216", "914403001922038216"),
        ("9144O3OO1922038216", "914403001922038216"),
        ("9I4403001922038216", "914403001922038216"),
        ("91440300L922038216", "914403001922038216"),
        ("9144030019ZZ038216", "914403001922038216"),
        ("914403001922038216 ", "914403001922038216"),
        ("91440300-19220382-16", "914403001922038216"),
        ("9144030071526726xg", "9144030071526726XG"),
        ("914403001922038216".translate(FULL_WIDTH), "914403001922038216"),
        ("91330100799655O58B", "91330100799655058B"),
        ("11320100M81886843H", "11320100MB1886843H"),
        ("d2143569-x", "D2143569X"),
        ("33102162OO43077", "331021620043077"),
        (f"{PERSON[:6]} {PERSON[6:]}", PERSON),
        ("914403001922038217", None),
        ("91440300192203821", None),
        (uscc.PLACEHOLDER, None),
        ("914403001922038216", None),
    ],
)
def test_one_mend_is_suggested_or_none(code, meant):
    assert identify(code).suggestion == meant


def test_a_suggestion_is_always_valid(shared_data):
    import csv

    with (shared_data / "cn_env_penalties_shandong" / "penalties.csv").open(encoding="utf-8") as file:
        codes = {row["code"] for row in csv.DictReader(file)}
    mends = [found.suggestion for code in codes if (found := identify(code)).suggestion]
    assert mends
    assert all(identify(mend).valid for mend in mends)
