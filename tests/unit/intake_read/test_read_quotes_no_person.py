"""What a sentence quotes of a file is little, visible, and nothing of a person: a first row that is no heading row may hold anything."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from xinheng.core.catalogue.load import load
from xinheng.core.errors import UnusableFile
from xinheng.core.intake.layout import layout_by_headings, layout_by_profile
from xinheng.core.intake.profiles import load_profile
from xinheng.core.intake.read import bad_rows
from xinheng.core.intake.read.quoting import listed, quoted
from xinheng.core.standards import person_numbers

from .reading import new_book, opened, refusal_of, rows_of

BODY = "32010619000101001"
PERSON = BODY + person_numbers.check_digit(BODY)
STARS = "*" * 18
PENALTY = load("administrative-penalty").latest


def said(refused: UnusableFile) -> str:
    explanation = refused.explanation
    return " ".join([*explanation.in_language("zh"), *explanation.in_language("en"), str(refused.facts)])


@pytest.mark.parametrize(
    "data",
    [
        f"张某,{PERSON},2021-03-01\n李某,2,3\n",
        f"身份证{PERSON}信息表,,\n名称,代码,日期\n甲,乙,丙\n",
        f"名称,{PERSON}a,{PERSON}a\n甲,乙,丙\n",
        f'[1, {{"{PERSON}": [1]}}]',
        f'{{"身份证{PERSON}": {{"甲": 1}}}}',
        f"<ROWDATA>{PERSON}<ROW 甲='1'/></ROWDATA>",
        f"<?xml version='1.0' encoding='{PERSON}'?><ROWDATA/>",
    ],
)
def test_a_refusal_masks_a_persons_number(data: str) -> None:
    words = said(refusal_of(data.encode()))
    assert PERSON not in words
    assert PERSON[:14] not in words


@pytest.mark.parametrize(
    "data",
    [
        json.dumps({"甲": "1"}) + f'\n{{"证{PERSON}": "x", "证{PERSON}": "y"}}',
        json.dumps({"甲": "1"}) + "\n" + json.dumps({f"证{PERSON}": ["x"]}),
        f"<ROWDATA><ROW 甲='1'/><ROW>身份证{PERSON}<甲>1</甲></ROW></ROWDATA>",
        f"<ROWDATA><ROW 甲='1'/><证{PERSON} 甲='1'/></ROWDATA>",
    ],
)
def test_the_sentence_of_a_bad_row_masks_a_persons_number(data: str) -> None:
    _, [bad] = rows_of(opened(data.encode()))
    assert STARS in bad.text.zh
    assert STARS in bad.text.en
    assert PERSON not in str(bad.text)


def test_a_merged_heading_is_masked_where_it_is_quoted() -> None:
    book = new_book(
        [["名称", f"证号{PERSON}"], ["甲", "1"], ["乙", None]], lambda sheet: sheet.merge_range(1, 1, 2, 1, "1")
    )
    _, bad = rows_of(opened(book))
    assert len(bad) == 2
    assert all(STARS in row.text.zh and PERSON not in str(row.text) for row in bad)


def _by_headings(header: tuple[str, ...]) -> object:
    return layout_by_headings(PENALTY, header)


def _by_profile(header: tuple[str, ...]) -> object:
    return layout_by_profile(PENALTY, header, load_profile("nfra-penalty"))


@pytest.mark.parametrize("lay_out", [_by_headings, _by_profile])
def test_columns_that_nobody_knows_are_masked_and_a_thousand_are_not_all_named(lay_out: Callable[..., object]) -> None:
    header = (f"证号{PERSON}", f"证号{PERSON}", "长" * 9_000, *(f"列{number}" for number in range(1_000)))
    with pytest.raises(UnusableFile) as caught:
        lay_out(header)
    assert PERSON not in said(caught.value)
    assert STARS in caught.value.explanation.what.zh
    assert max(map(len, caught.value.explanation.in_language("en"))) < 2_000


def test_a_number_is_masked_before_a_text_is_cut() -> None:
    assert quoted(f"{'字' * 30}{PERSON}") == "字" * 30 + "*" * 10
    assert quoted("甲\x00\u202e乙") == "甲\ufffd\ufffd乙"


def test_up_to_twenty_columns_are_listed() -> None:
    assert listed(["甲", "乙"], marks=("「", "」")).zh == "「甲」、「乙」"
    assert listed(["甲"] * 22).zh.endswith("甲等 22 列")
    assert listed(["甲"] * 22).en.endswith("甲 and 2 more")


def test_a_key_that_comes_late_is_masked() -> None:
    assert PERSON not in str(bad_rows.unknown_key(f"证{PERSON}"))
