"""S04 (an amount is a number, without tricks) and V08 (the amounts fit the penalty and its text). The field is in 万元."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import Desk

UNDERSTOOD = ["S04 CF_NR_FK warn"]
WRONG = ["S04 CF_NR_FK reject"]

# amount             said                      分
S04 = [
    ("1.2",          [],                       1_200_000),
    ("1.200000",     [],                       1_200_000),
    ("01.2",         [],                       1_200_000),
    ("¥1.2",         UNDERSTOOD,               1_200_000),
    ("￥1.2",         UNDERSTOOD,               1_200_000),
    ("1.2万元",       UNDERSTOOD,               1_200_000),
    ("１．２",         UNDERSTOOD,               1_200_000),
    ("1.2元",        WRONG,                    None),  # another unit than the field's is never converted
    ("1,2",          WRONG,                    None),
    ("0x1A",         WRONG,                    None),
    ("1_000",        WRONG,                    None),
    ("1e5",          WRONG,                    None),
    ("1.2.3",        WRONG,                    None),
    ("-1.2",         WRONG,                    None),
    ("+1.2",         WRONG,                    None),
    ("NaN",          WRONG,                    None),
    ("inf",          WRONG,                    None),
    (".5",           WRONG,                    None),
    ("1.",           WRONG,                    None),
    ("1.2345678",    WRONG,                    None),  # more than six decimals
    ("一点二",         WRONG,                    None),
    ("100000000000", WRONG,                    None),  # 10^15 yuan
]  # fmt: skip


@pytest.mark.parametrize(("amount", "said", "fen"), S04)
def test_an_amount_is_digits_and_a_point(penalty: Desk, amount: str, said: list[str], fen: int | None) -> None:
    judged = penalty.judge({"CF_NR_FK": amount})
    assert (judged.said, judged.cells["n_CF_NR_FK"]) == (said, fen)
    assert judged.verdict == ("rejected" if fen is None else "accepted")


def test_commas_in_their_places_are_understood(penalty: Desk) -> None:
    judged = penalty.judge({"CF_NR_FK": "1,200", "CF_NR": "罚款1200万元"})
    assert (judged.said, judged.cells["n_CF_NR_FK"]) == (["S04 CF_NR_FK warn"], 1_200_000_000)


def test_the_words_name_the_unit_of_the_field(penalty: Desk) -> None:
    issue = penalty.judge({"CF_NR_FK": "0x1A"}).issue("S04")
    assert issue["found"] == "0x1A"
    assert "以万元为单位的数" in issue["expected"]
    assert "a number in 万元" in issue["expected_en"]


FINE, TAKEN, LICENCE = "V08 CF_NR_FK", "V08 CF_NR_WFFF", "V08 CF_NR_ZKDX"

# kinds                  content               fine     taken   licence            said
V08 = [
    ("罚款",              "罚款12000元",          "1.2",   None,   None,              []),
    ("罚款",              "罚款12000元",          None,    None,   None,              [f"{FINE} reject"]),
    ("罚款",              "罚款12000元",          "0",     None,   None,              [f"{FINE} reject"]),
    ("罚款",              "罚款0.01元",           "0.000001", None, None,              []),
    ("警告",              "警告",                None,    None,   None,              []),
    ("警告；罚款",          "警告，并处罚款壹万贰仟元整",   "1.2",   None,   None,              []),
    ("没收违法所得",         "没收违法所得800元",      None,    "0.08", None,              []),
    ("没收违法所得",         "没收违法所得800元",      None,    None,   None,              [f"{TAKEN} warn"]),
    ("没收非法财物",         "没收非法财物一批",       None,    None,   None,              [f"{TAKEN} warn"]),
    ("吊销许可证件",         "吊销许可证",           None,    None,   "样例许可证第1号",      []),
    ("吊销许可证件",         "吊销许可证",           None,    None,   None,              [f"{LICENCE} warn"]),
    ("暂扣许可证件",         "暂扣许可证",           None,    None,   None,              [f"{LICENCE} warn"]),
    ("罚款",              "罚款1.2万元",          "1.2",   None,   None,              []),
    ("罚款",              "罚款人民币12,000元",     "1.2",   None,   None,              []),
    ("罚款",              "罚款１２０００元",        "1.2",   None,   None,              []),
    ("罚款",              "罚款7000元，加处罚款5000元", "1.2", None,   None,              []),  # the sum
    ("罚款",              "罚款1.2元",           "1.2",   None,   None,              [f"{FINE} warn"]),  # 元 taken for 万元
    ("罚款",              "罚款12000元",          "12000", None,   None,              [f"{FINE} warn"]),  # a slip of 10^4
    ("罚款",              "罚款120000元",         "1.2",   None,   None,              [f"{FINE} warn"]),  # a nought too many
    ("罚款",              "罚款112000元",         "1.2",   None,   None,              [f"{FINE} warn"]),
    ("罚款",              "罚款12000元",          "1.20005", None, None,              [f"{FINE} warn"]),  # half a yuan
    ("罚款",              "（2026）12000号：罚款50000元", "1.2", None, None,             [f"{FINE} warn"]),
    ("罚款",              "处以罚款",             "1.2",   None,   None,              []),  # the text names no amount
]  # fmt: skip


@pytest.mark.parametrize(("kinds", "content", "fine", "taken", "licence", "said"), V08)
def test_amounts_fit_the_penalty(
    penalty: Desk, kinds: str, content: str, fine: str | None, taken: str | None, licence: str | None, said: list[str]
) -> None:
    judged = penalty.judge(
        {"CF_CFLB": kinds, "CF_NR": content, "CF_NR_FK": fine, "CF_NR_WFFF": taken, "CF_NR_ZKDX": licence}
    )
    assert judged.said == said
    assert judged.verdict == ("rejected" if f"{FINE} reject" in said else "accepted")


def test_the_words_show_what_the_text_says(penalty: Desk) -> None:
    issue = penalty.judge({"CF_NR": "罚款壹拾万元整（100,000元）"}).issue("V08")
    assert issue["found"] == "1.2"
    assert issue["expected"] == "与处罚内容一致（文中：100,000.00、100,000.00 元）"
    assert issue["expected_en"] == "the same as in the text (100,000.00、100,000.00 yuan)"


def test_a_wrong_amount_is_told_once(penalty: Desk) -> None:
    assert penalty.judge({"CF_NR_FK": "1e5"}).said == ["S04 CF_NR_FK reject"]
