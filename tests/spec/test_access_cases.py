"""Who reaches whom: two cities, a county and a zone in one of them, two departments in each, written out as a table.

南京 320100 with 江北新区 320100-JBNA; 苏州 320500 with 姑苏区 320508, 昆山市 320583 and 苏州工业园区 320500-SIP.
"""

from __future__ import annotations

import datetime as dt

import pytest

from xinheng.core.access import Action, Actor, Assignment, Matter, Purpose, Role, Target, decide
from xinheng.core.catalogue.item import Openness

TODAY, APRIL_2020 = dt.date(2026, 3, 2), dt.date(2020, 4, 1)
A, R = Action, Role
MARKET_SZ, TAX_SZ, MARKET_NJ, PARK, OFFICE = "SZ-MARKET", "SZ-TAX", "NJ-MARKET", "SZ-PARK", "JS-MARKET"
WHERE = {MARKET_SZ: "320500", TAX_SZ: "320500", MARKET_NJ: "320100", PARK: "320500-SIP", OFFICE: "320000"}
CLERK = Assignment(R.DATA_CLERK, MARKET_SZ)
REVIEWER = Assignment(R.REVIEWER, MARKET_SZ)
SUZHOU, KUNSHAN = Assignment(R.REGION_MANAGER, region="320500"), Assignment(R.REGION_MANAGER, region="320583")
ZONE, NANJING = Assignment(R.REGION_MANAGER, region="320500-SIP"), Assignment(R.REGION_MANAGER, region="320100")
CENTRE, SECURITY = Assignment(R.CENTRE_OPERATOR), Assignment(R.SECURITY_ADMINISTRATOR)
CITY_SECURITY = Assignment(R.SECURITY_ADMINISTRATOR, region="320500")
SYSTEM = Assignment(R.SYSTEM_ADMINISTRATOR)
DUTY, CONSENT = Matter(Purpose.DUTY, "权力编码 0100"), Matter(Purpose.AUTHORIZATION, "授权书 7")
CASE = Matter(Purpose.INVESTIGATION, "案件 3")
SHARED, ASKED, OPEN = Openness.GOVERNMENT_SHARING, Openness.AUTHORIZED_INQUIRY, Openness.PUBLIC


def of(agency: str, **more: object) -> Target:
    return Target(agency=agency, region=WHERE[agency], **more)  # type: ignore[arg-type]


# who holds      does what            to whom                                                       yes or no
CASES = [
    # a clerk reaches its own agency, and no other of the same city
    (CLERK,         A.SUBMIT,            of(MARKET_SZ, item="i"),                                      True),
    (CLERK,         A.SUBMIT,            of(TAX_SZ, item="i"),                                         False),
    (CLERK,         A.SUBMIT,            of(MARKET_NJ, item="i"),                                      False),
    (CLERK,         A.SUBMIT,            of(OFFICE, item="i"),                                         False),
    (CLERK,         A.VIEW_ISSUES,       of(TAX_SZ),                                                   False),
    (CLERK,         A.VIEW_SUBMISSIONS,  of(PARK),                                                     False),
    (REVIEWER,      A.VIEW_ISSUES,       of(MARKET_SZ),                                                True),
    (REVIEWER,      A.VIEW_ISSUES,       of(TAX_SZ),                                                   False),
    (REVIEWER,      A.SUBMIT,            of(MARKET_SZ),                                                False),
    # a city reaches its counties and its zones; these reach neither the city nor each other
    (SUZHOU,        A.VIEW_SUBMISSIONS,  of(MARKET_SZ),                                                True),
    (SUZHOU,        A.VIEW_SUBMISSIONS,  of(PARK),                                                     True),
    (SUZHOU,        A.VIEW_SUBMISSIONS,  Target(region="320583"),                                      True),
    (SUZHOU,        A.VIEW_SUBMISSIONS,  of(MARKET_NJ),                                                False),
    (SUZHOU,        A.VIEW_SUBMISSIONS,  of(OFFICE),                                                   False),
    (SUZHOU,        A.VIEW_SUBMISSIONS,  Target(region="320100-JBNA"),                                 False),
    (KUNSHAN,       A.VIEW_SUBMISSIONS,  of(PARK),                                                     False),
    (KUNSHAN,       A.VIEW_SUBMISSIONS,  of(MARKET_SZ),                                                False),
    (ZONE,          A.VIEW_SUBMISSIONS,  of(PARK),                                                     True),
    (ZONE,          A.VIEW_SUBMISSIONS,  of(MARKET_SZ),                                                False),
    (ZONE,          A.VIEW_SUBMISSIONS,  Target(region="320500-SIPX"),                                 False),
    (CENTRE,        A.VIEW_SUBMISSIONS,  of(PARK),                                                     True),
    # agencies: a city makes its own known, and grants its own supplementary items
    (SUZHOU,        A.MANAGE_AGENCIES,   of(PARK),                                                     True),
    (SUZHOU,        A.MANAGE_AGENCIES,   of(MARKET_NJ),                                                False),
    (SUZHOU,        A.MANAGE_AGENCIES,   Target(agency="NEW"),                                         False),
    (SUZHOU,        A.GRANT_ITEM,        of(MARKET_SZ, item="s", item_region="320500"),                True),
    (SUZHOU,        A.GRANT_ITEM,        of(MARKET_SZ, item="i"),                                      False),
    (SUZHOU,        A.GRANT_ITEM,        of(MARKET_SZ, item="n", item_region="320100"),                False),
    (SUZHOU,        A.GRANT_ITEM,        of(MARKET_NJ, item="s", item_region="320500"),                False),
    (KUNSHAN,       A.GRANT_ITEM,        Target("K", "320583", "s", item_region="320500"),             False),
    (CENTRE,        A.GRANT_ITEM,        of(MARKET_NJ, item="i"),                                      True),
    # accounts: in one's own region, of lower rank, never one's own
    (SUZHOU,        A.ASSIGN_ROLE,       of(PARK, role=R.DATA_CLERK, person="li"),                     True),
    (SUZHOU,        A.ASSIGN_ROLE,       of(MARKET_NJ, role=R.DATA_CLERK, person="li"),                False),
    (SUZHOU,        A.ASSIGN_ROLE,       Target(region="320583", role=R.REGION_MANAGER, person="li"),  True),
    (SUZHOU,        A.ASSIGN_ROLE,       Target(region="320500-SIP", role=R.REGION_MANAGER, person="li"), True),
    (SUZHOU,        A.ASSIGN_ROLE,       Target(region="320500", role=R.REGION_MANAGER, person="li"),  False),
    (SUZHOU,        A.ASSIGN_ROLE,       Target(region="320000", role=R.REGION_MANAGER, person="li"),  False),
    (SUZHOU,        A.ASSIGN_ROLE,       Target(region="320500", role=R.SECURITY_ADMINISTRATOR, person="li"), False),
    (SUZHOU,        A.ASSIGN_ROLE,       Target(role=R.CENTRE_OPERATOR, person="li"),                  False),
    (SUZHOU,        A.ASSIGN_ROLE,       of(MARKET_SZ, role=R.DATA_CLERK, person="me"),                False),
    (SUZHOU,        A.MANAGE_ACCOUNTS,   of(MARKET_SZ, person="me"),                                   False),
    (SUZHOU,        A.ISSUE_SECRET,      of(MARKET_SZ, person="li"),                                   False),
    (CENTRE,        A.ASSIGN_ROLE,       Target(region="320500", role=R.REGION_MANAGER, person="li"),  True),
    (CENTRE,        A.ASSIGN_ROLE,       Target(role=R.CENTRE_OPERATOR, person="li"),                  False),
    (CENTRE,        A.ASSIGN_ROLE,       Target(role=R.SYSTEM_ADMINISTRATOR, person="li"),             False),
    (CENTRE,        A.ISSUE_SECRET,      of(MARKET_SZ, person="li"),                                   False),
    (SYSTEM,        A.MANAGE_ACCOUNTS,   Target(person="li"),                                          True),
    (SYSTEM,        A.ASSIGN_ROLE,       of(MARKET_SZ, role=R.DATA_CLERK, person="li"),                False),
    (SECURITY,      A.ASSIGN_ROLE,       Target(role=R.AUDIT_ADMINISTRATOR, person="li"),              True),
    (SECURITY,      A.ASSIGN_ROLE,       Target(role=R.AUDIT_ADMINISTRATOR, person="me"),              False),
    (SECURITY,      A.ASSIGN_ROLE,       Target(role=R.PLATFORM, person="li"),                         False),
    (SECURITY,      A.ISSUE_SECRET,      of(MARKET_NJ, person="li"),                                   True),
    (SECURITY,      A.ISSUE_SECRET,      Target(person="me"),                                          False),
    (SECURITY,      A.VIEW_SUBMISSIONS,  of(MARKET_SZ),                                                False),
    (CITY_SECURITY, A.ISSUE_SECRET,      of(MARKET_SZ, person="li"),                                   True),
    (CITY_SECURITY, A.ISSUE_SECRET,      of(MARKET_NJ, person="li"),                                   False),
    (CITY_SECURITY, A.ASSIGN_ROLE,       Target(role=R.CENTRE_OPERATOR, person="li"),                  False),
    # openness and matter: what is not public is shown for a matter that fits its class; one's own records need none
    (CLERK,         A.VIEW_FILE,         Target(openness=OPEN),                                        True),
    (CLERK,         A.VIEW_FILE,         Target(openness=SHARED),                                      False),
    (CLERK,         A.VIEW_FILE,         Target(openness=SHARED, matter=DUTY),                         True),
    (CLERK,         A.VIEW_FILE,         Target(openness=SHARED, matter=Matter(Purpose.DUTY, " ")),    False),
    (CLERK,         A.VIEW_FILE,         Target(openness=SHARED, matter=CONSENT),                      False),
    (CLERK,         A.VIEW_FILE,         Target(openness=ASKED, matter=DUTY),                          False),
    (CLERK,         A.VIEW_FILE,         Target(openness=ASKED, matter=CONSENT),                       True),
    (CLERK,         A.VIEW_FILE,         Target(openness=ASKED, matter=CASE),                          True),
    (CLERK,         A.VIEW_FILE,         Target(openness=ASKED, source=MARKET_SZ),                     True),
    (CLERK,         A.VIEW_FILE,         Target(openness=ASKED, source=TAX_SZ),                        False),
    (CENTRE,        A.VIEW_FILE,         Target(openness=SHARED),                                      False),
    (CENTRE,        A.VIEW_PUBLIC,       Target(openness=SHARED, matter=DUTY),                         False),
    (CENTRE,        A.VIEW_PUBLIC,       Target(openness=OPEN),                                        True),
]  # fmt: skip


@pytest.mark.parametrize(("held", "action", "target", "allowed"), CASES)
def test_a_role_reaches_as_far_as_the_table_says(
    held: Assignment, action: Action, target: Target, allowed: bool
) -> None:
    decision = decide(Actor("me", (held,), on=TODAY), action, target)
    assert decision.allowed is allowed
    assert all(reason.zh and reason.en for reason in decision.reasons)


# 海门市 320684 and 港闸区 320611 went into districts of 南通 in July 2020
DATED = [
    ("320684", "320684", APRIL_2020, True),
    ("320614", "320684", TODAY,      True),   # 海门区 has what 海门市 had
    ("320684", "320614", TODAY,      True),
    ("320602", "320611", APRIL_2020, False),  # 崇川 and 港闸 were two
    ("320613", "320611", TODAY,      True),   # and are one
    ("320602", "320611", TODAY,      True),
    ("320600", "320684", TODAY,      True),
    ("320500", "320684", TODAY,      False),
]  # fmt: skip


@pytest.mark.parametrize(("manages", "region", "on", "allowed"), DATED)
def test_a_region_goes_by_the_code_of_the_day(manages: str, region: str, on: dt.date, allowed: bool) -> None:
    actor = Actor("me", (Assignment(R.REGION_MANAGER, region=manages),), on=on)
    assert decide(actor, A.VIEW_SUBMISSIONS, Target("X", region)).allowed is allowed


def test_who_stands_in_has_the_roles_of_the_other_and_deals_with_the_accounts_of_neither() -> None:
    actor = Actor("me", (SUZHOU,), on_behalf_of="wang", on=TODAY)
    decision = decide(actor, A.VIEW_SUBMISSIONS, of(PARK))
    assert decision.allowed
    assert decision.reasons[0].en == "role: region-manager, for wang"
    for person in ("me", "wang"):
        assert not decide(actor, A.ASSIGN_ROLE, of(PARK, role=R.DATA_CLERK, person=person)).allowed


def test_refusals_say_what_would_be_needed() -> None:
    clerk = Actor("me", (CLERK,), on=TODAY)
    [matter] = decide(clerk, A.VIEW_FILE, Target(openness=ASKED)).reasons
    assert matter.zh == "授权查询信息须注明查询事由（信用主体授权、依法调查）及其编号"
    [item] = decide(Actor("me", (SUZHOU,)), A.GRANT_ITEM, of(MARKET_SZ, item="i")).reasons
    assert "centre" in item.en
    [oneself] = decide(Actor("me", (SUZHOU,)), A.MANAGE_ACCOUNTS, of(MARKET_SZ, person="me")).reasons
    assert oneself.zh == "不能办理本人的账号和角色"
