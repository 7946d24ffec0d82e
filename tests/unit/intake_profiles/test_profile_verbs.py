"""Each verb on good and on nasty cells."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.engine.calculator import Calculator
from xinheng.core.intake.profiles.verbs import (
    Case,
    Choose,
    CodeShape,
    Column,
    Constant,
    InUnit,
    Lookup,
    Pattern,
    Shape,
    literal,
)
from xinheng.core.standards.money import parse_fen

CODES = {
    "91370784MA3N03685C": Shape.UNIFIED,
    "  91370784ma3n03685c": Shape.UNIFIED,
    "370725200021851": Shape.REGISTRATION_NUMBER,
    "３７０７２５２０００２１８５１": Shape.REGISTRATION_NUMBER,
    " 370725 200021851 ": Shape.REGISTRATION_NUMBER,
    "16577015-0": Shape.ORGANIZATION_CODE,
    "16577015－0": Shape.ORGANIZATION_CODE,
    "165770150": Shape.ORGANIZATION_CODE,
    "ma3n0368x": Shape.ORGANIZATION_CODE,
    "370681NA000276X": Shape.UNIFIED,
    "91371626MA3NOLHN7H": Shape.UNIFIED,
    "3.70725E+14": Shape.UNIFIED,
    "12345678": Shape.UNIFIED,
    "1657-70150": Shape.UNIFIED,
    "无": Shape.UNIFIED,
    "'; DROP TABLE source; --": Shape.UNIFIED,
}


@pytest.mark.parametrize("code", CODES)
def test_a_code_goes_untouched_into_the_one_field_of_its_shape(make, code: str) -> None:
    for shape in Shape:
        assert make(CodeShape("code", shape), code) == [code if CODES[code] is shape else None]


def test_an_empty_code_has_no_shape(make) -> None:
    assert [make(CodeShape("code", shape), None) for shape in Shape] == [[None]] * 3


def test_a_column_goes_on_as_written_and_a_constant_is_in_every_row(make) -> None:
    assert make(Column("a"), " x '\"\n", None, "=cmd") == [" x '\"\n", None, "=cmd"]
    assert make(Constant("生态'环境"), "x", None) == ["生态'环境"] * 2


def test_a_choice_is_the_first_case_that_fits_and_an_empty_cell_says_nothing(make) -> None:
    kind = Choose("code", (Case("shop", starts_with=("92",)), Case("shop", matches="[0-9]{6}[6-9][0-9]{8}")), "firm")
    cells = (
        "92370784MA3N03685C",
        " ９2370784",
        "91370784MA3N03685C",
        "370725600021851",
        "370725200021851",
        None,
        "　 ",
    )
    assert make(kind, *cells) == ["shop", "shop", "firm", "shop", "firm", None, None]
    assert make(Choose("code", (Case("shop", starts_with=("92",)),), None), "91", "92") == [None, "shop"]


def test_a_word_is_looked_up_and_an_unknown_one_stays_so_that_a_rule_explains_it(make) -> None:
    words = (("企业", "法人"), ("O'Neil", "x"))
    assert make(Lookup("a", words), " 企业 ", "O'Neil", " 个体 ", None) == ["法人", "x", " 个体 ", None]
    named = Lookup("a", words, "其他", as_written=False)
    assert make(named, "企业", "个体", None, " ") == ["法人", "其他", None, None]
    assert make(Lookup("a", words, None, as_written=False), "企业", "个体") == ["法人", None]


def test_a_pattern_takes_its_group_out_of_a_text_or_nothing(make) -> None:
    number = Pattern("title", "^(?:.*决定书\\s*)?([一-龥]+罚字〔[0-9]{4}〕[0-9]+号)$")
    cells = ("安环罚字〔2018〕21号", " 某局行政处罚决定书\n安环罚字〔2018〕21号 ", "2018年处罚信息公示表", None, "")
    assert make(number, *cells) == ["安环罚字〔2018〕21号", "安环罚字〔2018〕21号", None, None, None]


AMOUNTS = {
    "15150": "1.515",
    "4385.34": "0.438534",
    "0": "0",
    "0.01": "0.000001",
    "10000": "1",
    "100000.00": "10",
    "20000.5": "2.00005",
    "¥15,000": "1.5",
    "１５０００元": "1.5",
    " 15000 ": "1.5",
    "999999999999999": "99999999999.9999",
    "5万元": "5万元",
    "未标明": "未标明",
    "0x1A": "0x1A",
    "1_000": "1_000",
    "1e5": "1e5",
    "-500": "-500",
    "伍万元": "伍万元",
    "NaN": "NaN",
    "1.2345": "1.2345元",
    "１．２３４５": "１．２３４５元",
    "1.2345元": "1.2345元",
    None: None,
}


@pytest.mark.parametrize("written", AMOUNTS)
def test_yuan_become_ten_thousands_exactly_and_what_is_no_amount_stays(make, written: str | None) -> None:
    assert make(InUnit("fine", "元", "万元"), written) == [AMOUNTS[written]]


def test_ten_thousands_become_yuan_and_the_same_unit_stays_as_written(make) -> None:
    assert make(InUnit("a", "万元", "元"), "1.5", "0.000001", "5元", "1234567890123") == [
        "15000",
        "0.01",
        "5元",
        "1234567890123万元",
    ]
    assert make(InUnit("a", "元", "元"), " ¥5 ") == [" ¥5 "]


@given(st.lists(st.text("0123456789.,¥元万 -e_x１．", max_size=12), min_size=1, max_size=30))
def test_no_writing_of_an_amount_ever_becomes_another_amount(calculator: Calculator, texts: list[str]) -> None:
    values = ", ".join(f"({literal(text)})" for text in texts)
    sql = f"SELECT {InUnit('a', '元', '万元').sql(lambda _: 'a')} AS made FROM (VALUES {values}) AS t(a)"
    made = calculator.query(sql).column("made").to_pylist()
    for text, result in zip(texts, made, strict=True):
        meant = parse_fen(text, unit="元")
        own = parse_fen(text, unit="万元") if "万元" in text else None
        assert parse_fen(result, unit="万元") == (meant if meant is not None else own)
