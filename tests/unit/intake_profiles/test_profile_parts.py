"""Verbs made of other verbs, days in other forms, words that say nothing, and a choice that looks at two columns."""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.intake.profiles.parts import DateForm, DateIn, First, Join
from xinheng.core.intake.profiles.verbs import Case, Choose, CodeShape, Column, Constant, Lookup, Shape
from xinheng.core.standards.dates import parse_date

FIRST = First((Column("a"), Lookup("b", (("未披露", None),)), Constant("不明")))
JOIN = Join((Column("a"), Column("b")), "；")


def test_the_first_part_that_makes_anything_counts(make) -> None:
    rows = [("甲", "乙"), ("", "乙"), (None, "未披露"), (" 　", None)]
    assert FIRST.columns == ("a", "b")
    assert make(FIRST, *rows) == ["甲", "乙", "不明", "不明"]


def test_parts_are_joined_and_an_empty_one_leaves_nothing_behind(make) -> None:
    assert make(JOIN, ("甲", "乙"), ("甲", ""), (None, "乙"), (None, None)) == ["甲；乙", "甲", "乙", None]


def test_a_column_that_two_parts_read_is_named_once() -> None:
    parts = First((Column("a"), Join((Column("a"), Column("c")), "-")))
    assert parts.columns == ("a", "c")


def test_a_word_for_nothing_makes_nothing(make) -> None:
    assert make(Lookup("a", (("未披露", None), ("甲", "乙"))), "未披露", " 未披露 ", "甲", "丙") == [
        None,
        None,
        "乙",
        "丙",
    ]


FORMS = [
    (DateForm.TIMESTAMP, "2026-04-29 15:26:33", "2026-04-29"),
    (DateForm.TIMESTAMP, "2026/4/29 15:26", "2026-04-29"),
    (DateForm.TIMESTAMP, "2026-04-29T15:26:33.123", "2026-04-29"),
    (DateForm.TIMESTAMP, "2026年4月29日 15:26", "2026-04-29"),
    (DateForm.TIMESTAMP, "2026-04-29", "2026-04-29"),  # goes on as written
    (DateForm.TIMESTAMP, "2026-04-29 下午", None),
    (DateForm.DAY_FIRST, "29/4/2026", "2026-04-29"),
    (DateForm.DAY_FIRST, "3.4.2026", "2026-04-03"),
    (DateForm.MONTH_FIRST, "3-4-2026", "2026-03-04"),
    (DateForm.MONTH_FIRST, "29/4/2026", None),  # no month 29
    (DateForm.SERIAL, "46141", "2026-04-29"),
    (DateForm.SERIAL, "4614", None),
    (DateForm.SERIAL, "46141.5", None),
]


@pytest.mark.parametrize(("form", "written", "day"), FORMS)
def test_a_day_in_a_form_that_is_named_is_a_day_that_the_rules_read(make, form, written: str, day: str | None) -> None:
    [made] = make(DateIn("a", (form,)), written)
    assert parse_date(made) == (day and dt.date.fromisoformat(day))


def test_what_is_in_none_of_the_forms_goes_on_as_written(make) -> None:
    assert make(DateIn("a", (DateForm.TIMESTAMP, DateForm.SERIAL)), "去年", None) == ["去年", None]


def test_a_choice_may_look_at_further_columns_behind_a_bar(make) -> None:
    verb = Choose("a", (Case("甲类", matches="局\\|.*责任.*"),), "乙类", also=("b",))
    rows = [("局", "负直接责任"), ("局", "违规"), ("行", "负直接责任"), ("局", None), (None, "负直接责任")]
    assert make(verb, *rows) == ["甲类", "乙类", "乙类", "乙类", None]


def test_verbs_inside_others_keep_their_meaning(make) -> None:
    verb = First((CodeShape("a", Shape.ORGANIZATION_CODE), CodeShape("b", Shape.UNIFIED)))
    assert make(verb, ("MA1TE5T0X", "x"), ("91320100MA1TE5T0XF", "91320100MA1TE5T0XF")) == [
        "MA1TE5T0X",
        "91320100MA1TE5T0XF",
    ]
