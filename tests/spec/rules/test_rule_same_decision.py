"""V10: one decision on one party is one record. Decided while writing, from the revisions that stand in the ledger already."""

from __future__ import annotations

import pytest

from xinheng.core.catalogue.load import load
from xinheng.core.intake.rules import checks_for, rule_named
from xinheng.core.intake.rules.duplicates import EXPECTED, OTHER_AGENCY, TWICE
from xinheng.core.ledger.identity import Fate, Standing, fate

US, THEM = "11320100MA1TE5T0XP", "12320100MA1TE5T0XL"
THIS, EARLIER = 8, 7  # submissions

# what stands already                                            says        becomes
V10 = [
    ([],                                                         "警告",      Fate.NEW),
    ([Standing(0, "罚款", EARLIER, US, visible=True)],             "罚款",      Fate.UNCHANGED),
    ([Standing(0, "罚款", EARLIER, US, visible=True)],             "警告",      Fate.CORRECTED),
    ([Standing(0, "罚款", EARLIER, THEM, visible=True)],           "罚款",      Fate.UNCHANGED),  # whoever passes it on
    ([Standing(0, "罚款", EARLIER, THEM, visible=True)],           "警告",      Fate.OTHER_AGENCY),
    ([Standing(0, "罚款", THIS, US, visible=False)],               "罚款",      Fate.UNCHANGED),  # twice in one file
    ([Standing(0, "罚款", THIS, US, visible=False)],               "警告",      Fate.TWICE),
    ([Standing(0, "罚款", EARLIER, US, True, sighted=True)],       "罚款",      Fate.UNCHANGED),  # said in an earlier row
    ([Standing(0, "罚款", EARLIER, US, True, sighted=True)],       "警告",      Fate.TWICE),
    ([Standing(0, "罚款", EARLIER, US, visible=False)],            "警告",      Fate.NEW),  # not committed: it may vanish
]  # fmt: skip


@pytest.mark.parametrize(("standing", "says", "becomes"), V10)
def test_one_decision_is_one_record(standing: list[Standing], says: str, becomes: Fate) -> None:
    assert fate(tuple(standing), digest=says, submission=THIS, agency=US) == (becomes, len(standing))


def test_the_rule_is_known_though_no_single_row_breaks_it() -> None:
    assert rule_named("V10").code == "V10"
    assert not [check for check in checks_for(load("administrative-penalty").latest) if check.code == "V10"]
    assert all(text.zh and text.en for text in (EXPECTED, TWICE, OTHER_AGENCY))
