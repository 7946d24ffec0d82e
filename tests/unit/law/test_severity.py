from __future__ import annotations

import itertools
import operator

import pytest

from xinheng.core.law.severity import Domain, LegacyDegree, Procedure, Severity


@pytest.mark.parametrize("compare", [operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge])
def test_the_two_scales_cannot_be_compared(compare) -> None:
    for national, legacy in itertools.product(Severity, LegacyDegree):
        with pytest.raises(TypeError):
            compare(national, legacy)
        with pytest.raises(TypeError):
            compare(legacy, national)


def test_the_two_scales_cannot_meet_in_one_set() -> None:
    with pytest.raises(TypeError, match="never compare"):
        {Severity.SERIOUS, LegacyDegree.SERIOUS}  # noqa: B018


def test_within_a_scale_members_are_equal_to_themselves_only() -> None:
    for scale in (Severity, LegacyDegree):
        assert all((one == other) is (one is other) for one, other in itertools.product(scale, scale))
        assert len(set(scale)) == len(scale)


def test_a_scale_has_no_order() -> None:
    with pytest.raises(TypeError):
        operator.lt(Severity.MINOR, Severity.SERIOUS)


def test_the_stored_codes_of_the_two_scales_are_different() -> None:
    assert not {member.value for member in Severity} & {member.value for member in LegacyDegree}


def test_labels_are_those_of_the_two_vocabularies() -> None:
    assert [member.label for member in Severity] == ["轻微", "一般", "严重"]
    assert [member.label for member in LegacyDegree] == ["一般", "较重", "严重", "未定"]


@pytest.mark.parametrize("text", ["food", "食品", " food "])
def test_a_member_is_found_by_code_or_label(text: str) -> None:
    assert Domain.of(text) is Domain.FOOD


def test_an_unknown_member_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(ValueError, match=r"summary \(简易程序\), ordinary \(普通程序\)"):
        Procedure.of("快速程序")


def test_a_severity_is_not_a_text() -> None:
    assert Severity.SERIOUS != "serious"
    assert Severity("serious") is Severity.SERIOUS
