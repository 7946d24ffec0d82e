"""Whose record it is: a table of what is given, who is known, and the answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from xinheng.core.catalogue.item import Effect
from xinheng.core.names import Verdict
from xinheng.core.standards import uscc
from xinheng.core.subjects.resolution import Asked, Bearer, Dated, Means, resolve
from xinheng.core.subjects.subject import SubjectKind

DAY, EARLIER = dt.date(2020, 6, 1), dt.date(2015, 6, 1)
RENAMED = dt.date(2018, 1, 1)
CODE, OLD_CODE, OTHER_CODE = (
    uscc.complete(body) for body in ("91320500100000001", "91320500100000002", "91320500100000003")
)
NAME, OLD_NAME = "苏州金龙机械有限公司", "苏州华鑫机械厂"
FIRM = Bearer(
    1,
    SubjectKind.LEGAL_PERSON,
    (Dated(NAME, RENAMED), Dated(OLD_NAME, None, RENAMED)),
    (Dated(CODE, RENAMED), Dated(OLD_CODE, None, RENAMED)),
    region="320506",
)
BRANCH = Bearer(
    2, SubjectKind.UNINCORPORATED_ORGANIZATION, (Dated(NAME + "吴江分公司"),), (Dated(OTHER_CODE),), region="320509"
)
SHOP = Bearer(
    3, SubjectKind.INDIVIDUAL_BUSINESS, (Dated("苏州市吴中区金龙机械修理店"),), (Dated("92320500100000004X"),)
)
ADVERSE = Asked(NAME, "", DAY, Effect.ADVERSE, region="320500")
NEUTRAL = replace(ADVERSE, effect=Effect.NEUTRAL)


@pytest.mark.parametrize(
    ("asked", "holders", "namesakes", "verdict", "means", "subject"),
    [
        (replace(ADVERSE, code=CODE), [FIRM], [], "same", "code", 1),
        (replace(ADVERSE, code=CODE, name="蘇州市金龍機械有限責任公司"), [FIRM], [], "same", "code", 1),
        (replace(ADVERSE, code=CODE, name=OLD_NAME), [FIRM], [], "same", "code", 1),
        (replace(ADVERSE, code=CODE, name=""), [FIRM], [], "same", "code", 1),
        (replace(ADVERSE, code=CODE, name="苏州金龙食品有限公司"), [FIRM], [], "ask", "code", None),
        (replace(ADVERSE, code=CODE, name=NAME + "吴江分公司"), [FIRM], [BRANCH], "ask", "code", None),
        (replace(ADVERSE, code=OLD_CODE, name=OLD_NAME, decided_on=EARLIER), [FIRM], [], "same", "former-code", 1),
        (replace(ADVERSE, code=OLD_CODE, name=OLD_NAME), [FIRM], [], "ask", "former-code", None),
        (replace(ADVERSE, code=OTHER_CODE), [], [FIRM], "ask", "name", None),
        (replace(ADVERSE, code=OTHER_CODE), [], [], "different", "nothing", None),
        (replace(ADVERSE, code="91320500X"), [], [FIRM], "ask", "name", None),
        (ADVERSE, [], [FIRM], "ask", "name", None),
        (ADVERSE, [], [], "different", "nothing", None),
        (NEUTRAL, [], [FIRM], "same", "name", 1),
        (NEUTRAL, [], [FIRM, BRANCH], "same", "name", 1),
        (NEUTRAL, [], [FIRM, replace(FIRM, subject=9)], "ask", "name", None),
        (replace(NEUTRAL, name="苏州市金龙机械有限公司"), [], [FIRM], "ask", "name", None),
        (
            replace(NEUTRAL, name="苏州 金龙机械（有限公司）".replace("（", "").replace("）", "")),
            [],
            [FIRM],
            "same",
            "name",
            1,
        ),
        (replace(NEUTRAL, name=OLD_NAME), [], [FIRM], "ask", "name", None),
        (replace(NEUTRAL, name=OLD_NAME, decided_on=EARLIER), [], [FIRM], "same", "name", 1),
        (replace(NEUTRAL, name="苏州市吴中区金龙机械修理店"), [], [SHOP], "ask", "name", None),
        (replace(NEUTRAL, name="苏州吴中金龙机械修理店"), [], [SHOP], "different", "nothing", None),
    ],
)
def test_whose_record_it_is(
    asked: Asked, holders: list[Bearer], namesakes: list[Bearer], verdict: str, means: str, subject: int | None
) -> None:
    found = resolve(asked, holders=holders, namesakes=namesakes)
    assert (found.verdict.value, found.means.value, found.subject) == (verdict, means, subject)
    assert found.why.zh
    assert found.why.en


def test_a_mended_code_is_suggested_and_never_acted_on() -> None:
    found = resolve(replace(NEUTRAL, code=CODE[:-1] + ("2" if CODE[-1] != "2" else "3")), holders=[], mended=[FIRM])
    assert (found.verdict, found.means, found.subject) == (Verdict.ASK, Means.MENDED_CODE, None)
    assert [candidate.subject for candidate in found.candidates] == [1]


def test_candidates_come_with_what_speaks_for_them() -> None:
    elsewhere = Bearer(7, SubjectKind.LEGAL_PERSON, (Dated("苏州金龙机械设备有限公司"),), (), region="320100")
    found = resolve(replace(ADVERSE, name=OLD_NAME), holders=[], namesakes=[elsewhere, FIRM])
    assert [candidate.subject for candidate in found.candidates] == [1, 7]
    assert [text.zh for text in found.candidates[0].evidence] == ["作出决定之日不用该名称", "所在地市相同"]
    assert [text.zh for text in found.candidates[1].evidence] == ["所在地市不同"]


@pytest.mark.parametrize("effect", [Effect.ADVERSE])
@pytest.mark.parametrize("name", [NAME, OLD_NAME, "金龙", "苏州市金龙机械有限公司"])
def test_a_name_alone_attaches_no_adverse_record(effect: Effect, name: str) -> None:
    assert (
        resolve(replace(ADVERSE, name=name, effect=effect), holders=[], namesakes=[FIRM, BRANCH, SHOP]).subject is None
    )
