"""Accounts: one secret each and no default password, roles within one's region, what is apart stays apart, somebody takes over, and it ends."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from xinheng.core.access import Action, Actor, Assignment, Role, Target, decide
from xinheng.core.errors import Missing, Refused, UnusableCall, UnusableFile
from xinheng.core.sample.agencies import AGENCIES

from ..office import Office
from ..sheets import PENALTY, TODAY, csv_bytes

AT = Office.at(TODAY)
TOMORROW, NEXT_WEEK = TODAY + dt.timedelta(days=1), TODAY + dt.timedelta(days=7)
BY_REGION = {region: [one for one in AGENCIES if one.region == region][:2] for region in ("320500", "320100")}
MARKET, ECOLOGY = (one.uscc for one in BY_REGION["320500"])
NANJING = BY_REGION["320100"][0].uscc
SUZHOU = Actor("sz", (Assignment(Role.REGION_MANAGER, region="320500"),), on=TODAY)
SECURITY = Actor("security-administrator", (Assignment(Role.SECURITY_ADMINISTRATOR),), on=TODAY)
COLUMNS = ["name", "display_name", "role", "agency", "region"]


def wanted(role: Role, agency: str = "", region: str = "") -> Any:
    from xinheng.usecases.accounts.roles import Wanted

    return Wanted(role, agency, region)


def add(name: str, role: Any, *, actor: Actor) -> None:
    from xinheng.usecases.accounts.opening import Entry, add_account

    add_account(Entry(name, f"测试员 {name}", role), actor=actor, at=AT, on=TODAY)


def load(rows: list[dict[str, str]], *, actor: Actor) -> int:
    from xinheng.usecases.accounts.opening import account_rows, load_accounts

    content = csv_bytes(rows, COLUMNS)
    return load_accounts(
        account_rows(io.BytesIO(content), name="a.csv", size=len(content)), actor=actor, at=AT, on=TODAY
    )


def acting(name: str, *, on: dt.date = TODAY, on_behalf_of: str = "") -> Actor:
    from xinheng.usecases.users import actor_named

    return actor_named(name, on=on, on_behalf_of=on_behalf_of)


def listed(actor: Actor) -> dict[str, list[str]]:
    from xinheng.usecases.accounts.views import list_accounts

    found = list_accounts(actor=actor, at=AT, on=TODAY)
    return {one.name: [held.role for held in one.roles] for one in found}


@pytest.fixture
def cities(office: Office) -> Office:
    """Two cities with two departments each, made known by the centre; two clerks of one department, one of another city."""
    from xinheng.usecases.agencies import add_agency

    for region, agencies in BY_REGION.items():
        for one in agencies:
            add_agency(one.uscc, one.name, region_code=region, items=(), actor=office.operator, at=AT, on=TODAY)
    for name, agency in (("li", MARKET), ("wang", MARKET), ("zhao", NANJING)):
        add(name, wanted(Role.DATA_CLERK, agency), actor=office.operator)
    return office


def test_the_three_administrators_are_there_once_with_a_secret_each_of_which_only_the_digest_is_kept(db: None) -> None:
    from xinheng.store.models import OneTimeSecret, User
    from xinheng.usecases.users import ensure_administrators, ensure_first_operator

    ensure_first_operator(on=TODAY)
    made = dict(ensure_administrators(at=AT, on=TODAY))
    assert list(made) == ["system-administrator", "security-administrator", "audit-administrator"]
    assert ensure_administrators(at=AT, on=TODAY) == ()
    for name, secret in made.items():
        user = User.objects.get(username=name)
        assert not user.has_usable_password()
        kept = OneTimeSecret.objects.get(user=user)
        assert kept.digest == hashlib.sha256(secret.replace("-", "").encode()).hexdigest()
        assert (kept.made_at, kept.valid_until, kept.used_at) == (AT, AT + dt.timedelta(hours=72), None)
        assert [held.role.value for held in acting(name).assignments] == [name]


def test_a_new_secret_ends_the_old_one_and_only_the_security_administrator_issues_it(cities: Office) -> None:
    from xinheng.store.models import OneTimeSecret, Receipt
    from xinheng.usecases.accounts.secrets import digest_of, issue_secret

    first = issue_secret("li", actor=SECURITY, at=AT, on=TODAY)
    second = issue_secret("li", actor=SECURITY, at=AT + dt.timedelta(hours=1), on=TODAY)
    old, new = OneTimeSecret.objects.filter(user__username="li").order_by("id")
    assert (old.digest, new.digest) == (digest_of(first), digest_of(f" {second.lower().replace('-', ' ')}"))
    assert old.valid_until == new.made_at
    assert not [one for one in Receipt.objects.all() if first in str(one.result) or second in str(one.asked)]
    for actor in (SUZHOU, cities.operator):
        with pytest.raises(Refused):
            issue_secret("li", actor=actor, at=AT, on=TODAY)


def test_a_city_deals_with_the_accounts_of_its_own_region_only(cities: Office) -> None:
    from xinheng.usecases.accounts.opening import close_account
    from xinheng.usecases.accounts.roles import assign_role

    add("qian", wanted(Role.DEPARTMENT_MANAGER, ECOLOGY), actor=SUZHOU)
    add("sip", wanted(Role.REGION_MANAGER, region="320500-SIP"), actor=SUZHOU)
    assert set(listed(SUZHOU)) == {"li", "wang", "qian", "sip"}
    assert "zhao" in listed(cities.operator)
    for role in (
        wanted(Role.DATA_CLERK, NANJING),
        wanted(Role.REGION_MANAGER, region="320500"),
        wanted(Role.CENTRE_OPERATOR),
    ):
        with pytest.raises(Refused):
            add("sun", role, actor=SUZHOU)
    with pytest.raises(Refused):
        assign_role("zhao", wanted(Role.DATA_CLERK, NANJING), actor=SUZHOU, at=AT, on=TODAY)
    with pytest.raises(Refused):
        close_account("zhao", reason="离职", actor=SUZHOU, at=AT, on=TODAY)
    assert acting("zhao").assignments


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (("data-clerk", "", ""), "one agency"),
        (("region-manager", "", ""), "one region"),
        (("region-manager", "", "320684"), "no region 320684"),
        (("centre-operator", "", "320500"), "province"),
    ],
)
def test_a_role_is_held_for_what_it_is_held_for(cities: Office, role: tuple[str, str, str], words: str) -> None:
    with pytest.raises((UnusableCall, Refused)) as wrong:
        add(
            "sun",
            wanted(Role(role[0]), *role[1:]),
            actor=replace_roles(cities.operator, Role.CENTRE_OPERATOR, Role.SECURITY_ADMINISTRATOR),
        )
    assert words in f"{wrong.value.explanation.what.en} {wrong.value.explanation.why.en}"


def replace_roles(actor: Actor, *roles: Role) -> Actor:
    return Actor(actor.name, tuple(Assignment(role) for role in roles), on=TODAY)


def test_a_sheet_is_taken_whole_or_not_at_all_and_the_row_is_named(cities: Office) -> None:
    from xinheng.store.models import User

    good = {"name": "sun", "display_name": "孙测试", "role": "复核员", "agency": ECOLOGY, "region": ""}
    for number, (change, words) in enumerate(
        [
            ({"name": "Sun"}, "small letters"),
            ({"name": "li"}, "taken"),
            ({"role": "boss"}, "no role boss"),
            ({"agency": "11320500000000000A"}, "not known"),
            ({"role": "region-manager"}, "one region"),
        ],
        start=1,
    ):
        with pytest.raises(UnusableFile) as wrong:
            load([good, {**good, "name": f"sun{number}", **change}], actor=cities.operator)
        assert wrong.value.facts["row"] == 3
        assert words in wrong.value.explanation.why.en
    with pytest.raises(Refused):
        load([good, {**good, "name": "zhou", "agency": NANJING}], actor=SUZHOU)
    assert not User.objects.filter(username__startswith="sun").exists()
    assert load([good, {**good, "name": "zhou", "role": "data-clerk"}], actor=SUZHOU) == 2
    assert listed(SUZHOU)["sun"] == ["reviewer"]


def test_no_account_is_called_by_a_persons_number(cities: Office) -> None:
    with pytest.raises(UnusableCall):
        add("13800000000", wanted(Role.DATA_CLERK, MARKET), actor=cities.operator)


def test_one_person_is_never_two_administrators_nor_an_administrator_and_a_clerk(cities: Office) -> None:
    from xinheng.store.models import RoleAssignment, User
    from xinheng.usecases.accounts.roles import assign_role, end_role
    from xinheng.usecases.accounts.standing_in import cover, hand_over

    add("audit", None, actor=cities.operator)
    assign_role("audit", wanted(Role.AUDIT_ADMINISTRATOR), actor=SECURITY, at=AT, on=TODAY)
    for role in (wanted(Role.SYSTEM_ADMINISTRATOR), wanted(Role.DATA_CLERK, MARKET)):
        with pytest.raises(UnusableCall) as apart:
            assign_role("audit", role, actor=SECURITY, at=AT, on=TODAY)
        assert "三员分立" in apart.value.explanation.why.zh
    with pytest.raises(UnusableCall):
        hand_over("li", "audit", reason="轮岗", actor=SECURITY, at=AT, on=TODAY)
    with pytest.raises(UnusableCall):
        cover("li", "audit", since=TODAY, until=NEXT_WEEK, reason="休假", actor=SECURITY, at=AT)
    assert acting("li").assignments
    user = User.objects.get(username="audit")
    with pytest.raises(IntegrityError, match="audit-administrator"), transaction.atomic():
        RoleAssignment.objects.create(user=user, role="data-clerk", valid_from=TODAY)
    end_role("audit", wanted(Role.AUDIT_ADMINISTRATOR), actor=SECURITY, at=AT, on=TODAY)
    assign_role("audit", wanted(Role.DATA_CLERK, MARKET), actor=SECURITY, at=AT, on=TODAY)


def test_who_is_covered_by_a_clerk_does_not_become_an_administrator(cities: Office) -> None:
    from xinheng.usecases.accounts.roles import assign_role
    from xinheng.usecases.accounts.standing_in import cover

    add("new", None, actor=cities.operator)
    cover("new", "li", since=TODAY, until=NEXT_WEEK, reason="休假", actor=SECURITY, at=AT)
    with pytest.raises(UnusableCall, match="li cannot hold"):
        assign_role("new", wanted(Role.SYSTEM_ADMINISTRATOR), actor=SECURITY, at=AT, on=TODAY)


def test_all_roles_go_to_another_from_a_day_on(cities: Office) -> None:
    from xinheng.usecases.accounts.standing_in import hand_over

    add("chen", wanted(Role.REVIEWER, ECOLOGY), actor=SUZHOU)
    with pytest.raises(UnusableCall):
        hand_over("li", "chen", reason=" ", actor=SUZHOU, at=AT, on=TOMORROW)
    hand_over("li", "chen", reason="轮岗", actor=SUZHOU, at=AT, on=TOMORROW)
    assert acting("li").assignments
    assert acting("li", on=TOMORROW).assignments == ()
    assert len(acting("chen").assignments) == 1
    assert Assignment(Role.DATA_CLERK, MARKET) in acting("chen", on=TOMORROW).assignments
    with pytest.raises(UnusableCall):
        hand_over("li", "chen", reason="轮岗", actor=cities.operator, at=AT, on=TOMORROW)


def test_a_colleague_acts_for_another_for_some_days_and_the_receipt_names_both(cities: Office) -> None:
    from xinheng.core.audit import digest
    from xinheng.store.models import AuditEvent, Receipt
    from xinheng.usecases.accounts.standing_in import cover
    from xinheng.usecases.accounts.views import stood_in_for
    from xinheng.usecases.deed import content_of
    from xinheng.usecases.intake.views import list_submissions

    add("chen", wanted(Role.DATA_CLERK, ECOLOGY), actor=SUZHOU)
    with pytest.raises(UnusableCall, match="stand in"):
        cover("li", "chen", since=TODAY, until=NEXT_WEEK, reason="休假", actor=acting("li"), at=AT)
    cover("li", "chen", since=TOMORROW, until=NEXT_WEEK, reason="休假", actor=SUZHOU, at=AT)
    assert stood_in_for("chen", on=TODAY) == ()
    assert stood_in_for("chen", on=TOMORROW) == ("li",)
    chen = acting("chen", on=TOMORROW, on_behalf_of="li")
    assert decide(chen, Action.SUBMIT, Target(MARKET, "320500", PENALTY)).allowed
    assert not decide(chen, Action.SUBMIT, Target(ECOLOGY, "320500", PENALTY)).allowed
    list_submissions(actor=chen, at=AT)
    receipt, event = Receipt.objects.latest("at", "pk"), AuditEvent.objects.latest("id")
    receipt = event.receipt or receipt
    assert (receipt.actor, receipt.on_behalf_of) == (event.actor, event.on_behalf_of) == ("chen", "li")
    assert digest(content_of(receipt)) == receipt.digest
    for day in (TODAY, NEXT_WEEK):
        with pytest.raises(UnusableCall):
            acting("chen", on=day, on_behalf_of="li")


def test_one_asks_a_colleague_of_the_same_agency_oneself(cities: Office) -> None:
    from xinheng.usecases.accounts.standing_in import cover

    cover("li", "wang", since=TODAY, until=NEXT_WEEK, reason="休假", actor=acting("li"), at=AT)
    assert acting("wang", on_behalf_of="li").assignments == (Assignment(Role.DATA_CLERK, MARKET),)
    with pytest.raises(Refused):
        cover("wang", "li", since=TODAY, until=NEXT_WEEK, reason="休假", actor=acting("li"), at=AT)


def test_a_closed_account_acts_nowhere_and_its_name_is_not_given_again(cities: Office) -> None:
    from xinheng.store.models import OneTimeSecret
    from xinheng.usecases.accounts.opening import close_account
    from xinheng.usecases.accounts.secrets import issue_secret
    from xinheng.usecases.accounts.standing_in import cover

    issue_secret("li", actor=SECURITY, at=AT, on=TODAY)
    cover("li", "wang", since=TODAY, until=NEXT_WEEK, reason="休假", actor=SUZHOU, at=AT)
    close_account("li", reason="离职", actor=SUZHOU, at=AT, on=TODAY)
    with pytest.raises(UnusableCall):
        acting("li")
    with pytest.raises(UnusableCall):
        acting("wang", on_behalf_of="li")
    assert OneTimeSecret.objects.get(user__username="li").valid_until == AT
    assert "li" not in listed(SUZHOU)
    with pytest.raises(UnusableCall, match="taken"):
        add("li", wanted(Role.DATA_CLERK, MARKET), actor=SUZHOU)
    with pytest.raises(Missing):
        close_account("li", reason="离职", actor=cities.operator, at=AT, on=TODAY)


def test_lists_are_cut_to_what_the_actor_reaches(cities: Office) -> None:
    from xinheng.store.models import Agency
    from xinheng.usecases.intake.views import list_submissions

    def seen(*held: Assignment) -> list[int]:
        return [one.pk for one in list_submissions(actor=Actor("sz", held, on=TODAY), at=AT)]

    outcome = cities.hand_in(cities.province.penalty())
    Agency.objects.filter(uscc=cities.province.agency).update(region_code="320500-SIP")
    city, elsewhere = SUZHOU.assignments[0], Assignment(Role.REGION_MANAGER, region="320100")
    assert seen(city) == [outcome.submission]
    assert seen(elsewhere) == []
    assert seen(Assignment(Role.DATA_CLERK, MARKET)) == []
    assert seen(elsewhere, Assignment(Role.SECURITY_ADMINISTRATOR, region="320500")) == []  # a role that lists none
    with pytest.raises(Refused):
        list_submissions(actor=Actor("nj", (elsewhere,), on=TODAY), at=AT, agency=cities.province.agency)
    own = list_submissions(actor=SUZHOU, at=AT, agency=cities.province.agency)
    assert [one.pk for one in own] == [outcome.submission]
