"""The items that are shipped: what is in them, which version holds on a day, and what never leaves them."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest

from xinheng.core.catalogue.check import check
from xinheng.core.catalogue.codes import code_list, code_list_names
from xinheng.core.catalogue.item import Effect, Openness, Privacy
from xinheng.core.catalogue.load import define, item_names, load
from xinheng.core.catalogue.problem import InvalidDefinition
from xinheng.core.catalogue.reading import shipped_text
from xinheng.core.errors import UnusableCall
from xinheng.core.law.kinds import PenaltyKind, read_kinds
from xinheng.core.law.severity import Domain, Procedure, Severity

LAYOUT_424 = """
CF_XDR_MC CF_XDR_LB CF_XDR_SHXYM CF_XDR_GSZC CF_XDR_ZZJG CF_XDR_SWDJ CF_XDR_SYDW CF_XDR_SHZZ CF_FRDB CF_FR_ZJLX
CF_FR_ZJHM CF_XDR_ZJLX CF_XDR_ZJHM CF_WSH CF_WFXW CF_SY CF_YJ CF_CFLB CF_NR CF_NR_FK CF_NR_WFFF CF_NR_ZKDX CF_JDRQ
CF_YXQ CF_GSJZQ CF_CFJG CF_CFJGDM CF_SJLY CF_SJLYDM BZ
"""
REQUIRED_424 = """
CF_XDR_MC CF_XDR_LB CF_WSH CF_WFXW CF_SY CF_YJ CF_CFLB CF_NR CF_JDRQ CF_YXQ CF_CFJG CF_CFJGDM CF_SJLY CF_SJLYDM
"""
ROLES_OF_REGISTER = """
counterpart_name uscc registration_number organization_code former_names entity_type established_on status address
registration_authority registration_authority_code region industry capital legal_representative
legal_representative_id changed_on source_agency source_agency_code remark
"""


def test_the_items_are_shipped_and_without_problems() -> None:
    assert set(item_names()) >= {
        "administrative-penalty",
        "administrative-permit",
        "legal-entity-registration",
        "serious-dishonesty-listing",
        "tax-credit-grade-a",
    }
    for name in item_names():
        assert check(shipped_text("definitions", name)) == ()
        assert load(name).name == name


def test_the_penalty_has_the_thirty_fields_of_the_national_layout_in_order_and_three_local_ones() -> None:
    fields = load("administrative-penalty").latest.fields
    assert [field.name for field in fields if not field.local] == LAYOUT_424.split()
    assert [(field.name, field.role) for field in fields if field.local] == [
        ("XH_CX", "procedure"),
        ("XH_CD", "severity"),
        ("XH_LY", "domain"),
    ]
    assert {field.name for field in fields if field.required} == set(REQUIRED_424.split())


def test_the_register_has_its_roles_and_asks_for_a_name_and_one_code() -> None:
    version = load("legal-entity-registration").latest
    assert {field.role for field in version.fields} == set(ROLES_OF_REGISTER.split())
    assert version.effect is Effect.REGISTER
    assert [field.name for field in version.fields if field.required] == ["FR_MC"]
    assert version.groups == (("FR_SHXYM", "FR_GSZC", "FR_ZZJG"),)


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2016-01-01", "2018"),  # before the first revision, the first holds
        ("2018-07-25", "2018"),
        ("2021-07-14", "2018"),
        ("2021-07-15", "2021"),
        ("2031-01-01", "2021"),
    ],
)
def test_the_version_in_force_on_a_day(day: str, version: str) -> None:
    assert load("administrative-penalty").at(dt.date.fromisoformat(day)).revision.version == version


def test_the_penalty_kinds_follow_the_law_and_a_retired_kind_stays() -> None:
    item = load("administrative-penalty")
    before, after = (item.version(label).field("CF_CFLB").codes for label in ("2018", "2021"))
    assert "通报批评" not in before
    assert {"通报批评", "降低资质等级", "限制开展生产经营活动", "责令关闭", "限制从业"} <= set(after)
    assert set(before) <= set(after)
    with pytest.raises(KeyError):
        item.version("1999")


def test_amounts_are_in_ten_thousands_of_yuan_with_six_decimals() -> None:
    version = load("administrative-penalty").latest
    for role in ("fine", "confiscation"):
        field = version.by_role(role)
        assert field is not None
        assert (field.type, field.unit, field.decimals) == ("number", "万元", 6)


def test_no_field_that_names_a_person_is_public_in_any_version() -> None:
    for name in item_names():
        for version in load(name).versions:
            for field in version.fields:
                if field.privacy in (Privacy.PERSON_NAME, Privacy.PERSON_IDENTIFIER):
                    assert field.openness is Openness.GOVERNMENT_SHARING, field.name


def test_every_identity_number_is_marked_to_be_dropped() -> None:
    for name in item_names():
        for field in load(name).latest.fields:
            assert (field.role in ("legal_representative_id", "person_id")) == (
                field.privacy is Privacy.PERSON_IDENTIFIER
            )


def test_free_text_of_a_penalty_waits_for_a_second_person() -> None:
    version = load("administrative-penalty").latest
    free = {field.role for field in version.fields if field.privacy is Privacy.FREE_TEXT}
    assert {"facts", "content", "remark", "violation_kind"} <= free


def test_an_unknown_item_is_named_to_the_reader() -> None:
    with pytest.raises(UnusableCall) as caught:
        load("weather")
    assert "administrative-penalty" in caught.value.explanation.mend.en


def test_a_definition_with_problems_defines_nothing_and_lists_them_all() -> None:
    text = shipped_text("definitions", "administrative-penalty").replace("frequency: 每日\n", "")
    with pytest.raises(InvalidDefinition) as caught:
        define(text.replace("effect: adverse", "effect: bad"), name="mine")
    assert {problem.code for problem in caught.value.problems} == {"missing-frequency", "unknown-value"}
    assert "mine" in caught.value.explanation.what.zh


def test_every_code_list_can_be_read_and_no_spelling_has_two_meanings() -> None:
    for name in code_list_names():
        spellings = code_list(name).spellings
        assert len(set(spellings)) == len(spellings), name
        assert len({code.code for code in code_list(name).codes}) == len(code_list(name).codes)
    with pytest.raises(KeyError):
        code_list("colours")


def test_a_variant_of_a_status_means_its_code() -> None:
    found = code_list("registration-statuses").find("存续（在营、开业、在册）")
    assert found is not None
    assert found.code == "active"
    assert code_list("registration-statuses").find("飞升") is None


def test_every_status_of_the_real_registers_is_known(shared_data: Path) -> None:
    statuses = set()
    for file in ("cn_name_code_resolution/resolution.csv", "cn_registry_new_2019/jiangsu.csv"):
        with (shared_data / file).open(encoding="utf-8-sig", newline="") as rows:
            statuses |= {row["status"] for row in csv.DictReader(rows) if row["status"]}
    assert statuses <= set(load("legal-entity-registration").latest.field("FR_ZT").codes)


def test_the_law_reads_every_kind_of_penalty_that_the_catalogue_allows() -> None:
    for version in load("administrative-penalty").versions:
        for code in version.field("CF_CFLB").codes:
            reading = read_kinds(code)
            assert reading.kinds, code
            assert not reading.unknown, code
    kinds = {kind.label for kind in PenaltyKind}
    assert kinds <= set(load("administrative-penalty").latest.field("CF_CFLB").codes)


def test_the_codes_that_the_law_speaks_of_are_those_of_the_lists() -> None:
    for name, spoken_of in {
        "regulation-domains": Domain,
        "severities": Severity,
        "penalty-procedures": Procedure,
    }.items():
        listed = {(code.code, code.label) for code in code_list(name).codes}
        assert {(each.value, each.label) for each in spoken_of} <= listed
