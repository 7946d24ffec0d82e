"""A person is looked at by document and in a matter only, masked; the person sees everything, and who looked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xinheng.core.access import Actor, Assignment, Role
from xinheng.core.errors import Missing, Refused, UnusableCall
from xinheng.core.sample.codes import identity_number

from ..office import Office
from ..sheets import TODAY
from .people import NAME, clear_texts, person, table_contents


def _look(
    office: Office,
    number: str,
    *,
    matter: str = "penalty-case",
    kind: str = "身份证",
    actor: Actor | None = None,
    on: dt.date = TODAY,
) -> Any:
    from xinheng.usecases.persons.viewing import view_person

    return view_person(kind, number, matter=matter, actor=actor or office.operator, at=office.at(on), on=on)


def _own(office: Office, number: int, *, of: int | None = None, on: dt.date = TODAY) -> Any:
    from xinheng.usecases.persons.viewing import view_own

    actor = Actor("me", (Assignment(Role.PERSON, of_person=number),))
    return view_own(of or number, actor=actor, at=office.at(on), on=on)


def _id(number: int = 1) -> int:
    from xinheng.store.models import Person

    return int(Person.objects.order_by("id")[number - 1].pk)


def test_an_official_sees_it_masked_unless_the_matter_needs_the_number(office: Office) -> None:
    office.hand_in(person(office.province, 1))
    number = identity_number(1)
    seen = _look(office, number)
    assert (seen.name, seen.number) == ("样***", f"{number[:2]}{'*' * 14}{number[-2:]}")
    [entry] = seen.entries
    assert NAME not in str(entry.fields)
    assert entry.fields["CF_SY"] == "虚构经过1：样***在场。"
    assert number not in str(seen)
    assert _look(office, number, matter="judicial-assistance").number == number


def test_a_look_is_in_the_log_by_its_matter_and_without_name_or_number(office: Office) -> None:
    from xinheng.store.models import AuditEvent, Receipt

    office.hand_in(person(office.province, 1))
    seen = _look(office, identity_number(1))
    event = AuditEvent.objects.get(action="view-person")
    assert (event.target, event.allowed) == (f"person {_id()}", True)
    receipt = Receipt.objects.get(pk=seen.receipt)
    assert (receipt.asked, receipt.basis[:11]) == (
        {"kind": "resident-id", "matter": "penalty-case"},
        "中华人民共和国行政处罚",
    )
    with pytest.raises(Missing):
        _look(office, identity_number(5))
    assert AuditEvent.objects.filter(target="a person of whom nothing is kept").count() == 1
    told = [text.encode() for text in clear_texts(range(1, 6))]
    assert [name for name, content in table_contents() for text in told if text in content] == []


def test_nobody_looks_without_a_role_a_matter_or_a_whole_document(office: Office) -> None:
    office.hand_in(person(office.province, 1))
    number = identity_number(1)
    clerk = Actor("clerk", (Assignment(Role.DATA_CLERK, office.province.agency),))
    security = Actor("keeper", (Assignment(Role.SECURITY_ADMINISTRATOR),))
    for actor in (clerk, security, Actor("me", (Assignment(Role.PERSON, of_person=_id()),))):
        with pytest.raises(Refused):
            _look(office, number, actor=actor)
    manager = Actor("manager", (Assignment(Role.DEPARTMENT_MANAGER, office.province.agency),))
    assert _look(office, number, actor=manager).entries
    for asked in ({"matter": "curiosity"}, {"kind": "会员卡"}):
        with pytest.raises(UnusableCall) as refused:
            _look(office, number, **asked)
        assert number not in str(refused.value.explanation)
    for wrong in (number[:-1], NAME, f"{number}1", "320999190001010000"):
        with pytest.raises(UnusableCall) as refused:
            _look(office, wrong)
        assert wrong not in str(refused.value.explanation)


def test_a_person_sees_its_own_and_who_looked_and_nobody_else_s(office: Office) -> None:
    office.hand_in(person(office.province, 1), person(office.province, 2))
    _look(office, identity_number(1))
    _look(office, identity_number(1), matter="criminal-evidence")
    mine = _own(office, _id())
    assert (mine.name, mine.number, len(mine.entries)) == (NAME, identity_number(1), 1)
    assert [(look.actor, look.matter) for look in mine.looks] == [("operator", "penalty-case")]
    later = _own(office, _id(), on=TODAY + dt.timedelta(days=180))
    assert [look.matter for look in later.looks] == ["", "criminal-evidence", "penalty-case"]
    with pytest.raises(Refused):
        _own(office, _id(), of=_id(2))
    with pytest.raises(Refused):
        _own(office, 0, of=_id())


def test_the_sources_and_the_newest_revision_are_shown(office: Office) -> None:
    province = office.province
    row = person(province, 1)
    office.hand_in(row)
    office.hand_in(row, person(province, 2), agency=province.other_agency)
    office.hand_in({**row, "CF_SY": "更正后的经过"})
    [entry] = _look(office, identity_number(1)).entries
    assert (entry.source_agency, entry.other_sources) == (province.agency, (province.other_agency,))
    assert entry.fields["CF_SY"] == "更正后的经过"


def test_what_is_kept_no_more_is_shown_to_nobody_even_before_it_is_destroyed(office: Office) -> None:
    office.hand_in(person(office.province, 1, CF_JDRQ="2021-03-05"))
    assert _look(office, identity_number(1), on=dt.date(2026, 3, 4)).entries
    with pytest.raises(Missing):
        _look(office, identity_number(1), on=dt.date(2026, 3, 5))
    assert not _own(office, _id(), on=dt.date(2026, 3, 5)).entries
