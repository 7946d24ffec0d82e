"""Whose a row is, and what of it may be kept: a code decides, a name alone is confirmed, a person's number is refused."""

from __future__ import annotations

import pytest

from xinheng.core.screening.matching import Candidate, Given, Means, given, matched, name_kept

CODE, OTHER = Candidate("91320100MA1TE5T0XP", "虚构甲有限公司"), Candidate("91320100MA1TE5T1XX", "虚构乙有限公司")
NAMED = Given("虚构甲有限公司", "", key="虚构甲有限公司")
BOTH = Given("虚构甲有限公司", CODE.code, key="虚构甲有限公司")
TABLE = [
    # given                        by code, its names               by name          exact   found by
    (Given("", CODE.code),          CODE,   (),                       (),              False, Means.CODE),
    (BOTH,                          CODE,   ("虚构甲有限公司",),         (),              False, Means.CODE),
    (BOTH,                          CODE,   ("旧名", "虚构甲有限公司"),   (),              False, Means.CODE),
    (BOTH,                          OTHER,  ("虚构乙有限公司",),         (CODE,),         True,  Means.NAME_DIFFERS),
    (BOTH,                          None,   (),                       (CODE,),         True,  Means.CANDIDATES),  # its code is nobody's
    (BOTH,                          None,   (),                       (),              False, Means.NOBODY),
    (NAMED,                         None,   (),                       (CODE,),         True,  Means.NAME),
    (NAMED,                         None,   (),                       (CODE,),         False, Means.CANDIDATES),  # a former name, or another's too
    (NAMED,                         None,   (),                       (CODE, OTHER),   True,  Means.CANDIDATES),
    (NAMED,                         None,   (),                       (),              False, Means.NOBODY),
    (Given("", "***", personal=True), CODE, (),                       (CODE,),         True,  Means.PERSON),
]  # fmt: skip


@pytest.mark.parametrize(("row", "by_code", "names", "by_name", "exact", "means"), TABLE)
def test_a_row_is_found_as_the_table_says(
    row: Given, by_code: Candidate | None, names: tuple[str, ...], by_name: tuple[Candidate, ...], exact: bool, means: Means
) -> None:  # fmt: skip
    found = matched(row, by_code=by_code, names=frozenset(names), by_name=by_name, exact=exact)
    assert found.means is means
    assert bool(found.code) == (means in (Means.CODE, Means.NAME))


@pytest.mark.parametrize(
    "number", ["110101199003074530", "１１０１０１１９９００３０７４５３０", "110101 1990 0307 4530", " 320102900307451 "]
)  # fmt: skip
def test_a_persons_number_is_refused_and_nothing_of_it_is_kept(number: str) -> None:
    for row in (given("张三", number), given(f"虚构甲有限公司 {number}", "")):
        kept = f"{row.name}{row.code}"
        assert row.personal
        assert not row.codes
        assert "0307" not in kept
        assert "90030" not in kept


@pytest.mark.parametrize(
    ("name", "kept"),
    [("虚构甲有限公司", "虚构甲有限公司"), ("张三", "张**"), ("欧阳某某", "欧***"), ("", ""), ("有", "有**")],
)
def test_a_name_that_may_be_a_persons_is_not_kept_whole(name: str, kept: str) -> None:
    assert name_kept(name) == kept


@pytest.mark.parametrize(
    "text", ["名" * 4000, "\u202e甲公司", "😀", "有限公司", "南京市", "\x00", "'; DROP TABLE", "=1+1"]
)
def test_any_text_at_all_is_taken(text: str) -> None:
    row = given(text, text)
    assert len(row.name) <= 200
    assert len(row.code) <= 40


def test_a_code_is_looked_up_however_it_is_written() -> None:
    assert given("", " 91320100ma1te5t0xp ").codes == given("", "91320100-MA1TE5T0XP").codes


def test_what_only_looks_like_a_persons_number_is_refused_as_a_code() -> None:
    row = given("张三", "110101199003074531")
    assert (row.personal, row.codes, row.code) == (True, (), "*" * 18)
