"""Names, decision numbers, dates and amounts: examples from departments' files."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.standards import amounts, dates, decision_numbers, money, names


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (" 南京　钢铁 有限公司\u200b", "南京钢铁有限公司"),
        ("南京(江北)某公司", "南京（江北）某公司"),
        ("南京 ( 江北 ) 某公司", "南京（江北）某公司"),
        ("ＡＢＣ　Trading  Co. 公司", "ABC Trading Co. 公司"),
        ("某公司〔筹〕", "某公司〔筹〕"),
        ("某\t公司\r\n", "某公司"),
    ],
)
def test_display_form(given, shown):
    assert names.standardise_name(given) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("南京（江北）某公司", "南京(江北) 某公司"),
        ("南京【江北】某公司", "南京〔江北〕某公司"),
        ("abc公司", "ＡＢＣ 公司"),
        ("阿卜杜·某某店", "阿卜杜•某某店"),
        ("“某某”公司", "某某公司"),
    ],
)
def test_one_key_for_two_writings(one, other):
    assert names.name_key(one) == names.name_key(other)


def test_other_words_have_another_key():
    assert names.name_key("南京某公司") != names.name_key("南京市某公司")


def test_bigrams_of_a_key():
    assert names.bigrams("南京南京市") == ["南京", "京南", "京市"]
    assert names.bigrams("某") == ["某"]
    assert names.bigrams("") == []


@pytest.mark.parametrize(
    "text",
    [
        "宁环罚〔2020〕12号",
        "宁环罚[2020]12号",
        "宁环罚(2020)第12号",
        "宁环罚（２０２０） 12 号",
        "宁环罚【2020】12号。",
    ],
)
def test_one_key_for_a_decision_number(text):
    assert decision_numbers.decision_number_key(text) == "宁环罚〔2020〕12"


def test_zeros_of_a_serial_stay():
    assert decision_numbers.decision_number_key("宁环罚〔2020〕012号") == "宁环罚〔2020〕012"


DAY = dt.date(2024, 3, 1)


@pytest.mark.parametrize(
    "text",
    ["2024-03-01", "2024/3/1", "2024.3.1", "20240301", "2024年3月1日", "２０２４－０３－０１", " 2024-3-1 ",
     "2024-03-01 00:00:00", "2024-03-01T00:00:00", "2024/3/1 0:00"],
)  # fmt: skip
def test_dates_that_are_read(text):
    assert dates.parse_date(text) == DAY


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "24-03-01", "2024-03-01 00:00:01", "2024-3/1", "2024-03", "45352", "March 1 2024", "", "2024年3月",
     "20240230", "0000-00-00", "2024-03-01Z", "２０２４年３月"],
)  # fmt: skip
def test_dates_that_are_refused(text):
    assert dates.parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "fen", "plain"),
    [
        ("5", "万元", 5_000_000, True),
        ("0.000001", "万元", 1, True),
        ("1234.56", "元", 123_456, True),
        ("1234.560000", "元", 123_456, True),
        ("¥1,234.50", "元", 123_450, False),
        ("￥１，２３４．５", "元", 123_450, False),
        ("30万元", "万元", 30_000_000, False),
        ("999999999999999.99", "元", 99_999_999_999_999_999, True),
        ("0", "元", 0, True),
    ],
)
def test_amounts_that_are_read(text, unit, fen, plain):
    assert money.parse_fen(text, unit=unit) == fen
    assert money.is_plain(text) == plain


@pytest.mark.parametrize("unit", ["元", "万元"])
@pytest.mark.parametrize(
    "text",
    ["0x1A", "1_000", "1e5", "1.0000001", "-5", "+5", "NaN", "inf", "1,00", "1000,000", "", "5角", "1000000000000000",
     ".5", "5."],
)  # fmt: skip
def test_amounts_that_are_refused(text, unit):
    assert money.parse_fen(text, unit=unit) is None


def test_the_wrong_unit_and_a_part_of_a_fen_are_refused():
    assert money.parse_fen("5万元", unit="元") is None
    assert money.parse_fen("5元", unit="万元") is None
    assert money.parse_fen("0.001", unit="元") is None
    assert money.parse_fen("0.0000001", unit="万元") is None


def test_amounts_are_printed_in_yuan():
    assert money.format_yuan(1_234_500) == "12,345.00"
    assert money.format_yuan(-5) == "-0.05"


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("叁拾万元整", "300000"),
        ("人民币伍仟圆整", "5000"),
        ("三十万元", "300000"),
        ("十二万三千四百五十六元", "123456"),
        ("壹万零伍拾元", "10050"),
        ("贰仟叁佰元零伍分", "2300.05"),
        ("壹佰元伍角", "100.5"),
        ("一亿二千万元", "120000000"),
    ],
)
def test_capitals(text, yuan):
    assert money.parse_capitals(text) == money.parse_fen(yuan, unit="元")


@pytest.mark.parametrize("text", ["十百元", "万元", "整", "叁拾", "三三元", "", "5元"])
def test_numerals_out_of_order_are_no_amount(text):
    assert money.parse_capitals(text) is None


def test_amounts_in_a_text_are_found_in_order():
    text = "处罚款人民币叁拾万元整（￥300,000.00元），没收违法所得5.2万元，每日加处百分之三；逾期3日。"
    assert amounts.amounts_in(text) == [30_000_000, 30_000_000, 5_200_000]


def test_amounts_agree_with_published_fines(shared_data):
    import csv

    with (shared_data / "cn_env_penalties_shandong" / "penalties.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["fine_yuan"] and row["decision"]]
    pairs = [(money.parse_fen(row["fine_yuan"], unit="元"), amounts.amounts_in(row["decision"])) for row in rows]
    told = [(fine, found) for fine, found in pairs if fine and found]
    assert len(told) > 0.5 * len(rows)
    assert sum(fine in found or fine == sum(found) for fine, found in told) > 0.9 * len(told)
