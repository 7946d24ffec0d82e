"""A profile is read strictly, and a file that does not fit it is unusable."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from xinheng.core.catalogue.load import load
from xinheng.core.engine.calculator import Calculator
from xinheng.core.errors import UnusableCall, UnusableFile
from xinheng.core.intake.profiles import ProfileError, define, load_profile, profile_names
from xinheng.core.intake.rejects import APPENDED_HEADINGS

WORDS = {"zh": "因为", "en": "because"}
ITEM = load("administrative-penalty").latest
PROFILE: dict[str, Any] = {
    "name": "made-up",
    "title": WORDS,
    "item": "administrative-penalty",
    "source": WORDS,
    "fields": {
        field.name: {"column": field.name.lower()}
        for field in ITEM.fields
        if field.required and field.role not in ("counterpart_kind", "penalty_kinds")
    }
    | {"CF_XDR_SHXYM": {"column": "code"}}
    | {"CF_XDR_LB": {"constant": "法人及非法人组织"}, "CF_CFLB": {"constant": "罚款"}},
    "ignored": {"seq": WORDS},
}
Change = Callable[[dict[str, Any]], object]


def defined(change: Change = lambda _: None) -> Any:
    document = copy.deepcopy(PROFILE)
    change(document)
    return define(json.dumps(document, ensure_ascii=False), name="made-up")


def without(profile: Any, *columns: str) -> tuple[str, ...]:
    return tuple(column for column in profile.columns if column not in columns)


def test_the_shipped_profiles_are_named_and_an_unknown_one_is_told_in_both_languages() -> None:
    assert "shandong-env-penalty" in profile_names()
    assert [load_profile(name).name for name in profile_names()] == list(profile_names())
    with pytest.raises(UnusableCall) as caught:
        load_profile("../shandong-env-penalty")
    assert "shandong-env-penalty" in caught.value.explanation.mend.zh
    assert "shandong-env-penalty" in caught.value.explanation.mend.en


def test_a_profile_of_a_complete_source_publishes_and_allows_nothing() -> None:
    profile = defined()
    assert (profile.publish, profile.publish_reason, profile.allowances) == (True, None, frozenset())
    assert profile.source_column("CF_WSH") == "cf_wsh"
    assert profile.source_column("CF_CFLB") is profile.source_column("BZ") is None
    assert profile.fields_of("cf_wsh") == ("CF_WSH",)


def test_a_day_that_stands_in_for_the_decision_stops_publication() -> None:
    def change(document: dict[str, Any]) -> None:
        del document["fields"]["CF_JDRQ"]
        document["decided_on"] = {"column": "published", "standing_in": True, "reason": WORDS}

    profile = defined(change)
    assert not profile.publish
    assert profile.publish_reason.zh == "因为"
    assert profile.source_column("CF_JDRQ") == "published"


def test_an_allowance_for_what_publication_needs_stops_it_and_another_does_not() -> None:
    profile = defined(lambda document: document.update(allowances={"CF_YJ": WORDS}))
    assert profile.allowances == {"CF_YJ"}
    assert not profile.publish
    assert "处罚依据" in profile.publish_reason.zh
    assert defined(lambda document: document.update(allowances={"CF_YXQ": WORDS})).publish


FAULTS: dict[str, Change] = {
    "made-up": lambda d: d.update(extra=1),
    "name": lambda d: d.update(name="other"),
    "title": lambda d: d.update(title={"zh": "只有中文"}),
    "title.zh": lambda d: d.update(title={"zh": " ", "en": "x"}),
    "fields": lambda d: d.update(fields=[]),
    "fields.CF_NO": lambda d: d["fields"].update(CF_NO={"column": "x"}),
    "fields.CF_YJ": lambda d: d["fields"].pop("CF_YJ"),
    "fields.CF_WSH": lambda d: d["fields"].update(CF_WSH={"column": "x", "constant": "y"}),
    "fields.CF_SY": lambda d: d["fields"].update(CF_SY={"sql": "1; DROP TABLE source"}),
    "fields.CF_SY.column": lambda d: d["fields"].update(CF_SY={"column": 7}),
    "fields.CF_XDR_LB": lambda d: d["fields"].update(CF_XDR_LB={"constant": "企业"}),
    "fields.CF_CFLB": lambda d: d["fields"].update(CF_CFLB={"constant": "责令改正"}),
    "fields.XH_CD.lookup.words": lambda d: d["fields"].update(XH_CD={"lookup": {"column": "x", "words": {}}}),
    "fields.XH_CD": lambda d: d["fields"].update(XH_CD={"lookup": {"column": "x", "words": {"a": "较重"}}}),
    "fields.XH_CX.choose.otherwise": lambda d: d["fields"].update(
        XH_CX={"choose": {"column": "x", "cases": [], "otherwise": 0}}
    ),
    "fields.XH_CX.choose.cases": lambda d: d["fields"].update(
        XH_CX={"choose": {"column": "x", "otherwise": None, "cases": [{"starts_with": ["a"], "say": "简易程序"}]}}
    ),
    "fields.CF_NR_FK.unit.from": lambda d: d["fields"].update(CF_NR_FK={"unit": {"column": "x", "from": "美元"}}),
    "fields.BZ.unit": lambda d: d["fields"].update(BZ={"unit": {"column": "x", "from": "元"}}),
    "fields.BZ.code_shape.shape": lambda d: d["fields"].update(BZ={"code_shape": {"column": "x", "shape": "round"}}),
    "fields.BZ.pattern.find": lambda d: d["fields"].update(BZ={"pattern": {"column": "x", "find": "a(?=b)(c)"}}),
    "fields.CF_JDRQ": lambda d: d["fields"].pop("CF_JDRQ"),
    "fields.CF_SY.first": lambda d: d["fields"].update(CF_SY={"first": [{"column": "x"}]}),
    "fields.CF_SY.first.2": lambda d: d["fields"].update(CF_SY={"first": [{"column": "x"}, {"sql": "y"}]}),
    "fields.CF_SY.join.with": lambda d: d["fields"].update(
        CF_SY={"join": {"with": "", "parts": [{"column": "x"}, {"column": "y"}]}}
    ),
    "fields.CF_YXQ.date.from": lambda d: d["fields"].update(
        CF_YXQ={"date": {"column": "x", "from": ["day-first", "month-first"]}}
    ),
    "fields.XH_LY": lambda d: d["fields"].update(XH_LY={"first": [{"column": "x"}, {"constant": "银行"}]}),
    "allowances.CF_XDR_SHXYM": lambda d: d.update(allowances={"CF_XDR_SHXYM": WORDS}),
    "decided_on": lambda d: d.update(decided_on={"column": "p", "standing_in": True, "reason": WORDS}),
    "allowances.CF_WSH": lambda d: d.update(allowances={"CF_WSH": WORDS}),
    "allowances.BZ": lambda d: d.update(allowances={"BZ": WORDS}),
    "allowances.CF_YJ": lambda d: d.update(allowances={"CF_YJ": "no reason in two languages"}),
    "ignored.cf_wsh": lambda d: d["ignored"].update(cf_wsh=WORDS),
    "ignored.seq.en": lambda d: d["ignored"].update(seq={"zh": "因为", "en": None}),
}


WORDED = [
    ("fields.CF_NO", "“行政处罚信息”没有该项", "administrative-penalty has no such field"),
    ("fields.CF_SY", "应为以下之一：column、constant", "exactly one of: column, constant"),
    ("decided_on", "决定日期只能写在一处", "the day of decision is written in one place"),
    ("fields.CF_YXQ.date.from", "只能取一", "never both"),
    ("allowances.CF_XDR_SHXYM", "来源有代码的，代码不得免填", "a source that carries codes"),
]


@pytest.mark.parametrize(("where", "zh", "en"), WORDED, ids=[where for where, _, _ in WORDED])
def test_a_fault_is_told_in_both_languages(where: str, zh: str, en: str) -> None:
    with pytest.raises(ProfileError) as caught:
        defined(FAULTS[where])
    why = caught.value.explanation.why
    assert zh in why.zh
    assert en in why.en


def test_a_field_made_twice_is_told() -> None:
    text = json.dumps(PROFILE, ensure_ascii=False).replace('"CF_SY": {', '"CF_SY": {"column": "x"}, "CF_SY": {')
    with pytest.raises(ProfileError, match="CF_SY"):
        define(text, name="made-up")


def test_a_source_without_any_code_may_say_so_and_is_not_published() -> None:
    def change(document: dict[str, Any]) -> None:
        del document["fields"]["CF_XDR_SHXYM"]
        document["allowances"] = {"CF_XDR_SHXYM": WORDS}

    profile = defined(change)
    assert profile.allowances == {"CF_XDR_SHXYM"}
    assert "统一社会信用代码" in profile.publish_reason.zh


LIST: dict[str, Any] = {
    "name": "made-up",
    "title": WORDS,
    "item": "serious-dishonesty-listing",
    "source": WORDS,
    "fields": {
        field.name: {"column": field.name.lower()}
        for field in load("serious-dishonesty-listing").latest.fields
        if (field.required and field.role not in ("decided_on", "list_type", "counterpart_kind"))
        or field.role == "uscc"
    }
    | {"MD_LB": {"constant": "法人及非法人组织"}, "MD_LX": {"constant": "海关严重失信企业名单"}},
    "decided_on": {"unknown": True, "reason": WORDS},
}


def test_an_old_list_without_days_is_kept_and_not_published() -> None:
    profile = define(json.dumps(LIST, ensure_ascii=False), name="made-up")
    assert profile.allowances == {"MD_LRRQ"}
    assert profile.publish_reason.zh == "因为来源未载明列入决定文书号，不得公示。"


@pytest.mark.parametrize(
    "spec",
    [
        {"unknown": False, "reason": WORDS},
        {"unknown": True, "standing_in": True, "reason": WORDS},
        {"column": "x", "reason": WORDS},
        {"column": "x", "made": {"column": "y"}, "standing_in": True, "reason": WORDS},
    ],
    ids=str,
)
def test_the_day_of_decision_is_told_in_one_way(spec: dict[str, Any]) -> None:
    with pytest.raises(ProfileError) as caught:
        define(json.dumps({**LIST, "decided_on": spec}, ensure_ascii=False), name="made-up")
    assert caught.value.where == "decided_on"


def test_only_a_list_may_lack_its_day() -> None:
    def change(document: dict[str, Any]) -> None:
        del document["fields"]["CF_JDRQ"]
        document["decided_on"] = {"unknown": True, "reason": WORDS}

    with pytest.raises(ProfileError):
        defined(change)


@pytest.mark.parametrize("where", FAULTS)
def test_a_profile_that_breaks_its_form_is_refused_at_the_spot(where: str) -> None:
    with pytest.raises(ProfileError) as caught:
        defined(FAULTS[where])
    assert caught.value.where == where
    assert where in str(caught.value)


@pytest.mark.parametrize(
    "find", ["(", "no group", "(a)(b)", "(a)\\1", "(?<!a)(b)", "(a*)", "(a)(?!b)"], ids=lambda find: find
)
def test_a_pattern_has_one_group_finds_something_and_is_known_to_both_engines(find: str) -> None:
    with pytest.raises(ProfileError):
        defined(lambda document: document["fields"].update(CF_WSH={"pattern": {"column": "x", "find": find}}))


def test_words_that_explain_a_refusal_must_not_be_kinds_of_penalty() -> None:
    for part in ("before", "otherwise"):
        spec = {"column": "x", "kinds": {"罚款": ["罚款"]}, part: {"警告": ["告诫"]}}
        with pytest.raises(ProfileError):
            defined(lambda document, spec=spec: document["fields"].update(CF_CFLB={"phrases": spec}))


@pytest.mark.parametrize("text", ["name: [", "name: a\nname: b", "x: &a 1\ny: *a"])
def test_unreadable_yaml_and_doubled_keys_are_refused(text: str) -> None:
    with pytest.raises(ProfileError):
        define(text, name="made-up")


@pytest.mark.parametrize(
    ("header", "kind", "column"),
    [
        (lambda p: without(p, "cf_wsh"), "missing", "cf_wsh"),
        (lambda p: without(p, "seq"), "missing", "seq"),
        (lambda p: (*p.columns, "身份证号"), "unknown", "身份证号"),
        (lambda p: (*p.columns, "cf_wsh"), "doubled", "cf_wsh"),
        (lambda p: (*p.columns, "seq"), "doubled", "seq"),
        (lambda p: tuple(column.upper() for column in p.columns), "unknown", "SEQ"),
    ],
)
def test_a_file_with_other_columns_is_unusable_and_the_column_is_named(header, kind: str, column: str) -> None:
    profile = defined()
    with pytest.raises(UnusableFile) as caught:
        profile.mapping_sql(header(profile))
    assert column in caught.value.facts[kind]
    assert column in caught.value.explanation.what.zh
    assert column in caught.value.explanation.what.en


def test_headings_may_come_in_any_order_and_a_mended_workbook_fits_too(calculator: Calculator) -> None:
    profile = defined()
    header = (*reversed(profile.columns), *APPENDED_HEADINGS)
    columns = {f"c{place}": pa.array([f"{heading} 1", None], pa.string()) for place, heading in enumerate(header)}
    made = calculator.query(profile.mapping_sql(header), source=pa.table(columns))
    assert made.column("CF_WSH").to_pylist() == ["cf_wsh 1", None]
    assert made.column("CF_CFLB").to_pylist() == ["罚款", "罚款"]
    assert made.column_names == [field.name for field in ITEM.fields if field.name in made.column_names]


def test_headings_of_a_hostile_file_never_reach_the_sql() -> None:
    hostile = 'x" FROM source; DROP TABLE source; --'
    profile = defined(lambda document: document["ignored"].update({hostile: WORDS}))
    assert "DROP" not in profile.mapping_sql(profile.columns)
