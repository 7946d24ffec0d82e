"""Candidates: their order, their evidence, differences in words, and codes of one character beside a wrong one."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.standards import uscc
from xinheng.core.subjects.candidates import Asked, NameHeld, Possible, candidates
from xinheng.core.subjects.differences import LONGEST, differences
from xinheng.core.subjects.likeness import likeness
from xinheng.core.subjects.mending import one_character_away

CODE, OTHER = uscc.complete("91320100MA1TE5T0X"), uscc.complete("91320500MA1TE5T1X")
DAY = dt.date(2020, 5, 1)


def _asked(name: str, **more: object) -> Asked:
    return Asked(**{"name": name, "day": DAY, "region": "320100", **more})  # type: ignore[arg-type]


def _possible(number: int, code: str, name: str, **more: object) -> Possible:
    return Possible(subject=number, uscc=code, name=name, kind="legal-person", codes=frozenset({code}), **more)  # type: ignore[arg-type]


def test_a_code_comes_before_a_name_and_a_different_name_last() -> None:
    by_code = _possible(1, CODE, "样例毫不相干贸易有限公司")
    by_name = _possible(2, OTHER, "南京样例恒瑞医药有限公司")
    different = _possible(3, uscc.complete("91320500MA1TE5T2X"), "苏州样例恒瑞医药有限公司")
    found = candidates(
        _asked("南京样例恒瑞医药有限公司", codes=(CODE,)), [different, by_name, by_code], compare=likeness
    )
    assert [one.possible.subject for one in found] == [1, 2, 3]
    assert found[2].differs
    assert not found[1].differs


def test_a_former_name_is_told_with_whether_it_was_borne_on_the_day() -> None:
    names = (NameHeld("南京样例新名有限公司", True), NameHeld("南京样例旧名有限公司", False, None, dt.date(2020, 1, 1)))
    (one,) = candidates(
        _asked("南京样例旧名有限公司"), [_possible(1, CODE, names[0].name, names=names)], compare=likeness
    )
    assert one.nearest is names[1]
    assert [(piece.ground.value, piece.agrees) for piece in one.evidence if piece.ground.value == "day"] == [
        ("day", False)
    ]


def test_the_representative_is_compared_and_never_shown() -> None:
    held = _possible(1, CODE, "南京样例有限公司", representative="样例某甲")
    (same,) = candidates(_asked("南京样例有限公司", representative="样例某甲"), [held], compare=likeness)
    (other,) = candidates(_asked("南京样例有限公司", representative="样例某乙"), [held], compare=likeness)
    assert [one.agrees for one in same.evidence if one.ground.value == "representative"] == [True]
    assert [one.agrees for one in other.evidence if one.ground.value == "representative"] == [False]
    assert "某甲" not in "".join(one.words.zh + one.words.en for one in (*same.evidence, *other.evidence))
    assert "某甲" not in repr(held)


# left                  right                  words
DIFFERENCES = [
    ("南京恒瑞公司",          "南京恒瑞公司",          ""),
    ("南京恒端公司",          "南京恒瑞公司",          "第 4 字起，本行为“端”，登记名称为“瑞”"),
    ("南京恒瑞公司",          "南京市恒瑞公司",         "第 3 字前，登记名称多“市”"),
    ("南京市恒瑞公司",         "南京恒瑞公司",          "第 3 字起，本行多“市”"),
    ("",                   "公司",               "第 1 字前，登记名称多“公司”"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "words"), DIFFERENCES)
def test_differences_are_told_in_words(left: str, right: str, words: str) -> None:
    found = differences(left, right)
    assert found.words.zh == words
    assert "".join(span.text for span in found.left) == left
    assert "".join(span.text for span in found.right) == right


def test_a_name_of_four_thousand_characters_is_cut() -> None:
    found = differences("样例" * 2000, "样例有限公司")
    assert sum(len(span.text) for span in found.left) == LONGEST
    assert "只比较了前 300 个字符" in found.words.zh


def test_codes_of_one_character_beside_a_wrong_one_are_right_and_near() -> None:
    wrong = CODE[:-1] + ("1" if CODE[-1] != "1" else "2")
    near = one_character_away(wrong)
    assert CODE in near
    assert all(uscc.is_valid(code) and sum(a != b for a, b in zip(code, wrong, strict=True)) == 1 for code in near)
    assert one_character_away(CODE) == frozenset()
    assert one_character_away("样例") == frozenset()
