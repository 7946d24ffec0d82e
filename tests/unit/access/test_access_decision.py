"""Who may do what to whom: the whole table of roles, actions and targets; whatever is not allowed is refused, with reasons."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from xinheng.core.access import Action, Actor, Assignment, Role, Target, approval, decide
from xinheng.core.access.roles import ANYONE, PLATFORM
from xinheng.core.law.loading import LawDataError

OURS, THEIRS = "11320100MA1TE5T0XP", "12320100MA1TE5T0XL"
R, A = Role, Action
ROLES = (
    R.PUBLIC, R.DATA_CLERK, R.REVIEWER, R.DEPARTMENT_MANAGER, R.REGION_MANAGER, R.CENTRE_OPERATOR, R.SYSTEM_ADMINISTRATOR, R.SECURITY_ADMINISTRATOR, R.AUDIT_ADMINISTRATOR, R.REPRESENTATIVE, R.AGENT, R.PERSON, R.PLATFORM,
)  # fmt: skip
# for the whole province       pub   clerk  review    dept  region  centre  system   secur   audit    repr   agent  person   platf
TABLE = {
    A.SUBMIT:               "       -       +       -       +       -       +       -       -       -       -       -       -       -",
    A.VIEW_SUBMISSIONS:     "       -       +       +       +       +       +       -       -       +       -       -       -       -",
    A.VIEW_ISSUES:          "       -       +       +       +       +       +       -       -       -       -       -       -       -",
    A.WITHDRAW_RECORD:      "       -       +       -       +       -       +       -       -       -       -       -       -       -",
    A.MEND_RECORD:          "       -       +       -       +       -       +       -       -       -       -       -       -       -",
    A.APPROVE_CORRECTION:   "       -       -       +       +       -       +       -       -       -       -       -       -       -",
    A.VIEW_CORRECTIONS:     "       -       +       +       +       -       +       -       -       +       -       -       -       -",
    A.CONFIRM_SEVERITY:     "       -       +       +       +       -       +       -       -       -       -       -       -       -",
    A.VIEW_QUESTIONS:       "       -       +       +       +       +       +       -       -       -       -       -       -       -",
    A.VIEW_WORK:            "       -       +       +       +       +       +       -       -       -       -       -       -       -",
    A.DECLARE_ZERO:         "       -       +       -       +       -       +       -       -       -       -       -       -       -",
    A.RUN_COLLECTING:       "       -       -       -       -       -       +       -       -       -       -       -       -       +",
    A.VIEW_STOPS:           "       -       -       -       +       -       +       -       +       +       -       -       -       -",
    A.ASK_STOP:             "       -       -       -       +       -       +       -       -       -       -       -       -       -",
    A.CONFIRM_STOP:         "       -       -       -       -       -       +       -       +       -       -       -       -       -",
    A.ANSWER_QUESTION:      "       -       +       +       +       -       +       -       -       -       -       -       -       -",
    A.IMPORT_HISTORY:       "       -       -       -       -       -       +       -       -       -       -       -       -       -",
    A.LOAD_REGISTER:        "       -       -       -       -       -       +       -       -       -       -       -       -       -",
    A.RESOLVE_WAITING:      "       -       -       -       -       -       +       -       -       -       -       -       -       +",
    A.JUDGE:                "       -       -       +       +       -       +       -       -       -       -       -       -       -",
    A.CHANGE_SUBJECT:       "       -       -       -       -       -       +       -       -       -       -       -       -       -",
    A.VIEW_FILE:            "       -       +       +       +       +       +       -       -       +       -       -       -       -",
    A.VIEW_ENDED:           "       -       -       -       -       -       -       -       -       +       -       -       -       -",
    A.SCREEN:               "       -       +       +       +       +       +       -       -       -       -       -       -       -",
    A.VIEW_SCREENINGS:      "       -       +       +       +       +       +       -       -       +       -       -       -       -",
    A.TELL_WATCHES:         "       -       -       -       -       -       +       -       -       -       -       -       -       +",
    A.SEARCH:               "       -       +       +       +       +       +       -       -       -       -       -       -       -",
    A.SEARCH_PUBLIC:        "       +       +       +       +       +       +       +       +       +       +       +       +       -",
    A.VIEW_PUBLIC:          "       +       +       +       +       +       +       +       +       +       +       +       +       -",
    A.MANAGE_AGENCIES:      "       -       -       -       -       +       +       -       -       -       -       -       -       -",
    A.VIEW_AGENCIES:        "       -       +       +       +       +       +       -       +       +       -       -       -       -",
    A.GRANT_ITEM:           "       -       -       -       -       +       +       -       -       -       -       -       -       -",
    A.VIEW_DRAFTS:          "       -       +       +       +       +       +       -       -       +       -       -       -       -",
    A.DRAFT_CATALOGUE:      "       -       -       -       -       +       +       -       -       -       -       -       -       -",
    A.ANSWER_DRAFT:         "       -       -       -       +       -       +       -       -       -       -       -       -       -",
    A.SIGN_CATALOGUE:       "       -       -       -       -       +       +       -       -       -       -       -       -       -",
    A.MANAGE_ACCOUNTS:      "       -       -       -       -       +       +       +       -       -       -       -       -       -",
    A.VIEW_ACCOUNTS:        "       -       -       -       +       +       +       +       +       +       -       -       -       -",
    A.ASSIGN_ROLE:          "       -       -       -       -       +       +       -       +       -       -       -       -       -",
    A.DELEGATE:             "       -       +       +       +       +       +       +       +       +       -       -       -       -",
    A.OWN_MESSAGES:         "       -       +       +       +       +       +       +       +       +       +       +       -       -",
    A.ISSUE_SECRET:         "       -       -       -       -       -       -       -       +       -       -       -       -       -",
    A.MANAGE_SERVICES:      "       -       -       -       -       -       +       -       -       -       -       -       -       -",
    A.MAINTAIN_LAKE:        "       -       -       -       -       -       +       +       -       -       -       -       -       +",
    A.MANAGE_DELIVERIES:    "       -       -       -       -       -       +       -       -       -       -       -       -       -",
    A.VIEW_OWN_FILE:        "       -       -       -       -       -       -       -       -       -       +       +       -       -",
    A.GRANT_AGENT:          "       -       -       -       -       -       -       -       -       -       +       -       -       -",
    A.ACCEPT_REPRESENTATIVE:"       -       -       -       -       -       +       -       -       -       -       -       -       -",
    A.VIEW_JOBS:            "       -       -       -       -       -       +       +       -       +       -       -       -       -",
    A.VIEW_PERSON:          "       -       -       -       +       -       +       -       -       -       -       -       +       -",
    A.MANAGE_KEYS:          "       -       -       -       -       -       -       -       +       -       -       -       -       +",
    A.RUN_RETENTION:        "       -       -       -       -       -       +       -       -       -       -       -       -       +",
    A.MANAGE_JOBS:          "       -       -       -       -       -       +       +       -       -       -       -       -       -",
    A.ISSUE_LETTER:         "       -       -       -       -       -       -       -       +       -       -       -       -       -",
    A.LINK_IDENTITY:        "       -       -       -       -       -       -       -       +       -       -       -       -       -",
    A.VIEW_SIGN_INS:        "       -       -       -       -       -       -       -       +       +       -       -       -       -",
}  # fmt: skip
CELLS = [
    (role, action, sign == "+")
    for action, line in TABLE.items()
    for role, sign in zip(ROLES, line.split(), strict=True)
]
ANY_TARGET = Target(agency=OURS, region="320100", item="administrative-penalty", statutory="own-request")
OF_ONESELF = {R.REPRESENTATIVE: {"subject": OURS}, R.AGENT: {"subject": OURS}, R.PERSON: {"of_person": 7}}

OF_ONES_ACCOUNT = {A.OWN_MESSAGES: {"person": "someone"}}


def test_the_table_is_complete() -> None:
    assert set(ROLES) == set(Role)
    assert set(TABLE) == set(Action)


@pytest.mark.parametrize(("role", "action", "allowed"), CELLS, ids=lambda value: getattr(value, "value", str(value)))
def test_a_role_may_do_what_the_table_says(role: Role, action: Action, allowed: bool) -> None:
    whose = OF_ONESELF.get(role, {})
    held = replace(Assignment(role), **whose)  # type: ignore[arg-type]
    target = replace(ANY_TARGET, **whose, **OF_ONES_ACCOUNT.get(action, {}))  # type: ignore[arg-type]
    decision = decide(Actor("someone", (held,)), action, target)
    assert decision.allowed is allowed
    assert decision.reasons
    assert all(reason.zh and reason.en for reason in decision.reasons)


@pytest.mark.parametrize("action", list(Action))
def test_who_holds_no_role_may_do_nothing(action: Action) -> None:
    assert not decide(Actor("nobody", ()), action, ANY_TARGET).allowed
    assert not decide(Actor("nobody", ()), action, Target()).allowed


# assignment                                          action              target                                      allowed
REACH = [
    (Assignment(R.DATA_CLERK, OURS),                  A.SUBMIT,           Target(OURS, "320100", "i"),                True),
    (Assignment(R.DATA_CLERK, OURS),                  A.SUBMIT,           Target(THEIRS, "320100", "i"),              False),
    (Assignment(R.DATA_CLERK, OURS),                  A.SUBMIT,           Target(OURS, "320100", "i", granted=False), False),
    (Assignment(R.CENTRE_OPERATOR),                   A.SUBMIT,           Target(OURS, "320100", "i", granted=False), False),
    (Assignment(R.DATA_CLERK, OURS),                  A.SUBMIT,           Target(),                                   False),
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.WITHDRAW_RECORD,  Target(OURS),                               True),
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.WITHDRAW_RECORD,  Target(THEIRS),                             False),
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.WITHDRAW_RECORD,  Target(),                                   False),
    (Assignment(R.DATA_CLERK, OURS),                  A.CONFIRM_SEVERITY, Target(OURS),                               True),
    (Assignment(R.DATA_CLERK, OURS),                  A.CONFIRM_SEVERITY, Target(THEIRS),                             False),
    (Assignment(R.DATA_CLERK, OURS),                  A.VIEW_ISSUES,      Target(THEIRS, "320100"),                   False),
    (Assignment(R.DATA_CLERK, OURS),                  A.VIEW_SUBMISSIONS, Target(),                                   True),  # its own
    (Assignment(R.DATA_CLERK, OURS),                  A.VIEW_QUESTIONS,   Target(),                                   True),  # its own
    (Assignment(R.DATA_CLERK, OURS),                  A.ANSWER_QUESTION,  Target(OURS, "320100"),                     True),
    (Assignment(R.DATA_CLERK, OURS),                  A.ANSWER_QUESTION,  Target(THEIRS, "320100"),                   False),
    (Assignment(R.REVIEWER, OURS),                    A.JUDGE,            Target(OURS, "320100"),                     True),
    (Assignment(R.REVIEWER, OURS),                    A.JUDGE,            Target(THEIRS, "320100"),                   False),
    (Assignment(R.REVIEWER, OURS),                    A.JUDGE,            Target(),                                   False),
    (Assignment(R.DATA_CLERK, OURS),                  A.VIEW_WORK,        Target(),                                   True),  # its own
    (Assignment(R.DATA_CLERK, OURS),                  A.DECLARE_ZERO,     Target(OURS, "320100"),                     True),
    (Assignment(R.DATA_CLERK, OURS),                  A.DECLARE_ZERO,     Target(THEIRS, "320100"),                   False),
    (Assignment(R.DATA_CLERK, OURS),                  A.DECLARE_ZERO,     Target(),                                   False),
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.ASK_STOP,         Target(OURS),                               True),
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.ASK_STOP,         Target(THEIRS),                             False),
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.ASK_STOP,         Target(),                                   False),  # an item, the portal
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.VIEW_STOPS,       Target(),                                   True),  # its own
    (Assignment(R.CENTRE_OPERATOR),                   A.CONFIRM_STOP,     Target(),                                   True),
    (Assignment(R.SECURITY_ADMINISTRATOR),            A.CONFIRM_STOP,     Target(THEIRS),                             True),
    (Assignment(R.SECURITY_ADMINISTRATOR),            A.ASK_STOP,         Target(),                                   False),
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.VIEW_DRAFTS,      Target(),                                   True),  # its own
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.ANSWER_DRAFT,     Target(OURS),                               True),
    (Assignment(R.DEPARTMENT_MANAGER, OURS),          A.ANSWER_DRAFT,     Target(THEIRS),                             False),
    (Assignment(R.REGION_MANAGER, region="320100"),   A.DRAFT_CATALOGUE,  Target(region="320100"),                    True),
    (Assignment(R.REGION_MANAGER, region="320100"),   A.DRAFT_CATALOGUE,  Target(),                                   False),  # the province's
    (Assignment(R.REGION_MANAGER, region="320100"),   A.SIGN_CATALOGUE,   Target(region="320500"),                    False),
    (Assignment(R.CENTRE_OPERATOR),                   A.SIGN_CATALOGUE,   Target(),                                   True),
    (Assignment(R.DATA_CLERK, OURS),                  A.VIEW_FILE,        Target(),                                   True),
    (Assignment(R.DATA_CLERK, OURS),                  A.SEARCH,           Target(),                                   True),
    (Assignment(R.REGION_MANAGER, region="320100"),   A.VIEW_FILE,        Target(),                                   True),
    (Assignment(R.REGION_MANAGER, region="320100"),   A.SEARCH,           Target(),                                   True),
    (Assignment(R.REGION_MANAGER, region="320100"),   A.VIEW_SUBMISSIONS, Target(),                                   True),  # those of its region
    (Assignment(R.REGION_MANAGER, region="320100"),   A.VIEW_SUBMISSIONS, Target(OURS, "320106"),                     True),
    (Assignment(R.REGION_MANAGER, region="320100"),   A.VIEW_SUBMISSIONS, Target(OURS, "320200"),                     False),
    (Assignment(R.REGION_MANAGER, region="320100"),   A.VIEW_SUBMISSIONS, Target(OURS, ""),                           False),
    (Assignment(R.REGION_MANAGER, region="3201"),     A.VIEW_ISSUES,      Target(OURS, "320106"),                     True),
    (Assignment(R.REGION_MANAGER, region="320000"),   A.VIEW_ISSUES,      Target(OURS, "321302"),                     True),
    (Assignment(R.REGION_MANAGER, region="320000"),   A.VIEW_ISSUES,      Target(OURS, "330100"),                     False),
    (Assignment(R.REGION_MANAGER, region="321000"),   A.VIEW_ISSUES,      Target(OURS, "321003"),                     True),
    (Assignment(R.REGION_MANAGER, region="321000"),   A.VIEW_ISSUES,      Target(OURS, "321100"),                     False),  # 扬州 is not 镇江
    (Assignment(R.REGION_MANAGER, region="321000"),   A.VIEW_ISSUES,      Target(OURS, "321302"),                     False),
    (Assignment(R.REGION_MANAGER, region="330110"),   A.VIEW_ISSUES,      Target(OURS, "330111"),                     False),  # a county ending in 0
    (Assignment(R.REGION_MANAGER, region="330110"),   A.VIEW_ISSUES,      Target(OURS, "330110"),                     True),
    (Assignment(R.DATA_CLERK, OURS, "320100"),        A.SUBMIT,           Target(OURS, "320100"),                     True),
    (Assignment(R.DATA_CLERK, OURS, "320100"),        A.SUBMIT,           Target(OURS, "320200"),                     False),
    (Assignment(R.REPRESENTATIVE, subject=OURS),      A.VIEW_OWN_FILE,    Target(subject=OURS),                       True),
    (Assignment(R.REPRESENTATIVE, subject=OURS),      A.VIEW_OWN_FILE,    Target(subject=THEIRS),                     False),
    (Assignment(R.REPRESENTATIVE, subject=OURS),      A.VIEW_OWN_FILE,    Target(),                                   False),
    (Assignment(R.REPRESENTATIVE, subject=OURS),      A.VIEW_FILE,        Target(),                                   False),
    (Assignment(R.REPRESENTATIVE),                    A.VIEW_OWN_FILE,    Target(),                                   False),  # of nobody
    (Assignment(R.AGENT, subject=OURS),               A.GRANT_AGENT,      Target(subject=OURS),                       False),
    (Assignment(R.REVIEWER, OURS),                    A.APPROVE_CORRECTION, Target(OURS),                             True),
    (Assignment(R.REVIEWER, OURS),                    A.APPROVE_CORRECTION, Target(THEIRS),                           False),
    (Assignment(R.CENTRE_OPERATOR),                   A.APPROVE_CORRECTION, Target(OURS, asked_by=frozenset({"another"})), True),
    (Assignment(R.CENTRE_OPERATOR),                   A.APPROVE_CORRECTION, Target(OURS, asked_by=frozenset({"someone"})), False),
    (Assignment(R.REVIEWER, OURS), A.APPROVE_CORRECTION, Target(OURS, asked_by=frozenset({"li"}), standing_in=frozenset({"li"})), False),
    (Assignment(R.DATA_CLERK, OURS),                  A.VIEW_CORRECTIONS, Target(),                                   True),  # its own
    (Assignment(R.DATA_CLERK, OURS),                  A.SCREEN,           Target(OURS, "320100"),                     True),
    (Assignment(R.DATA_CLERK, OURS),                  A.SCREEN,           Target(THEIRS, "320100"),                   False),
    (Assignment(R.DATA_CLERK, OURS),                  A.SCREEN,           Target(),                                   False),  # the centre's own
    (Assignment(R.DATA_CLERK, OURS),                  A.VIEW_SCREENINGS,  Target(),                                   True),  # its own
    (Assignment(R.REGION_MANAGER, region="320100"),   A.SCREEN,           Target(OURS, "320200"),                     False),
    (Assignment(R.DATA_CLERK, OURS),                  A.OWN_MESSAGES,     Target(person="someone"),                   True),
    (Assignment(R.CENTRE_OPERATOR),                   A.OWN_MESSAGES,     Target(person="another"),                   False),
    (Assignment(R.CENTRE_OPERATOR),                   A.OWN_MESSAGES,     Target(),                                   False),
    (Assignment(R.AGENT, subject=OURS),               A.OWN_MESSAGES,     Target(person="another"),                   False),
    (Assignment(R.CENTRE_OPERATOR, OURS),             A.LOAD_REGISTER,    Target(),                                   False),
    (Assignment(R.CENTRE_OPERATOR),                   A.LOAD_REGISTER,    Target(),                                   True),
]  # fmt: skip


@pytest.mark.parametrize(("held", "action", "target", "allowed"), REACH)
def test_a_role_reaches_its_own_agency_and_region(
    held: Assignment, action: Action, target: Target, allowed: bool
) -> None:
    assert decide(Actor("someone", (held,)), action, target).allowed is allowed


def test_one_of_several_roles_is_enough() -> None:
    both = Actor("someone", (Assignment(R.DATA_CLERK, THEIRS), Assignment(R.DATA_CLERK, OURS)))
    assert decide(both, A.SUBMIT, Target(OURS, "320100", "i")).allowed


def test_the_public_and_the_platform_are_actors_like_any_other() -> None:
    assert decide(ANYONE, A.SEARCH_PUBLIC, Target()).allowed
    assert not decide(ANYONE, A.VIEW_FILE, Target()).allowed
    assert decide(PLATFORM, A.RESOLVE_WAITING, Target()).allowed
    assert not decide(PLATFORM, A.SUBMIT, ANY_TARGET).allowed


def test_refusals_say_what_is_missing() -> None:
    clerk = Actor("li", (Assignment(R.DATA_CLERK, OURS),))
    [role] = decide(clerk, A.LOAD_REGISTER, Target()).reasons
    assert (role.zh, role.en) == (
        "用户 li（角色：data-clerk）无权进行「load-register」",
        "user li (roles: data-clerk) may not load-register",
    )
    [reach] = decide(clerk, A.SUBMIT, Target(THEIRS)).reasons
    assert (reach.zh, reach.en) == ("该单位或地区不在您的职责范围内", "the agency or region is outside your remit")
    [grant] = decide(clerk, A.SUBMIT, Target(OURS, item="i", granted=False)).reasons
    assert grant.en == f"agency {OURS} has no grant to hand in i"


def test_who_may_approve_is_as_it_was_on_the_day() -> None:
    value = "{from: %s, basis: 某法 第一条, source: text, sure: D, approvers: [%s], working_days: 3}"
    early, late = approval.read(
        f"values: [{value % ('2020-01-01', 'reviewer')}, {value % ('2026-01-01', 'centre-operator')}]"
    )
    assert (early.approvers, late.approvers) == ({R.REVIEWER}, {R.CENTRE_OPERATOR})
    assert approval.approval_on(dt.date(2010, 1, 1)) == approval.approval_on(dt.date(2026, 1, 1))
    for broken in (
        "values: []",
        f"values: [{value % ('2020-01-01', '')}]",
        f"values: [{(value % ('2020-01-01', 'reviewer')).replace('某法 第一条', '')}]",
    ):
        with pytest.raises(LawDataError):
            approval.read(broken)


def test_an_approver_whose_role_is_no_longer_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewer = Actor("someone", (Assignment(R.REVIEWER, OURS),), on=dt.date(2026, 3, 1))
    assert decide(reviewer, A.APPROVE_CORRECTION, Target(OURS)).allowed
    nobody = replace(approval.approval_on(dt.date(2026, 3, 1)), approvers=frozenset({R.CENTRE_OPERATOR}))
    monkeypatch.setattr("xinheng.core.access.decision.approval_on", lambda day: nobody)
    assert not decide(reviewer, A.APPROVE_CORRECTION, Target(OURS)).allowed
