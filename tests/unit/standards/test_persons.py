"""Natural persons' numbers: told from organisations' codes, found in texts, masked. All numbers are made up."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.standards import person_numbers, resident_id, uscc
from xinheng.core.standards.identify import identify


def made(address: str = "320106", born: str = "19000101", serial: str = "001") -> str:
    body = address + born + serial
    return body + person_numbers.check_digit(body)


PERSON = made()


def test_kinds_are_told_by_address_and_first_digit():
    assert person_numbers.kind_of(PERSON) == "resident-id"
    assert person_numbers.kind_of(made("830000")) == "hk-mo-tw-residence"
    assert person_numbers.kind_of(made("932156")) == "foreigner-residence"
    assert person_numbers.kind_of(made("830001")) is None
    assert person_numbers.kind_of(made("002156")) is None


@pytest.mark.parametrize("born", ["19000229", "19001301", "17000101", "21000101", "20230431"])
def test_unreal_birth_dates_are_refused(born):
    assert not resident_id.is_valid(made(born=born))


def test_today_bounds_the_birth_date():
    assert not resident_id.is_valid(made(born="20240301"), today=dt.date(2024, 2, 29))
    assert resident_id.is_valid(made(born="20240229"), today=dt.date(2024, 2, 29))
    assert not resident_id.is_valid(PERSON, today=dt.date(2031, 1, 1))


def test_an_old_number_becomes_a_new_one():
    old = PERSON[:6] + PERSON[8:17]
    assert person_numbers.modernised(old) == PERSON
    with pytest.raises(ValueError, match="not an old resident id"):
        person_numbers.modernised("0" * 15)


WIDE = {ord(char): ord(char) + 0xFEE0 for char in "0123456789X"}


@pytest.mark.parametrize(
    "written",
    [
        PERSON,
        PERSON.translate(WIDE),
        f"{PERSON[:6]} {PERSON[6:14]} {PERSON[14:]}",
        f"{PERSON[:6]}-{PERSON[6:14]}-{PERSON[14:]}",
        "\u200b".join(PERSON),
        made(serial="004").lower(),
    ],
)
def test_a_number_is_masked_however_it_is_written(written):
    assert resident_id.mask(f"当事人张某（{written}）违法") == f"当事人张某（{'*' * len(written)}）违法"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"身份证号码：{PERSON[:17]}0", "resident-id"),
        (f"居民身份证{PERSON[:6]}{PERSON[8:17]}", "resident-id"),
        ("持护照（号码E00000000）入境", "passport"),
        ("港澳居民来往内地通行证H00000000", "hk-mo-permit"),
        ("台湾居民来往大陆通行证00000000", "taiwan-permit"),
        ("联系电话：13800000000", "mobile"),
        ("联系电话：138 0000-0000", "mobile"),
        ("电话+86 13800000000。", "mobile"),
        (f"{PERSON}13800000000", "resident-id"),
        ("卡号6200 0000 0000 0000 000", "bank-card"),
    ],
)
def test_what_v12_masks(text, kind):
    assert kind in {span.kind for span in resident_id.find_personal(text)}
    assert not any(char.isdigit() for char in resident_id.mask(text).replace("86", ""))


@pytest.mark.parametrize(
    "text",
    [
        "统一社会信用代码914403001922038216",
        "914403001922038216罚款",
        "注册号331021620043077",
        "罚款人民币1234567890123.00元",
        "罚款13800000000元",
        f"宁环罚字〔2020〕{PERSON[:17]}{'0' if PERSON[17] != '0' else '1'}号",
        f"宁环罚字〔2020〕第{PERSON}号",
        "2020-01-22 10:00:00至2020-02-10 18:00:00",
        "0.13800000000",
        "许可证件号：913201007482046",
        "信用代码91320100748204660Q、9144030071526726XG",
    ],
)
def test_what_is_not_taken_for_a_persons(text):
    assert resident_id.find_personal(text) == []
    assert resident_id.mask(text) == text


def test_a_number_that_is_both_is_treated_as_a_persons():
    both = next(code for serial in range(1000) if _is_uscc(code := made("110101", "19000101", f"{serial:03d}")))
    assert [span.kind for span in resident_id.find_identifiers(both)] == ["resident-id"]
    assert identify(both).personal


def _is_uscc(code: str) -> bool:
    from xinheng.core.standards import uscc

    return uscc.is_valid(code)


def test_foreigners_numbers_give_way_to_a_valid_uscc():
    assert identify("914403001922038216").kind == "uscc"


@pytest.mark.parametrize("code", [PERSON, PERSON[:17] + "O", f"{PERSON[:6]} {PERSON[6:]}", PERSON[:17] + "#"])
def test_no_sentence_repeats_a_persons_number(code):
    found = identify(code)
    told = found.why.zh + found.why.en + "".join(str(warning) for warning in found.warnings)
    assert PERSON[6:14] not in told
    assert PERSON[:8] not in told


def test_published_decisions_hold_no_persons_number(shared_data):
    text = (shared_data / "cn_env_penalties_shandong" / "penalties.csv").read_text(encoding="utf-8")
    assert resident_id.find_identifiers(text) == []


def test_a_unified_code_is_no_mobile_number_even_where_it_looks_like_one() -> None:
    bodies = (
        f"91320101380013{serial:03d}" for serial in range(1000)
    )  # made up; from the 8th sign on like a mobile number
    codes = (f"{body}{sign}" for body in bodies for sign in "0123456789")
    code = next(code for code in codes if uscc.is_valid(code))
    other = f"{code[:-1]}{(int(code[-1]) + 1) % 10}"  # no right code: then it may be one
    assert resident_id.find_personal(code) == []
    assert resident_id.find_personal(f"统一社会信用代码{code}，已注销") == []
    assert [span.kind for span in resident_id.find_personal(f"{code}，电话13800138000")] == ["mobile"]
    assert [span.kind for span in resident_id.find_personal(other)] == ["mobile"]
