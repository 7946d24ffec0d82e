"""The words of the pages: two languages side by side, days as they are written, steps of a publication in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from xinheng.core.errors import Text, UnusableCall
from xinheng.core.ledger.public import PublicEntry
from xinheng.web.language import chosen
from xinheng.web.portal import labels
from xinheng.web.portal.periods import published_rules
from xinheng.web.portal.question import page_number, searched_text
from xinheng.web.portal.timeline import days_left, early_end, steps_of

DECIDED = dt.date(2026, 5, 1)
ENTRY = PublicEntry(
    key="made-up",
    item="administrative-penalty",
    item_title="行政处罚",
    item_title_en="Administrative penalty",
    decision_number="〔2026〕1号",
    decided_on=DECIDED,
    deciding_authority="甲局",
    deciding_authority_code="",
    source_agency="甲局",
    source_agency_code="",
    kinds=("罚款",),
    first_day=DECIDED,
    shortest_last_day=dt.date(2026, 7, 31),
    last_day=dt.date(2027, 4, 30),
    publication_basis=Text("《某办法》", "Some measures"),
    publication_reasons=(),
    received_on=DECIDED,
    fields=(),
    revision=1,
)


def rendered(source: str, *, language: str, **facts: object) -> str:
    return Template("{% load say parts labels %}" + source).render(Context({"language": language, **facts}))


@pytest.mark.parametrize(
    ("source", "zh", "en"),
    [
        ('{% say "共 {n} 条" "{n} found" n=name %}', "共 &lt;b&gt; 条", "&lt;b&gt; found"),
        ("{% zh %}中 {{ name }}{% en %}en {{ name }}{% endzh %}", "中 &lt;b&gt;", "en &lt;b&gt;"),
        ('{% counted one "条" "record" "records" %}', "1 条", "1 record"),
        ('{% counted many "条" "record" "records" %}', "12,345 条", "12,345 records"),
        ("{% data name %}", "&lt;b&gt;", '<span lang="zh-CN">&lt;b&gt;</span>'),
        (
            "{% day date %}",
            '<time datetime="2026-05-01">2026年5月1日</time>',
            '<time datetime="2026-05-01">1 May 2026</time>',
        ),
        ("{% day none %}", "", ""),
        ('{% kind_words "individual-business" %}', "个体工商户", "Individually-owned business"),
        ('{% status_words "吊销，未注销" %}', "吊销，未注销", "Licence revoked"),
    ],
)
def test_a_tag_speaks_both_languages_and_escapes_what_it_is_given(source, zh, en):
    facts = {"name": "<b>", "one": 1, "many": 12345, "date": DECIDED, "none": None}
    assert rendered(source, language="zh", **facts) == zh
    assert rendered(source, language="en", **facts) == en


def test_a_row_without_a_value_says_that_none_was_given():
    assert "未填报" in rendered('{% term "地址" "Address" %}  {% endterm %}', language="zh")


def test_an_unknown_wish_for_a_language_is_passed_over():
    assert chosen("fr", None) == "zh"
    assert chosen(None, "en") == "en"
    assert chosen("zh", "en") == "zh"


def test_an_unknown_value_is_shown_as_it_stands():
    assert labels.subject_kind("某种主体").en == "某种主体"
    assert labels.penalty_kind("某种处罚").zh == "某种处罚"
    assert labels.withheld_reason("no-such-reason") == labels.OTHER_REASON
    assert not labels.operates("注销")
    assert labels.operates("在业")


def test_the_days_of_a_publication_stand_in_order_and_a_last_day_is_over_only_the_day_after():
    steps = steps_of(ENTRY, on=dt.date(2026, 7, 31))
    assert [step.day for step in steps] == [DECIDED, dt.date(2026, 7, 31), dt.date(2027, 4, 30)]
    assert [step.reached for step in steps] == [True, False, False]
    assert [step.reached for step in steps_of(ENTRY, on=dt.date(2026, 8, 1))] == [True, True, False]


def test_a_first_day_other_than_the_decision_is_a_step_of_its_own():
    steps = steps_of(replace(ENTRY, first_day=dt.date(2026, 5, 8), shortest_last_day=None), on=DECIDED)
    assert [step.title.zh for step in steps] == ["作出决定", "公示首日", "公示末日"]
    assert [step.reached for step in steps] == [True, False, False]


def test_the_last_day_itself_is_still_one_day_of_publication():
    assert days_left(ENTRY, on=ENTRY.last_day) == 1
    assert days_left(ENTRY, on=ENTRY.last_day + dt.timedelta(days=1)) == 0


@pytest.mark.parametrize(
    ("shortest", "words"),
    [(None, "未设最短公示期"), (ENTRY.last_day, "不提前终止"), (dt.date(2026, 7, 31), "最短公示期届满后")],
)
def test_when_publication_may_end_early_is_said_for_every_rule(shortest, words):
    assert words in early_end(replace(ENTRY, shortest_last_day=shortest)).zh


def test_the_help_page_lists_every_era_without_a_gap_newest_first():
    rules = published_rules()
    assert rules[0].last is None
    assert rules[-1].first is None
    for newer, older in pairwise(rules):
        assert older.last + dt.timedelta(days=1) == newer.first
    assert all(era.sentences for era in rules)


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.0", "９", "1" * 30, ""])
def test_what_is_not_a_page_number_is_refused(page):
    with pytest.raises(UnusableCall):
        page_number(RequestFactory().get("/search/", {"page": page}))


@pytest.mark.parametrize("text", ["\x00", "a\nb", "a" * 201])
def test_text_that_nobody_can_type_is_refused(text):
    with pytest.raises(UnusableCall):
        searched_text(RequestFactory().get("/search/", {"q": text}))
