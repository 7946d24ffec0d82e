"""The terms that say how much may come, what may be empty, who is not taken yet, and where an item holds."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from xinheng.core.catalogue.check import check
from xinheng.core.catalogue.describe import described
from xinheng.core.catalogue.item import ItemVersion, Status
from xinheng.core.catalogue.load import define, load
from xinheng.core.catalogue.reading import shipped_text
from xinheng.core.catalogue.stub import check_reportable
from xinheng.core.catalogue.volume import bounds
from xinheng.core.errors import UnusableCall

CITED = {"basis": "某条例", "source": "made up for this test", "sure": "D"}
BECAUSE = {"because": "老证照无编号", "because_en": "old papers have no number", **CITED}


def penalty(**terms: Any) -> dict[str, Any]:
    definition: dict[str, Any] = yaml.safe_load(shipped_text("definitions", "administrative-penalty"))
    return definition | copy.deepcopy(terms)


def with_allowance(name: str, allowance: Any = BECAUSE) -> dict[str, Any]:
    definition = penalty()
    next(field for field in definition["fields"] if field["name"] == name)["allowance"] = allowance
    return definition


def defined(definition: dict[str, Any]) -> ItemVersion:
    return define(yaml.safe_dump(definition, allow_unicode=True)).latest


def codes(definition: dict[str, Any]) -> set[str]:
    return {problem.code for problem in check(yaml.safe_dump(definition, allow_unicode=True))}


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        (penalty(volume=CITED), "bounds-missing"),
        (penalty(volume={"most": 5, "fewest": 6, **CITED}), "bounds-order"),
        (penalty(volume={"most_percent": 50, "fewest_percent": 60, **CITED}), "bounds-order"),
        (penalty(volume={"most": 0, **CITED}), "wrong-kind"),
        (penalty(volume={"most": 5}), "missing-basis"),
        (penalty(volume={"most": 5, "colour": 1, **CITED}), "unknown-key"),
        (with_allowance("CF_NR_FK"), "misplaced-term"),
        (with_allowance("CF_WSH", CITED), "missing-because"),
        (with_allowance("CF_WSH", "yes"), "wrong-kind"),
        (penalty(status="soon"), "unknown-value"),
        (penalty(region="990000"), "unknown-region"),
        (penalty(retention={"years": 5, "from": "one-day", **CITED}), "unknown-value"),
    ],
)
def test_a_term_that_makes_no_sense_is_refused(definition: dict[str, Any], code: str) -> None:
    assert code in codes(definition)


def test_a_volume_is_defined_and_said_in_both_languages() -> None:
    version = defined(penalty(volume={"fewest": 10, "most_percent": 300, **CITED}))
    assert version.volume is not None
    assert (version.volume.fewest, version.volume.most, version.volume.most_percent) == (10, None, 300)
    assert bounds(version.volume).zh == "少于 10 行退回；多于上次的 300% 提示"
    assert bounds(version.volume).en == "fewer than 10 stop the file, more than 300 % of the last file are noted"


def test_an_allowance_keeps_its_reason_and_its_basis() -> None:
    version = defined(with_allowance("CF_WSH"))
    assert version.allowances == {"CF_WSH"}
    allowance = version.field("CF_WSH").allowance
    assert allowance is not None
    assert (allowance.because.zh, allowance.basis.instrument) == ("老证照无编号", "某条例")
    item = define(yaml.safe_dump(with_allowance("CF_WSH"), allow_unicode=True))
    field = next(each for each in described(item, item.latest)["fields"] if each["name"] == "CF_WSH")
    assert field["allowance"]["because_en"] == "old papers have no number"


def test_what_is_only_published_is_told_to_whoever_hands_it_in() -> None:
    version = defined(penalty(status="stub"))
    assert version.status is Status.STUB
    with pytest.raises(UnusableCall) as told:
        check_reportable(version)
    assert "暂不接收" in told.value.explanation.what.zh
    assert "行政处罚信息" in told.value.explanation.what.zh
    check_reportable(defined(penalty()))


def test_the_first_items_say_how_much_may_come() -> None:
    for name in ("administrative-penalty", "legal-entity-registration"):
        assert load(name).latest.volume is not None
