"""A profile written from a table reads as the table says; headings propose their fields."""

from __future__ import annotations

import pytest

from xinheng.core.catalogue.load import load
from xinheng.core.intake.profiles import ProfileError, define
from xinheng.core.intake.profiles.guided import Guided, proposed, written

VERSION = load("utility-payment").latest
TITLES = {field.title: field.name for field in VERSION.fields if field.required}


def _guided(**changes: object) -> Guided:
    of = {"name": "ours", "title": "样例", "source": "样例系统", "item": VERSION.name, "fields": TITLES}
    return Guided(**{**of, **changes})  # type: ignore[arg-type]


def test_headings_propose_the_fields_that_they_plainly_mean() -> None:
    found = proposed(VERSION, ("户号", "用户编号", "企业名称", "内部号"))
    assert found == {"户号": "GY_HH", "企业名称": "GY_MC"}


@pytest.mark.parametrize(
    "heading", ['带"引号"', "冒号: 井号 # 括号 {}", "- 减号", "*星", "是否\t制表", "yes", "2026-01-01", "<b>"]
)
def test_any_heading_is_written_so_that_it_is_read_again(heading: str) -> None:
    fields = {heading if name == "GY_HH" else title: name for title, name in TITLES.items()}
    if any(ord(sign) < 32 for sign in heading):
        with pytest.raises(ProfileError):
            define(written(_guided(fields=fields)), name="ours")
        return
    profile = define(written(_guided(fields=fields, ignored={f"{heading}二": "不用"})), name="ours")
    assert profile.source_column("GY_HH") == heading
    assert f"{heading}二" in profile.ignored


def test_constants_and_forms_of_days_are_written() -> None:
    without = {title: name for title, name in TITLES.items() if name != "GY_LB"}
    day = next(title for title, name in TITLES.items() if name == "GY_QSRQ")
    profile = define(
        written(_guided(fields=without, constants={"GY_LB": "供水"}, dates={day: "day-first"})), name="ours"
    )
    assert dict(profile.fields)["GY_LB"].columns == ()
    assert type(dict(profile.fields)["GY_QSRQ"]).__name__ == "DateIn"


def test_a_field_that_two_headings_claim_is_refused() -> None:
    with pytest.raises(ProfileError):
        define(written(_guided(fields={**TITLES, "另一列": "GY_HH"})), name="ours")
