"""Whose a row is, line by line of a table: what code and name say together, and what neither may say alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from xinheng.core.names import compare
from xinheng.core.subjects.resolving import Bearer, By, Near, Verdict, given_code, resolve
from xinheng.core.subjects.subject import CodeKind, SubjectKind

GOLD, GOLD_CODE = "苏州金龙机械有限公司", "91320500MA1AAAAA1B"
NANJING, NANJING_CODE = "南京金龙机械有限公司", "91320100MA1BBBBB2C"
RIGHT = "91320000598737102L"
"""A code whose check character is right; who has it is said in each case."""
WRONG = "91320000598737102M"
NUMBER = "11010119000101001X"  # no day of anybody's birth: 1900


def bearer(number: int, name: str, code: str, kind: SubjectKind = SubjectKind.LEGAL_PERSON) -> Bearer:
    return Bearer(number, code, name, kind, frozenset({(CodeKind.USCC, code)}))


A = bearer(1, GOLD, RIGHT)
B = bearer(2, NANJING, NANJING_CODE)
BRANCH = bearer(3, "苏州金龙机械有限公司吴江分公司", "91320509MA1CCCCC3D")
SHOP = bearer(4, "吴江区样例甲小吃店", "92320509MA1DDDDD4E", SubjectKind.INDIVIDUAL_BUSINESS)


def near(asked: str, *bearers: Bearer) -> list[Near]:
    return [Near(one, one.name, compare(asked, one.name)) for one in bearers]


def said(name: str, code: str, *, holder: Bearer | None = None, like: tuple[Bearer, ...] = (), mended: tuple[Bearer, ...] = ()):  # type: ignore[no-untyped-def]  # fmt: skip
    held = near(name, holder)[0] if holder else None
    return resolve(given_code(code), name, holder=held, near=near(name, *like), mended=mended)


@pytest.mark.parametrize(
    ("name", "code", "holder", "like", "mended", "verdict", "by", "whose"),
    [
        (GOLD, RIGHT, A, (), (), "same", By.CODE, 1),
        ("", RIGHT, A, (), (), "same", By.CODE, 1),
        ("蘇州金龍機械有限責任公司", RIGHT, A, (), (), "same", By.CODE, 1),
        ("苏州宇恒物流有限公司", RIGHT, A, (), (), "same", By.CODE, 1),  # renamed since, as far as anybody knows
        (NANJING, RIGHT, A, (B,), (), "ask", By.NOTHING, None),  # the name is another subject's
        (BRANCH.name, RIGHT, A, (BRANCH,), (), "ask", By.NOTHING, None),  # a branch under its parent's code
        (GOLD, "", None, (A, B), (), "same", By.NAME, 1),
        (GOLD, "", None, (A, replace(A, subject=9, uscc="91320500MA1EEEEE5F")), (), "ask", By.NOTHING, None),
        (GOLD, WRONG, None, (A,), (A,), "same", By.NAME, 1),  # the mended code is its own
        (GOLD, WRONG, None, (A,), (B,), "ask", By.NOTHING, None),  # the mended code is another's
        ("上海宇恒物流有限公司", WRONG, None, (), (A,), "ask", By.NOTHING, None),  # suggested, never acted on
        (GOLD, RIGHT, None, (replace(A, uscc=GOLD_CODE, codes=frozenset({(CodeKind.USCC, GOLD_CODE)})),), (), "ask", By.NOTHING, None),
        ("上海宇恒物流有限公司", "", None, (A,), (), "none", By.NOTHING, None),
        (SHOP.name, "", None, (SHOP,), (), "ask", By.NOTHING, None),  # a one-person business is told by its code
        ("苏州金凤机械有限公司", "", None, (A,), (), "none", By.NOTHING, None),
    ],
)  # fmt: skip
def test_code_and_name_say_whose_a_row_is(
    name: str, code: str, holder: Bearer | None, like: tuple[Bearer, ...], mended: tuple[Bearer, ...], verdict: str, by: By, whose: int | None
) -> None:  # fmt: skip
    found = said(name, code, holder=holder, like=like, mended=mended)
    assert (found.verdict.value, found.by, found.bearer.subject if found.bearer else None) == (verdict, by, whose)
    assert found.why.zh
    assert found.why.en
    assert (found.verdict is Verdict.SAME) == (found.bearer is not None)


def test_a_persons_number_is_dropped_before_anything_is_asked() -> None:
    given = given_code(f" {NUMBER} ")
    assert (given.text, given.kind, given.personal) == ("", None, True)
    found = said(GOLD, NUMBER, like=(A,))
    assert found.verdict is Verdict.SAME
    assert NUMBER not in found.why.zh + found.why.en
    assert "未采用" in found.why.zh


@pytest.mark.parametrize("code", ["", " ", "3.2E+17", "无", "9" * 4000, "\u202e91320000", "😀"])
def test_what_is_no_code_decides_nothing(code: str) -> None:
    assert given_code(code).kind is None
    assert said(GOLD, code, like=(A,)).verdict is Verdict.SAME


def test_a_code_is_read_however_it_is_written() -> None:
    assert given_code(" ９１３２００００-598737102l") == given_code(RIGHT)


def test_an_organisation_code_that_is_not_inside_the_unified_code_contradicts_it() -> None:
    own, other = given_code("598737102"), given_code("740239295")
    assert own.kind is CodeKind.ORGANIZATION_CODE
    assert resolve(own, GOLD, holder=None, near=near(GOLD, A)).verdict is Verdict.SAME
    assert resolve(other, GOLD, holder=None, near=near(GOLD, A)).verdict is Verdict.ASK


def test_a_row_whose_code_and_name_agree_scores_above_one_whose_name_differs() -> None:
    both, one = said(GOLD, RIGHT, holder=A), said("苏州宇恒物流有限公司", RIGHT, holder=A)
    assert both.score == 1.0
    assert one.score < both.score
    assert "名称与登记的" in one.why.zh
