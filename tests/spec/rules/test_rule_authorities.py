"""V09: the deciding authority and the source agency carry right codes, normally of public bodies (11…, 12…)."""

from __future__ import annotations

import pytest
from tests.spec.rules.desk import OTHER_BODY, PUBLIC_BODY, STEEL_CODE, WRONG_INNER, Desk

DECIDED, SOURCE = "V09 CF_CFJGDM", "V09 CF_SJLYDM"

# cells                                      said                                          verdict
V09 = [
    ({"CF_CFJGDM": PUBLIC_BODY},             [],                                           "accepted"),
    ({"CF_CFJGDM": OTHER_BODY},              [],                                           "accepted"),
    ({"CF_CFJGDM": PUBLIC_BODY.lower()},     [],                                           "accepted"),
    ({"CF_CFJGDM": "11320100 MA1TE5T0X P"},  [],                                           "accepted"),
    ({"CF_CFJGDM": "11320100MA1TE5T0XQ"},    [f"{DECIDED} reject"],                        "rejected"),
    ({"CF_CFJGDM": "113201000000"},          [f"{DECIDED} reject"],                        "rejected"),
    ({"CF_CFJGDM": "无"},                     [f"{DECIDED} reject", "V11 CF_CFJGDM reject"], "rejected"),
    ({"CF_CFJGDM": None},                    ["S01 CF_CFJGDM reject"],                     "rejected"),
    ({"CF_CFJGDM": STEEL_CODE},              [f"{DECIDED} warn"],                          "accepted"),  # authorised bodies exist
    ({"CF_CFJGDM": WRONG_INNER},             [f"{DECIDED} warn"],                          "accepted"),
    ({"CF_SJLYDM": OTHER_BODY},              [f"{SOURCE} warn"],                           "accepted"),  # for another agency
    ({"CF_SJLYDM": STEEL_CODE},              [f"{SOURCE} warn", f"{SOURCE} warn"],         "accepted"),
    ({"CF_SJLYDM": "11320100MA1TE5T0XQ"},    [f"{SOURCE} reject"],                         "rejected"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "verdict"), V09)
def test_authorities_carry_right_codes(
    penalty: Desk, cells: dict[str, str | None], said: list[str], verdict: str
) -> None:
    judged = penalty.judge(cells)
    assert (judged.said, judged.verdict) == (said, verdict)


def test_the_registrar_of_a_registration_may_be_left_out_but_not_be_wrong(registration: Desk) -> None:
    assert registration.judge({"FR_DJJGDM": PUBLIC_BODY}).said == []
    assert registration.judge({"FR_DJJGDM": None}).said == []
    assert registration.judge({"FR_DJJGDM": "11320100MA1TE5T0XQ"}).said == ["V09 FR_DJJGDM reject"]
    assert registration.judge({"FR_SJLYDM": OTHER_BODY}).said == ["V09 FR_SJLYDM warn"]
