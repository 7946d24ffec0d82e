"""The catalogue of a province: every national class has an item, and what each item must say is said."""

from __future__ import annotations

import pytest

from xinheng.core.catalogue.codes import code_list
from xinheng.core.catalogue.item import Effect, ItemVersion, Openness, Privacy, Status
from xinheng.core.catalogue.load import item_names, load

ITEMS = [load(name).latest for name in item_names()]
TAKEN = [version for version in ITEMS if version.status is Status.REPORTABLE]
STUBS = {"other-administrative-acts", "professional-titles", "intellectual-property", "voluntary-information"}
LISTS = "严重失信主体名单信息"


def test_every_class_of_the_national_directory_has_an_item() -> None:
    classes = {code.label for code in code_list("national-classes").codes}
    assert classes - {version.national_class for version in ITEMS} <= {LISTS}


def test_what_is_only_published_is_marked_as_such() -> None:
    assert {version.name for version in ITEMS if version.status is Status.STUB} == STUBS


@pytest.mark.parametrize("version", ITEMS, ids=lambda version: version.name)
def test_an_entry_says_what_the_law_asks_of_it(version: ItemVersion) -> None:
    assert version.basis
    assert all(basis.source and basis.sure for basis in version.basis)
    assert version.provider
    assert version.provider_en
    assert version.retention_years >= 1
    assert version.retention_basis.instrument


@pytest.mark.parametrize("version", TAKEN, ids=lambda version: version.name)
def test_an_item_that_is_taken_expects_a_volume_and_finds_its_subject(version: ItemVersion) -> None:
    assert version.volume is not None
    assert version.by_role("uscc") or version.by_role("taxpayer_number")


def test_results_of_evaluations_and_states_of_payment_are_of_organisations_only() -> None:
    items = ("industry-evaluation", "national-evaluation", "social-insurance-payment", "utility-payment")
    for name in (*items, "registration-change"):
        assert load(name).latest.subject_kinds == ("法人及非法人组织",), name


def test_what_comes_by_the_million_holds_no_person() -> None:
    for name in ("social-insurance-payment", "utility-payment", "registration-change"):
        for field in load(name).latest.fields:
            assert field.privacy in (Privacy.NONE, Privacy.FREE_TEXT), field.name
            assert not field.role.startswith(("legal_representative", "person"))


def test_the_national_result_is_shared_and_never_public() -> None:
    assert load("national-evaluation").latest.openness is Openness.GOVERNMENT_SHARING


def test_persons_titles_are_inquired_with_authorisation_only() -> None:
    version = load("professional-titles").latest
    assert version.openness is Openness.AUTHORIZED_INQUIRY
    assert version.by_role("uscc") is None


def test_the_two_scales_of_the_national_evaluation_are_both_kept() -> None:
    item = load("national-evaluation")
    assert item.version("2019").field("GJ_DJ").codes == ("优", "良", "中", "差")
    assert set(item.version("2026").field("GJ_DJ").codes) == {"A", "B", "C", "D", "优", "良", "中", "差"}


def test_an_entry_among_abnormal_operations_is_adverse_and_no_serious_dishonesty() -> None:
    version = load("abnormal-operations").latest
    assert version.effect is Effect.ADVERSE
    assert version.national_class != LISTS
    assert version.allowances == {"JY_LRWSH"}
