"""What a definition is refused for: its form, its sense, and what law forbids to collect."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from xinheng.core.catalogue.check import check
from xinheng.core.catalogue.prohibited import fold_english, named_in, prohibitions

SOUND: dict[str, Any] = yaml.safe_load(
    """
name: honour
title: 荣誉信息
title_en: Honours
description: 行政机关授予的荣誉
description_en: Honours given by administrative organs
national_class: 诚实守信相关荣誉信息
effect: favourable
openness: 社会公开
provider: 行政机关
provider_en: administrative organs
frequency: 每月
subject_kinds: [法人及非法人组织]
basis: [{instrument: 某条例, source: made up for this test, sure: D}]
retention: {years: 5, from: deregistration, basis: 某条例, source: made up for this test, sure: D}
primaryKey: [DM, WH]
missingValues: [""]
fieldsMatch: superset
revisions:
  - {version: "1", from: "2020-01-01", basis: 某条例, source: made up, sure: D, changes: {}}
  - {version: "2", from: "2022-01-01", basis: 某条例, source: made up, sure: D, changes: {}}
fields:
  - {name: MC, title: 名称, title_en: Name, type: string, role: counterpart_name, openness: 社会公开}
  - {name: DM, title: 代码, title_en: Code, type: string, role: uscc, openness: 社会公开}
  - {name: WH, title: 文号, title_en: Number, type: string, openness: 社会公开}
  - {name: JE, title: 奖金, title_en: Prize, type: number, unit: 元, openness: 社会公开}
"""
)


def changed(**terms: Any) -> dict[str, Any]:
    """Return the sound definition with terms of the item changed; ``None`` takes one away."""
    definition = copy.deepcopy(SOUND) | terms
    return {key: value for key, value in definition.items() if value is not None}


def with_field(**terms: Any) -> dict[str, Any]:
    """Return the sound definition with one field more."""
    field = {"name": "QT", "title": "其他事项", "title_en": "Other", "type": "string", "openness": "政务共享"} | terms
    return changed(fields=[*copy.deepcopy(SOUND["fields"]), {k: v for k, v in field.items() if v is not None}])


def codes(definition: dict[str, Any]) -> set[str]:
    """Return the codes of the problems that the definition has."""
    return {problem.code for problem in check(yaml.safe_dump(definition, allow_unicode=True, sort_keys=False))}


def test_a_sound_definition_has_no_problem() -> None:
    assert codes(SOUND) == set()


@pytest.mark.parametrize(
    "term", ["basis", "retention", "openness", "frequency", "provider", "subject_kinds", "revisions"]
)
def test_what_an_entry_must_say_may_not_be_missing(term: str) -> None:
    assert codes(changed(**{term: None})) == {f"missing-{term.replace('_', '-')}"}


def test_a_missing_term_cites_the_law_that_asks_for_it() -> None:
    (problem,) = check(yaml.safe_dump(changed(retention=None), allow_unicode=True))
    assert problem.basis == "深圳经济特区社会信用条例第三十四条"
    assert "保存期限" in problem.message.zh


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        (changed(colour="red"), "unknown-key"),
        (with_field(pattern="x"), "unknown-key"),
        (with_field(constraints={"minimum": 1}), "unknown-key"),
        (changed(basis=[]), "wrong-kind"),
        (changed(fields="none"), "wrong-kind"),
        (changed(fields=["MC"]), "wrong-kind"),
        (changed(groups={"a": "b"}), "wrong-kind"),
        (changed(missingValues=["-"]), "wrong-kind"),
        (changed(key_fallback=["DM"]), "wrong-kind"),
        (changed(revisions=[SOUND["revisions"][0] | {"changes": ["MC"]}]), "wrong-kind"),
        (with_field(local="yes"), "wrong-kind"),
        (with_field(constraints={"maxLength": 0}), "wrong-kind"),
        (with_field(title=" "), "wrong-kind"),
        (changed(revisions=[SOUND["revisions"][0] | {"from": "2020-02-30"}]), "wrong-kind"),
        (changed(effect="bad"), "unknown-value"),
        (changed(subject_kinds=["外星人"]), "unknown-value"),
        (with_field(type="geopoint"), "unknown-value"),
        (with_field(name=None), "missing-name"),
        (with_field(openness=None), "missing-openness"),
        (changed(national_class="天气信息"), "unknown-class"),
        (changed(primaryKey=["DM", "NIX"]), "unknown-field"),
        (changed(groups=[["DM", "NIX"]]), "unknown-field"),
        (changed(key_fallback={"DM": "NIX"}), "unknown-field"),
        (changed(revisions=[SOUND["revisions"][0] | {"changes": {"NIX": {"title": "无"}}}]), "unknown-field"),
        (changed(revisions=SOUND["revisions"][::-1]), "revision-order"),
        (changed(revisions=[SOUND["revisions"][0], SOUND["revisions"][1] | {"version": "1"}]), "revision-order"),
        (with_field(until="2021-06-30"), "day-of-no-revision"),
        (changed(name="Honour List"), "bad-name"),
        (with_field(name="其他"), "bad-name"),
        (with_field(role="colour"), "unknown-role"),
        (with_field(unit="元"), "misplaced-term"),
        (with_field(format="any"), "misplaced-term"),
        (with_field(type="date", constraints={"maxLength": 9}), "misplaced-term"),
        (with_field(codes=["甲"]), "misplaced-term"),
        (with_field(separators="；"), "misplaced-term"),
        (with_field(multiple=True, codes=["甲"]), "misplaced-term"),
        (with_field(multiple=True, separators="；", constraints={"enum": ["甲"]}), "enum-of-many"),
        (with_field(constraints={"enum": ["甲"]}, other="乙"), "unknown-code"),
        (with_field(constraints={"enum": ["简易"]}, code_list="penalty-procedures"), "unknown-code"),
        (with_field(code_list="colours"), "unknown-code-list"),
        (with_field(constraints={"enum": ["甲乙丙"], "maxLength": 2}), "code-too-long"),
        (with_field(name="mc"), "duplicate-name"),
        (with_field(title="名 称"), "duplicate-title"),
        (with_field(title_en="NAME"), "duplicate-title-en"),
        (with_field(role="uscc"), "duplicate-role"),
        (with_field(aliases=["（名称）"]), "duplicate-heading"),
        (with_field(aliases=["甲(乙)", "甲（乙）"]), "repeated-alias"),
        (changed(effect="adverse"), "missing-role"),
        (changed(openness="政务共享"), "wider-than-item"),
        (changed(subject_kinds=["法人及非法人组织", "自然人"]), "public-person"),
        (with_field(privacy="person-name", openness="社会公开"), "public-person"),
        (with_field(privacy="person-identifier", openness="社会公开"), "public-person"),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused(definition: dict[str, Any], code: str) -> None:
    assert code in codes(definition)


@pytest.mark.parametrize(
    "text", ["name: [", "name: a\nname: b", "a: &x [1]\nb: *x", "'", "day: 2018-02-30", "[" * 5000 + "]" * 5000]
)
def test_what_is_not_plain_yaml_is_refused_with_a_reason(text: str) -> None:
    (problem,) = check(text)
    assert problem.code == "not-yaml"
    assert problem.message.en


@pytest.mark.parametrize("text", ["", "- a", "text", "3"])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    assert [problem.code for problem in check(text)] == ["wrong-kind"]


@pytest.mark.parametrize("value", ["011", "2018", "1.5", "2018-07-25", "yes"])
def test_a_code_that_is_not_quoted_is_refused(value: str) -> None:
    text = yaml.safe_dump(SOUND, allow_unicode=True, sort_keys=False).replace("version: '1'", f"version: {value}")
    (problem,) = check(text)
    assert (problem.code, problem.where) == ("unquoted", "revisions.0.version")


def test_a_field_may_be_replaced_by_one_of_the_same_name_in_another_revision() -> None:
    fields = copy.deepcopy(SOUND["fields"])
    fields[3] |= {"until": "2022-01-01"}
    fields.append(
        {
            "name": "JE2",
            "title": "奖金",
            "title_en": "Prize",
            "type": "string",
            "openness": "社会公开",
            "from": "2022-01-01",
        }
    )
    assert codes(changed(fields=fields)) == set()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9999) | st.text(max_size=6) | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6) | st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.data())
def test_whatever_stands_in_a_definition_is_answered_with_problems_and_never_with_a_crash(data: st.DataObject) -> None:
    definition = copy.deepcopy(SOUND)
    place: Any = definition
    while True:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(place[key], (dict, list)) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(ANYTHING)
    for problem in check(yaml.safe_dump(definition, allow_unicode=True)):
        assert problem.code
        assert problem.message.zh
        assert problem.message.en


# What law forbids -----------------------------------------------------------------------------------------------------

NEVER = [
    "宗教信仰",
    "基因",
    "指纹",
    "血型",
    "疾病",
    "病史",
    "既往病史",
    "DNA检测",
    "人脸照片",
    "员工信教情况",
    "宗 教·信_仰",
    "ＤＮＡ",
]
NEVER_EN = [
    "Religion",
    "religious belief",
    "GeneType",
    "blood_type",
    "bloodType",
    "Medical History",
    "fingerPrint",
    "DNA",
]
CONDUCTS = [
    "信访记录",
    "进京上访",
    "拆迁配合情况",
    "闯红灯次数",
    "不文明养犬",
    "遛狗不牵绳",
    "欠缴物业费",
    "未执行垃圾分类",
]
CONDUCTS_EN = ["Petitions", "jaywalking", "red_light", "Dogs", "property management fee", "waste sorting", "demolition"]
CONSENT = ["收入", "存款", "有价证券", "商业保险", "不动产", "纳税数额"]
CONSENT_EN = ["income", "Deposits", "securities", "commercial insurance", "realEstate", "tax_amount"]


@pytest.mark.parametrize("word", NEVER)
def test_what_may_never_be_collected_cannot_be_a_field(word: str) -> None:
    assert "never-collect" in codes(with_field(title=word))
    assert "never-collect" in codes(with_field(description=f"请填写{word}。"))
    assert "never-collect" in codes(with_field(aliases=[word]))
    assert "never-collect" in codes(with_field(constraints={"enum": [word]}))
    assert "never-collect" in codes(changed(title=word))


@pytest.mark.parametrize("word", NEVER_EN)
def test_nor_under_an_english_name_or_in_the_code_of_a_field(word: str) -> None:
    assert "never-collect" in codes(with_field(title_en=word))
    assert "never-collect" in codes(with_field(name=word.replace(" ", "_")))


@pytest.mark.parametrize("word", CONDUCTS)
def test_a_red_flag_conduct_cannot_become_a_record(word: str) -> None:
    assert "red-flag" in codes(changed(title=word))
    assert "red-flag" in codes(changed(description=f"含{word}等行为"))
    assert "red-flag" in codes(with_field(multiple=True, separators="；", codes=[word]))


@pytest.mark.parametrize("word", CONDUCTS_EN)
def test_nor_a_red_flag_conduct_under_an_english_name(word: str) -> None:
    assert "red-flag" in codes(changed(title_en=word))


@pytest.mark.parametrize("word", [*CONSENT, *CONSENT_EN])
def test_what_needs_consent_is_refused_of_persons_and_admitted_of_organisations(word: str) -> None:
    persons = {"subject_kinds": ["自然人"], "openness": "授权查询"}
    of_persons = with_field(title=word) | persons
    of_persons["fields"] = [field | {"openness": "授权查询"} for field in of_persons["fields"]]
    assert codes(of_persons) == {"consent-only"}
    of_persons["fields"][-1]["consent"] = "written"
    assert codes(of_persons) == set()
    assert codes(with_field(title=word)) == set()


@pytest.mark.parametrize(
    "title", ["个人收入", "家庭的存款", "法定代表人不动产", "经营者年收入", "Personal income", "household_deposits"]
)
def test_what_needs_consent_is_refused_where_an_organisations_record_speaks_of_a_person(title: str) -> None:
    assert codes(with_field(title=title)) == {"consent-only"}


@pytest.mark.parametrize(
    "title",
    [
        "宗教活动场所登记证号",
        "转基因食品标识",
        "疾病预防控制中心名称",
        "文件指纹",
        "拖欠职工工资金额",
        "General",
        "Good faith",
        "Ordnance",
        "Generic code",
    ],
)
def test_a_word_that_only_looks_forbidden_is_admitted(title: str) -> None:
    assert codes(with_field(title=title)) == set()


def test_an_exception_does_not_shelter_the_thing_itself() -> None:
    assert codes(with_field(title="转基因食品与基因")) == {"never-collect"}


def test_a_revision_cannot_bring_in_what_the_base_may_not_have() -> None:
    revisions = copy.deepcopy(SOUND["revisions"])
    revisions[1]["changes"] = {"WH": {"title": "血型"}}
    (problem,) = check(yaml.safe_dump(changed(revisions=revisions), allow_unicode=True))
    assert (problem.code, problem.where) == ("never-collect", "revisions.2.changes.WH.title")
    assert problem.basis == "征信业管理条例第十四条第一款"


def test_what_is_forbidden_is_found_even_where_the_form_is_broken() -> None:
    broken = with_field(title="血型", colour=1)
    del broken["basis"]
    assert codes(broken) == {"never-collect", "unknown-key", "missing-basis"}


def test_a_prohibition_of_a_later_day_does_not_bind_an_earlier_one() -> None:
    text = yaml.safe_dump(with_field(title="人脸照片"), allow_unicode=True)
    assert check(text, on=dt.date(2021, 10, 31)) == ()
    assert [problem.code for problem in check(text, on=dt.date(2021, 11, 1))] == ["never-collect"]


def test_every_prohibition_is_met_by_its_own_names_and_cites_its_basis() -> None:
    for each in prohibitions():
        for text in (*each.words, *each.words_en, each.title.zh):
            assert each in named_in(text, about_persons=True), (each.code, text)
        assert each.basis.instrument
        assert each.basis.sure


def test_english_words_are_parted_wherever_a_name_may_part_them() -> None:
    assert fold_english("BloodType_code-2") == " blood type code 2 "
