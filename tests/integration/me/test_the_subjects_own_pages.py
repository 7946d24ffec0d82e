"""The subject's own pages: who may open them, what they show, and how grants end."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from xinheng.core.access import Matter, Purpose
from xinheng.core.errors import Missing, Refused, UnusableCall
from xinheng.store.models import AuditEvent, SubjectGrant, User
from xinheng.usecases.ledger.file import view_file
from xinheng.usecases.me.file import view_looks, view_own_file
from xinheng.usecases.me.grants import accept_representative, end_agent, grant_agent, list_grants
from xinheng.usecases.users import actor_named

from ..office import Office
from ..sheets import TODAY
from ..signing_in import signed_in

HEAD, AGENT, STRANGER = "made-up-head", "made-up-agent", "made-up-stranger"
SINCE = dt.date(2026, 1, 2)


@pytest.fixture
def subject(office: Office) -> str:
    """The code of a subject with one record, and an accepted representative."""
    for name in (HEAD, AGENT, STRANGER):
        User.objects.create(username=name, password="!")
    office.hand_in(office.province.penalty(), office.province.penalty(1))
    code = office.province.penalty()["CF_XDR_SHXYM"]
    accept_representative(
        code, HEAD, name="甲某", evidence="window", actor=office.operator, at=office.at(SINCE), on=SINCE
    )
    return code


def _as(username: str, on: dt.date = TODAY) -> Any:
    return actor_named(username, on=on)


def test_the_representative_sees_its_file_and_nobody_elses(office: Office, subject: str) -> None:
    own = view_own_file(subject, actor=_as(HEAD), on=TODAY, at=office.at(TODAY))
    assert [entry.record.decision_number for entry in own.entries] == [office.province.penalty()["CF_WSH"]]
    other = office.province.penalty(1)["CF_XDR_SHXYM"]
    with pytest.raises(Refused):
        view_own_file(other, actor=_as(HEAD), on=TODAY, at=office.at(TODAY))
    refusal = AuditEvent.objects.latest("id")
    assert (refusal.actor, refusal.action, refusal.target, refusal.allowed) == (
        HEAD,
        "view-own-file",
        f"own file {other}",
        False,
    )
    with pytest.raises(Refused):
        view_file(subject, as_of=TODAY, today=TODAY, actor=_as(HEAD), at=office.at(TODAY))


def test_what_was_withdrawn_is_still_seen_by_the_subject_and_by_no_official(office: Office, subject: str) -> None:
    office.withdraw(subject, office.province.penalty()["CF_WSH"])
    own = view_own_file(subject, actor=_as(HEAD), on=TODAY, at=office.at(TODAY))
    assert [entry.state.value for entry in own.entries] == ["withdrawn"]
    assert office.records(subject) == []


def test_an_agent_sees_the_file_up_to_its_last_day_and_grants_nobody(office: Office, subject: str) -> None:
    last = TODAY + dt.timedelta(days=1)
    grant_agent(subject, AGENT, until=last, actor=_as(HEAD), at=office.at(TODAY), on=TODAY)
    view_own_file(subject, actor=_as(AGENT, last), on=last, at=office.at(last))
    with pytest.raises(Refused):
        grant_agent(subject, STRANGER, until=None, actor=_as(AGENT), at=office.at(TODAY), on=TODAY)
    after = last + dt.timedelta(days=1)
    with pytest.raises(Refused):
        view_own_file(subject, actor=_as(AGENT, after), on=after, at=office.at(after))


def test_a_grant_ends_at_once_and_only_where_it_belongs(office: Office, subject: str) -> None:
    grant_agent(subject, AGENT, until=None, actor=_as(HEAD), at=office.at(TODAY), on=TODAY)
    _, agent = list_grants(subject, actor=_as(HEAD), at=office.at(TODAY), on=TODAY)
    other = office.province.penalty(1)["CF_XDR_SHXYM"]
    accept_representative(
        other, STRANGER, name="乙某", evidence="letter", actor=office.operator, at=office.at(TODAY), on=TODAY
    )
    with pytest.raises(Missing):
        end_agent(other, agent.number, actor=_as(STRANGER), at=office.at(TODAY))
    end_agent(subject, agent.number, actor=_as(HEAD), at=office.at(TODAY))
    with pytest.raises(Refused):
        view_own_file(subject, actor=_as(AGENT), on=TODAY, at=office.at(TODAY))


def test_all_grants_end_when_the_register_names_another_representative(office: Office, subject: str) -> None:
    grant_agent(subject, AGENT, until=None, actor=_as(HEAD), at=office.at(TODAY), on=TODAY)
    name = office.province.penalty()["CF_XDR_MC"]
    same = f"name,uscc,representative\n{name},{subject},甲某\n".encode()
    office.load_register(same)
    assert SubjectGrant.objects.filter(ended_at=None).count() == 2
    office.load_register(f"name,uscc,representative\n{name},{subject},丙某\n".encode())
    assert not SubjectGrant.objects.filter(ended_at=None).exists()
    assert AuditEvent.objects.filter(action="end-grants", target=f"subject {subject}").count() == 1
    for name in (HEAD, AGENT):
        with pytest.raises(Refused):
            view_own_file(subject, actor=_as(name), on=TODAY, at=office.at(TODAY))


def test_an_accepted_successor_ends_the_grants_of_the_one_before(office: Office, subject: str) -> None:
    grant_agent(subject, AGENT, until=None, actor=_as(HEAD), at=office.at(TODAY), on=TODAY)
    accept_representative(
        subject, STRANGER, name="丁某", evidence="oidc", actor=office.operator, at=office.at(TODAY), on=TODAY
    )
    assert [(grant.user.username, grant.role) for grant in SubjectGrant.objects.filter(ended_at=None)] == [
        (STRANGER, "representative")
    ]
    assert not SubjectGrant.objects.filter(mark__contains="丁").exists()


@pytest.mark.parametrize(
    ("username", "until", "on"),
    [("nobody-known", None, TODAY), (HEAD, None, TODAY), (AGENT, TODAY - dt.timedelta(days=1), TODAY)],
)
def test_a_grant_that_cannot_be_is_explained(
    office: Office, subject: str, username: str, until: dt.date | None, on: dt.date
) -> None:
    with pytest.raises(UnusableCall):
        grant_agent(subject, username, until=until, actor=_as(HEAD), at=office.at(on), on=on)
    assert SubjectGrant.objects.count() == 1


def test_the_subject_sees_which_body_looked_on_what_basis_and_late_where_the_basis_says_so(
    office: Office, subject: str
) -> None:
    later = TODAY + dt.timedelta(days=30)
    for purpose, shown_from in ((Purpose.DUTY, None), (Purpose.INVESTIGATION, later)):
        matter = Matter(purpose, "MADEUP-1")
        view_file(
            subject.lower(), as_of=TODAY, today=TODAY, actor=office.operator, at=office.at(TODAY), matter=matter, shown_from=shown_from
        )  # fmt: skip
    looks = view_looks(subject, page=1, actor=_as(HEAD), on=TODAY, at=office.at(TODAY))
    assert [(look.purpose, look.reference) for look in looks.looks] == [(Purpose.DUTY.label, "MADEUP-1")]
    looks = view_looks(subject, page=1, actor=_as(HEAD, later), on=later, at=office.at(later))
    assert {look.purpose for look in looks.looks} == {Purpose.DUTY.label, Purpose.INVESTIGATION.label}


def test_a_look_is_kept_from_the_subject_only_for_an_investigation_and_a_time_that_ends(
    office: Office, subject: str
) -> None:
    cases = (
        (None, 10),
        (Matter(Purpose.DUTY, "MADEUP-1"), 10),
        (Matter(Purpose.INVESTIGATION, " "), 10),
        (Matter(Purpose.INVESTIGATION, "MADEUP-1"), 400),
    )
    for matter, days in cases:
        with pytest.raises(UnusableCall):
            view_file(
                subject, as_of=TODAY, today=TODAY, actor=office.operator, at=office.at(TODAY), matter=matter,
                shown_from=TODAY + dt.timedelta(days=days),
            )  # fmt: skip


def test_the_pages_lead_a_stranger_to_the_sign_in_and_show_nothing_of_others(office: Office, subject: str) -> None:
    addresses = ["/me/", f"/me/{subject}/", f"/me/{subject}/looks/", f"/me/{subject}/agents/"]
    for address in addresses:
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in/?next=")
    stranger = signed_in(STRANGER)
    number = office.province.penalty()["CF_WSH"]
    assert stranger.get("/me/").status_code == 200
    for address in addresses[1:]:
        answer = stranger.get(address)
        assert answer.status_code == 403
        assert number not in answer.content.decode()
    posted = stranger.post(f"/me/{subject}/agents/", {"username": STRANGER})
    assert posted.status_code == 403
    assert SubjectGrant.objects.count() == 1


def test_the_representative_walks_through_its_pages(office: Office, subject: str) -> None:
    matter = Matter(Purpose.DUTY, "MADEUP-7")
    view_file(subject, as_of=TODAY, today=TODAY, actor=office.operator, at=office.at(TODAY), matter=matter)
    head = signed_in(HEAD)
    assert head.get("/me/")["Location"] == f"/me/{subject}/"
    page = head.get(f"/me/{subject}/")
    assert page.status_code == 200
    assert office.province.penalty()["CF_WSH"] in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "MADEUP-7" in head.get(f"/me/{subject}/looks/").content.decode()
    wrong = head.post(f"/me/{subject}/agents/", {"username": "nobody-known"})
    assert wrong.status_code == 422
    assert "nobody-known" in wrong.content.decode()
    assert head.post(f"/me/{subject}/agents/", {"username": AGENT, "until": "soon"}).status_code == 422
    assert head.post(f"/me/{subject}/agents/", {"username": AGENT}).status_code == 302
    grant = SubjectGrant.objects.get(role="agent")
    assert AGENT in head.get(f"/me/{subject}/agents/").content.decode()
    assert head.post(f"/me/{subject}/agents/{grant.pk}/end/").status_code == 302
    assert signed_in(AGENT).get(f"/me/{subject}/").status_code == 403


def test_a_grant_needs_the_token_of_the_form(office: Office, subject: str) -> None:
    head = signed_in(HEAD)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = head.cookies
    answer = strict.post(f"/me/{subject}/agents/", {"username": AGENT})
    assert answer.status_code == 403
    assert SubjectGrant.objects.count() == 1
