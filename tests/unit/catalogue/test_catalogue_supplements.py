"""A city's supplementary items: what they may be, and what they may not repeat or collect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from xinheng.core.catalogue import load as loading
from xinheng.core.catalogue.load import add_items, item_names, load
from xinheng.core.catalogue.problem import InvalidDefinition
from xinheng.core.catalogue.reading import shipped, shipped_text, texts_in
from xinheng.core.catalogue.supplement import check_supplement, define_supplements
from xinheng.core.errors import UnusableCall

EXAMPLE = "suzhou-approval-intermediaries"
TEXT = shipped_text("supplements", EXAMPLE)


def codes(text: str) -> set[str]:
    return {problem.code for problem in check_supplement(text)}


@pytest.fixture
def added() -> Iterator[None]:
    """Know the example for one test."""
    add_items(define_supplements({EXAMPLE: TEXT}))
    yield
    loading._ADDED.clear()


def test_the_shipped_example_may_join_and_is_not_there_unasked() -> None:
    assert shipped("supplements") == (EXAMPLE,)
    assert check_supplement(TEXT) == ()
    assert EXAMPLE not in item_names()
    with pytest.raises(UnusableCall):
        load(EXAMPLE)


def test_an_added_item_is_an_item_like_any_other(added: None) -> None:
    assert EXAMPLE in item_names()
    assert load(EXAMPLE).latest.region == "320500"
    assert load("administrative-penalty").latest.region == ""


# what is changed in the example                                                              code
REFUSED = [
    (("region: \"320500\"\n", ""),                                                            "missing-region"),
    (("320500", "320000"),                                                                    "not-a-city"),
    (("320500", "320506"),                                                                    "not-a-city"),
    (("320500", "990100"),                                                                    "unknown-region"),
    ((f"name: {EXAMPLE}", "name: honours"),                                                   "repeats-province"),
    (("title: 涉审中介服务机构信息", "title: 行政处罚信息"),                                        "repeats-province"),
    (("title_en: Intermediaries in administrative approvals", "title_en: Administrative  penalties"), "repeats-province"),
    (("national_class: 行政管理信息", "national_class: 严重失信主体名单信息"),                        "city-list"),
    (("national_class: 行政管理信息", "national_class: 信用评价结果信息"),                           "city-evaluation"),
    (("title: 收费标准", "title: 宗教信仰"),                                                     "never-collect"),
    (("title: 收费标准", "title: 欠缴物业费金额"),                                                 "red-flag"),
    (("title: 收费标准", "title: 法定代表人收入"),                                                 "consent-only"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code"), REFUSED)
def test_a_city_item_that_goes_too_far_is_refused(change: tuple[str, str], code: str) -> None:
    assert change[0] in TEXT
    assert code in codes(TEXT.replace(*change))


def test_an_item_whose_fields_the_province_has_already_repeats_it_under_any_name() -> None:
    renamed = (
        TEXT.replace("服务事项", "荣誉名称").replace("服务时限（工作日）", "荣誉级别").replace("收费标准", "奖励内容")
    )
    [problem] = check_supplement(renamed)
    assert (problem.code, problem.where) == ("repeats-province", "fields")
    assert "诚实守信相关荣誉信息" in problem.message.zh


def test_one_bad_file_keeps_the_folder_out_and_names_itself() -> None:
    with pytest.raises(InvalidDefinition) as told:
        define_supplements({EXAMPLE: TEXT, "zz-other": TEXT})
    assert "zz-other" in told.value.explanation.what.zh
    with pytest.raises(InvalidDefinition):
        define_supplements({"bad": TEXT.replace("320500", "320000")})


def test_a_folder_is_read_file_by_file_and_a_missing_one_is_told(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "note.txt").write_text("no item", encoding="utf-8")
    assert texts_in(tmp_path) == {"one": TEXT}
    with pytest.raises(UnusableCall):
        texts_in(tmp_path / "nowhere")
